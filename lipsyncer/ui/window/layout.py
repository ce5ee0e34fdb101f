"""Where the user has put panels and window, remembered from one time to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QByteArray, QSettings, Qt
from PyQt6.QtWidgets import QDockWidget, QMainWindow, QSplitter

_USUAL_SIZE = (1280, 800)
_PANEL_WIDTH = 420


class WindowLayout:
    """Shows the panels while there is something to edit, and puts them where they were.

    Parameters
    ----------
    window
        Whose panels they are.
    splitter
        Whose parts keep their sizes.
    panels
        Shown from the start; the others are opened by who needs them.
    others
        Panels that only show when they are asked for.
    """

    def __init__(
        self,
        window: QMainWindow,
        splitter: QSplitter,
        panels: Sequence[QDockWidget],
        others: Sequence[QDockWidget],
    ) -> None:
        self._window, self._splitter = window, splitter
        self._panels, self._others = list(panels), list(others)
        kept = QSettings("Lipsyncer", "window")
        geometry, parts, state = (kept.value(key) for key in ("geometry", "splitter", "layout"))
        if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
            window.resize(*_USUAL_SIZE)
        if isinstance(parts, QByteArray):
            splitter.restoreState(parts)
        self._state = state if isinstance(state, QByteArray) else None
        self._editing = True
        self.show_editing(False)

    def show_editing(self, editing: bool) -> None:
        """Show the panels as they were left, or none of them."""
        if editing == self._editing:
            return
        self._editing = editing
        if not editing:
            for panel in (*self._panels, *self._others):
                panel.hide()
            return
        if self._state is not None and self._window.restoreState(self._state):
            return
        for panel in self._panels:
            panel.show()
        self._panels[0].raise_()
        self._window.resizeDocks([self._panels[0]], [_PANEL_WIDTH], Qt.Orientation.Horizontal)

    def remember(self) -> None:
        """Note how the panels are arranged, before they are hidden."""
        if self._editing:
            self._state = self._window.saveState()

    def keep(self) -> None:
        """Keep everything for the next start."""
        self.remember()
        kept = QSettings("Lipsyncer", "window")
        kept.setValue("geometry", self._window.saveGeometry())
        kept.setValue("splitter", self._splitter.saveState())
        if self._state is not None:
            kept.setValue("layout", self._state)
