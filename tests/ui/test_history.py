"""The history: every edit by its name, and back to any of them."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lipsyncer.edit import edits
from lipsyncer.ui.editing.history import HistoryList
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme


def lines(view: HistoryList) -> list[str]:
    model = view.model()
    assert model is not None
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_it_begins_with_what_was_found(plain_session: Session, qtbot: QtBot) -> None:
    view = HistoryList(plain_session)
    qtbot.addWidget(view)
    assert lines(view) == ["As found"]


def test_choosing_a_line_goes_back_to_it(plain_session: Session, qtbot: QtBot) -> None:
    view = HistoryList(plain_session)
    qtbot.addWidget(view)
    view.show()
    before = plain_session.document
    plain_session.edit("Slip segment 2 by +40 ms", partial(edits.slip, index=1, seconds=0.04))
    plain_session.edit("Lock segment 1", partial(edits.lock, index=0))
    assert lines(view) == ["As found", "Slip segment 2 by +40 ms", "Lock segment 1"]
    model = view.model()
    assert model is not None
    place = view.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert plain_session.document == before
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert plain_session.undo_stack.index() == 1


def test_the_saved_line_keeps_its_mark_in_another_theme(
    plain_session: Session, qtbot: QtBot
) -> None:
    view = HistoryList(plain_session)
    qtbot.addWidget(view)
    assert view.cleanIcon().isNull()  # nothing was saved where nothing was edited
    plain_session.edit("Lock segment 1", partial(edits.lock, index=0))
    plain_session.undo_stack.setClean()
    dark = view.cleanIcon().pixmap(16, 16).toImage()
    assert not view.cleanIcon().isNull()
    theme.manager.apply("light")
    assert view.cleanIcon().pixmap(16, 16).toImage() != dark
