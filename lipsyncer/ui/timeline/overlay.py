"""What moves over the lanes: playhead, the line under the mouse, and what a drag has come to."""

from __future__ import annotations

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen

from lipsyncer.edit.document import Document
from lipsyncer.ui.language.spoken_values import clock
from lipsyncer.ui.style import theme
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.ruler import small_font


def paint_playhead(painter: QPainter, geometry: Geometry, song_time: float) -> None:
    """Draw the playhead, on the minimap too."""
    colours = theme.theme()
    strip = geometry.minimap
    x, top, bottom = geometry.x(song_time), geometry.ruler.top(), geometry.height
    # A rim of the ground sets the line off from bright and dark pictures alike.
    painter.fillRect(QRectF(x - 1.75, top, 3.5, bottom - top), colours.colour("window", 0.55))
    painter.fillRect(QRectF(x - 0.75, top, 1.5, bottom - top), colours.colour("playhead"))
    painter.setPen(QPen(colours.colour("window"), 1))
    painter.setBrush(colours.colour("playhead"))
    painter.drawPolygon(
        QPointF(x - 7, top), QPointF(x + 7, top), QPointF(x + 7, top + 5), QPointF(x, top + 12),
        QPointF(x - 7, top + 5),
    )  # fmt: skip
    small = geometry.map_x(song_time)
    painter.fillRect(
        QRectF(small - 0.75, strip.top(), 1.5, strip.height()), colours.colour("playhead")
    )


def paint_loop(painter: QPainter, geometry: Geometry, loop: tuple[float, float]) -> None:
    """Shade the span that is played again and again."""
    colours = theme.theme()
    span = geometry.block(*loop, geometry.ruler | geometry.waveform)
    painter.fillRect(span, colours.colour("selection", 0.14))
    bracket = QRectF(span.left(), span.top(), span.width(), 3)
    painter.fillRect(bracket, colours.colour("selection"))
    painter.setPen(QPen(colours.colour("selection"), 2))
    painter.drawLine(QLineF(span.topLeft(), span.bottomLeft()))
    painter.drawLine(QLineF(span.topRight(), span.bottomRight()))


def paint_cursor(painter: QPainter, geometry: Geometry, place: QPointF) -> None:
    """Draw a line under the mouse through all lanes, with its time on the ruler."""
    if not geometry.ruler.top() <= place.y():
        return
    colours = theme.theme()
    x = round(place.x()) + 0.5
    painter.setPen(QPen(colours.colour("text", 0.45), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, geometry.ruler.bottom(), x, geometry.height))
    text = clock(max(geometry.time(place.x()), 0.0))
    painter.setFont(small_font(painter))
    _tag(painter, geometry, text, x + theme.XS, geometry.ruler.center().y() - 2)


def paint_hover(
    painter: QPainter, geometry: Geometry, document: Document, index: int, cut: int
) -> None:
    """Show what a press would take hold of: a cut, or else a segment."""
    colours = theme.theme()
    if cut >= 0:
        x = geometry.x(document.segments[cut].song_end)
        lane = geometry.film
        bar = QRectF(x - 2, lane.top(), 4, lane.height())
        painter.setPen(QPen(colours.colour("window", 0.6), 1))
        painter.setBrush(colours.colour("selection"))
        painter.drawRoundedRect(bar, 2, 2)
        return
    segment = document.segments[index]
    block = geometry.seen_block(segment.song_start, segment.song_end, geometry.film)
    if block is not None:
        painter.setPen(QPen(colours.colour("text", 0.55), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(block, theme.RADIUS_SMALL, theme.RADIUS_SMALL)


def paint_readout(painter: QPainter, geometry: Geometry, place: QPointF, text: str) -> None:
    """Write what a drag has come to beside the mouse."""
    painter.setFont(small_font(painter, theme.BODY))
    _tag(painter, geometry, text, place.x() + theme.M, max(place.y() - theme.XL / 2 - theme.M, 14))


def _tag(painter: QPainter, geometry: Geometry, text: str, left: float, middle: float) -> None:
    """Write a few words in a box that stays within the widget."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 2 * theme.S, metrics.height() + theme.XS
    left = min(max(left, 0.0), geometry.width - width)
    box = QRectF(left, middle - height / 2, width, height)
    painter.setPen(QPen(theme.theme().colour("border"), 1))
    painter.setBrush(theme.theme().colour("raised"))
    painter.drawRoundedRect(box, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    painter.setPen(theme.theme().colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
