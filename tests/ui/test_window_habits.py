"""What the window does by itself: folders, the title while exporting, and playing a result once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lipsyncer.__main__ import _is_file
from lipsyncer.cli.parser import build_parser
from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.export.queue import ExportItem, State
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 30_000
TAKES = (Take(Path("first.mov"), 45.0),)
SEGMENTS = (
    Segment(0.0, 10.0, 0, 0.0, 10.0, "matched", 0.95),
    Segment(10.0, 40.0, 0, 10.9, 40.9, "matched", 0.95),
)
CUT = Document(Path("song.wav"), 40.0, TAKES, SEGMENTS)


def playing(window: MainWindow) -> bool:
    return window.player.playing


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    return open_window()


def test_a_folder_stands_for_the_files_in_it(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shoot"
    (folder / "deeper").mkdir(parents=True)
    for name in ("take.mov", "song.mp3", ".hidden"):
        (folder / name).touch()
    added: list[Path] = []
    monkeypatch.setattr(window.opening, "add", added.extend)
    window.open_paths([folder])
    assert added == [folder / "song.mp3", folder / "take.mov"]


def test_the_title_tells_how_far_an_export_is(window: MainWindow) -> None:
    item = ExportItem(1, CUT, Path("out.mp4"), "master", PRESETS["master"].settings)
    for state, share, words in (
        (State.RUNNING, 0.42, "Exporting 42 %"),
        (State.DONE, 1.0, "Lipsyncer"),
    ):
        window.queue._items[1] = replace(item, state=state, share=share)
        window.queue.changed.emit(window.queue._items[1])
        assert window.windowTitle().startswith(words)


def test_a_new_result_plays_once_from_its_first_correction(window: MainWindow) -> None:
    window.session.open(CUT)
    window.arrivals.begun.emit()
    assert not playing(window)
    window.store.set("new_result", "play")
    window.arrivals.begun.emit()
    assert playing(window)
    assert window.session.playhead == pytest.approx(9.0, abs=0.5)
    window.player.pause()


def test_a_result_that_changed_nothing_does_not_play(window: MainWindow) -> None:
    window.store.set("new_result", "play")
    window.session.open(
        replace(CUT, segments=(replace(SEGMENTS[0], song_end=40.0, source_end=40.0),))
    )
    window.arrivals.begun.emit()
    assert not window.player.playing


def test_holding_a_key_shows_what_was_filmed_in_place_of_the_result(
    window: MainWindow, snippet_analysis: Analysis, qtbot: QtBot
) -> None:
    late = edits.slip(snippet_analysis.document, 0, -1.0)  # what was filmed is another frame
    window.session.open(late)
    window.session.learn(replace(snippet_analysis, document=late))
    window.session.seek(2.0)
    canvas = window.preview.canvas

    def seen() -> QImage:
        qtbot.waitUntil(lambda: canvas.complete, timeout=PATIENCE)
        return canvas.grab().toImage()

    window.timeline.setFocus()
    result = seen()
    qtbot.keyPress(window.timeline, Qt.Key.Key_H)
    filmed = seen()
    assert filmed != result
    qtbot.keyRelease(window.timeline, Qt.Key.Key_H)
    assert seen() == result
    canvas.set_mode("before")
    assert seen() == filmed


def test_f11_fills_the_screen_and_gives_it_back(window: MainWindow, qtbot: QtBot) -> None:
    window.session.open(CUT)
    for full in (True, False):
        qtbot.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen() == full


def test_files_alone_open_the_window_and_a_command_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "song.mp3").touch()
    (tmp_path / "align").touch()
    assert _is_file("song.mp3") and _is_file(str(tmp_path / "align")) and _is_file(str(tmp_path))
    assert not _is_file("align") and not _is_file("nothing.mp3") and not _is_file("--help")


def test_a_folder_that_is_called_like_a_command_does_not_hide_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (commands,) = [action.choices for action in build_parser()._actions if action.choices]
    for name in (*commands, "takes"):
        (tmp_path / name).mkdir()
    assert "demo" in commands
    assert [name for name in commands if _is_file(name)] == []
    assert _is_file("takes") and _is_file("./demo")
