"""The panels beside the picture, one behind the other."""

from __future__ import annotations

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QDockWidget, QMainWindow, QWidget

from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.history import HistoryList
from lipsyncer.ui.editing.match_panel import MatchingRow, MatchPanel
from lipsyncer.ui.editing.rematching import Rematching
from lipsyncer.ui.editing.segment_table import SegmentTable
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.editing.takes_panel import TakesPanel
from lipsyncer.ui.export import ExportQueue, ExportSheet
from lipsyncer.ui.matrix import MatrixView


class Panels(QObject):
    """Makes the docks and what is in them.

    Parameters
    ----------
    window
        At whose right side they are.
    session, rematching, queue, store
        What they show and change.

    Attributes
    ----------
    segments, match, history, takes, export
        The docks.
    matrix_view, takes_panel, export_sheet
        What must be closed.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        rematching: Rematching,
        queue: ExportQueue,
        store: PreferenceStore,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.matrix_view = MatrixView(session)
        self.takes_panel = TakesPanel(session)
        self.export_sheet = ExportSheet(session, queue, store)
        match_panel = MatchPanel(MatchingRow(rematching), self.matrix_view)
        self.segments = self._dock("segments", self.tr("Segments"), SegmentTable(session))
        self.match = self._dock("matrix", self.tr("Match"), match_panel)
        self.history = self._dock("history", self.tr("History"), HistoryList(session))
        self.takes = self._dock("takes", self.tr("Takes"), self.takes_panel)
        self.export = self._dock("export", self.tr("Export"), self.export_sheet)
        self.docks = [self.segments, self.match, self.history, self.takes, self.export]
        for before, after in zip(self.docks, self.docks[1:], strict=False):
            window.tabifyDockWidget(before, after)

    def _dock(self, name: str, title: str, content: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(content)
        # A panel behind another tab still counts as visible to Qt, and would take the focus.
        dock.visibilityChanged.connect(content.setEnabled)
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock

    def show(self, dock: QDockWidget) -> None:
        """Bring a panel to the front, with the keyboard in it."""
        dock.show()
        dock.raise_()
        content = dock.widget()
        if content is not None:
            content.setFocus()

    @property
    def shows_exports(self) -> bool:
        """Whether the exports are in sight."""
        return self.export_sheet.isVisible() and self.export_sheet.isEnabled()

    def close(self) -> None:
        """End the threads of all."""
        self.takes_panel.close()
        self.matrix_view.close()
        self.export_sheet.close()
