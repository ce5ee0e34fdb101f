"""Projects in the window: kept, opened again, found again, recovered; and no window leaks."""

from __future__ import annotations

import gc
import os
import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.demo import Demo
from lipsyncer.edit import edits
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.project import Project, load_project, save_project
from lipsyncer.project.autosave import Autosave, recoverable
from lipsyncer.project.files import generation
from lipsyncer.ui.export import State
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 120_000
"""Milliseconds for an analysis on a slow machine."""

Open = Callable[[], MainWindow]


@pytest.fixture
def folder(tmp_path: Path, snippet: Demo) -> Path:
    """Give a folder with a song and a take of its own, which can be moved and deleted."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    shutil.copy(snippet.song_path, folder / "song.wav")
    shutil.copy(snippet.take_path, folder / "take.mp4")
    return folder


@pytest.fixture
def project(folder: Path, snippet_analysis: Analysis) -> Path:
    """Give a project of the snippet that was nudged and saved."""
    document = edits.slip(snippet_analysis.document, 0, 0.2)
    takes = tuple(replace(take, path=folder / "take.mp4") for take in document.takes)
    document = replace(document, song=folder / "song.wav", takes=takes)
    path = folder / "dance.lipsync"
    save_project(Project(document), path)
    return path


def texts(window: MainWindow) -> list[str]:
    said: list[str] = []

    def hear(message: Message) -> None:
        said.append(message.text)

    window.session.said.connect(hear)
    return said


def opened(window: MainWindow, project: Path, qtbot: QtBot) -> MainWindow:
    window.open_paths([project])
    qtbot.waitUntil(lambda: bool(window.session.pictures), timeout=PATIENCE)
    return window


def question(window: MainWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def answer(window: MainWindow, words: str, qtbot: QtBot) -> None:
    button = next(b for b in question(window).findChildren(QPushButton) if words in b.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_change_is_safe_within_seconds_and_offered_after_a_crash(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    window.session.edit("Slip", lambda document: edits.slip(document, 0, 0.1))
    changed = window.session.document
    autosave = window.projects._autosave
    assert autosave is not None
    qtbot.waitUntil(autosave.path.is_file, timeout=5000)
    # What the end of the process lets go of, without any tidying.
    autosave._lock.give_back()
    assert window.projects._lock is not None
    window.projects._lock.give_back()

    after = open_window()
    after.projects.offer_recovery()
    answer(after, "Go on", qtbot)
    assert after.session.document == changed
    assert after.projects.path == project
    assert after.isWindowModified()
    assert load_project(project).document != changed
    assert after.projects.save()
    assert load_project(project).document == changed
    assert load_project(generation(project, 1)).document != changed


def test_edits_in_quick_succession_do_not_put_the_autosave_off(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    autosave = window.projects._autosave
    assert autosave is not None

    def saved_while_edited() -> bool:
        window.session.edit("Slip", lambda document: edits.slip(document, 0, 0.001))
        return autosave.path.is_file()

    qtbot.waitUntil(saved_while_edited, timeout=10_000)


def test_a_change_is_offered_after_the_system_ended_the_window(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    window.session.edit("Slip", lambda document: edits.slip(document, 0, 0.1))
    changed = window.session.document
    autosave = window.projects._autosave
    assert autosave is not None
    window.end_at_once()
    autosave._lock.give_back()  # as the end of the process does
    assert [work.project.document for work in recoverable()] == [changed]


def test_what_is_thrown_away_is_not_offered_again(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    autosave = Autosave()
    autosave.keep(load_project(project), None)
    autosave._lock.give_back()
    window = open_window()
    window.projects.offer_recovery()
    answer(window, "Discard", qtbot)
    assert recoverable() == []
    assert window.session.document is None


def test_nothing_is_offered_after_an_orderly_end(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    opened(open_window(), project, qtbot).close()
    assert recoverable() == []


def test_a_second_window_gets_a_copy_and_cannot_overwrite_the_first(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    first, second = open_window(), open_window()
    opened(first, project, qtbot)
    said = texts(second)
    opened(second, project, qtbot)
    assert any("open in another window" in text for text in said)
    second.session.edit("Slip", lambda document: edits.slip(document, 0, 0.1))
    before = project.read_bytes()
    assert not second.projects.save_to(project)
    assert project.read_bytes() == before
    assert second.projects.save_to(project.with_name("copy.lipsync"))
    assert first.projects.save()


def test_the_project_that_is_open_can_be_opened_again(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    said = texts(window)
    window.open_paths([project])
    assert window.projects.path == project
    assert not any("another window" in text for text in said)
    window.session.edit("Slip", lambda document: edits.slip(document, 0, 0.1))
    assert window.projects.save()
    # It is still this window's.
    other = open_window()
    said = texts(other)
    other.open_paths([project])
    assert any("open in another window" in text for text in said)


def test_media_that_moved_near_are_found_and_those_that_went_are_asked_for(
    open_window: Open, project: Path, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    assert window.projects.save()  # with fingerprints
    window.close()
    (folder / "take.mp4").rename(folder / "renamed.mp4")
    away = tmp_path / "away"
    away.mkdir()
    shutil.move(folder / "song.wav", away / "track 7.wav")

    window = open_window()
    window.open_paths([project])
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    assert "song.wav" in dialog.windowTitle()
    dialog.fileSelected.emit(str(away / "track 7.wav"))
    dialog.accept()
    document = window.session.document
    assert document is not None
    assert document.song == away / "track 7.wav"
    assert document.takes[0].path == folder / "renamed.mp4"
    assert window.isWindowModified()


def test_giving_up_the_search_says_what_to_do_and_lets_the_project_go(
    open_window: Open, project: Path, folder: Path, qtbot: QtBot
) -> None:
    (folder / "song.wav").unlink()
    window, other = open_window(), open_window()
    said = texts(window)
    window.open_paths([project])
    next(d for d in window.findChildren(QFileDialog) if d.isVisible()).reject()
    assert any("song.wav was not found" in text for text in said)
    assert window.session.document is None
    elsewhere = texts(other)
    other.open_paths([project])
    assert not any("another window" in text for text in elsewhere)
    next(d for d in other.findChildren(QFileDialog) if d.isVisible()).reject()


def test_a_damaged_project_is_refused_and_the_work_at_hand_stays(
    open_window: Open, project: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    broken = project.with_name("broken.lipsync")
    broken.write_bytes(project.read_bytes()[:100])
    before, said = window.session.document, texts(window)
    window.open_paths([broken])
    assert any("damaged" in text for text in said)
    assert window.session.document == before


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in which nothing can be written, not even by the administrator."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        folder = Path("/proc")
    if os.access(folder / "self" / "nothing", os.W_OK) or not folder.is_dir():
        pytest.skip("every folder can be written here")
    yield folder
    if folder.is_relative_to(tmp_path):
        folder.chmod(0o700)


def test_where_saving_fails_the_work_stays_unsaved_and_open(
    open_window: Open, project: Path, closed_folder: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    window.session.edit("Slip", lambda document: edits.slip(document, 0, 0.1))
    said = texts(window)
    assert not window.projects.save_to(closed_folder / "dance.lipsync")
    assert any("dance.lipsync" in text for text in said)
    assert window.isWindowModified()
    assert window.projects.path == project
    assert window.projects.save()


def test_an_export_folder_that_cannot_be_written_is_said_and_the_next_export_works(
    open_window: Open, project: Path, closed_folder: Path, folder: Path, qtbot: QtBot
) -> None:
    window = opened(open_window(), project, qtbot)
    window.store.set("export_folder", str(closed_folder))
    window.show_export()
    window.export_sheet.choose("master")
    qtbot.keyClick(window.export_sheet.focusProxy(), Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: bool(window.queue.items) and window.queue.items[-1].state is State.FAILED,
        timeout=PATIENCE,
    )
    window.store.set("export_folder", str(folder))
    window.export_sheet.choose("master")
    qtbot.keyClick(window.export_sheet.focusProxy(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.queue.items[-1].state is State.DONE, timeout=PATIENCE)
    assert window.queue.items[-1].target.parent == folder


def resident() -> int:
    """Bytes of memory that this process has now."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="memory is read from /proc")
def test_opening_and_closing_ten_projects_leaves_neither_memory_nor_threads(
    open_window: Open, project: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    window = open_window()
    footage: list[weakref.ref[MouthTrack]] = []

    def once() -> None:
        opened(window, project, qtbot)
        footage.append(weakref.ref(window.session.pictures[0].track))
        window.close_project()
        qtbot.waitUntil(lambda: window.session.document is None, timeout=5000)
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()

    for _ in range(4):  # caches and the allocator fill up at first
        once()
    memory, threads = resident(), set(threading.enumerate())
    for _ in range(10):
        once()
    assert resident() < 1.1 * memory
    assert set(threading.enumerate()) <= threads
    # What was found last may still be held by what a thread did last.
    assert [known() for known in footage[:-1]] == [None] * (len(footage) - 1)
