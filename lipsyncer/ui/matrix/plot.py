"""The plot of the matrix: its axes, and what the mouse does in it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QMouseEvent

from lipsyncer.edit.document import Document
from lipsyncer.ui.editing.nudging import tell_replaced
from lipsyncer.ui.language.spoken_values import clock

if TYPE_CHECKING:
    from lipsyncer.ui.matrix.view import MatrixView

_CLICK = 4  # pixels that the mouse may move in a click
_gestures = itertools.count()


class _Times(pg.AxisItem):  # type: ignore[misc]
    """An axis of moments."""

    def tickStrings(  # noqa: N802
        self, values: list[float], scale: float, spacing: float
    ) -> list[str]:
        """Write the ticks as minutes and seconds."""
        return [clock(value, 0 if spacing >= 1 else 1) for value in values]


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """The plot, whose mouse asks and pins instead of opening pyqtgraph's own menus."""

    def __init__(self, owner: MatrixView) -> None:
        axes = {"bottom": _Times("bottom"), "left": _Times("left")}
        super().__init__(owner, axisItems=axes)
        self._owner = owner
        self._pressed: QPointF | None = None
        self._before: Document | None = None
        self._held = 0.0
        self._gesture = ""
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseTracking(True)
        self.getViewBox().setMouseEnabled(x=True, y=True)
        self.setAccessibleName(self.tr("Matrix"))

    def times(self, place: QPointF) -> tuple[float, float]:
        """Song and take time (s) at a place (pixels)."""
        point = self.getViewBox().mapSceneToView(self.mapToScene(place.toPoint()))
        return point.x(), point.y()

    def place(self, song_time: float, source_time: float) -> QPointF:
        """Place (pixels) of a song and a take time (s)."""
        scene = self.getViewBox().mapViewToScene(QPointF(song_time, source_time))
        return QPointF(self.mapFromScene(scene))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the line, or begin what the plot does itself: moving what is in view."""
        self._pressed = event.position()
        if event.button() == Qt.MouseButton.RightButton:
            self._owner.take_pin_away(event.position())
            return
        if event.button() == Qt.MouseButton.LeftButton and self._owner.on_path(event.position()):
            self._before = self._owner.session.document
            self._held = self.times(event.position())[0]
            self._gesture = f"matrix {next(_gestures)}"
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pin where the mouse is, or say what is under it."""
        song, source = self.times(event.position())
        self._owner.hover(song, source)
        if self._before is not None:
            if self._far(event):
                self._owner.pin(self._before, self._held, source, self._gesture)
            return
        near = self._owner.on_path(event.position())
        self.setCursor(Qt.CursorShape.SizeVerCursor if near else Qt.CursorShape.CrossCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let go; a click without a move goes to its moment of the song."""
        clicked = self._pressed is not None and not self._far(event)
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            self._owner.seek(self.times(event.position())[0])
        held = self._before is not None
        if self._before is not None and not clicked:
            tell_replaced(self._owner.session, self._before)
        self._before, self._pressed = None, None
        if not held and event.button() != Qt.MouseButton.RightButton:
            super().mouseReleaseEvent(event)

    def _far(self, event: QMouseEvent) -> bool:
        start = self._pressed
        return start is not None and (event.position() - start).manhattanLength() > _CLICK
