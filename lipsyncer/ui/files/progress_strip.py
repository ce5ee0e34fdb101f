"""Progress of an analysis that runs while a project is open."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from lipsyncer.ui.style import theme


class ProgressStrip(QWidget):
    """One line above the editor: what is being done, how far it is, and a button to cancel it.

    Attributes
    ----------
    cancel_requested
        The user does not want to wait.
    """

    cancel_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.XS, 0, theme.XS)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(cancel)
        self.hide()

    def show_progress(self, words: str, share: float) -> None:
        """Show a stage in words, and the share of it that is done (0 to 1)."""
        self._words.setText(words)
        self._bar.setValue(round(1000 * share))
