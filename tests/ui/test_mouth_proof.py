"""What shows a layman that it fits: the mouth over the song, and large beside the voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from clips import Image, even_times, write_clip
from grabbed import pixels
from made_up_analysis import made_up_analysis
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media import Proxy, conform, probe
from lipsyncer.progress import finish
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview.canvas import Canvas
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme
from lipsyncer.ui.timeline import TimelineWidget
from lipsyncer.ui.timeline.mouth_curve import LEAST_SCALE, openings_at

RATE, SECONDS, SIZE = 25.0, 10.0, (128, 96)
OPEN = (3.0, 3.8)
"""Seconds of the take in which the mouth is open."""
LATE = 2.0
"""Seconds of the song by which the cut shows it earlier than it was filmed."""
MOUTH = (96.0, 72.0, 20.0)
"""Middle and side of the mouth's box, which is red, in a grey picture."""


def picture(k: int) -> Image:
    grey = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    x, y, side = MOUTH
    left, top, half = round(x), round(y), round(0.8 * side)
    grey[top - half : top + half, left - half : left + half] = (200, 20, 20)
    return grey


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Proxy:
    folder = tmp_path_factory.mktemp("mouth")
    path = write_clip(folder / "clip.mp4", even_times(RATE, SECONDS), size=SIZE, picture=picture)
    return finish(conform(path, probe(path), cache_dir=folder / "cache"))


def track() -> MouthTrack:
    times = np.arange(round(SECONDS * RATE)) / RATE
    opening = np.where((times >= OPEN[0]) & (times < OPEN[1]), 0.5, 0.0)
    shape = np.zeros((len(times), len(SHAPE_POINTS), 3), np.float32)
    for upper, lower in ((13, 14), (82, 87), (312, 317)):
        (a,), (b,) = (np.flatnonzero(point == SHAPE_POINTS) for point in (upper, lower))
        shape[:, a, 1], shape[:, b, 1] = -opening / 2, opening / 2
    crops = np.zeros((len(times), 64, 64), np.uint8)
    boxes = np.tile(np.array(MOUTH, np.float32), (len(times), 1))
    return MouthTrack(crops, shape, np.ones(len(times), np.float32), boxes=boxes)


@pytest.fixture
def session(qapp: QApplication, proxy: Proxy) -> Iterator[Session]:
    theme.manager.apply("dark")
    segments = (Segment(0.0, 8.0, 0, LATE, 8.0 + LATE, "matched", 0.95),)
    document = Document(Path("song.wav"), 8.0, (Take(Path("clip.mp4"), SECONDS),), segments)
    analysis = made_up_analysis(document, [proxy])
    session = Session()
    session.open(document)
    session.learn(replace(analysis, takes=(replace(analysis.takes[0], track=track()),)))
    yield session
    session.close()
    session.deleteLater()


def test_the_opening_is_asked_for_at_moments_of_takes() -> None:
    first = np.array([0.0, 1.0, np.nan], np.float32)
    second = np.array([0.5, 0.5], np.float32)
    takes = np.array([0, 0, 1, 1, 0])
    found = openings_at((first, second), takes, np.array([0.02, -1.0, 0.03, 9.0, 0.07]))
    assert found[[0, 2]] == pytest.approx([0.5, 0.5])
    assert np.isnan(found[[1, 3, 4]]).all()


def test_the_bold_curve_is_where_the_mouth_is_shown_the_thin_one_where_it_was_filmed(
    session: Session, qtbot: QtBot
) -> None:
    timeline = TimelineWidget(session)
    qtbot.addWidget(timeline)
    timeline.resize(1016, 360)
    timeline.show()
    blue = theme.theme().colour("selection")
    geometry = timeline.geometry_now
    lane = geometry.waveform

    def bold_at_the_top(song_time: float) -> bool:
        shown = pixels(timeline.grab().toImage()).astype(int)
        column = shown[round(lane.top()) : round(lane.top()) + 8, round(geometry.x(song_time))]
        away = np.abs(column - (blue.red(), blue.green(), blue.blue())).sum(axis=1)
        return bool((away < 40).any())

    filmed = sum(OPEN) / 2
    assert bold_at_the_top(filmed - LATE)
    assert not bold_at_the_top(filmed)
    before = pixels(timeline.grab().toImage())
    timeline.curve_action.trigger()
    after = pixels(timeline.grab().toImage())
    assert not bold_at_the_top(filmed - LATE)
    # The thin one was there too.
    column = round(lane.top()), round(geometry.x(filmed))
    top = slice(column[0], column[0] + 8)
    assert (before[top, column[1]] != after[top, column[1]]).any()
    session.edit("Move", lambda document: replace(document, segments=(as_filmed(),)))
    timeline.curve_action.trigger()
    assert bold_at_the_top(filmed)
    timeline.close()


def as_filmed() -> Segment:
    return Segment(0.0, 8.0, 0, 0.0, 8.0, "matched", 0.95)


def test_no_curve_is_drawn_where_syllables_would_run_into_one_another(
    session: Session, qtbot: QtBot
) -> None:
    timeline = TimelineWidget(session)
    qtbot.addWidget(timeline)
    timeline.resize(round(8 * LEAST_SCALE) - 4, 360)
    timeline.show()
    before = pixels(timeline.grab().toImage())
    timeline.curve_action.trigger()
    assert (pixels(timeline.grab().toImage()) == before).all()
    timeline.close()


def test_the_close_up_shows_the_mouth_of_the_frame_on_screen_and_goes_again(
    session: Session, qtbot: QtBot
) -> None:
    player = Player(session)
    canvas = Canvas(session, player)
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.show()
    session.learn(session.analysis)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: canvas.shown is not None, timeout=10_000)

    def red_below() -> float:
        shown = pixels(canvas.grab().toImage()).astype(int)[-60:, :100]
        return float(((shown[..., 0] > 150) & (shown[..., 1] < 80)).mean())

    assert red_below() < 0.05
    canvas.set_close_up(True)
    assert red_below() > 0.9
    canvas.set_close_up(False)
    assert red_below() < 0.05
    canvas.close()
    player.close()
