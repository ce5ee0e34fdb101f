"""The table of segments: the same as the timeline, in words, and in step with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PyQt6.QtCore import QModelIndex, QPoint, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from lipsyncer.edit import edits
from lipsyncer.ui.editing.segment_table import Column, SegmentModel, SegmentTable
from lipsyncer.ui.editing.session import Session


@pytest.fixture
def table(plain_session: Session, qtbot: QtBot) -> SegmentTable:
    table = SegmentTable(plain_session)
    qtbot.addWidget(table)
    table.resize(700, 300)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    return table


def model_of(table: SegmentTable) -> SegmentModel:
    model = table.model()
    assert isinstance(model, SegmentModel)
    return model


def row(table: SegmentTable, index: int) -> list[str]:
    model = model_of(table)
    return [model.data(model.index(index, column)) for column in Column]


def selected(table: SegmentTable) -> list[int]:
    selection = table.selectionModel()
    assert selection is not None
    return [index.row() for index in selection.selectedRows()]


def test_a_segment_is_told_in_words_and_numbers(table: SegmentTable) -> None:
    assert row(table, 0) == [
        *("0:00.00", "0:10.00", "−500 ms", "sure, 95 %", "", "100.0 %", "", "1   first.mov")
    ]
    assert row(table, 1)[Column.MATCH] == "fairly sure, 60 %"
    assert row(table, 2)[Column.MATCH] == "nothing to match"
    assert row(table, 3)[Column.MATCH] == "unsure, 20 %"
    assert row(table, 3)[Column.TAKE] == "2   second.mov"
    assert row(table, 3)[Column.SHIFT] == "+17.00 s"


def test_a_row_is_headed_by_the_segment_s_number(table: SegmentTable) -> None:
    numbers = [model_of(table).headerData(n, Qt.Orientation.Vertical) for n in range(4)]
    assert numbers == ["1", "2", "3", "4"]


def test_a_cell_tells_its_column_to_a_screen_reader(table: SegmentTable) -> None:
    model = model_of(table)
    spoken = model.data(model.index(1, Column.FROM), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "From: 0:10.00"
    spoken = model.data(model.index(1, Column.LOCKED), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Locked: no"


def test_the_session_s_selection_is_shown(table: SegmentTable, plain_session: Session) -> None:
    plain_session.select(2)
    assert selected(table) == [2]
    plain_session.select(-1)
    assert selected(table) == []


def test_a_click_selects_in_the_session(
    table: SegmentTable, plain_session: Session, qtbot: QtBot
) -> None:
    place = table.visualRect(model_of(table).index(1, Column.TAKE)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert plain_session.selected == 1


def test_the_arrow_keys_select_and_enter_goes_there(
    table: SegmentTable, plain_session: Session, qtbot: QtBot
) -> None:
    plain_session.select(0)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert plain_session.selected == 2
    with qtbot.waitSignal(plain_session.sought) as blocker:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert blocker.args == [18.0]


def test_edits_keep_selection_and_place_and_change_only_their_rows(
    table: SegmentTable, plain_session: Session, qtbot: QtBot
) -> None:
    plain_session.select(3)
    changed: list[tuple[int, int]] = []
    model = model_of(table)
    model.dataChanged.connect(lambda first, last, _: changed.append((first.row(), last.row())))
    with qtbot.assertNotEmitted(model.modelReset):
        plain_session.edit("Slip", partial(edits.slip, index=1, seconds=0.04))
    assert changed == [(1, 1)]
    assert selected(table) == [3]
    assert row(table, 1)[Column.SHIFT] == "−940 ms"


def test_a_split_inserts_one_row_and_undo_takes_it_out(
    table: SegmentTable, plain_session: Session, qtbot: QtBot
) -> None:
    model = model_of(table)
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.waitSignal(model.rowsInserted) as inserted,
    ):
        plain_session.edit("Split", partial(edits.split, song_time=14.0), select=2)
    assert inserted.args[1:] == [2, 2]
    assert [row(table, n)[:2] for n in range(5)] == [
        ["0:00.00", "0:10.00"],
        ["0:10.00", "0:14.00"],
        ["0:14.00", "0:18.00"],
        ["0:18.00", "0:22.00"],
        ["0:22.00", "0:40.00"],
    ]
    assert selected(table) == [2] and plain_session.selected == 2
    with qtbot.waitSignal(model.rowsRemoved):
        plain_session.undo_stack.undo()
    assert model.rowCount() == 4
    assert selected(table) == [plain_session.selected] == [2]


def test_any_row_of_edits_keeps_the_model_sound(plain_session: Session, qtbot: QtBot) -> None:
    model = SegmentModel(plain_session)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    for time in (3.0, 12.0, 20.0, 39.0, 1.0):
        plain_session.edit("Split", partial(edits.split, song_time=time))
    plain_session.edit("Lock", partial(edits.lock, index=0))
    plain_session.edit("Join", partial(edits.join, index=3))
    while plain_session.undo_stack.canUndo():
        plain_session.undo_stack.undo()
    while plain_session.undo_stack.canRedo():
        plain_session.undo_stack.redo()
    document = plain_session.document
    assert document is not None and model.rowCount() == len(document.segments)
    starts = [model.data(model.index(n, Column.FROM)) for n in range(model.rowCount())]
    assert starts == ["0:00.00", "0:01.00", "0:03.00", "0:10.00", "0:18.00", "0:20.00", "0:22.00",
                      "0:39.00"]  # fmt: skip
    del tester


def test_a_locked_segment_says_so_in_a_word(table: SegmentTable, plain_session: Session) -> None:
    plain_session.edit("Lock", partial(edits.lock, index=1))
    assert row(table, 1)[Column.LOCKED] == "locked"


def test_it_is_empty_without_a_document(table: SegmentTable, plain_session: Session) -> None:
    plain_session.open(None)
    assert model_of(table).rowCount() == 0
    assert model_of(table).data(QModelIndex()) is None


def test_tab_leaves_the_table(table: SegmentTable) -> None:
    assert not table.tabKeyNavigation()


def test_only_columns_that_say_something_are_shown(
    table: SegmentTable, plain_session: Session
) -> None:
    def shown() -> set[Column]:
        return {column for column in Column if not table.isColumnHidden(column)}

    document = plain_session.document
    assert document is not None
    always = {Column.FROM, Column.TO, Column.SHIFT, Column.MATCH}
    assert shown() == always | {Column.TAKE}
    plain_session.edit("Lock", partial(edits.lock, index=0))
    assert shown() == always | {Column.TAKE, Column.LOCKED}
    faster = replace(document.segments[0], source_end=document.segments[0].source_end + 0.1)
    only = replace(document, takes=document.takes[:1], segments=(faster,))
    plain_session.open(only)
    assert shown() == always | {Column.SPEED}
