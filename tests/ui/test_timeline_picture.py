"""What the timeline shows: the right frames, takes, doubts and colours, and no thread left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from clips import even_times, read_code, write_clip
from grabbed import pixels
from made_up_analysis import made_up_analysis
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Pin, Segment, Take
from lipsyncer.media import Proxy, conform, probe
from lipsyncer.media.small_pictures import SmallPictures, pack
from lipsyncer.progress import finish
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import FrameServer
from lipsyncer.ui.timeline import TimelineWidget
from lipsyncer.ui.timeline.filmstrip import still_spans
from lipsyncer.ui.timeline.geometry import HEADER, Geometry
from lipsyncer.ui.timeline.thumbnails import Thumbnails, tiles
from lipsyncer.ui.timeline.waveform import singing

RATE, SECONDS = 25.0, 12.0
SIZE = (128, 96)


DARKEST, GREYS = 30.0, 0.65
"""Frame k of the grey take is as bright as DARKEST + GREYS * k."""


@pytest.fixture(scope="module")
def coded_proxy(tmp_path_factory: pytest.TempPathFactory) -> Proxy:
    """Give the proxy of a take whose frames show their numbers."""
    folder = tmp_path_factory.mktemp("coded")
    path = write_clip(folder / "coded.mp4", even_times(RATE, SECONDS), size=SIZE)
    return finish(conform(path, probe(path), cache_dir=folder / "cache"))


@pytest.fixture(scope="module")
def grey_proxy(tmp_path_factory: pytest.TempPathFactory) -> Proxy:
    """Give the proxy of a take that grows brighter from frame to frame."""
    folder = tmp_path_factory.mktemp("grey")
    path = write_clip(
        folder / "grey.mp4",
        even_times(RATE, SECONDS),
        size=SIZE,
        picture=lambda k: np.full((SIZE[1], SIZE[0], 3), DARKEST + GREYS * k, np.uint8),
    )
    return finish(conform(path, probe(path), cache_dir=folder / "cache"))


@pytest.fixture
def grey_session(qapp: QApplication, grey_proxy: Proxy) -> Iterator[Session]:
    """Give 10 s of song: a take with a pin, another one at half its speed, and a still."""
    theme.manager.apply("dark")
    takes = (Take(Path("one.mp4"), SECONDS), Take(Path("two.mp4"), SECONDS))
    segments = (
        Segment(0.0, 4.0, 0, 2.0, 6.0, "matched", 0.95),
        Segment(4.0, 8.0, 1, 1.0, 3.0, "matched", 0.3),
        Segment(8.0, 10.0, 0, 9.0, 9.0, "gap", 0.0),
    )
    document = Document(Path("song.wav"), 10.0, takes, segments, (Pin(0.1, 0, 2.1),))
    session = Session()
    session.open(document)
    session.learn(made_up_analysis(document, [grey_proxy, grey_proxy]))
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def timeline(grey_session: Session, qtbot: QtBot) -> Iterator[TimelineWidget]:
    timeline = TimelineWidget(grey_session)
    qtbot.addWidget(timeline)
    timeline.resize(1016, 360)
    with qtbot.waitExposed(timeline):
        timeline.show()
    yield timeline
    timeline.close()


def wait_for_thumbnails(timeline: TimelineWidget, qtbot: QtBot) -> None:
    def all_there() -> bool:
        timeline.refresh()
        timeline.grab()
        return len(timeline._thumbnails) > 4 and not timeline._server._wishes

    qtbot.waitUntil(all_there, timeout=5000)
    qtbot.wait(100)  # the last one may be on its way


def test_a_thumbnail_is_the_very_frame_that_was_wished_for(
    coded_proxy: Proxy, qtbot: QtBot
) -> None:
    server = FrameServer(96)
    came: dict[int, int] = {}
    server.ready.connect(lambda _, frame, image, __: came.update({frame: read_code(pixels(image))}))
    server.show_takes([coded_proxy])
    server.ask([(0, frame) for frame in (3, 250, 17, 299, 18, 0)])
    qtbot.waitUntil(lambda: len(came) == 6, timeout=5000)
    server.close()
    assert came == {frame: frame for frame in (3, 250, 17, 299, 18, 0)}


def test_each_place_shows_the_moment_of_the_take_that_belongs_there(
    timeline: TimelineWidget, grey_session: Session, qtbot: QtBot
) -> None:
    wait_for_thumbnails(timeline, qtbot)
    picture, geometry = pixels(timeline.grab().toImage()), timeline.geometry_now
    assert grey_session.time_map is not None
    middle = round(geometry.film.center().y())
    thumb = (geometry.film.height() - HEADER) * SIZE[0] / SIZE[1]
    document = grey_session.document
    assert document is not None
    checked = 0
    for segment in document.segments[:2]:  # the third one is dimmed: nothing was matched there
        for first, last in tiles(geometry, segment, thumb):
            frame = grey_session.time_map.source_at((first + last) / 2)[1] * RATE
            shown = picture[middle, round(geometry.x((first + last) / 2))].mean()
            assert (shown - DARKEST) / GREYS == pytest.approx(frame, abs=4)
            checked += 1
    assert checked >= 6


def test_slipping_shows_other_frames_at_once_or_soon(
    timeline: TimelineWidget, grey_session: Session, qtbot: QtBot
) -> None:
    wait_for_thumbnails(timeline, qtbot)
    place = timeline.geometry_now
    spot = round(place.film.center().y()), round(place.x(2.0))
    before = pixels(timeline.grab().toImage())[spot].mean()
    grey_session.edit("Slip", lambda document: edits.slip(document, 0, 4.0))
    wait_for_thumbnails(timeline, qtbot)
    after = pixels(timeline.grab().toImage())[spot].mean()
    assert after - before == pytest.approx(4.0 * RATE * GREYS, abs=6)


def test_no_thread_is_left_when_it_closes(grey_session: Session, qtbot: QtBot) -> None:
    timeline = TimelineWidget(grey_session)
    qtbot.addWidget(timeline)
    timeline.resize(900, 300)
    timeline.show()
    timeline.grab()
    server = timeline._server
    assert server.isRunning()
    timeline.close()
    assert server.isFinished()


def test_footage_that_is_gone_leaves_a_timeline_without_pictures(
    grey_session: Session, qtbot: QtBot
) -> None:
    analysis = grey_session.analysis
    assert analysis is not None
    lost = [replace(t, proxy=replace(t.proxy, path=Path("gone.mov"))) for t in analysis.takes]
    grey_session.learn(replace(analysis, takes=tuple(lost)))
    timeline = TimelineWidget(grey_session)
    qtbot.addWidget(timeline)
    timeline.resize(900, 300)
    with qtbot.waitSignal(timeline._server.lost):
        timeline.show()
    assert len(timeline._thumbnails) == 0
    timeline.close()


# ------------------------------------------------------------------------ without colours


def test_the_song_is_tinted_where_a_voice_sings(timeline: TimelineWidget) -> None:
    # The song made up has a voice in every first five seconds of ten.
    picture, geometry = pixels(timeline.grab().toImage()).astype(int), timeline.geometry_now
    row = round(geometry.waveform.center().y())

    def redness(song_time: float) -> int:
        red, green, _ = picture[row, round(geometry.x(song_time))]
        return int(red - green)

    assert redness(2.0) > 60
    assert redness(7.0) < 20


def test_a_breath_within_a_line_does_not_interrupt_its_tint() -> None:
    voice = np.ones(100, np.float32)
    voice[10:14] = 0  # 160 ms
    voice[50:70] = 0  # 800 ms
    sung = singing(voice, 25.0)
    assert sung[:50].all()
    assert not sung[50:70].any()
    assert sung[70:].all()
    assert not singing(np.zeros(100, np.float32), 25.0).any()


def test_the_band_is_higher_the_surer_a_segment_is(timeline: TimelineWidget) -> None:
    picture, geometry = pixels(timeline.grab().toImage()).astype(int), timeline.geometry_now
    lane = geometry.confidence
    ground = picture[round(lane.top()) - 2, round(geometry.x(2.5))]

    def height(song_time: float) -> int:
        column = picture[round(lane.top()) : round(lane.bottom()), round(geometry.x(song_time))]
        return int((np.abs(column - ground).sum(axis=1) > 12).sum())

    assert height(2.5) > 2 * height(6.5) > 2 * height(9.5)


def test_each_take_has_a_row_with_a_bar_where_it_is_shown(timeline: TimelineWidget) -> None:
    picture, geometry = pixels(timeline.grab().toImage()).astype(int), timeline.geometry_now

    def marked(row: float, song_time: float) -> bool:
        foot = picture[round(row) - 4 : round(row), round(geometry.x(song_time))]
        return bool((foot.max(axis=1) > 100).any())

    shown = [
        [marked(row.bottom(), song_time) for song_time in (2.5, 6.5, 9.5)]
        for row in geometry.lane_rows
    ]
    assert shown == [[True, False, True], [False, True, False]]


def test_one_take_alone_needs_no_rows() -> None:
    assert Geometry(900, 300, 0.0, 10.0).lane_rows == []


@pytest.mark.parametrize("width", [320, 900, 2400])
@pytest.mark.parametrize("height", [210, 300, 700])
@pytest.mark.parametrize("takes", [1, 2, 9])
def test_the_lanes_lie_below_one_another(width: int, height: int, takes: int) -> None:
    lanes = Geometry(width, height, 3.0, 9.0, 20.0, takes)
    rows = lanes.lane_rows
    down = [lanes.minimap, lanes.ruler, lanes.waveform, lanes.film, *rows, lanes.confidence]
    assert all(upper.bottom() <= lower.top() + 1e-6 for upper, lower in pairwise(down))
    assert down[-1].bottom() <= height
    assert lanes.film.height() > HEADER


def test_a_long_block_is_cut_to_what_can_be_seen() -> None:
    lanes = Geometry(900, 300, 100.0, 100.2)
    block = lanes.seen_block(0.0, 600.0, lanes.film)
    assert block is not None
    assert block.width() < 1000
    assert lanes.seen_block(0.0, 99.0, lanes.film) is None


def test_what_stands_still_is_known() -> None:
    assert still_spans(Segment(2.0, 4.0, 0, 7.0, 7.0, "matched", 1.0), 10.0) == [(2.0, 4.0)]
    assert still_spans(Segment(2.0, 4.0, 0, -0.5, 1.5, "matched", 1.0), 10.0) == [(2.0, 2.5)]
    assert still_spans(Segment(2.0, 4.0, 0, 9.5, 11.5, "matched", 1.0), 10.0) == [(2.5, 4.0)]
    assert still_spans(Segment(2.0, 4.0, 0, 3.0, 5.0, "matched", 1.0), 10.0) == []


def brightness(timeline: TimelineWidget, lane: int, song_time: float) -> float:
    """Of a lane's picture, in grey levels; dimmed where the cut does not show it."""
    geometry = timeline.geometry_now
    row = round(geometry.lane_rows[lane].center().y())
    at = round(geometry.x(song_time))
    return float(pixels(timeline.grab().toImage())[row, at - 1 : at + 2].mean())


def test_every_lane_shows_pictures_before_a_reader_has_opened(
    grey_session: Session, grey_proxy: Proxy, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FrameServer, "ask", lambda self, wishes: None)
    analysis, document = grey_session.analysis, grey_session.document
    assert analysis is not None and document is not None
    greys = [np.full((SIZE[1], SIZE[0], 3), DARKEST + GREYS * k, np.uint8) for k in range(300)]
    small = SmallPictures.of([pack(grey) for grey in greys], [1] * len(greys))
    known = replace(grey_proxy, small=small)
    whole = (
        Segment(0.0, 10.0, 0, 2.0, 12.0, "matched", 0.9),
        Segment(0.0, 10.0, 1, 1.0, 6.0, "matched", 0.9),
    )
    takes = tuple(
        replace(take, proxy=known, segments=(shown,))
        for take, shown in zip(analysis.takes, whole, strict=True)
    )
    grey_session.learn(replace(analysis, takes=takes))
    timeline = TimelineWidget(grey_session)
    qtbot.addWidget(timeline)
    timeline.resize(1016, 460)
    timeline.show()
    lit = DARKEST + GREYS * 5.5 * RATE
    assert brightness(timeline, 0, 3.5) == pytest.approx(lit, abs=12)
    # Of a project that was opened, what is not in the cut is not known yet.
    unknown = tuple(replace(take, segments=()) for take in takes)
    grey_session.learn(replace(analysis, takes=unknown))
    assert brightness(timeline, 0, 3.5) == pytest.approx(lit, abs=12)
    grey_session.learn(replace(analysis, takes=takes))
    # The cut shows the first take at 3.5 s and the second at 7.5 s; the others are dimmed, and
    # grow brighter along the song as the takes do.
    assert brightness(timeline, 1, 7.5) == pytest.approx(DARKEST + GREYS * 4.75 * RATE, abs=12)
    assert brightness(timeline, 0, 7.7) - brightness(timeline, 0, 4.5) > 10
    assert brightness(timeline, 1, 3.5) > 20
    assert len(timeline._thumbnails) == 0
    timeline.close()


def test_small_pictures_that_stand_in_are_bounded_and_give_way() -> None:
    grey = [pack(np.full((96, 128, 3), 100, np.uint8))]
    small = SmallPictures.of(grey, [2_000])
    times = np.arange(2_000) / RATE
    proxy = Proxy(Path("a.mov"), RATE, 128, 96, times, times, 80.0, small)
    thumbnails = Thumbnails()
    thumbnails.begin([proxy, replace(proxy, small=SmallPictures())])
    for frame in range(2_000):
        picture = thumbnails.picture(0, frame, 24)
        assert picture is not None and picture.height() == 24
    assert len(thumbnails._drawn) <= 900
    assert thumbnails.picture(0, 2_000, 24) is None  # beyond what is known
    assert thumbnails.picture(1, 0, 24) is None
    assert thumbnails.picture(2, 0, 24) is None
    red = QImage(128, 96, QImage.Format.Format_RGB888)
    red.fill(QColor("red"))
    thumbnails.put(0, 7, red)
    picture = thumbnails.picture(0, 7, 24)
    assert picture is not None and QColor(picture.toImage().pixel(5, 5)) == QColor("red")


def test_thumbnails_stand_in_for_their_neighbours_and_old_ones_go() -> None:
    thumbnails = Thumbnails()
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    for frame in (10, 50, 400):
        thumbnails.put(0, frame, image)
    assert [thumbnails.near(0, frame) for frame in (10, 29, 31, 120, 200)] == [10, 10, 50, 50, None]
    assert thumbnails.near(1, 10) is None
    large = QImage(2400, 2400, QImage.Format.Format_RGB32)
    for frame in range(500, 510):
        thumbnails.put(0, frame, large)
    assert not thumbnails.has(0, 10)
    assert thumbnails.has(0, 509)
    assert thumbnails.near(0, 10) is None


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_it_is_painted_at_every_zoom_without_a_warning(
    timeline: TimelineWidget, grey_session: Session, mode: theme.Mode
) -> None:
    theme.manager.apply(mode)
    grey_session.set_loop((1.0, 2.0))
    for length in (10.0, 3.0, 0.2):
        grey_session.view.show(3.9, 3.9 + length)
        for selected in (-1, 0, 1, 2):
            grey_session.select(selected)
            assert not timeline.grab().isNull()
