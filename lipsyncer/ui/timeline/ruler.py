"""The ruler: song times at steps that suit the zoom."""

from __future__ import annotations

import math

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFont, QPainter, QPen

from lipsyncer.ui.language.spoken_values import clock
from lipsyncer.ui.style import theme
from lipsyncer.ui.timeline.geometry import Geometry

_STEPS = (0.02, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0)
_ROOM = 84.0
"""Pixels that a labelled tick needs."""
_PARTS = 5


def small_font(painter: QPainter, size: int = theme.CAPTION) -> QFont:
    """Give the painter's font in one of the theme's sizes."""
    font = QFont(painter.font())
    font.setPixelSize(theme.text_size(size))
    return font


def step_for(scale: float) -> float:
    """Choose the seconds between two labels at a scale (pixels per second)."""
    return next((step for step in _STEPS if step * scale >= _ROOM), _STEPS[-1])


def paint_ruler(painter: QPainter, geometry: Geometry) -> None:
    """Draw ticks and times."""
    colours, lane = theme.theme(), geometry.ruler
    step = step_for(geometry.scale)
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    painter.setFont(small_font(painter))
    first = math.floor(geometry.time(0) / step)
    last = math.ceil(geometry.time(geometry.width) / step)
    for number in range(max(first, 0), last + 1):
        x = geometry.x(number * step)
        painter.setPen(QPen(colours.colour("border"), 1))
        painter.drawLine(QPointF(x, lane.bottom() - 8), QPointF(x, lane.bottom()))
        for part in range(1, _PARTS):
            between = geometry.x((number + part / _PARTS) * step)
            painter.drawLine(QPointF(between, lane.bottom() - 4), QPointF(between, lane.bottom()))
        text = clock(number * step, digits)
        if x + theme.XS + painter.fontMetrics().horizontalAdvance(text) > geometry.width:
            continue  # a part of a time is another time
        painter.setPen(colours.colour("muted"))
        place = QRectF(x + theme.XS, lane.top(), _ROOM, lane.height() - 6)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
