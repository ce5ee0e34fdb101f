"""Warnings of the analysis that stay true: told again after edits, and taken back."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer

from lipsyncer.ui.editing.session import Message, Session
from lipsyncer.ui.language.translations import in_language
from lipsyncer.ui.messages.message_bar import MessageBar

_PAUSE_MS = 300  # a drag or a row of nudges is told of when it is over


class Notices(QObject):
    """Says in the message bar what there is to say about the cut as it is now.

    A sentence is told once, when it becomes true. One that an edit has made untrue leaves the bar.

    Parameters
    ----------
    session
        Whose document and analysis are told of.
    bar
        Where.
    """

    def __init__(self, session: Session, bar: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._bar = session, bar
        self._told: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.tell)
        session.analysed.connect(self.tell)
        session.changed.connect(self._timer.start)

    @property
    def told(self) -> tuple[str, ...]:
        """The sentences that were true when they were looked for last, in English."""
        return self._told

    def tell(self) -> None:
        """Look for what there is to say now."""
        self._timer.stop()
        now = self._true_now()
        for text in self._told:
            if text not in now:
                self._bar.withdraw(in_language(text))
        before, self._told = self._told, now
        for text in now:
            if text not in before:
                self._session.say(Message("note", in_language(text)))

    def _true_now(self) -> tuple[str, ...]:
        document, analysis = self._session.document, self._session.analysis
        if document is None or analysis is None:
            return ()
        if len(document.takes) != len(analysis.takes):
            return self._told  # a take was added, or that was undone, and is not known yet
        return analysis.warnings_about(document)
