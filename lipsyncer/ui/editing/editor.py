"""The editor: the picture, the result and the timeline, laid out by the picture's shape."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QByteArray, QSettings, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme

_UPRIGHT = 1.2
"""Width by height of a picture up to which it is larger beside the timeline than above it."""


class Editor(QSplitter):
    """Gives a wide picture the width of the window, and an upright one its height.

    Parameters
    ----------
    session
        Whose cut decides: by the shape of most of what it shows.
    preview, below
        What is laid out: the preview above the rest, or beside it; the last of these takes the
        room that the others leave.
    """

    def __init__(
        self,
        session: Session,
        preview: QWidget,
        below: Sequence[QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._session, self._preview = session, preview
        self.setChildrenCollapsible(False)
        self.addWidget(preview)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for widget in below:
            column.addWidget(widget)
        column.setStretch(len(below) - 1, 1)
        self.addWidget(holder)
        self._arrange(upright=False)
        session.analysed.connect(self._look)

    @property
    def upright(self) -> bool:
        """Whether the picture stands beside the timeline."""
        return self.orientation() == Qt.Orientation.Horizontal

    def _look(self) -> None:
        shapes = [take.proxy.width / take.proxy.height for take in self._session.pictures]
        document = self._session.document
        if shapes and document is not None:
            known = (s for s in document.segments if s.take < len(shapes))
            shown = [(shapes[s.take], s.song_end - s.song_start) for s in known]
            seconds = sum(length for shape, length in shown if shape < _UPRIGHT)
            upright = 2 * seconds > sum(length for _, length in shown)
            if upright != self.upright:
                self.remember()
                self._arrange(upright=upright)

    def _arrange(self, *, upright: bool) -> None:
        """Put the picture beside the timeline or above it, as large as it was left."""
        # Moving a widget costs it the focus, and the keys that edit belong to the timeline.
        focus = QApplication.focusWidget() if self.isVisible() else None
        self.setOrientation(Qt.Orientation.Horizontal if upright else Qt.Orientation.Vertical)
        self.insertWidget(1 if upright else 0, self._preview)
        if focus is not None:
            focus.setFocus()
        kept = QSettings("Lipsyncer", "window").value(self._key)
        if not (isinstance(kept, QByteArray) and self.restoreState(kept)):
            self.setSizes([620, 400] if upright else [400, 320])

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        """Give both sides the shares that they had: a panel that opens takes from both."""
        sizes = self.sizes()
        super().resizeEvent(event)
        if all(sizes):
            self.setSizes(sizes)

    def remember(self) -> None:
        """Keep the sizes for the next start."""
        QSettings("Lipsyncer", "window").setValue(self._key, self.saveState())

    @property
    def _key(self) -> str:
        return "editor-upright" if self.upright else "editor-wide"
