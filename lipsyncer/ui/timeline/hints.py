"""Three hints above the timeline for whoever sees it for the first time; never again then."""

from __future__ import annotations

from PyQt6.QtCore import QSettings, Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lipsyncer.ui.style import theme

_KEY = "hints seen"


class Hints(QFrame):
    """A small card that says one thing after the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = (
            self.tr("Click a segment and press Left or Right to move its picture frame by frame."),
            self.tr("Drag an edge to move a cut. Ctrl and the wheel zoom."),
            self.tr("Space plays, and H held down shows what it was before."),
        )
        self._at = 0
        self.setProperty("surface", "raised")
        self._text = QLabel(self)
        self._next = QPushButton(self)
        self._next.clicked.connect(self._go_on)
        self._close = QPushButton(self.tr("No more hints"), self)
        self._close.setProperty("kind", "quiet")
        self._close.clicked.connect(self.dismiss)
        for button in (self._next, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the timeline keeps its keys
        self._text.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._next)
        row.addWidget(self._close)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        column.addWidget(self._text)
        column.addLayout(row)
        self.hide()

    def begin(self) -> None:
        """Show the first hint, unless they were seen before."""
        if not QSettings("Lipsyncer", "window").value(_KEY, False, bool):
            self._at = 0
            self._write()
            self.show()

    def dismiss(self) -> None:
        """Go, for good."""
        QSettings("Lipsyncer", "window").setValue(_KEY, True)
        self.hide()

    def _go_on(self) -> None:
        self._at += 1
        if self._at == len(self._texts):
            self.dismiss()
        else:
            self._write()

    def _write(self) -> None:
        last = self._at == len(self._texts) - 1
        self._text.setText(self._texts[self._at])
        self._next.setText(
            self.tr("Done")
            if last
            else self.tr("Next ({n} of {count})").format(n=self._at + 1, count=len(self._texts))
        )
        self._close.setVisible(not last)
