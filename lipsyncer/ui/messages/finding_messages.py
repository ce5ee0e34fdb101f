"""Findings in the message bar: shown when they become true, withdrawn when they are not."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer

from lipsyncer.findings import Finding, FindingKind
from lipsyncer.ui.editing.session import Message, Session
from lipsyncer.ui.language.translations import finding_in_language
from lipsyncer.ui.messages.message_bar import MessageBar

_PAUSE_MS = 300  # until a drag or a row of nudges is over


class FindingMessages(QObject):
    """Keeps the message bar true to the findings about the cut as it is now.

    Parameters
    ----------
    session
        Whose document and analysis the findings are about.
    bar
        Where they are shown.
    """

    def __init__(self, session: Session, bar: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._bar = session, bar
        self._shown: dict[str, Finding] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.update)
        session.analysed.connect(self.update)
        session.changed.connect(self._timer.start)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that were true at the last update."""
        return tuple(self._shown.values())

    def update(self) -> None:
        """Show new findings and withdraw those that are no longer true."""
        self._timer.stop()
        before, self._shown = self._shown, self._true_now()
        for text in before.keys() - self._shown.keys():
            self._bar.withdraw(text)
        for text, finding in self._shown.items():
            if text not in before:
                wrong = finding.kind is FindingKind.NOTHING_MATCHES
                self._session.say(Message("warning" if wrong else "note", text))

    def _true_now(self) -> dict[str, Finding]:
        """Findings by what the user reads: two that read the same are one."""
        document, analysis = self._session.document, self._session.analysis
        if document is None or analysis is None:
            return {}
        if len(document.takes) != len(analysis.takes):
            return self._shown  # a take was added, or that was undone, and is not known yet
        names = [take.path.name for take in document.takes]
        return {
            finding_in_language(finding, names): finding
            for finding in analysis.findings_about(document)
            if finding.warns
        }
