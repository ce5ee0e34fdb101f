"""The message bar: errors stay, notes go, nothing is lost, and the keyboard reaches all of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QEvent, QPointF, Qt, QTimer
from PyQt6.QtGui import QEnterEvent, QGuiApplication
from PyQt6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lipsyncer.ui.messages import message_bar
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.messages.message_bar import MessageBar

ERROR = Message("error", "song.mp3: is damaged; choose another file.", "Traceback: 1")
NOTE = Message("note", "This segment is locked; unlock it first.")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Give a window with a line to type in below the bar."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(MessageBar(window))
    column.addWidget(QLineEdit(window))
    column.addStretch()
    qtbot.addWidget(window)
    window.resize(700, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.findChild(QLineEdit).setFocus()
    yield window


@pytest.fixture
def bar(window: QWidget) -> MessageBar:
    bar = window.findChild(MessageBar)
    assert bar is not None
    return bar


def shown(bar: MessageBar) -> list[str]:
    return [
        label.text() for label in bar.findChildren(QLabel) if label.isVisible() and label.text()
    ]


def copy_button(bar: MessageBar) -> QPushButton:
    button = bar.findChild(QPushButton)
    assert button is not None
    return button


def test_it_is_not_there_without_a_message(bar: MessageBar) -> None:
    assert not bar.isVisible()


def test_an_error_stays(bar: MessageBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_bar, "NOTE_MS", 1)
    monkeypatch.setattr(message_bar, "_READING_MS", 0)
    bar.show_message(ERROR)
    qtbot.wait(50)
    assert bar.isVisible() and shown(bar) == [ERROR.text]


def test_a_note_goes_by_itself(
    bar: MessageBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "NOTE_MS", 20)
    monkeypatch.setattr(message_bar, "_READING_MS", 0)
    bar.show_message(NOTE)
    assert shown(bar) == [NOTE.text]
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_a_note_stays_while_the_keyboard_is_on_it(
    bar: MessageBar, window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "NOTE_MS", 20)
    monkeypatch.setattr(message_bar, "_READING_MS", 0)
    bar.show_message(NOTE)
    close = bar.findChild(QToolButton)
    assert close is not None
    close.setFocus()
    qtbot.wait(80)
    assert bar.isVisible()
    window.findChild(QLineEdit).setFocus()
    qtbot.waitUntil(lambda: not bar.isVisible())


def point_at(bar: MessageBar, *, inside: bool) -> None:
    """Let the pointer come or go, whatever an earlier test did with the mouse."""
    place = QPointF(60, 12)
    event = QEnterEvent(place, place, place) if inside else QEvent(QEvent.Type.Leave)
    QApplication.sendEvent(bar, event)


def test_a_note_stays_while_the_pointer_is_on_it(
    bar: MessageBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "NOTE_MS", 60_000)
    bar.show_message(NOTE)
    leaving = bar.findChild(QTimer)
    assert leaving is not None and leaving.isActive()
    point_at(bar, inside=True)
    assert bar.underMouse()
    qtbot.waitUntil(lambda: not leaving.isActive())
    assert bar.isVisible()
    monkeypatch.setattr(message_bar, "NOTE_MS", 1)
    monkeypatch.setattr(message_bar, "_READING_MS", 0)
    point_at(bar, inside=False)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_the_newest_is_shown_and_the_others_are_counted(bar: MessageBar) -> None:
    bar.show_message(ERROR)
    bar.show_message(Message("warning", "The sound is low."))
    bar.show_message(NOTE)
    assert shown(bar) == [NOTE.text, "2 more"]
    bar.dismiss()
    assert shown(bar) == ["The sound is low.", "1 more"]
    bar.dismiss()
    assert shown(bar) == [ERROR.text]
    bar.dismiss()
    assert not bar.isVisible()


def test_the_same_message_again_is_no_second_one(bar: MessageBar) -> None:
    bar.show_message(ERROR)
    bar.show_message(NOTE)
    bar.show_message(Message("error", ERROR.text, "Traceback: 2"))
    assert shown(bar) == [ERROR.text, "1 more"]
    assert bar.message is not None
    assert bar.message.details == "Traceback: 1\n\nTraceback: 2"


def test_a_flood_does_not_fill_the_memory(bar: MessageBar) -> None:
    for number in range(1000):
        bar.show_message(Message("error", f"error {number}"))
    assert bar.waiting == 49
    assert shown(bar)[0] == "error 999"


def test_escape_closes_it_wherever_the_keyboard_is(
    bar: MessageBar, window: QWidget, qtbot: QtBot
) -> None:
    bar.show_message(ERROR)
    qtbot.keyClick(window.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    bar.show_message(ERROR)
    qtbot.keyClick(bar.findChild(QToolButton), Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_the_keyboard_is_not_left_on_a_bar_that_is_gone(
    bar: MessageBar, window: QWidget, qtbot: QtBot
) -> None:
    bar.show_message(ERROR)
    close = bar.findChild(QToolButton)
    assert close is not None
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Space)
    assert not bar.isVisible()
    assert window.findChild(QLineEdit).hasFocus()


def test_details_are_copied_with_the_sentence(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message(ERROR)
    qtbot.mouseClick(copy_button(bar), Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "song.mp3: is damaged; choose another file.\n\nTraceback: 1"
    assert copy_button(bar).text() == "Copied"


def test_without_details_there_is_nothing_to_copy(bar: MessageBar) -> None:
    bar.show_message(NOTE)
    assert not copy_button(bar).isVisible()


def test_a_screen_reader_hears_what_kind_of_message_it_is(bar: MessageBar) -> None:
    bar.show_message(ERROR)
    assert bar.accessibleName() == f"Error: {ERROR.text}"
    bar.show_message(NOTE)
    assert bar.accessibleName() == f"Note: {NOTE.text}"
    close = bar.findChild(QToolButton)
    assert close is not None and close.accessibleName() == "Close this message"


def test_a_file_name_is_no_markup(bar: MessageBar) -> None:
    bar.show_message(Message("error", "<b>song</b>.mp3: is damaged."))
    assert shown(bar) == ["<b>song</b>.mp3: is damaged."]
    label = next(label for label in bar.findChildren(QLabel) if label.text().startswith("<b>"))
    assert label.textFormat() == Qt.TextFormat.PlainText
