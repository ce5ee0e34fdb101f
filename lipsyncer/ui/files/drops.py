"""Files dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PyQt6.QtWidgets import QMainWindow, QWidget


class DropWindow(QMainWindow):
    """A main window that takes files, and nothing else.

    Attributes
    ----------
    dragged
        Whether files hang over the window now.
    dropped
        The paths (a list) that were let go over it.
    """

    dragged = pyqtSignal(bool)
    dropped = pyqtSignal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:  # noqa: N802
        """Take files, and nothing else."""
        if event is not None and _paths(event):
            self.dragged.emit(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:  # noqa: N802
        """Look as before."""
        self.dragged.emit(False)

    def dropEvent(self, event: QDropEvent | None) -> None:  # noqa: N802
        """Hand on what was dropped."""
        self.dragged.emit(False)
        if event is not None and (paths := _paths(event)):
            event.acceptProposedAction()
            self.dropped.emit(paths)


def _paths(event: QDropEvent) -> list[Path]:
    data = event.mimeData()
    urls = data.urls() if data is not None else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
