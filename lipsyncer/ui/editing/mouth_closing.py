"""A closed mouth in one rest, when the user asks for it: found on a thread, one step to undo."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QObject

from lipsyncer.edit.document import Document
from lipsyncer.jobs.closed_rest import closed_rest
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import clock
from lipsyncer.ui.messages.message import Message, sentence
from lipsyncer.ui.threads.worker import Failure, JobRunner

Span = tuple[float, float]


class MouthClosing(QObject):
    """Looks for a closed mouth, and puts it in.

    Parameters
    ----------
    session
        Whose cut it is put in.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: tuple[int, Document, Span] | None = None
        self._runner: JobRunner | None = None

    def close_at(self, span: Span) -> None:
        """Show a closed mouth where lips move within a span of the song (s)."""
        document, analysis = self._session.document, self._session.analysis
        if document is None:
            return
        if analysis is None:
            self._session.solving.wanted.emit()
            return
        if len(document.takes) > len(analysis.takes):
            return
        if self._runner is None:
            self._runner = JobRunner("mouths", self)
            self._runner.finished.connect(self._take)
            self._runner.failed.connect(self._hear_failure)
        self._runner.cancel_all()
        number = self._runner.start(partial(closed_rest, analysis, document, span))
        self._asked = (number, document, span)

    def close(self) -> None:
        """Stop, and wait for the thread to end."""
        if self._runner is not None:
            self._runner.close()

    def _take(self, number: int, after: Document) -> None:
        if self._asked is None or self._asked[0] != number:
            return
        (_, before, span), self._asked = self._asked, None
        if self._session.document is before:
            name = self.tr("Close the mouth at {time}").format(time=clock(span[0]))
            self._session.edit(name, lambda _: after)
        else:
            self.close_at(span)  # it was edited meanwhile

    def _hear_failure(self, number: int, failure: Failure) -> None:
        if self._asked is None or self._asked[0] != number:
            return
        self._asked = None
        if isinstance(failure.error, ValueError):
            self._session.say(Message("note", sentence(str(failure.error))))
        else:
            self._session.say_error(failure.error, failure.details)
