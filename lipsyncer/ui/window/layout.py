"""Where the user has put panels and window, remembered from one time to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QByteArray, QSettings
from PyQt6.QtWidgets import QDockWidget, QMainWindow

from lipsyncer.ui.style.screen_room import resize_within_screen

_USUAL_SIZE = (1280, 800)


class WindowLayout:
    """Shows the panels as they were left while there is something to edit; at first, none.

    Parameters
    ----------
    window
        Whose panels they are.
    panels
        What is hidden while nothing is edited.
    """

    def __init__(self, window: QMainWindow, panels: Sequence[QDockWidget]) -> None:
        self._window, self._panels = window, list(panels)
        kept = QSettings("Lipsyncer", "window")
        geometry, state = kept.value("geometry"), kept.value("layout")
        if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
            window.resize(*_USUAL_SIZE)
        resize_within_screen(window, window.size())
        self._state = state if isinstance(state, QByteArray) else None
        self._editing = True
        self.show_editing(False)

    def show_editing(self, editing: bool) -> None:
        """Show the panels as they were left, or none of them."""
        if editing == self._editing:
            return
        self._editing = editing
        if not (editing and self._state is not None and self._window.restoreState(self._state)):
            for panel in self._panels:
                panel.hide()

    def remember(self) -> None:
        """Note how the panels are arranged, before they are hidden."""
        if self._editing:
            self._state = self._window.saveState()

    def keep(self) -> None:
        """Keep everything for the next start."""
        self.remember()
        kept = QSettings("Lipsyncer", "window")
        kept.setValue("geometry", self._window.saveGeometry())
        if self._state is not None:
            kept.setValue("layout", self._state)
