"""Asking for files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog, QWidget


def ask_for_files(
    parent: QWidget,
    title: str,
    then: Callable[[list[Path]], object],
    *,
    several: bool = False,
    folder: str = "",
    kinds: str = "",
) -> None:
    """Ask for files that exist; the window goes on meanwhile.

    Parameters
    ----------
    parent, title
        Of the dialog.
    then
        Hears what is chosen, if anything is.
    several
        Whether more than one may be chosen.
    folder
        Where to look first; empty for where files were chosen last.
    kinds
        Filter of the dialog.
    """
    dialog = QFileDialog(parent, title, folder, kinds)
    mode = QFileDialog.FileMode
    dialog.setFileMode(mode.ExistingFiles if several else mode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()
