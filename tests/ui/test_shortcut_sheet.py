"""The sheet of shortcuts: made from the actions, found by name or key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.ui.help.shortcut_sheet import ShortcutSheet
from lipsyncer.ui.style import theme
from lipsyncer.ui.window.actions import make_action, plain_name


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[ShortcutSheet]:
    theme.manager.apply("dark")
    owner = QObject()
    groups = [
        (
            "Edit",
            [
                make_action(owner, "&Undo", print, "Ctrl+Z"),
                make_action(owner, "&Redo", print, "Ctrl+Shift+Z", "Ctrl+Y"),
                make_action(owner, "Nothing to press", print),
            ],
        ),
        (
            "Segment",
            [make_action(owner, "Cut && go on…", print, "S", tip="Splits at the playhead")],
        ),
        ("Empty", [make_action(owner, "No key", print)]),
    ]
    window = QWidget()
    qtbot.addWidget(window)
    owner.setParent(window)
    sheet = ShortcutSheet(groups, window)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    yield sheet
    window.close()


def texts(sheet: ShortcutSheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]


def search(sheet: ShortcutSheet) -> QLineEdit:
    line = sheet.findChild(QLineEdit)
    assert line is not None
    return line


def test_every_action_with_a_key_is_there_with_all_its_keys(sheet: ShortcutSheet) -> None:
    shown = texts(sheet)
    for text in ("Edit", "Undo", "Ctrl+Z", "Redo", "Ctrl+Shift+Z", "Ctrl+Y", "Segment", "S"):
        assert text in shown
    assert "Cut & go on" in shown
    assert "Nothing to press" not in shown and "Empty" not in shown


def test_typing_finds_an_action_at_once(sheet: ShortcutSheet, qtbot: QtBot) -> None:
    assert search(sheet).hasFocus()
    qtbot.keyClicks(search(sheet), "UND")
    assert texts(sheet) == ["Edit", "Undo", "Ctrl+Z"]


def test_an_action_is_found_by_its_key_and_by_what_it_does(
    sheet: ShortcutSheet, qtbot: QtBot
) -> None:
    qtbot.keyClicks(search(sheet), "ctrl+y")
    assert "Redo" in texts(sheet) and "Undo" not in texts(sheet)
    search(sheet).clear()
    qtbot.keyClicks(search(sheet), "playhead")
    assert texts(sheet) == ["Segment", "Cut & go on", "S"]


def test_finding_nothing_is_said(sheet: ShortcutSheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(search(sheet), "xyzzy")
    assert texts(sheet) == ["No shortcut has that name."]
    search(sheet).clear()
    assert "Undo" in texts(sheet)


def test_a_screen_reader_hears_an_action_with_its_keys(sheet: ShortcutSheet) -> None:
    names = [label.accessibleName() for label in sheet.findChildren(QLabel)]
    assert "Redo: Ctrl+Shift+Z, Ctrl+Y" in names


def test_escape_closes_it(sheet: ShortcutSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.destroyed):
        qtbot.keyClick(search(sheet), Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("&Open…", "Open"),
        ("打开(&O)…", "打开"),
        ("Cut && go on…", "Cut & go on"),
        ("Fit (Z)", "Fit (Z)"),
    ],
)
def test_an_action_is_named_without_its_keyboard_letter(text: str, name: str) -> None:
    assert plain_name(text) == name
