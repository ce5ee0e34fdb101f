"""Dialogs that are there once, however often they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QDialog, QWidget

Dialog = TypeVar("Dialog", bound=QDialog)


def open_once(
    kind: type[Dialog], make: Callable[[], Dialog], parent: QWidget | None, name: str = ""
) -> Dialog:
    """Bring a dialog to the front, or make it where there is none.

    Parameters
    ----------
    kind
        Which dialog.
    make
        Makes one whose parent is ``parent``; it deletes itself when it is closed.
    name
        Tells dialogs of the same kind apart.
    """
    open_already = parent.findChildren(kind) if parent is not None else []
    for dialog in open_already:
        if dialog.isVisible() and dialog.objectName() == name:
            dialog.raise_()
            dialog.activateWindow()
            return dialog
    dialog = make()
    dialog.setObjectName(name)
    dialog.setModal(False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    return dialog
