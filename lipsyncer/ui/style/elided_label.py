"""One line of text that is cut with an ellipsis where it has no room, and has a tooltip then."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLabel, QSizePolicy, QWidget

from lipsyncer.ui.style import theme


class ElidedLabel(QLabel):
    """A label of one line that never asks for more room than it gets.

    Parameters
    ----------
    mode
        Where the ellipsis goes: in the middle of a file's name, at the end of a sentence.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self._whole = ""
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)  # a file's name is no markup
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text, whether there is room for it or not."""
        return self._whole

    def set_whole(self, text: str, tip: str = "") -> None:
        """Show a text; ``tip`` is the tooltip, otherwise what doesn't fit."""
        self._whole, self._tip = text, tip
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for room for all of it."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + theme.XS
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Make do with a few letters."""
        return QSize(theme.XL, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(self._tip or (self._whole if shown != self._whole else ""))
