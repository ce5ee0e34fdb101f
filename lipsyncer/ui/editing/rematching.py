"""Matching the cut otherwise: off the GUI thread, and as one step of the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit.document import Document
from lipsyncer.jobs import Progress
from lipsyncer.jobs.rematch import Rematch, matched_again
from lipsyncer.settings.job import Settings
from lipsyncer.settings.matching import Matching
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.threads.worker import Failure, JobRunner


class Rematching(QObject):
    """Finds the cut again when something else is chosen.

    Parameters
    ----------
    session
        Whose cut it is.
    watching
        Whether footage is being watched just now.

    Attributes
    ----------
    changed
        What is wished for, how far it is, or whether anything can be wished for.
    """

    changed = pyqtSignal()

    def __init__(
        self, session: Session, watching: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._watching = session, watching
        self._runner = JobRunner("rematch", self)
        self._runner.progressed.connect(self._hear_progress)
        self._runner.finished.connect(self._take)
        self._runner.failed.connect(self._hear_failure)
        self._number = 0
        self._wish: Matching | None = None
        self._before: tuple[Document, Analysis] | None = None
        self._share = 0.0
        session.analysed.connect(self.look_again)
        session.matched.connect(self.changed)

    # ------------------------------------------------------------------------ what is

    @property
    def running(self) -> bool:
        """Whether a cut is being found."""
        return self._number > 0

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self._share

    @property
    def wish(self) -> Matching:
        """What is chosen: for the cut that is being found, or the one that is shown."""
        return self._wish or self._session.matching or Matching()

    @property
    def obstacle(self) -> str:
        """Why nothing can be chosen now; empty where it can."""
        document, analysis = self._session.document, self._session.analysis
        if document is None:
            return self.tr("There is nothing to match yet.")
        if self._watching():
            return self.tr("Lipsyncer is still watching your video; wait until it has finished.")
        known = analysis is not None and analysis.basis is not None
        if analysis is None or not known or len(document.takes) > len(analysis.takes):
            return self.tr(
                "Lipsyncer has not analysed your video yet; open this panel again to begin."
            )
        return ""

    def summary(self) -> str:
        """One line for the status bar; empty where nothing is going on."""
        if not self.running:
            return ""
        return self.tr("Aligning again, {n} %").format(n=round(100 * self._share))

    def step_name(self, before: Matching, after: Matching) -> str:
        """Name a step of the history by what was chosen."""
        names = {
            "tightness": {
                "loose": self.tr("Follow the lips: loose"),
                "relaxed": self.tr("Follow the lips: relaxed"),
                "normal": self.tr("Follow the lips: normal"),
                "close": self.tr("Follow the lips: close"),
                "tight": self.tr("Follow the lips: tight"),
            },
            "sync_source": {
                "both": self.tr("Go by lips and camera sound"),
                "lips": self.tr("Go by the lips alone"),
                "sound": self.tr("Go by the camera sound alone"),
            },
            "gaps": {
                "close": self.tr("Close the mouth where there is no singing"),
                "keep": self.tr("Leave pauses as filmed"),
            },
        }
        chosen = [
            names[name][value]
            for name, value in asdict(after).items()
            if getattr(before, name) != value
        ]
        return ", ".join(chosen)

    # ------------------------------------------------------------------------ what is done

    def choose(self, wish: Matching) -> None:
        """Find the cut again as it is wished for, unless it is so already."""
        self._stop()
        if wish != self._session.matching and not self.obstacle:
            self._wish = wish
            self._start()
        self.changed.emit()

    def cancel(self) -> None:
        """Leave the cut as it is."""
        self._stop()
        self.changed.emit()

    def look_again(self) -> None:
        """Stop where footage is watched or another analysis is there; say what can be chosen."""
        known = self._before is not None and self._session.analysis is self._before[1]
        if self._watching() or not known:
            self._stop()
        self.changed.emit()

    def close(self) -> None:
        """Stop, and wait for the thread to end."""
        self._runner.close()

    def _start(self) -> None:
        document, analysis = self._session.document, self._session.analysis
        if document is None or analysis is None or analysis.basis is None or self._wish is None:
            return
        self._before, self._share = (document, analysis), 0.0
        settings = self._wish.settings(analysis.basis.settings)
        self._number = self._runner.start(partial(matched_again, analysis, document, settings))

    def _stop(self) -> None:
        self._runner.cancel_all()
        self._number, self._wish, self._before, self._share = 0, None, None, 0.0

    def _hear_progress(self, number: int, progress: Progress) -> None:
        if number == self._number:
            self._share = progress.share
            self.changed.emit()

    def _take(self, number: int, again: Rematch) -> None:
        if number != self._number or self._before is None or self._wish is None:
            return
        document, _ = self._before
        if self._session.document is not document:
            self._start()  # it was edited meanwhile: what is locked or pinned may be other now
            return
        before, wish = self._session.matching or Matching(), self._wish
        self._stop()
        self._session.match_again(self.step_name(before, wish), again)
        self._tell(document, again.document)
        self.changed.emit()

    def _hear_failure(self, number: int, failure: Failure) -> None:
        if number == self._number:
            self._stop()
            self._session.say_error(failure.error, failure.details)
            self.changed.emit()

    def _tell(self, before: Document, after: Document) -> None:
        """Say what is not to be seen on the timeline."""
        segments = before.segments
        if all(segment.stands for segment in segments):
            text = self.tr(
                "You have set every segment by hand, so nothing has changed. "
                "Reset a segment (Del) to have Lipsyncer align it."
            )
        elif after == before:
            text = self.tr("That gives the same cut.")
        elif before.pins or any(s.stands or s.framing is not None for s in segments):
            text = self.tr("What you moved, split, framed, locked or pinned has stayed.")
        else:
            return
        self._session.say(Message("note", text))


def settings_for(session: Session, song: Path | None, preferences: Preferences) -> Settings:
    """Give the settings to analyse a song with.

    Parameters
    ----------
    session
        More takes for its song are matched as its cut is.
    song
        What is analysed.
    preferences
        Any other song is matched as these say.
    """
    document = session.document
    if document is not None and document.song == song and session.matching is not None:
        return session.matching.settings()
    return Matching(preferences.tightness, preferences.sync_source, preferences.gaps).settings()
