"""The platforms to choose from in the export sheet, one or several."""

from __future__ import annotations

from collections.abc import Collection

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from lipsyncer.render.presets import PRESETS, Preset
from lipsyncer.ui.language.translations import in_language
from lipsyncer.ui.style import theme

_COLUMNS = 2


class PlatformChoice(QWidget):
    """A card for each platform; each that is ticked gets a file of its own.

    Attributes
    ----------
    changed
        Others are ticked now.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = {key: PlatformCard(preset) for key, preset in PRESETS.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.XS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        for number, card in enumerate(self._cards.values()):
            grid.addWidget(card, number // _COLUMNS, number % _COLUMNS)
            card.toggled.connect(self.changed)

    @property
    def chosen(self) -> list[str]:
        """Names of the presets that are ticked, in their order."""
        return [key for key, card in self._cards.items() if card.isChecked()]

    def choose(self, presets: Collection[str]) -> None:
        """Tick these platforms and no others."""
        for key, card in self._cards.items():
            with QSignalBlocker(card):
                card.setChecked(key in presets)
        self.changed.emit()


class PlatformCard(QCheckBox):
    """A platform to tick, its size on a line of its own."""

    def __init__(self, preset: Preset) -> None:
        size = preset.settings.size
        description = in_language(preset.description)
        second = f"{size[0]} × {size[1]}" if size is not None else self.tr("As filmed")
        name = in_language(preset.name)
        super().__init__(f"{name}\n{second}")
        self.setToolTip(description)
        self.setAccessibleName(f"{name}, {second}, {description}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setObjectName("card")

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Tick with Return too."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
