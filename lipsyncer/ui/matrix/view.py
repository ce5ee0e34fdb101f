"""The matrix on screen: hover to ask, click to go there, drag the line where one knows better."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pyqtgraph as pg
from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from lipsyncer.alignment import Evidence
from lipsyncer.cut.lanes import Lane
from lipsyncer.cut.realign import pinned, unpinned
from lipsyncer.edit.document import Document, Pin, Segment
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import clock, percent
from lipsyncer.ui.matrix.picture import MatrixPicture, drawing
from lipsyncer.ui.matrix.plot import Plot
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.colour_map import lookup_table
from lipsyncer.ui.threads.worker import JobRunner

_GRAB = 10
"""Pixels from the line within which the mouse takes hold of it."""
_WHOLE = 0.8
"""Share of the song in view from which on the whole take is shown."""
_ROOM = 1.5
"""Take time in view for what the line takes up."""


class MatrixView(QWidget):
    """One take's matrix with the path through it.

    Parameters
    ----------
    session
        What is shown and edited.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._picture: MatrixPicture | None = None
        self._wanted = 0
        self._drawn: Evidence | None = None
        self._linking = False
        self._runner = JobRunner("matrix", self)
        self._runner.finished.connect(self._take_picture)
        self._take = QComboBox(self)
        self._take.setAccessibleName(self.tr("Take"))
        self._take.currentIndexChanged.connect(self._draw)
        self._explanation = QLabel(
            self.tr(
                "Bright: lips and sound fit. The line is what is shown when; "
                "drag it where you know better."
            ),
            self,
        )
        self._explanation.setWordWrap(True)
        self._explanation.setProperty("role", "caption")
        self._hover = QLabel(" ", self)
        self._hover.setProperty("role", "caption")
        self.plot = Plot(self)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setLookupTable(lookup_table())
        self._image.setLevels((0, 255))
        self._attempts = pg.PlotCurveItem(connect="finite")
        self._found = pg.PlotCurveItem(connect="finite")
        self._path = pg.PlotCurveItem(connect="finite")
        self._pins = pg.ScatterPlotItem(size=11)
        self._across = pg.InfiniteLine(angle=90)
        self._up = pg.InfiniteLine(angle=0)
        lines = (self._attempts, self._found)
        for item in (self._image, *lines, self._path, self._pins, self._across, self._up):
            self.plot.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self._take)
        column.addWidget(self.plot, 1)
        column.addWidget(self._hover)
        column.addWidget(self._explanation)
        session.analysed.connect(self._begin)
        session.matched.connect(self._draw_others)
        session.changed.connect(self._show_path)
        session.playhead_moved.connect(self._show_playhead)
        session.selection_changed.connect(self._choose_take)
        session.changed.connect(self._write_names)
        session.view.changed.connect(self._follow_view)
        theme.manager.changed.connect(self._dress)
        self.plot.getViewBox().sigXRangeChanged.connect(self._lead_view)
        self._dress()
        self._begin()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for a square that can be read."""
        return QSize(360, 420)

    def close(self) -> bool:
        """End the thread that draws."""
        self._runner.close()
        return super().close()

    @property
    def take(self) -> int:
        """Index of the take that is shown."""
        return max(self._take.currentIndex(), 0)

    @property
    def picture(self) -> MatrixPicture | None:
        """What is drawn, when it is."""
        return self._picture

    # ------------------------------------------------------------------------ what comes in

    def _begin(self) -> None:
        document = self._session.document
        count = len(document.takes) if document is not None else 0
        self._take.blockSignals(True)
        self._take.clear()
        self._take.addItems([""] * count)
        self._take.blockSignals(False)
        self._take.setVisible(count > 1)
        self._write_names()
        self._draw()

    def _write_names(self) -> None:
        for row, take in enumerate(document.takes if (document := self._session.document) else ()):
            self._take.setItemText(row, f"{row + 1}  {take.name}")

    def _choose_take(self, index: int) -> None:
        document = self._session.document
        if document is not None and index >= 0:
            self._take.setCurrentIndex(document.segments[index].take)

    def _draw(self) -> None:
        """Begin to draw the chosen take's matrix."""
        self._runner.cancel_all()
        self._picture = None
        self._image.clear()
        self._start_drawing()
        self._show_path()
        self._show_playhead()
        self._follow_view()

    def _start_drawing(self) -> None:
        footage = self._session.aligned(self.take)
        self._drawn = None
        if footage is not None and self.isVisible():
            self._drawn = footage.evidence
            self._wanted = self._runner.start(partial(drawing, footage.evidence))

    def showEvent(self, event: QShowEvent | None) -> None:  # noqa: N802
        """Draw what was not drawn while nobody saw it."""
        super().showEvent(event)
        if self._drawn is None:
            self._start_drawing()

    def _draw_others(self) -> None:
        """Draw anew what another match has changed; the picture before stays until it is there."""
        footage, drawn = self._session.aligned(self.take), self._drawn
        if footage is not None and drawn is not None and footage.evidence is not drawn:
            self._runner.cancel_all()
            self._start_drawing()

    def _take_picture(self, number: int, picture: MatrixPicture) -> None:
        if number != self._wanted:
            return
        self._picture = picture
        self._image.setImage(picture.match, autoLevels=False)
        rows, columns = picture.match.shape
        half = picture.pixel / 2
        self._image.setRect(QRectF(-half, -half, columns * picture.pixel, rows * picture.pixel))
        self._follow_view()

    def _show_path(self) -> None:
        document, found = self._session.document, self._session.found
        self._path.setData(*_line(document, self.take))
        self._found.setData(*_line(found, self.take))
        self._attempts.setData(*_attempts(self._session.lanes, self.take))
        pins = [pin for pin in document.pins if pin.take == self.take] if document else []
        self._pins.setData(x=[pin.song for pin in pins], y=[pin.source for pin in pins])

    def _show_playhead(self) -> None:
        time_map = self._session.time_map
        self._across.setValue(self._session.playhead)
        if time_map is not None:
            take, source = time_map.source_at(self._session.playhead)
            self._up.setVisible(take == self.take)
            self._up.setValue(source)

    def _follow_view(self) -> None:
        if self._linking:
            return
        self._linking = True
        view = self._session.view
        box = self.plot.getViewBox()
        box.setXRange(view.start, view.end, padding=0)
        box.setYRange(*self._takes_in_view(), padding=0.02)
        self._linking = False

    def _takes_in_view(self) -> tuple[float, float]:
        """Give the take times (s) to show: all of them, or those around the line in view."""
        view, document = self._session.view, self._session.document
        if document is None:
            return 0.0, 1.0
        duration = document.takes[self.take].duration
        length = view.end - view.start
        time_map = self._session.time_map
        if time_map is None or length > _WHOLE * view.duration:
            return 0.0, duration
        takes, sources = time_map.sources_at(np.linspace(view.start, view.end, 33))
        shown = sources[takes == self.take]
        if not len(shown):
            return 0.0, duration
        middle = float(shown.min() + shown.max()) / 2
        half = max(float(np.ptp(shown)), length) * _ROOM / 2
        return middle - half, middle + half

    def _lead_view(self, _box: object, span: tuple[float, float]) -> None:
        if self._linking or self._session.document is None:
            return
        self._linking = True
        self._session.view.show(*span)
        self._linking = False

    def _dress(self) -> None:
        colours = theme.theme()
        self.plot.setBackground(colours.panel)
        for name, text in (("bottom", self.tr("Song")), ("left", self.tr("Take"))):
            axis = self.plot.getAxis(name)
            axis.setPen(colours.border)
            axis.setTextPen(colours.muted)
            axis.setLabel(text)
        # The map is dark in both themes, so the line is bright in both.
        # A plot's lines are so many pixels of the screen wide, however fine these are.
        fine = self.devicePixelRatioF()
        self._path.setPen(pg.mkPen(theme.DARK.good, width=2 * fine))
        self._attempts.setPen(pg.mkPen(theme.DARK.text, width=1.5 * fine))
        self._found.setPen(pg.mkPen(theme.DARK.text, width=fine, style=Qt.PenStyle.DotLine))
        self._pins.setBrush(pg.mkBrush(theme.DARK.accent))
        self._pins.setPen(pg.mkPen(theme.DARK.text, width=fine))
        for line in (self._across, self._up):
            line.setPen(pg.mkPen(theme.DARK.selection, width=fine))

    def event(self, event: QEvent | None) -> bool:
        """Draw lines anew on a finer or a coarser screen."""
        if event is not None and event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()
        return super().event(event)

    # ------------------------------------------------------------------------ the mouse

    def hover(self, song_time: float, source_time: float) -> None:
        """Say how well two moments fit."""
        match = self._picture.at(song_time, source_time) if self._picture is not None else None
        if match is None:
            self._hover.setText(" ")
            return
        text = self.tr("song {song}, take {take}, match {match}")
        self._hover.setText(
            text.format(song=clock(song_time), take=clock(source_time), match=percent(match))
        )

    def on_path(self, place: QPointF) -> bool:
        """Whether the line can be taken hold of at a place in the plot (pixels).

        It has to be near enough, and what a pin needs has to be ready.
        """
        song, source = self.plot.times(place)
        time_map = self._session.time_map
        if time_map is None or self._session.solving.of(self.take) is None:
            return False
        take, shown = time_map.source_at(song)
        if take != self.take:
            return False
        return abs(self.plot.place(song, shown).y() - self.plot.place(song, source).y()) <= _GRAB

    def seek(self, song_time: float) -> None:
        """Go to a moment of the song."""
        self._session.seek(song_time)

    def pin(self, before: Document, song: float, source: float, gesture: str) -> None:
        """Pin a moment of the document as it was before the gesture."""
        solver = self._session.solving.of(self.take)
        if solver is None:
            return
        source = min(max(source, 0.0), before.takes[self.take].duration)
        self._session.edit(
            self.tr("Pin {time}").format(time=clock(song)),
            lambda _: pinned(before, Pin(song, self.take, source), solver),
            merge=gesture,
        )

    def take_pin_away(self, place: QPointF) -> bool:
        """Remove the pin at a place in the plot (pixels), if there is one."""
        document = self._session.document
        for pin in document.pins if document is not None else ():
            there = self.plot.place(pin.song, pin.source)
            if pin.take == self.take and (there - place).manhattanLength() <= _GRAB:
                self._session.edit(
                    self.tr("Remove the pin at {time}").format(time=clock(pin.song)),
                    partial(unpinned, song_time=pin.song),
                )
                return True
        return False

    @property
    def session(self) -> Session:
        """What is shown and edited."""
        return self._session


def _line(document: Document | None, take: int) -> tuple[Any, Any]:
    """Song and take times of a document's segments of one take, NaN where it is cut."""
    return _times(document.segments if document is not None else (), take)


def _attempts(lanes: Sequence[Lane], take: int) -> tuple[Any, Any]:
    """The same of all attempts of a take that has several."""
    several = [lane for lane in lanes if lane.attempt is not None]
    return _times([segment for lane in several for segment in lane.segments], take)


def _times(segments: Sequence[Segment], take: int) -> tuple[Any, Any]:
    song: list[float] = []
    source: list[float] = []
    for segment in segments:
        if segment.take == take:
            song += [segment.song_start, segment.song_end, np.nan]
            source += [segment.source_start, segment.source_end, np.nan]
    return np.array(song), np.array(source)
