"""Name and folder of the file that an export writes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.ui.style import theme
from lipsyncer.ui.window.actions import plain_name


class TargetFields(QWidget):
    """A field for the name and one for the folder: suggested until the user has said otherwise.

    Parameters
    ----------
    taken
        Whether a file is there already, or is about to be; a suggested name then gets a number.

    Attributes
    ----------
    changed
        The user has typed another name, or there is another folder.
    """

    changed = pyqtSignal()

    def __init__(self, taken: Callable[[Path], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = taken
        self._named_by_user = self._folder_by_user = False
        self._name = QLineEdit()
        self._name.textEdited.connect(self._rename)
        self._folder = QLineEdit()
        self._folder.textEdited.connect(self._choose_folder)
        self._folder.textChanged.connect(self.changed)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        across = QHBoxLayout()
        across.setSpacing(theme.S)
        across.addWidget(self._folder, 1)
        across.addWidget(browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(_below(_named(self.tr("&Name"), self._name), self._name))
        column.addLayout(_below(_named(self.tr("F&older"), self._folder), across))

    @property
    def path(self) -> Path:
        """The file that is named."""
        name = self._name.text().strip()
        name = name if name.lower().endswith(".mp4") else f"{name}.mp4"
        return Path(self._folder.text()).expanduser() / name

    @property
    def named(self) -> bool:
        """Whether there is a name at all."""
        return bool(self._name.text().strip())

    def paths_for(self, names: Sequence[str]) -> list[Path]:
        """Name a file for each of several versions, which are told apart by names.

        A single one is called as the field says, and may replace what is there; of several, one
        whose name is taken gets a number.
        """
        if len(names) == 1:
            return [self.path]
        return [self._free(self.path.with_stem(f"{self.path.stem} {name}")) for name in names]

    def begin_again(self) -> None:
        """Take suggestions again, as for another document."""
        self._named_by_user = self._folder_by_user = False

    def suggest_name(self, name: str) -> None:
        """Give a name, unless the user has given one; a name that is taken gets a number."""
        if not self._named_by_user:
            path = self._free(Path(self._folder.text()).expanduser() / name)
            self._name.setText(path.name)
            self._name.setCursorPosition(0)

    def _free(self, path: Path) -> Path:
        numbers = itertools.chain([""], (f" {number}" for number in itertools.count(2)))
        tried = (path.with_stem(path.stem + number) for number in numbers)
        return next(one for one in tried if not self._taken(one))

    def suggest_folder(self, folder: str) -> None:
        """Give a folder, unless the user has chosen one."""
        if not self._folder_by_user:
            self._folder.setText(folder)

    def _rename(self, text: str) -> None:
        self._named_by_user = bool(text)
        self.changed.emit()

    def _choose_folder(self, folder: str) -> None:
        self._folder_by_user = bool(folder)
        self._folder.setText(folder)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Where to put the video"), self._folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._choose_folder)
        dialog.open()


def _below(label: QLabel, field: QWidget | QLayout) -> QVBoxLayout:
    """Put a field close below its label."""
    column = QVBoxLayout()
    column.setSpacing(theme.XS // 2)
    column.addWidget(label)
    if isinstance(field, QLayout):
        column.addLayout(field)
    else:
        column.addWidget(field)
    return column


def _named(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "caption")
    label.setBuddy(field)
    field.setAccessibleName(plain_name(text))
    return label
