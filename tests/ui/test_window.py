"""The whole window as a person uses it: drop, wait, look, nudge, save, open again, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, thread_time

import numpy as np
import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QThread, QTimer, QUrl
from PyQt6.QtGui import QAction, QDesktopServices, QDropEvent
from PyQt6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from lipsyncer import __version__
from lipsyncer.demo import Demo
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.media import FrameReader, probe
from lipsyncer.ui.export import State
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.window import menus
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 120_000
"""Milliseconds for an analysis or an export on a slow machine."""

Open = Callable[[], MainWindow]


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(window.rect().center())
    event = QDropEvent(
        place,
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def analysed(window: MainWindow, qtbot: QtBot, demo: Demo) -> MainWindow:
    drop(window, demo.take_path, demo.song_path)
    qtbot.waitUntil(lambda: window.session.analysis is not None, timeout=PATIENCE)
    return window


def texts(window: MainWindow) -> list[str]:
    said: list[str] = []
    window.session.said.connect(lambda message: said.append(message.text))
    return said


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    combined = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        combined |= modifier
    qtbot.keyClick(window.timeline, key, combined)


def test_from_the_first_drop_to_the_exported_file(
    window: MainWindow, open_window: Open, qtbot: QtBot, demo: Demo, tmp_path: Path
) -> None:
    assert window.pages.currentWidget() is window.welcome
    drop(window, demo.take_path)
    qtbot.waitUntil(lambda: window.opening.takes == (demo.take_path,), timeout=PATIENCE)
    assert window.pages.currentWidget() is window.welcome
    drop(window, demo.song_path)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.analysing, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.session.analysis is not None, timeout=PATIENCE)
    assert window.pages.currentWidget() is window.editor

    found = window.session.document
    assert found is not None
    found_map = TimeMap(found)
    error = demo.truth.error(lambda times: found_map.sources_at(times)[1], demo.song)
    assert error.mean < 45.0

    # Nudge with keys and with the mouse, and take the latter back.
    index = found.index_at(20.0)
    film = window.timeline.geometry_now.film
    place = QPoint(round(window.timeline.geometry_now.x(20.0)), round(film.center().y()))
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=place)
    assert window.session.selected == index
    window.timeline.setFocus()
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Right)
    nudged = window.session.document
    assert nudged is not None
    frames = (found.segments[index].source_start - nudged.segments[index].source_start) * 30
    assert frames == pytest.approx(3.0)
    assert window.session.undo_stack.count() == 1
    qtbot.mousePress(window.timeline, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(window.timeline, place + QPoint(40, 0))
    qtbot.mouseRelease(window.timeline, Qt.MouseButton.LeftButton, pos=place + QPoint(40, 0))
    assert window.session.document != nudged
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document == nudged

    # Save, and open in another window.
    project = tmp_path / "mine.lipsync"
    assert window.projects.save_to(project)
    assert not window.isWindowModified()
    window.close()
    again = open_window()
    again.open_paths([project])
    qtbot.waitUntil(lambda: len(again.session.pictures) == 1, timeout=PATIENCE)
    assert again.session.document == nudged
    assert again.session.found == found

    # Export, and look whether the file shows what the timeline said.
    again.show_export()
    again.export_sheet.choose("master")
    target = again.export_sheet.targets[0]
    assert target.parent == tmp_path / "Videos"
    qtbot.keyClick(again.export_sheet.focusProxy(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: again.queue.items[-1].state is State.DONE, timeout=PATIENCE)
    start, end = nudged.span
    info = probe(target)
    assert info.video is not None and info.audio is not None
    assert info.video.duration == pytest.approx(end - start, abs=1 / info.video.rate)
    time_map = TimeMap(nudged)
    with FrameReader(target) as written, FrameReader(demo.take_path) as filmed:
        for k in range(10, int((end - start) * info.video.rate) - 10, 97):
            middle = (k + 0.5) / info.video.rate
            shown = written.frame_at(middle).astype(float)
            _, source = time_map.source_at(start + middle)
            assert np.abs(shown - filmed.frame_at(source)).mean() < 4.0
    target.unlink()


def test_the_preview_shows_the_frame_that_the_map_says(
    window: MainWindow, qtbot: QtBot, demo: Demo
) -> None:
    analysed(window, qtbot, demo)
    for time in (3.0, 12.4, 20.1):
        window.session.seek(time)
        wanted = window.preview.canvas.wish_at(time)
        qtbot.waitUntil(lambda: window.preview.canvas.shown == wanted, timeout=5000)  # noqa: B023
        assert wanted is not None and window.session.time_map is not None
        footage = window.session.footage(0)
        assert footage is not None
        _, source = window.session.time_map.source_at(time)
        assert wanted[1] / footage.proxy.rate == pytest.approx(source, abs=1.5 / footage.proxy.rate)


def test_playback_moves_the_playhead_and_space_stops_it(
    window: MainWindow, qtbot: QtBot, demo: Demo
) -> None:
    analysed(window, qtbot, demo)
    window.timeline.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.player.playing
    qtbot.waitUntil(lambda: window.session.playhead > 0.5, timeout=10_000)
    press(qtbot, window, Qt.Key.Key_Space)
    stood = window.session.playhead
    qtbot.wait(100)
    assert window.session.playhead == stood


def test_the_window_stays_responsive_while_it_analyses(
    window: MainWindow, qtbot: QtBot, snippet: Demo, tmp_path: Path
) -> None:
    # A copy with other bytes at its end: nothing of it is in the cache yet.
    take = tmp_path / "fresh.mp4"
    take.write_bytes(snippet.take_path.read_bytes() + b"\0" * 64)
    beats: list[tuple[float, float]] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append((monotonic(), thread_time())))
    timer.start(10)
    stages: list[str] = []
    window.opening.progressed.connect(lambda news: stages.append(news.stage))
    drop(window, take, snippet.song_path)
    qtbot.waitUntil(lambda: window.session.analysis is not None, timeout=PATIENCE)
    timer.stop()
    assert {"probe", "track", "encode", "align"} <= set(stages)
    by_the_clock, at_work = np.diff(beats, axis=0).max(axis=0)
    # The time its own thread works does not depend on what else the machine does; the clock does.
    assert at_work < 0.25
    assert by_the_clock < 2.0


@pytest.mark.parametrize("stage", ["probe", "track", "encode", "align"])
def test_an_analysis_can_be_cancelled_at_every_stage(
    window: MainWindow, qtbot: QtBot, snippet: Demo, tmp_path: Path, stage: str
) -> None:
    take = tmp_path / "fresh.mp4"
    take.write_bytes(snippet.take_path.read_bytes() + stage.encode() * 8)

    def stop(news: object) -> None:
        if getattr(news, "stage", "") == stage:
            window.analysing.cancel_requested.emit()

    window.opening.progressed.connect(stop)
    with qtbot.waitSignal(window.opening.stopped, timeout=PATIENCE):
        drop(window, take, snippet.song_path)
    assert window.pages.currentWidget() is window.welcome
    assert window.session.document is None
    # What was dropped is kept, and can be gone on with.
    assert (window.opening.song, window.opening.takes) == (snippet.song_path, (take,))
    shown = [label.text() for label in window.welcome.findChildren(QLabel) if label.isVisible()]
    assert {f"Song: {snippet.song_path.name}", "Video: fresh.mp4"} <= set(shown)


def test_closing_the_window_during_an_analysis_leaves_nothing_running(
    window: MainWindow, qtbot: QtBot, snippet: Demo, tmp_path: Path
) -> None:
    take = tmp_path / "fresh.mp4"
    take.write_bytes(snippet.take_path.read_bytes() + b"closing")
    with qtbot.waitSignal(window.opening.progressed, timeout=PATIENCE):
        drop(window, take, snippet.song_path)
    threads = {thread.objectName(): thread for thread in window.findChildren(QThread)}
    assert threads["analysis"].isRunning()
    window.close()
    assert not window.isVisible()
    assert not [name for name, thread in threads.items() if thread.isRunning()]


def test_closing_the_window_during_an_export_leaves_no_file(
    window: MainWindow, qtbot: QtBot, demo: Demo, tmp_path: Path
) -> None:
    analysed(window, qtbot, demo)
    document = window.session.document
    assert document is not None
    with qtbot.waitSignal(window.queue.changed, timeout=PATIENCE):
        window.queue.add(document, tmp_path / "out.mp4", "master")
    qtbot.waitUntil(lambda: window.queue.items[-1].share > 0, timeout=PATIENCE)
    window.close()
    box = window.findChild(QMessageBox)
    assert box is not None
    stop = next(button for button in box.buttons() if button.text().startswith("Stop"))
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert list(tmp_path.glob("*.mp4")) == list(tmp_path.glob(".*.mp4")) == []


def test_a_file_that_is_no_media_is_refused_with_a_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    said = texts(window)
    text = tmp_path / "lyrics.mp4"
    text.write_text("la la la")
    drop(window, text)
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert said[0].startswith("lyrics.mp4: ")
    assert window.message_bar.isVisible()
    assert window.pages.currentWidget() is window.welcome


def test_the_footage_may_go_while_it_is_open(
    window: MainWindow, qtbot: QtBot, snippet: Demo, tmp_path: Path
) -> None:
    take = tmp_path / "gone.mp4"
    take.write_bytes(snippet.take_path.read_bytes())
    drop(window, take, snippet.song_path)
    qtbot.waitUntil(lambda: window.session.analysis is not None, timeout=PATIENCE)
    take.unlink()
    said = texts(window)
    window.show_export()
    window.export_sheet.choose("master")
    window.export_sheet.export()
    qtbot.waitUntil(lambda: window.queue.items[-1].state is State.FAILED, timeout=PATIENCE)
    rows = window.export_sheet.findChildren(QLabel)
    assert any(label.isVisible() and "gone.mp4: " in label.text() for label in rows)
    assert said == []  # once is enough
    assert window.session.document is not None


def test_unsaved_work_is_asked_about_before_the_window_closes(
    window: MainWindow, qtbot: QtBot, demo: Demo, tmp_path: Path
) -> None:
    analysed(window, qtbot, demo)
    window.timeline.setFocus()
    window.session.select(1)
    press(qtbot, window, Qt.Key.Key_Right)
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    assert box is not None
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert window.isVisible()
    window.close()
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    qtbot.mouseClick(
        boxes[-1].button(QMessageBox.StandardButton.Discard), Qt.MouseButton.LeftButton
    )
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)


def test_a_second_take_is_added_to_what_is_open(
    window: MainWindow, qtbot: QtBot, snippet: Demo, tmp_path: Path
) -> None:
    analysed(window, qtbot, snippet)
    before = window.session.document
    second = tmp_path / "second.mp4"
    second.write_bytes(snippet.take_path.read_bytes() + b"another take")
    drop(window, second)
    qtbot.waitUntil(
        lambda: window.session.document is not None and len(window.session.document.takes) == 2,
        timeout=PATIENCE,
    )
    assert window.session.analysis is not None
    assert len(window.session.analysis.takes) == 2
    window.session.undo_stack.undo()
    assert window.session.document == before


def test_the_same_take_twice_is_refused_and_the_work_stays(
    window: MainWindow, qtbot: QtBot, snippet: Demo, tmp_path: Path
) -> None:
    analysed(window, qtbot, snippet)
    before, said = window.session.document, texts(window)
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(snippet.take_path.read_bytes())
    drop(window, copy)
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert "copy.mp4" in said[0]
    assert window.session.document == before
    assert window.opening.takes == (snippet.take_path,)


def test_every_message_is_shown_in_the_bar(window: MainWindow, qapp: QApplication) -> None:
    window.session.say(Message("error", "The disk is full; free some space."))
    assert window.message_bar.isVisible()
    assert window.message_bar.message is not None
    assert window.message_bar.message.text == "The disk is full; free some space."


def help_actions(window: MainWindow) -> list[QAction]:
    bar = window.menuBar()
    assert bar is not None
    menu = bar.actions()[-1].menu()
    assert menu is not None
    return menu.actions()


def test_the_help_menu_names_the_version(window: MainWindow) -> None:
    assert help_actions(window)[-1].text() == f"Lipsyncer {__version__}"


@pytest.mark.parametrize("page", [None, "https://example.org/singer/lipsyncer/releases"])
def test_the_help_menu_leads_to_newer_versions_where_the_package_knows_them(
    page: str | None, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menus, "releases_page", lambda: page)
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda address: opened.append(address.toString())
    )
    for action in help_actions(open_window()):
        if action.text() == "&Newer versions":
            action.trigger()
    assert opened == ([] if page is None else [page])
