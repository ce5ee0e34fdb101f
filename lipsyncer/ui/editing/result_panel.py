"""The result in one sentence, the next things to do, and the places to look at."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PyQt6.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.findings import Finding, FindingKind
from lipsyncer.ui.editing.lane_names import attempts_told
from lipsyncer.ui.editing.mouth_closing import MouthClosing, Span
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.translations import finding_in_language, summary_in_language
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.flow_layout import FlowLayout
from lipsyncer.ui.window.actions import make_action

_PAUSE_MS = 300  # until a drag or a row of nudges is over
_AROUND = 1.0
"""Seconds of the song that are played on both sides of a place that is looked at."""
_LINES = 4
"""Places that are seen without scrolling."""


class ResultPanel(QWidget):
    """Says what was wrong and what was done, and leads to what is left to look at.

    Parameters
    ----------
    session
        Whose document and analysis it tells of; it stays true while the cut is edited.

    Attributes
    ----------
    play_requested, compare_requested, export_requested
        The user wants to see the cut, to see it beside the raw take, or to have the file.
    closing
        Puts in closed mouths; to be closed with the window.
    close_in_segment
        The same for the rest that the selected segment shows, if lips move in it.
    """

    play_requested = pyqtSignal()
    compare_requested = pyqtSignal()
    export_requested = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._findings: list[Finding] = []
        self._next = 0
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._summary.setProperty("role", "title")
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._attempts = QLabel(self)
        self._attempts.setWordWrap(True)
        self._attempts.setProperty("role", "caption")
        self._look = QPushButton(self.tr("Look at the next place"), self)
        self._look.clicked.connect(self._look_at_next)
        tip = self.tr("Shows a closed mouth from elsewhere in your video during this rest")
        self._close_mouth = QPushButton(self.tr("Show a closed mouth"), self)
        self._close_mouth.setToolTip(tip)
        self.close_in_segment = make_action(
            self, self.tr("Show a closed &mouth"), self._close_in_the_segment, tip=tip
        )
        self._close_mouth.clicked.connect(self._close_the_mouth)
        self.closing = MouthClosing(session, self)
        self._list = _Places(self)
        self._list.setAccessibleName(self.tr("Places to look at"))
        self._list.itemClicked.connect(self._look_at_item)
        self._list.itemActivated.connect(self._look_at_item)
        self._list.currentRowChanged.connect(self._offer)
        row = FlowLayout()
        for text, signal in (
            (self.tr("Play"), self.play_requested),
            (self.tr("Compare"), self.compare_requested),
            (self.tr("Export…"), self.export_requested),
        ):
            button = QPushButton(text, self)
            button.setToolTip(text.rstrip("…"))
            button.clicked.connect(partial(signal.emit))
            row.addWidget(button)
        row.addWidget(self._look)
        row.addWidget(self._close_mouth)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.S)
        column.addWidget(self._summary)
        column.addWidget(self._attempts)
        column.addLayout(row)
        column.addWidget(self._list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.update_findings)
        self._offer(-1)
        session.analysed.connect(self.update_findings)
        session.changed.connect(self._timer.start)
        session.selection_changed.connect(self._enable)
        self.update_findings()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are listed."""
        return tuple(self._findings)

    def update_findings(self) -> None:
        """Tell of the cut as it is now."""
        self._timer.stop()
        document, analysis = self._session.document, self._session.analysis
        self.setVisible(document is not None and analysis is not None)
        if document is None or analysis is None:
            self._findings = []
            self._list.clear()
            self._enable()
            return
        if len(document.takes) != len(analysis.takes):
            return  # a take was added, or that was undone, and is not known yet
        names = [take.name for take in document.takes]
        if analysis.document != document:  # what is found in its own document is known already
            analysis = replace(analysis, document=document)
        self._summary.setText(summary_in_language(analysis.summary))
        # Of one take, the summary says it.
        told_attempts = attempts_told(document, self._session.lanes) if len(names) > 1 else []
        self._attempts.setText(" · ".join(told_attempts))
        self._attempts.setVisible(bool(told_attempts))
        # Two that read the same are one.
        told = {
            finding_in_language(finding, names): finding
            for finding in analysis.findings
            if finding.warns
        }
        if list(told.values()) != self._findings:
            self._findings = list(told.values())
            self._list.clear()
            self._list.addItems(list(told))
            self._next = 0
            self._offer(-1)
        for row, words in enumerate(told):  # a take may be called otherwise now
            if (item := self._list.item(row)) is not None:
                item.setText(words)
        self._enable()
        self._look.setVisible(any(finding.span is not None for finding in self._findings))
        self._list.setVisible(bool(told))
        self._list.fit()

    def _enable(self) -> None:
        self.close_in_segment.setEnabled(self._moving_in_segment() is not None)

    def _moving_in_segment(self) -> Span | None:
        """Song times (s) of the first rest in the selected segment in which lips move."""
        document, index = self._session.document, self._session.selected
        if document is None or index < 0 or document.segments[index].locked:
            return None
        segment = document.segments[index]
        moving = (one.span for one in self._findings if one.kind is FindingKind.LIPS_MOVE)
        return next(
            (
                span
                for span in moving
                if span and segment.song_start <= sum(span) / 2 < segment.song_end
            ),
            None,
        )

    def _close_in_the_segment(self) -> None:
        span = self._moving_in_segment()
        if span is not None:
            self.closing.close_at(span)

    def _look_at_next(self) -> None:
        places = [row for row, one in enumerate(self._findings) if one.span is not None]
        if places:
            row = places[self._next % len(places)]
            self._next += 1
            self._list.setCurrentRow(row)
            self._look_at(self._findings[row])

    def _look_at_item(self, item: QListWidgetItem) -> None:
        self._look_at(self._findings[self._list.row(item)])

    def _offer(self, row: int) -> None:
        """Offer to close the mouth where the chosen finding is of one that moves in a rest."""
        moves = 0 <= row < len(self._findings)
        moves = moves and self._findings[row].kind is FindingKind.LIPS_MOVE
        self._close_mouth.setVisible(moves)

    def _close_the_mouth(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._findings):
            span = self._findings[row].span
            if span is not None:
                self.closing.close_at(span)

    def _look_at(self, finding: Finding) -> None:
        """Select what a finding is about, and play it in a loop."""
        document = self._session.document
        if document is None or finding.span is None:
            return
        start, end = finding.span
        self._session.select(document.index_at((start + end) / 2))
        self._session.view.reveal(start)
        first, last = document.span
        self._session.set_loop((max(first, start - _AROUND), min(last, end + _AROUND)))
        self._session.seek(max(first, start - _AROUND))
        self.play_requested.emit()


class _Places(QListWidget):
    """A list as high as its first lines are when broken, and less where there is little room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        """Break the lines anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Ask for the height of the first lines as they are broken now."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give the first lines their height."""
        return QSize(super().sizeHint().width(), self._height(_LINES))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Make do with the height of one line; the others are scrolled to."""
        height = min(self._height(1), self.fontMetrics().height() + 2 * theme.S)
        return QSize(super().minimumSizeHint().width(), height)

    def _height(self, lines: int) -> int:
        items = [self.item(row) for row in range(min(self.count(), lines))]
        height = sum(self.visualItemRect(item).height() for item in items)
        return height + theme.S if items else 0
