"""What becomes of an analysis that has arrived: a new document, or more known of the open one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.cut.analysis import Analysis
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.files.projects import Projects


class Arrivals(QObject):
    """Brings analyses into the session.

    Parameters
    ----------
    session
        Takes what was found.
    projects
        Whether the work at hand is safe.

    Attributes
    ----------
    begun
        Another document is open now.
    """

    begun = pyqtSignal()

    def __init__(self, session: Session, projects: Projects, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._projects = session, projects

    def take(self, analysis: Analysis) -> None:
        """Show what was found: as a new document, or as what is known of the one that is open."""
        here, there = self._session.document, analysis.document
        same_song = here is not None and here.song == there.song
        before = [take.path for take in here.takes] if here is not None else []
        after = [take.path for take in there.takes]
        if here is not None and same_song and after == before:
            self._session.learn(analysis)
        elif here is not None and same_song and after[: len(before)] == before:
            untouched = here == self._session.found
            extended = there if untouched else replace(here, takes=there.takes)
            self._session.extend(extended, there, self.tr("Add a take"))
            self._session.learn(analysis)
        else:
            self._projects.when_safe(partial(self._begin_with, analysis))

    def _begin_with(self, analysis: Analysis) -> None:
        self._projects.leave()
        self._session.open(analysis.document)
        self._session.learn(analysis)
        self._projects.begin_untitled()
        self.begun.emit()
