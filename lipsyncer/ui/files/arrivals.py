"""What becomes of files and analyses that arrive: a new document, or more of the open one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from lipsyncer.cut.analysis import Analysis
from lipsyncer.media.kinds import Sorted
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.files.opening import Opening
from lipsyncer.ui.files.projects import Projects
from lipsyncer.ui.messages.question import ask


class Arrivals(QObject):
    """Brings analyses into the session.

    Parameters
    ----------
    session
        Takes what was found.
    projects
        Whether the work at hand is safe.
    opening
        Takes the files in.
    empty
        Closes what is open.
    window
        Over which questions are asked.

    Attributes
    ----------
    begun
        Another document is open now.
    """

    begun = pyqtSignal()

    def __init__(
        self,
        session: Session,
        projects: Projects,
        opening: Opening,
        empty: Callable[[], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._projects, self._opening = session, projects, opening
        self._empty, self._window = empty, window
        opening.replacing.connect(self.ask_about_song)

    def ask_about_song(self, arrived: Sorted) -> None:
        """Begin a new project with a song and its videos; ask what a song alone is meant for."""

        def begin() -> None:
            self._empty()
            self._opening.take_in(arrived)

        if arrived.takes:
            self._projects.when_safe(begin)
            return
        ask(
            self._window,
            self.tr("What is {name} for?").format(name=arrived.songs[0].name),
            self.tr("A project is open."),
            {
                self.tr("Replace the song"): lambda: self._opening.take_in(arrived),
                self.tr("New project"): lambda: self._projects.when_safe(begin),
            },
        )

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
        self._session.open(analysis.document, analysis=analysis)
        self._projects.begin_untitled()
        self.begun.emit()
