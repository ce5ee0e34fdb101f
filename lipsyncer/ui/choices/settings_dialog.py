"""The settings: one row for each preference, in effect as soon as it is chosen."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, get_args, get_type_hints

from PyQt6.QtCore import QCoreApplication, Qt
from PyQt6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.render.presets import PRESETS
from lipsyncer.settings.limits import Limits
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.language.translations import in_language
from lipsyncer.ui.style import theme

_FIELD_WIDTH = 44 * theme.S


@dataclass(frozen=True)
class _Field:
    """How one preference is edited: the widget, and how a value gets into it."""

    widget: QWidget
    show: Callable[[Any], None]


class SettingsDialog(QDialog):
    """All preferences. The window behind stays in use; there is nothing to confirm.

    Parameters
    ----------
    store
        What is changed.
    platforms
        What each platform is called, by the name of its preset.
    """

    def __init__(
        self,
        store: PreferenceStore,
        parent: QWidget | None = None,
        platforms: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._store = store
        self._platforms = platforms or {
            name: in_language(preset.name) for name, preset in PRESETS.items()
        }
        self._rows: dict[str, _Field] = {}
        form = QFormLayout()
        form.setVerticalSpacing(theme.XS)
        form.setHorizontalSpacing(theme.XL)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        kinds = get_type_hints(Preferences)
        for item in dataclasses.fields(Preferences):
            self._add_row(form, item.name, kinds[item.name], item.metadata)
        sides = theme.L + theme.S
        rows = QWidget()
        inner = QVBoxLayout(rows)
        inner.setContentsMargins(sides, theme.L, sides, 0)
        inner.addLayout(form)
        inner.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(rows)
        buttons = self._buttons()
        buttons.setContentsMargins(sides, 0, sides, theme.L)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.L)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        fields = [self.findChild(QWidget, name) for name in self._rows]
        for before, after in pairwise(field for field in fields if field is not None):
            self.setTabOrder(before, after)
        next(iter(self._rows.values())).widget.setFocus()
        self._show_values()
        store.changed.connect(self._show_values)
        self._open_high_enough(inner, column.spacing() + buttons.sizeHint().height())

    def _open_high_enough(self, rows: QVBoxLayout, below: int) -> None:
        """Open as high as all rows are, or as the screen lets it; then the rows are scrolled."""
        width = rows.sizeHint().width()
        height = rows.totalHeightForWidth(width) + below
        screen = self.screen()
        if screen is not None and height > (room := screen.availableGeometry().height() - theme.XL):
            height = room
            width += theme.M  # of the scroll bar
        self.resize(width, height)

    # ------------------------------------------------------------------------ making

    def _add_row(
        self, form: QFormLayout, name: str, kind: Any, metadata: Mapping[str, Any]
    ) -> None:
        label, explanation = translated(metadata["label"]), translated(metadata["help"])
        row = self._row(name, kind, metadata)
        field = row.widget.focusProxy() or row.widget
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setAccessibleDescription(explanation)
        field.setToolTip(explanation)
        self._rows[name] = row
        row.widget.setMinimumWidth(_FIELD_WIDTH)
        heading = QLabel(label)
        heading.setBuddy(field)
        form.addRow(heading, row.widget)
        caption = QLabel(explanation)
        caption.setProperty("role", "caption")
        caption.setWordWrap(True)
        caption.setContentsMargins(0, 0, 0, theme.S)
        form.addRow("", caption)

    def _row(self, name: str, kind: Any, metadata: Mapping[str, Any]) -> _Field:
        choose = partial(self._store.set, name)
        if kind is int:
            return _number(metadata, choose)
        if get_args(kind):
            names = {value: translated(text) for value, text in metadata["choices"].items()}
            return _choice(names, choose)
        if metadata.get("kind") == "platform":
            return _choice(self._platforms, choose)
        return self._folder(choose)

    def _folder(self, choose: Callable[[str], None]) -> _Field:
        holder = QWidget(self)
        line = QLineEdit(holder)
        line.setPlaceholderText(self.tr("Your Videos folder"))
        line.setClearButtonEnabled(True)
        line.editingFinished.connect(lambda: choose(line.text().strip()))
        button = QPushButton(self.tr("Choose…"), holder)
        button.clicked.connect(lambda: self._ask_for_folder(line.text(), choose))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(line, 1)
        row.addWidget(button)
        holder.setFocusProxy(line)
        return _Field(holder, line.setText)

    def _ask_for_folder(self, folder: str, choose: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, self.tr("Where exported videos go"), folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(choose)
        dialog.open()

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(self)
        defaults = QPushButton(self.tr("Defaults"), box)
        defaults.setToolTip(self.tr("Restore the defaults on this page"))
        defaults.clicked.connect(self._store.reset)
        box.addButton(defaults, QDialogButtonBox.ButtonRole.ResetRole)
        box.addButton(kinds.Close)
        box.rejected.connect(self.close)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter ends a number or a folder, not the dialog
        return box

    # ------------------------------------------------------------------------ showing

    def _show_values(self) -> None:
        for name, row in self._rows.items():
            row.show(getattr(self._store.preferences, name))


def translated(text: str) -> str:
    """Translate a text from the metadata of `Preferences`."""
    return QCoreApplication.translate("Preferences", text)


def _number(metadata: Mapping[str, Any], choose: Callable[[int], None]) -> _Field:
    box = QSpinBox()
    limits: Limits = metadata["limits"]
    least, most = int(limits.least), int(limits.most)
    box.setRange(least, most)
    box.setSuffix(f" {metadata['unit']}")
    box.setSingleStep(max(1, (most - least) // 60))
    box.setKeyboardTracking(False)  # a number is chosen when it is typed to its end
    box.valueChanged.connect(choose)
    return _Field(box, box.setValue)


def _choice(names: Mapping[str, str], choose: Callable[[str], None]) -> _Field:
    box = QComboBox()
    for value, text in names.items():
        box.addItem(text, value)

    def show(value: str) -> None:
        if box.findData(value) < 0:  # chosen in another version of the program
            box.addItem(value, value)
        box.setCurrentIndex(box.findData(value))

    box.activated.connect(lambda index: choose(box.itemData(index)))
    return _Field(box, show)
