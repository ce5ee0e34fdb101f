"""Which part of the cut an export writes."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from lipsyncer.cut.best_part import best_part
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import clock
from lipsyncer.ui.style import theme

_LENGTHS = (15.0, 30.0, 60.0)
"""Seconds of the best parts that are offered."""


class PartChoice(QWidget):
    """The whole cut, the loop, or its best seconds.

    Parameters
    ----------
    session
        Whose cut and loop are offered.

    Attributes
    ----------
    changed
        Another part is chosen, or the chosen one has moved.
    """

    changed = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._box = QComboBox()
        self._box.setAccessibleName(self.tr("Part"))
        self._box.setToolTip(
            self.tr("I and O, or Shift and the mouse on the song, set the ends of a loop")
        )
        self._box.activated.connect(self.changed)
        heading = QLabel(self.tr("P&art"))
        heading.setProperty("role", "caption")
        heading.setBuddy(self._box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS // 2)
        column.addWidget(heading)
        column.addWidget(self._box)
        session.loop_changed.connect(self._follow_loop)
        session.changed.connect(self._offer)
        session.analysed.connect(self._offer)
        self._offer()

    @property
    def span(self) -> tuple[float, float] | None:
        """Seconds of the song that are written; None for the whole cut."""
        span: tuple[float, float] | None = self._box.currentData()
        return span

    def offer_up_to(self, seconds: float) -> None:
        """Choose the longest part offered that is no longer than this."""
        fitting = [
            index
            for index in range(1, self._box.count())
            if (span := self._box.itemData(index)) is not None and span[1] - span[0] <= seconds
        ]
        if fitting:
            longest = max(fitting, key=lambda index: np.diff(self._box.itemData(index))[0])
            self._box.setCurrentIndex(longest)
            self.changed.emit()

    def _follow_loop(self) -> None:
        """Offer the loop, and choose it when it is set while the panel is open."""
        self._offer()
        if self._session.loop is not None and self.isVisible():
            self._box.setCurrentIndex(1)
            self.changed.emit()

    def _offer(self) -> None:
        """List the parts anew; what is chosen stays chosen, as far as it is there."""
        document = self._session.document
        chosen = self._box.currentIndex(), self._box.currentText()
        self._box.clear()
        if document is None:
            return
        start, end = document.span
        self._box.addItem(self.tr("All of it, {length}").format(length=clock(end - start, 0)))
        if self._session.loop is not None:
            words = self.tr("The loop, {start} to {end}")
            self._add(words, *self._session.loop)
        for seconds in _LENGTHS:
            part = self._best(seconds)
            if part is not None:
                words = self.tr("The best {n} s, {start} to {end}").replace("{n}", f"{seconds:.0f}")
                self._add(words, *part)
        same = self._box.findText(chosen[1])
        self._box.setCurrentIndex(max(same, 0))

    def _add(self, words: str, start: float, end: float) -> None:
        self._box.addItem(words.format(start=clock(start, 1), end=clock(end, 1)), (start, end))

    def _best(self, seconds: float) -> tuple[float, float] | None:
        """Give the best part of a length, where the cut is longer and its song is known."""
        document, analysis = self._session.document, self._session.analysis
        if document is None or analysis is None:
            return None
        if document.span[1] - document.span[0] <= seconds:
            return None
        evidence = analysis.takes[0].evidence
        count = len(evidence.voice)
        outline = analysis.peaks.between(0.0, count / evidence.rate, count)
        loudness = np.ptp(outline.astype(np.float64), axis=1)
        voice = np.asarray(evidence.voice, np.float64)
        return best_part(voice, loudness, evidence.rate, document.span, seconds)
