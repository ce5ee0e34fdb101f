"""The whole song in a strip, with the stretch in view as a frame that can be dragged."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPainterPath, QPen

from lipsyncer.edit.document import Document
from lipsyncer.media.peaks import Peaks
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.confidence_grade import grade
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.waveform import whole_song

_HEIGHTS = {"good": 2, "fair": 3, "poor": 5, "selection": 3, "gap": 1}
"""Pixels of each segment's line: what needs a look stands out, whatever its colour."""


def paint_minimap(
    painter: QPainter, geometry: Geometry, document: Document, peaks: Peaks | None
) -> None:
    """Draw the song, how sure each segment is, and the stretch in view."""
    colours, strip = theme.theme(), geometry.minimap
    painter.save()
    corners = QPainterPath()
    corners.addRoundedRect(strip, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    painter.setClipPath(corners)
    painter.fillRect(strip, colours.colour("panel"))
    if peaks is not None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        place = strip.adjusted(0, 1, 0, -5)
        size = (max(1, round(place.width() * ratio)), max(1, round(place.height() * ratio)))
        painter.drawImage(place, whole_song(peaks, *size, colours.waveform))
    for segment in document.segments:
        left, right = geometry.map_x(segment.song_start), geometry.map_x(segment.song_end)
        name = grade(segment)
        high = _HEIGHTS[name]
        line = QRectF(left, strip.bottom() - high, max(right - left - 1, 1.0), high)
        painter.fillRect(line, colours.colour(name))
    view = QRectF(strip)
    view.setLeft(geometry.map_x(geometry.start))
    view.setRight(geometry.map_x(geometry.end))
    shade = colours.colour("window", 0.68)
    painter.fillRect(QRectF(strip.topLeft(), view.bottomLeft()), shade)
    painter.fillRect(QRectF(view.topRight(), strip.bottomRight()), shade)
    painter.restore()
    painter.setPen(QPen(colours.colour("muted"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(view.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
