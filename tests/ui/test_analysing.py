"""The page that is shown while footage is watched."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lipsyncer.jobs import Progress
from lipsyncer.ui.files.analysis_page import LARGEST, AnalysingPanel, News, digest


class Watch:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def words(panel: AnalysingPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if not label.isHidden()]


def panel_at(qtbot: QtBot, watch: Watch) -> AnalysingPanel:
    panel = AnalysingPanel(now=watch)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    return panel


def test_what_a_job_sees_is_copied_before_it_goes_on() -> None:
    mouth = np.full((112, 112), 7, np.uint8)
    news = digest(Progress("track", 0.5, mouth))
    mouth[:] = 9
    assert news.mouth is not None and news.mouth.max() == 7


def test_a_matrix_of_any_size_becomes_a_small_picture() -> None:
    matrix = np.random.default_rng(0).normal(size=(3000, 900)).astype(np.float32)
    matrix[1500:] = np.nan
    news = digest(Progress("score", 0.5, matrix))
    assert news.matrix is not None
    assert max(news.matrix.shape) <= LARGEST
    assert news.matrix[-1].max() == 0
    assert news.matrix[0].min() > 0


def test_time_left_is_told_from_how_long_it_took_so_far(qtbot: QtBot) -> None:
    watch = Watch()
    panel = panel_at(qtbot, watch)
    panel.begin("song.mp3", ["take.mov"])
    panel.show_progress(News("track", 0.2))
    assert not any("left" in text for text in words(panel))
    watch.time += 40.0
    panel.show_progress(News("track", 0.54))
    assert "About 40 seconds left" in words(panel)
    watch.time += 38.0
    panel.show_progress(News("align", 0.9))
    assert "A few seconds left" in words(panel)


def test_song_and_takes_are_named_and_the_stage_is_said(qtbot: QtBot) -> None:
    panel = panel_at(qtbot, Watch())
    panel.begin("song.mp3", ["one.mov", "two.mov"])
    panel.show_progress(News("track", 0.25))
    assert "song.mp3 · one.mov · two.mov" in words(panel)
    assert panel.summary().startswith("Watching the lips")


def test_escape_and_the_button_ask_to_cancel(qtbot: QtBot) -> None:
    panel = panel_at(qtbot, Watch())
    panel.begin("song.mp3", ["take.mov"])
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_the_frames_are_never_black_while_there_is_nothing_to_be_seen(qtbot: QtBot) -> None:
    panel = panel_at(qtbot, Watch())

    def brightest(name: str) -> int:
        label = next(one for one in panel.findChildren(QLabel) if one.accessibleName() == name)
        picture = label.pixmap().toImage()
        places = range(0, picture.width(), 5)
        return max(picture.pixelColor(x, y).lightness() for x in places for y in places)

    panel.begin("song.mp3", ["take.mov"])
    assert brightest("The mouth") > 80 and brightest("Song against take") > 80
    panel.begin("", [])
    singer = brightest("The mouth")
    assert singer > 150  # the demo's singer, at once
    panel.begin("song.mp3", ["take.mov"])
    assert brightest("The mouth") == singer
