"""Which part of the cut an export writes."""

from __future__ import annotations

from functools import partial

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lipsyncer.cut.best_part import best_part
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import clock
from lipsyncer.ui.style import theme

Span = tuple[float, float]

_ALL, _LOOP = "all", "loop"
_LENGTHS = {"15": 15.0, "30": 30.0, "60": 60.0}
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
        self._spans: dict[str, Span | None] = {}
        self._chosen = _ALL
        self._buttons = {name: QPushButton() for name in (_ALL, _LOOP, *_LENGTHS)}
        heading = QLabel(self.tr("Part"))
        heading.setProperty("role", "caption")
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        for name, button in self._buttons.items():
            button.setCheckable(True)
            button.setProperty("kind", "narrow")
            button.clicked.connect(partial(self.choose, name))
            row.addWidget(button)
        self._says = QLabel()
        self._says.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS // 2)
        column.addWidget(heading)
        column.addLayout(row)
        column.addWidget(self._says)
        session.loop_changed.connect(self._follow_loop)
        session.changed.connect(self._offer)
        session.analysed.connect(self._offer)
        self._offer()

    @property
    def span(self) -> Span | None:
        """Seconds of the song that are written; None for the whole cut."""
        return self._spans.get(self._chosen)

    def choose(self, name: str, *_: object) -> None:
        """Choose a part as the user does: ``"all"``, ``"loop"``, or the best ``"15"`` seconds."""
        self._chosen = name
        self._show()
        self.changed.emit()

    def offer_up_to(self, seconds: float) -> None:
        """Choose the longest part offered that is no longer than this."""
        spans = {name: span for name, span in self._spans.items() if span is not None}
        lengths = {name: end - start for name, (start, end) in spans.items()}
        fitting = [name for name, length in lengths.items() if length <= seconds]
        if fitting:
            self.choose(max(fitting, key=lengths.__getitem__))

    def _follow_loop(self) -> None:
        """Offer the loop, and choose it when it is set while the panel is open."""
        self._offer()
        if self._session.loop is not None and self.isVisible():
            self.choose(_LOOP)

    def _offer(self) -> None:
        """Offer the parts anew; what is chosen stays chosen, as far as it is there."""
        document = self._session.document
        self._spans = {}
        if document is not None:
            self._spans[_ALL] = None
            if self._session.loop is not None:
                self._spans[_LOOP] = self._session.loop
            for name, seconds in _LENGTHS.items():
                if (part := self._best(seconds)) is not None:
                    self._spans[name] = part
            start, end = document.span
            length = clock(end - start, 0)
            self._buttons[_ALL].setText(self.tr("All, {length}").format(length=length))
        self._buttons[_LOOP].setText(self.tr("Loop"))
        self._buttons[_LOOP].setToolTip(
            self.tr("I and O, or Shift and the mouse on the song, set the ends of a loop")
        )
        for name, seconds in _LENGTHS.items():
            self._buttons[name].setText(f"{seconds:.0f} s")
            tip = self.tr("The best {n} s: the loudest singing").replace("{n}", f"{seconds:.0f}")
            self._buttons[name].setToolTip(tip)
            self._buttons[name].setAccessibleName(tip)
        if self._chosen not in self._spans:
            self._chosen = _ALL
        self._show()

    def _show(self) -> None:
        for name, button in self._buttons.items():
            # The loop is always in sight, as it is what tells how one is set.
            button.setVisible(name in self._spans or name == _LOOP)
            button.setEnabled(name in self._spans)
            button.setChecked(name == self._chosen)
        self._says.setVisible(self.span is not None)
        if self.span is not None:
            start, end = (clock(moment, 1) for moment in self.span)
            self._says.setText(self.tr("{start} to {end}").format(start=start, end=end))

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
