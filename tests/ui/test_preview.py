"""The preview shows at each moment of the song the frame that the written video will show."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from clips import even_times, read_code, write_clip
from grabbed import pixels
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.media import Proxy, conform, probe
from lipsyncer.progress import finish
from lipsyncer.render.retime import plan_frames
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.preview import PreviewPanel, playback_actions
from lipsyncer.ui.preview.canvas import Canvas
from lipsyncer.ui.preview.playback_audio import RATE as SOUND_RATE
from lipsyncer.ui.preview.playback_audio import Mixer
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme

RATE, SECONDS, SIZE = 25.0, 180.0, (64, 48)


class Hand:
    """A wall clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture(scope="module")
def coded_proxy(tmp_path_factory: pytest.TempPathFactory) -> Proxy:
    """Give the proxy of a take of three minutes whose frames show their numbers."""
    folder = tmp_path_factory.mktemp("long")
    path = write_clip(folder / "coded.mp4", even_times(RATE, SECONDS), size=SIZE)
    return finish(conform(path, probe(path), cache_dir=folder / "cache"))


@pytest.fixture
def cut(qapp: QApplication, coded_proxy: Proxy) -> Iterator[Session]:
    """Give three minutes of song under a take that is late, drifts, jumps and stands still."""
    theme.manager.apply("dark")
    segments = (
        Segment(0.5, 60.0, 0, 0.9, 60.4, "matched", 0.95),
        Segment(60.0, 100.0, 0, 60.1, 101.3, "matched", 0.9),
        Segment(100.0, 104.0, 0, 101.3, 101.3, "gap", 0.0),
        Segment(104.0, 178.99, 0, 100.0, 174.99, "matched", 0.8),
    )
    document = Document(Path("song.wav"), 179.5, (Take(Path("one.mp4"), SECONDS),), segments)
    session = Session()
    session.open(document)
    session.learn(made_up_analysis(document, [coded_proxy]))
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def player(cut: Session, hand: Hand) -> Iterator[Player]:
    player = Player(cut, now=hand)
    yield player
    player.close()


@pytest.fixture
def canvas(cut: Session, player: Player, qtbot: QtBot) -> Iterator[Canvas]:
    canvas = Canvas(cut, player)
    qtbot.addWidget(canvas)
    canvas.resize(640, 480)
    canvas.show()
    # An opened document is what the canvas hears of when it is made first, as in the window.
    cut.learn(cut.analysis)  # type: ignore[arg-type]
    yield canvas
    canvas.close()


def code_on_screen(canvas: Canvas, qtbot: QtBot) -> int:
    """Wait for the frame that is wished for, and read its number off the screen."""
    wish = canvas.wish_at(canvas._session.playhead)
    qtbot.waitUntil(lambda: canvas.shown == wish, timeout=5000)
    return read_code(pixels(canvas.grab().toImage()))


def code_written(session: Session, song_time: float) -> int:
    """Give the number of the take's frame that the written video shows at a song time."""
    document = session.document
    assert document is not None
    plan = plan_frames(document, Fraction(25))
    number = int((song_time - document.span[0]) * float(plan.rate) + 1e-3)
    return int(plan.sources[min(number, len(plan) - 1)] * RATE + 1e-6)


def test_at_200_moments_of_playing_the_screen_shows_what_will_be_written(
    cut: Session, player: Player, canvas: Canvas, hand: Hand, qtbot: QtBot
) -> None:
    start = hand.time
    player.play()
    player._timer.stop()  # time is what the hand says, and this test ticks
    assert cut.document is not None
    plan = plan_frames(cut.document, player.frame_rate)
    moments = np.sort(np.random.default_rng(7).uniform(0, 178.4, 200))
    for moment in moments:
        hand.time = start + moment
        player.tick()
        number = int(moment * RATE + 1e-3)
        written = int(plan.sources[number] * RATE + 1e-6)
        assert code_on_screen(canvas, qtbot) == written, f"after {moment:.3f} s"


def test_the_picture_stays_within_a_frame_of_a_sound_device_that_drifts_and_stutters(
    cut: Session, player: Player, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, first = hand.time, cut.playhead
    steps = np.random.default_rng(3)

    def heard(_: object) -> float:
        """Give a position that is 300 ppm fast and told in lumps of 10 ms."""
        true = (hand.time - start) * 1.0003
        return first + np.floor(true / 0.01) * 0.01

    monkeypatch.setattr(type(player._speaker), "heard", property(heard))
    player.play()
    player._timer.stop()
    worst = 0.0
    while hand.time - start < 170:
        hand.time += steps.uniform(0.004, 0.03)
        player.tick()
        worst = max(worst, abs(cut.playhead - heard(None)))
    assert worst < 1 / RATE


def test_a_late_device_gets_its_sound_early_and_the_picture_waits(
    cut: Session, player: Player, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[float] = []
    monkeypatch.setattr(player._speaker, "play", begun.append)
    player.set_output_delay(200)
    cut.seek(20.0)
    player.play()
    player._timer.stop()
    assert begun == [pytest.approx(20.2)]
    monkeypatch.setattr(
        type(player._speaker), "heard", property(lambda _: 20.2 + hand.time - 1000.0)
    )
    for _ in range(100):
        hand.time += 0.01
        player.tick()
    assert cut.playhead == pytest.approx(21.0, abs=1e-6)  # no jump, neither at first nor later


def test_a_loop_goes_round_and_playback_stops_at_the_end(
    cut: Session, player: Player, hand: Hand
) -> None:
    cut.set_loop((10.0, 12.0))
    cut.seek(11.9)
    player.play()
    hand.time += 0.15
    player.tick()
    assert cut.playhead == pytest.approx(10.0)
    assert player.playing
    cut.set_loop(None)
    cut.seek(178.9)
    hand.time += 0.2
    player.tick()
    assert cut.playhead == pytest.approx(178.99)
    assert not player.playing


def test_single_steps_show_each_frame_once_and_stop_at_the_ends(
    cut: Session, player: Player, canvas: Canvas, qtbot: QtBot
) -> None:
    cut.seek(30.0)
    before = code_on_screen(canvas, qtbot)
    for number in range(1, 4):
        player.step(1)
        assert code_on_screen(canvas, qtbot) == before + number
    player.step(-3)
    assert code_on_screen(canvas, qtbot) == before
    assert cut.document is not None
    cut.seek(cut.document.span[1])
    last = code_on_screen(canvas, qtbot)
    assert last == code_written(cut, cut.document.span[1])
    player.step(1)
    assert code_on_screen(canvas, qtbot) == last
    player.step(-2)
    assert code_on_screen(canvas, qtbot) == last - 1
    cut.seek(0.0)
    player.step(-1)
    assert code_on_screen(canvas, qtbot) == code_written(cut, 0.5)


def test_scrubbing_ends_on_the_frame_under_the_mouse(
    cut: Session, canvas: Canvas, qtbot: QtBot
) -> None:
    for song_time in np.random.default_rng(1).uniform(1, 178, 100):
        cut.seek(float(song_time))
    assert code_on_screen(canvas, qtbot) == code_written(cut, float(song_time))


def test_an_edit_shows_at_once(cut: Session, canvas: Canvas, qtbot: QtBot) -> None:
    cut.seek(30.02)
    before = code_on_screen(canvas, qtbot)
    cut.edit("Slip", lambda document: edits.slip(document, 0, 0.4))
    assert code_on_screen(canvas, qtbot) == before + 10


def test_before_and_after_are_side_by_side(cut: Session, canvas: Canvas, qtbot: QtBot) -> None:
    canvas.resize(1280, 960)
    cut.seek(30.02)
    canvas.set_mode("both")
    code_on_screen(canvas, qtbot)
    qtbot.waitUntil(lambda: {"before", "after"} <= set(canvas._frames.last), timeout=5000)
    picture = pixels(canvas.grab().toImage())
    # Each as wide as its half, in its middle.
    before, after = picture[242:718, 0:636], picture[242:718, 644:1280]
    assert read_code(before) == int(30.02 * RATE)
    assert read_code(after) == code_written(cut, 30.02)


def test_footage_that_was_replaced_is_not_shown_any_more(
    cut: Session, canvas: Canvas, coded_proxy: Proxy, tmp_path: Path, qtbot: QtBot
) -> None:
    other = write_clip(
        tmp_path / "grey.mp4",
        even_times(RATE, 40.0),
        size=SIZE,
        picture=lambda k: np.full((SIZE[1], SIZE[0], 3), 128, np.uint8),
    )
    grey = finish(conform(other, probe(other), cache_dir=tmp_path / "cache"))
    assert cut.document is not None
    for _ in range(10):
        cut.learn(made_up_analysis(cut.document, [coded_proxy]))
        cut.seek(30.0)
        cut.learn(made_up_analysis(cut.document, [grey]))
        qtbot.waitUntil(lambda: canvas.shown is not None, timeout=5000)
        qtbot.wait(20)
        assert read_code(pixels(canvas.grab().toImage())) == -1


def test_footage_that_is_gone_is_told_once(
    cut: Session, canvas: Canvas, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_clip(tmp_path / "gone.mp4", even_times(RATE, 4.0), size=SIZE)
    proxy = finish(conform(path, probe(path), cache_dir=tmp_path / "cache"))
    proxy.path.unlink()
    told: list[Message] = []
    cut.said.connect(told.append)
    assert cut.document is not None
    cut.learn(made_up_analysis(cut.document, [proxy]))
    for song_time in (1.0, 2.0, 3.0):
        cut.seek(song_time)
        qtbot.wait(50)
    assert [message.kind for message in told] == ["error"]


def test_the_camera_is_heard_as_it_is_seen_and_only_where_it_is_shown(cut: Session) -> None:
    mixer = Mixer()
    mixer.time_map = cut.time_map
    camera = np.arange(round(SECONDS * SOUND_RATE)) // SOUND_RATE  # each second has its number
    mixer.camera = {0: np.repeat(camera[:, np.newaxis], 2, axis=1).astype(np.int16)}
    mixer.song = np.full((round(179.5 * SOUND_RATE), 2), 1000, np.int16)
    mixer.choice = "camera"
    assert isinstance(cut.time_map, TimeMap)
    for song_time in (0.6, 30.0, 80.0, 102.0, 150.0):
        heard = mixer.stretch(round(song_time * SOUND_RATE), 1)[0, 0]
        assert heard == int(cut.time_map.source_at(song_time)[1])
    outside = [-1.0, 0.3, 179.2, 500.0]
    assert all(mixer.stretch(round(t * SOUND_RATE), 10).max() == 0 for t in outside)
    mixer.choice = "both"
    assert mixer.stretch(30 * SOUND_RATE, 1)[0, 0] == 1030
    mixer.choice = "song"
    border = mixer.stretch(round(179.5 * SOUND_RATE) - 5, 10)[:, 0]
    assert border.tolist() == [1000] * 5 + [0] * 5


def test_a_key_shows_what_the_platform_covers(
    cut: Session, player: Player, qtbot: QtBot, tmp_path: Path
) -> None:
    store = PreferenceStore(Preferences(preset="tiktok"), path=tmp_path / "preferences.json")
    panel = PreviewPanel(cut, player)
    qtbot.addWidget(panel)
    panel.addActions(playback_actions(cut, player, panel, store, panel))
    panel.resize(640, 480)
    panel.show()
    qtbot.waitActive(panel)
    cut.learn(cut.analysis)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: panel.canvas.shown is not None, timeout=5000)
    plain = pixels(panel.canvas.grab().toImage()).copy()
    qtbot.keyClick(panel, Qt.Key.Key_G)
    tiktok = pixels(panel.canvas.grab().toImage()).copy()
    store.set("preset", "reels")
    reels = pixels(panel.canvas.grab().toImage()).copy()
    assert not np.array_equal(tiktok, plain)
    assert not np.array_equal(reels, tiktok)
    panel.close()


def test_closing_leaves_no_thread(cut: Session, hand: Hand, qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    player = Player(cut, now=hand)
    canvas = Canvas(cut, player)
    qtbot.addWidget(canvas)
    player.play()
    canvas.close()
    player.close()
    assert canvas._frames._server.isFinished()
    assert set(threading.enumerate()) <= before
