"""A platform to choose in the export sheet."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QRadioButton, QSizePolicy

from lipsyncer.render.presets import Preset
from lipsyncer.ui.language.translations import in_language
from lipsyncer.ui.style import theme


class PlatformCard(QRadioButton):
    """A platform to choose: a radio button whose words stand on two lines."""

    def __init__(self, key: str, preset: Preset) -> None:
        size = preset.settings.size
        pixels = f"{size[0]} × {size[1]}" if size is not None else ""
        line = " · ".join(filter(None, [in_language(preset.description), pixels]))
        super().__init__(f"{preset.name}\n{line}")
        self.setProperty("preset", key)
        self.setAccessibleName(f"{preset.name}, {line}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setObjectName("card")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give both lines their height, which the style forgets."""
        lines = 2 * self.fontMetrics().height()
        return QSize(super().sizeHint().width(), lines + 2 * theme.S + 2 * theme.FOCUS)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never cut a line in two, however little room there is."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Choose with Return too."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
