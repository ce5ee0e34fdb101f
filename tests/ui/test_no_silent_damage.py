"""What a user could do without meaning it: each must change nothing, or ask first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from clips import even_times, write_clip, write_sound
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QWheelEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.jobs import Progress
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.editing.segment_table import SegmentTable
from lipsyncer.ui.export.queue import ExportItem, ExportQueue
from lipsyncer.ui.style.confidence_grade import grade
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 30_000
Key = Qt.Key
SEGMENTS = (
    Segment(0.0, 10.0, 0, 0.5, 10.5, "matched", 0.95),
    Segment(10.0, 18.0, 0, 10.9, 18.9, "matched", 0.60),
    Segment(18.0, 40.0, 1, 5.0, 27.0, "matched", 0.20),
)


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> Iterator[MainWindow]:
    """Give a window with a cut open whose files don't exist."""
    window = open_window()
    takes = (Take(Path("first.mov"), 45.0), Take(Path("second.mov"), 30.0))
    window.session.open(Document(Path("song.wav"), 40.0, takes, SEGMENTS))
    window.session.select(1)
    yield window
    for box in window.findChildren(QMessageBox):
        box.close()


def cut(window: MainWindow) -> Document:
    assert window.session.document is not None
    return window.session.document


# ------------------------------------------------------------------------------------ the wheel


def turn(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_changes_no_field_of_any_panel(window: MainWindow) -> None:
    window.show_export()
    combos, numbers = window.findChildren(QComboBox), window.findChildren(QAbstractSpinBox)
    assert len(combos) > 5 and len(numbers) > 5
    before = [box.currentIndex() for box in combos], [box.text() for box in numbers]
    for field in (*combos, *numbers):
        turn(field)
    assert ([box.currentIndex() for box in combos], [box.text() for box in numbers]) == before


# ------------------------------------------------------------------------------------ the keys


@pytest.mark.parametrize("key", [Key.Key_Left, Key.Key_Right, Key.Key_S, Key.Key_Delete])
def test_no_key_edits_while_a_menu_is_open(window: MainWindow, qtbot: QtBot, key: Key) -> None:
    bar = window.menuBar()
    assert bar is not None
    before = cut(window)
    window.timeline.setFocus()
    bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
    bar.setActiveAction(bar.actions()[2])
    qtbot.keyClick(QApplication.activePopupWidget() or bar, key)
    qtbot.keyClick(bar, key)
    for menu in iter(QApplication.activePopupWidget, None):
        menu.close()
    assert cut(window) is before


def test_the_same_keys_edit_in_the_timeline(window: MainWindow, qtbot: QtBot) -> None:
    window.timeline.setFocus()
    before = cut(window)
    qtbot.keyClick(window.timeline, Key.Key_Right)
    assert cut(window) != before


def test_tab_stays_out_of_panels_behind_another_tab(window: MainWindow, qtbot: QtBot) -> None:
    for dock in window.panels.docks:
        dock.show()
    window.panels.segments.raise_()
    hidden = [dock for dock in window.panels.docks if dock is not window.panels.segments]
    qtbot.waitUntil(lambda: all(dock.visibleRegion().isEmpty() for dock in hidden))
    window.timeline.setFocus()
    for _ in range(80):
        window.focusNextChild()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert not any(dock.isAncestorOf(focus) for dock in hidden)
    window.panels.match.raise_()
    widget = window.panels.match.widget()
    assert widget is not None
    qtbot.waitUntil(widget.isEnabled)


def test_the_keyboard_is_always_somewhere_in_sight(window: MainWindow) -> None:
    window.show_export()
    window.timeline.setFocus()
    for _ in range(60):
        window.focusNextChild()
        focus = QApplication.focusWidget()
        assert focus is not None and not focus.visibleRegion().isEmpty()


def test_no_letter_of_a_panel_is_one_of_the_menu_bar(window: MainWindow) -> None:
    bar = window.menuBar()
    assert bar is not None
    of_menus = {letter(action.text()) for action in bar.actions()}
    window.show_export()
    for widget in window.findChildren((QAbstractButton, QLabel)):
        if not isinstance(widget, (QAbstractButton, QLabel)) or letter(widget.text()) is None:
            continue
        if isinstance(widget, QLabel) and widget.buddy() is None:
            continue
        assert letter(widget.text()) not in of_menus, widget.text()


def letter(text: str) -> str | None:
    """Give the letter that Alt goes with, in lower case."""
    text = text.replace("&&", "")
    place = text.find("&")
    return text[place + 1].lower() if 0 <= place < len(text) - 1 else None


# ------------------------------------------------------------------------------------ dragging


@pytest.mark.parametrize("span", [40.0, 12.0])
def test_a_drag_of_thirty_pixels_slips_by_a_third_of_a_second_at_most(
    window: MainWindow, qtbot: QtBot, span: float
) -> None:
    window.session.view.show(8.0, 8.0 + span)
    geometry = window.timeline.geometry_now
    place = QPointF(geometry.x(12.0), geometry.film.center().y()).toPoint()
    qtbot.mousePress(window.timeline, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(window.timeline, place + QPoint(30, 0))
    qtbot.mouseRelease(window.timeline, Qt.MouseButton.LeftButton, pos=place + QPoint(30, 0))
    moved = SEGMENTS[1].source_start - cut(window).segments[1].source_start
    assert 0.2 < moved <= 0.34


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_what_is_done_after_a_click_is_done_where_one_clicked(
    window: MainWindow, qtbot: QtBot, button: Qt.MouseButton
) -> None:
    window.session.seek(2.0)
    before = cut(window)
    geometry = window.timeline.geometry_now
    place = QPointF(geometry.x(30.0), geometry.film.center().y()).toPoint()
    qtbot.mouseClick(window.timeline, button, pos=place)
    assert cut(window) is before  # a click is no edit
    assert window.session.selected == 2
    assert window.session.playhead == pytest.approx(30.0, abs=0.1)
    window.timeline.setFocus()
    qtbot.keyClick(window.timeline, Key.Key_S)
    assert cut(window).segments[3].song_start == pytest.approx(30.0, abs=0.1)


def test_choosing_a_segment_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    window.session.seek(12.0)
    table = window.panels.segments.widget()
    assert isinstance(table, SegmentTable)
    window.panels.show(window.panels.segments)
    model = table.model()
    assert model is not None
    for row, moment in ((1, 12.0), (2, 18.0)):  # in the one at the playhead, it stays
        place = table.visualRect(model.index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert (window.session.selected, window.session.playhead) == (row, moment)
    window.timeline.setFocus()
    for row, moment in ((1, 10.0), (0, 0.0)):
        qtbot.keyClick(window.timeline, Key.Key_Up)
        assert (window.session.selected, window.session.playhead) == (row, moment)


def test_a_drag_snaps_to_where_the_footage_was_found(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("", lambda document: edits.slip(document, 1, -0.2071))
    geometry = window.timeline.geometry_now
    place = QPointF(geometry.x(12.0), geometry.film.center().y()).toPoint()
    qtbot.mousePress(window.timeline, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(window.timeline, place - QPoint(22, 0))
    qtbot.mouseRelease(window.timeline, Qt.MouseButton.LeftButton, pos=place - QPoint(22, 0))
    assert cut(window).segments[1].source_start == pytest.approx(SEGMENTS[1].source_start, abs=1e-9)
    assert cut(window).segments[1].confidence == SEGMENTS[1].confidence
    assert not cut(window).segments[1].by_hand


def test_a_segment_that_was_moved_off_is_no_longer_called_sure(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert grade(cut(window).segments[0]) == "good"
    geometry = window.timeline.geometry_now
    place = QPointF(geometry.x(5.0), geometry.film.center().y()).toPoint()
    qtbot.mousePress(window.timeline, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(window.timeline, place - QPoint(160, 0))
    qtbot.mouseRelease(window.timeline, Qt.MouseButton.LeftButton, pos=place - QPoint(160, 0))
    assert cut(window).segments[0].source_start - SEGMENTS[0].source_start > 1.4
    assert grade(cut(window).segments[0]) == "selection"
    table = window.panels.segments.widget()
    assert isinstance(table, SegmentTable)
    model = table.model()
    assert model is not None
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert "moved by you" in texts


# ------------------------------------------------------------------------------------ dropping


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_drop_is_a_copy_even_where_a_move_is_proposed(window: MainWindow, tmp_path: Path) -> None:
    data = urls(tmp_path / "filmed.mov")
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    enter = QDragEnterEvent(QPoint(5, 5), both, data, buttons, keys)
    move = QDragMoveEvent(QPoint(6, 6), both, data, buttons, keys)
    drop = QDropEvent(QPointF(6, 6), both, data, buttons, keys)
    handlers: list[tuple[QDropEvent, Callable[[Any], None]]] = [
        (enter, window.dragEnterEvent),
        (move, window.dragMoveEvent),
        (drop, window.dropEvent),
    ]
    for event, handle in handlers:
        event.setDropAction(Qt.DropAction.MoveAction)
        handle(event)
        assert event.isAccepted()
        assert event.dropAction() == Qt.DropAction.CopyAction


def question(window: MainWindow) -> QMessageBox:
    (box,) = window.findChildren(QMessageBox)
    return box


def answer(box: QMessageBox, words: str) -> None:
    (button,) = [button for button in box.buttons() if words in button.text()]
    button.click()


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give another song than the one that is open."""
    noise = np.random.default_rng(0).normal(0, 0.1, 44_100).astype(np.float32)
    return write_sound(tmp_path_factory.mktemp("song") / "other.wav", noise)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a video that is in no project."""
    return write_clip(tmp_path_factory.mktemp("video") / "third.mov", even_times(25.0, 1.0))


def drop(window: MainWindow, *paths: Path) -> None:
    """Let files go over the window, as a file manager does."""
    data, copy = urls(*paths), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(600, 400), copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 400), copy, data, buttons, keys))


@pytest.fixture
def gathered(window: MainWindow) -> MainWindow:
    """Give the window with its project, of which the song and the takes are known."""
    window.opening.gathered_before(Path("song.wav"), [Path("first.mov"), Path("second.mov")])
    return window


def test_a_song_with_videos_over_an_open_project_begins_a_new_one(
    gathered: MainWindow, song: Path, video: Path, qtbot: QtBot
) -> None:
    drop(gathered, song, video)
    qtbot.waitUntil(lambda: gathered.opening.song == song, timeout=PATIENCE)
    assert gathered.opening.takes == (video,)
    assert gathered.session.document is None


def test_unsaved_work_is_asked_for_before_a_new_project(
    gathered: MainWindow, song: Path, video: Path, qtbot: QtBot
) -> None:
    gathered.session.edit("slip", lambda document: edits.slip(document, 1, 0.1))
    before = gathered.session.document
    drop(gathered, song, video)
    qtbot.waitUntil(lambda: bool(gathered.findChildren(QMessageBox)), timeout=PATIENCE)
    assert "Save" in question(gathered).text()
    assert gathered.session.document is before
    assert gathered.opening.song == Path("song.wav")


@pytest.mark.parametrize("kept", [True, False], ids=["replaces it", "new project"])
def test_a_song_alone_asks_what_it_is_for(
    gathered: MainWindow, song: Path, qtbot: QtBot, kept: bool
) -> None:
    before = gathered.session.document
    drop(gathered, song)
    qtbot.waitUntil(lambda: bool(gathered.findChildren(QMessageBox)), timeout=PATIENCE)
    assert "other.wav" in question(gathered).text()
    assert gathered.opening.song == Path("song.wav")
    assert gathered.session.document is before
    answer(question(gathered), "Replace" if kept else "New project")
    qtbot.waitUntil(lambda: gathered.opening.song == song, timeout=PATIENCE)
    assert gathered.opening.takes == ((Path("first.mov"), Path("second.mov")) if kept else ())
    assert (gathered.session.document is before) == kept


def test_a_song_alone_changes_nothing_if_the_question_is_cancelled(
    gathered: MainWindow, song: Path, qtbot: QtBot
) -> None:
    before = gathered.session.document
    drop(gathered, song)
    qtbot.waitUntil(lambda: bool(gathered.findChildren(QMessageBox)), timeout=PATIENCE)
    qtbot.keyClick(question(gathered), Key.Key_Escape)
    QApplication.processEvents()
    assert gathered.opening.song == Path("song.wav")
    assert gathered.session.document is before
    assert not gathered.opening.analysing


def test_videos_alone_are_more_takes(gathered: MainWindow, video: Path, qtbot: QtBot) -> None:
    before = gathered.session.document
    drop(gathered, video)
    whole = (Path("first.mov"), Path("second.mov"), video)
    qtbot.waitUntil(lambda: gathered.opening.takes == whole, timeout=PATIENCE)
    assert not gathered.findChildren(QMessageBox)
    assert gathered.session.document is before


def test_an_analysis_over_an_open_project_can_be_seen_and_cancelled(
    gathered: MainWindow, video: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def analyse(*_: object) -> Iterator[Progress]:
        while True:
            yield Progress("probe", 0.5)
            time.sleep(0.01)

    monkeypatch.setattr("lipsyncer.jobs.analyse.analyse", analyse)
    before = gathered.session.document
    drop(gathered, video)
    qtbot.waitUntil(gathered.strip.isVisible, timeout=PATIENCE)
    (button,) = gathered.strip.findChildren(QAbstractButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not gathered.strip.isVisible(), timeout=PATIENCE)
    assert not gathered.opening.analysing
    assert gathered.session.document is before


# ------------------------------------------------------------------------------------ quitting


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Let an export be running until the list says otherwise."""
    running = [True]
    monkeypatch.setattr(ExportQueue, "busy", property(lambda self: running[0]))
    yield running
    running[0] = False


def test_quitting_while_an_export_runs_asks(window: MainWindow, busy: list[bool]) -> None:
    window.close()
    assert window.isVisible()
    assert "export" in question(window).text()


def test_quitting_can_wait_for_the_export(
    window: MainWindow, busy: list[bool], qtbot: QtBot
) -> None:
    window.close()
    answer(question(window), "when it is done")
    assert window.isVisible()
    busy[0] = False
    window.queue.changed.emit(
        ExportItem(1, cut(window), Path("out.mp4"), "master", PRESETS["master"].settings)
    )
    qtbot.waitUntil(lambda: not window.isVisible())


def test_quitting_can_stop_the_export(window: MainWindow, busy: list[bool]) -> None:
    window.close()
    answer(question(window), "Stop")
    assert not window.isVisible()


# ------------------------------------------------------------------------------------ by hand


def test_what_was_moved_or_split_says_so_in_the_document(window: MainWindow) -> None:
    assert not any(segment.by_hand for segment in cut(window).segments)
    slipped = edits.slip(cut(window), 1, 0.2)
    assert [segment.by_hand for segment in slipped.segments] == [False, True, False]
    halves = edits.split(cut(window), 5.0)
    assert [segment.by_hand for segment in halves.segments] == [True, True, False, False]
    moved = edits.move_cut(cut(window), 0, 9.0)
    assert [segment.by_hand for segment in moved.segments] == [True, True, False]
    again = edits.reset(slipped, replace(cut(window)), 10.0, 18.0)
    assert not any(segment.by_hand for segment in again.segments)


def test_one_pin_leaves_what_was_moved_and_split_elsewhere(
    window: MainWindow, analysis: Analysis, qtbot: QtBot
) -> None:
    session = window.session
    session.open(analysis.document)
    session.learn(analysis)
    window.timeline.setFocus()
    first, last = cut(window).span
    session.seek(last - 6.0)
    session.select(cut(window).index_at(last - 6.0))
    for key in (Key.Key_S, Key.Key_Right, Key.Key_Right):
        qtbot.keyClick(window.timeline, key)
    mine = [segment for segment in cut(window).segments if segment.by_hand]
    assert len(mine) == 2
    window.show_matching()
    matrix = window.panels.matrix_view
    qtbot.waitUntil(lambda: matrix.picture is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: session.solving.of(0) is not None, timeout=PATIENCE)
    assert session.time_map is not None
    start = matrix.plot.place(first + 5.0, session.time_map.source_at(first + 5.0)[1]).toPoint()
    viewport = matrix.plot.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in (6, 12, 20):
        qtbot.mouseMove(viewport, start - QPoint(0, step))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 20))
    assert len(cut(window).pins) == 1
    standing = [(s.song_end, s.source_end, s.by_hand) for s in cut(window).segments]
    for segment in mine:
        assert (segment.song_end, segment.source_end, True) in standing
    # What the pin has replaced is said.
    assert any("The pin changed" in one.text() for one in window.message_bar.findChildren(QLabel))


def test_every_action_on_a_segment_needs_the_focus_of_picture_or_timeline(
    window: MainWindow,
) -> None:
    actions: list[QAction] = window.editor.actions()
    assert len(actions) > 10
    contexts = {action.shortcutContext() for action in actions}
    assert contexts == {Qt.ShortcutContext.WidgetWithChildrenShortcut}
