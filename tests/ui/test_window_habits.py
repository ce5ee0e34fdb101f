"""What the window does by itself: folders, the title while exporting, and playing a result once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lipsyncer.__main__ import _is_file
from lipsyncer.cli.parser import build_parser
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.export.queue import ExportItem, State
from lipsyncer.ui.window.main_window import MainWindow

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
