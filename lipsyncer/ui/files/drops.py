"""Files dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PyQt6.QtWidgets import QMainWindow, QWidget

from lipsyncer.diagnostics.errors import is_file, is_folder


class DropWindow(QMainWindow):
    """A main window that takes files, and nothing else.

    A drop is always a copy: a file manager that honours a move would delete the filmed original.

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
            _accept_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent | None) -> None:  # noqa: N802
        """Offer a copy wherever the mouse is."""
        if event is not None and _paths(event):
            _accept_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:  # noqa: N802
        """Look as before."""
        self.dragged.emit(False)

    def dropEvent(self, event: QDropEvent | None) -> None:  # noqa: N802
        """Hand on what was dropped."""
        self.dragged.emit(False)
        if event is not None and (paths := _paths(event)):
            _accept_copy(event)
            self.dropped.emit(paths)


def files_in(path: Path) -> list[Path]:
    """Give the visible files of a folder by name, or the file itself."""
    if not is_folder(path):
        return [path]
    try:
        return sorted(file for file in path.iterdir() if is_file(file) and file.name[0] != ".")
    except OSError:  # whoever reads it says why it can't be
        return [path]


def _accept_copy(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _paths(event: QDropEvent) -> list[Path]:
    data = event.mimeData()
    urls = data.urls() if data is not None else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
