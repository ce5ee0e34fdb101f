"""The settings: every preference has its row, and takes effect when it is chosen."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.settings.preferences import Preferences, load_preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.choices.settings_dialog import SettingsDialog

PLATFORMS = {"tiktok": "TikTok", "reels": "Instagram Reels", "master": "Master"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "preferences.json"


@pytest.fixture
def store(qtbot: QtBot, path: Path) -> PreferenceStore:
    return PreferenceStore(Preferences(), path=path)


@pytest.fixture
def dialog(qtbot: QtBot, store: PreferenceStore) -> SettingsDialog:
    dialog = SettingsDialog(store, platforms=PLATFORMS)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def field(dialog: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = dialog.findChild(kind, name)
    assert found is not None
    return found


def test_setting_a_preference_keeps_it_and_says_so(
    store: PreferenceStore, path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(store.changed):
        store.set("theme", "light")
    assert store.preferences.theme == "light"
    assert load_preferences(path).theme == "light"


def test_setting_what_is_set_already_is_no_change(store: PreferenceStore, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(store.changed):
        store.set("theme", "system")


def test_where_they_cannot_be_kept_they_still_hold(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("")
    store = PreferenceStore(Preferences(), path=tmp_path / "file" / "preferences.json")
    with qtbot.waitSignal(store.failed) as blocker:
        store.set("theme", "light")
    assert isinstance(blocker.args[0], OutputError)
    assert store.preferences.theme == "light"


def test_every_preference_has_a_row_that_says_its_name(dialog: SettingsDialog) -> None:
    for item in dataclasses.fields(Preferences):
        row = field(dialog, QWidget, item.name)
        assert row.accessibleName() == item.metadata["label"]
        assert row.toolTip() == item.metadata["help"]
        assert row.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_choosing_by_keyboard_takes_effect_at_once(
    dialog: SettingsDialog, store: PreferenceStore, qtbot: QtBot
) -> None:
    box = field(dialog, QComboBox, "theme")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert store.preferences.theme == "light"


def test_a_number_is_chosen_when_it_is_typed_to_its_end(
    dialog: SettingsDialog, store: PreferenceStore, qtbot: QtBot
) -> None:
    box = field(dialog, QSpinBox, "output_delay_ms")
    assert isinstance(box, QSpinBox)
    box.selectAll()
    qtbot.keyClicks(box, "180")
    assert store.preferences.output_delay_ms == 0
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert store.preferences.output_delay_ms == 180
    assert dialog.isVisible()


def test_a_folder_can_be_typed(
    dialog: SettingsDialog, store: PreferenceStore, qtbot: QtBot
) -> None:
    line = field(dialog, QLineEdit, "export_folder")
    line.setFocus()
    qtbot.keyClicks(line, "/videos")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert store.preferences.export_folder == "/videos"


def test_platforms_are_called_by_their_names(
    dialog: SettingsDialog, store: PreferenceStore, qtbot: QtBot
) -> None:
    box = field(dialog, QComboBox, "preset")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "TikTok"
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert store.preferences.preset == "reels"


def test_defaults_bring_everything_back(
    dialog: SettingsDialog, store: PreferenceStore, qtbot: QtBot
) -> None:
    store.set("theme", "dark")
    store.set("output_delay_ms", 60)
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Defaults")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert store.preferences == Preferences()
    box = field(dialog, QComboBox, "theme")
    assert isinstance(box, QComboBox) and box.currentText() == "As the desktop"


def test_the_tab_key_goes_through_the_rows_in_order(dialog: SettingsDialog, qtbot: QtBot) -> None:
    passed = []
    for _ in dataclasses.fields(Preferences):
        focused = dialog.focusWidget()
        assert focused is not None
        passed.append(focused.objectName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert [name for name in passed if name] == [
        item.name for item in dataclasses.fields(Preferences)
    ]


def test_on_a_low_screen_the_rows_are_scrolled_to_what_has_the_keyboard(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    screen = dialog.screen()
    assert screen is not None and dialog.height() < screen.availableGeometry().height()
    dialog.resize(dialog.width(), 400)
    last = field(dialog, QSpinBox, dataclasses.fields(Preferences)[-1].name)
    qtbot.waitUntil(lambda: last.visibleRegion().isEmpty())
    for _ in dataclasses.fields(Preferences)[1:]:
        focused = dialog.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert last.visibleRegion().boundingRect().height() == last.height()


def test_a_change_from_elsewhere_is_shown(dialog: SettingsDialog, store: PreferenceStore) -> None:
    store.set("output_delay_ms", 40)
    box = field(dialog, QSpinBox, "output_delay_ms")
    assert isinstance(box, QSpinBox) and box.value() == 40


def test_the_window_behind_stays_in_use(dialog: SettingsDialog) -> None:
    assert not dialog.isModal()
