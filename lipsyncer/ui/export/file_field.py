"""A file that may be chosen, and taken away again."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from lipsyncer.ui.files.file_dialogs import ask_for_files
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.icons import icon


class FileField(QWidget):
    """A button with the file's name on it, and one that takes the file away.

    Parameters
    ----------
    question
        Title of the dialog.
    kinds
        Its filter.

    Attributes
    ----------
    changed
        The user has chosen another file, or none.
    """

    changed = pyqtSignal()

    def __init__(self, question: str, kinds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question, self._kinds = question, kinds
        self._path: Path | None = None
        self._button = QPushButton()
        self._button.setMinimumWidth(0)
        policy = self._button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self._button.setSizePolicy(policy)
        self._button.clicked.connect(self._ask)
        self._remove = QToolButton()
        self._remove.setToolTip(self.tr("Remove it"))
        self._remove.setAccessibleName(self.tr("Remove it"))
        self._remove.clicked.connect(lambda: self.choose(None))
        theme.manager.changed.connect(self._paint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self._button, 1)
        row.addWidget(self._remove)
        self.setFocusProxy(self._button)
        self._paint()
        self.show_path(None)

    @property
    def path(self) -> Path | None:
        """The file; None for none."""
        return self._path

    def show_path(self, path: Path | None) -> None:
        """Show a file that was chosen elsewhere."""
        self._path = path
        self._remove.setVisible(path is not None)
        self._button.setToolTip(str(path) if path is not None else "")
        self._write()

    def choose(self, path: Path | None) -> None:
        """Choose a file as the user does."""
        if path != self._path:
            self.show_path(path)
            self.changed.emit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Shorten the name anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._write()

    def _write(self) -> None:
        text = self._path.name if self._path is not None else self.tr("Choose…")
        room = self._button.width() - 2 * theme.L - theme.XS
        middle = Qt.TextElideMode.ElideMiddle
        short = self._button.fontMetrics().elidedText(text, middle, max(room, theme.XL))
        self._button.setText(short.replace("&", "&&"))

    def _paint(self) -> None:
        self._remove.setIcon(icon("close"))

    def _ask(self) -> None:
        folder = str(self._path.parent) if self._path is not None else ""
        ask_for_files(
            self,
            self._question,
            lambda paths: self.choose(paths[0]),
            folder=folder,
            kinds=self._kinds,
        )
