"""The three pages of the window, of which one is shown: what leads to an edit, and the editor."""

from __future__ import annotations

from PyQt6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from lipsyncer.ui.editing.editor import Editor
from lipsyncer.ui.editing.result_panel import ResultPanel
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.files.analysis_page import AnalysingPanel
from lipsyncer.ui.files.welcome import Welcome
from lipsyncer.ui.preview import Player, PreviewPanel
from lipsyncer.ui.timeline import TimelineWidget
from lipsyncer.ui.timeline.hints import Hints


class Pages(QStackedWidget):
    """Shows the page that fits.

    Parameters
    ----------
    session, player
        For the editor.

    Attributes
    ----------
    welcome, analysing, editor
        The pages.
    preview, result, hints, timeline
        What the editor consists of.
    """

    def __init__(self, session: Session, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.welcome = Welcome(self)
        self.analysing = AnalysingPanel(self)
        self.preview = PreviewPanel(session, player, self)
        self.timeline = TimelineWidget(session, self)
        self.result = ResultPanel(session, self)
        self.hints = Hints(self)
        below = (self.result, self.hints, self.timeline)
        self.editor = Editor(session, self.preview, below, self)
        for page in (self.welcome, self.analysing, self.editor):
            self.addWidget(page)
        self._fit()

    def show_fitting(self, *, editing: bool, analysing: bool) -> None:
        """Show the editor where there is something to edit, else what leads there."""
        if editing:
            page: QWidget = self.editor
        elif analysing:
            page = self.analysing
        else:
            page = self.welcome
        if self.currentWidget() is not page:
            self.setCurrentWidget(page)
            self._fit()

    def _fit(self) -> None:
        """Let pages that are not in sight ask for no room."""
        for page in (self.welcome, self.analysing, self.editor):
            seen = page is self.currentWidget()
            policy = QSizePolicy.Policy.Preferred if seen else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)
