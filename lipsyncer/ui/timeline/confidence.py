"""How sure each segment is, by height, colour and pattern, so that none of them has to be seen."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QBrush, QPainter, QPen

from lipsyncer.edit.document import Document
from lipsyncer.ui import theme
from lipsyncer.ui.grading import grade
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.ruler import small_font
from lipsyncer.ui.wording import percent

_PATTERNS = {
    "good": Qt.BrushStyle.SolidPattern,
    "fair": Qt.BrushStyle.BDiagPattern,
    "poor": Qt.BrushStyle.Dense5Pattern,
}
_LABEL_ROOM = 44


def paint_confidence(painter: QPainter, geometry: Geometry, document: Document) -> None:
    """Draw the band under the footage."""
    colours, lane = theme.theme(), geometry.confidence
    painter.setFont(small_font(painter, theme.CAPTION - 1))
    for segment in document.segments:
        block = geometry.block(segment.song_start, segment.song_end, lane).adjusted(1, 0, -1, 0)
        block = block & QRectF(0, lane.top(), geometry.width, lane.height())
        if block.width() <= 0:
            continue
        name = grade(segment)
        base = block.bottom() - 1
        painter.setPen(QPen(colours.colour(name), 2, _line(name)))
        painter.drawLine(block.bottomLeft().toPoint(), block.bottomRight().toPoint())
        if name == "gap":
            continue
        height = max(4.0, (block.height() - 4) * segment.confidence)
        bar = QRectF(block.left(), base - height, block.width(), height)
        painter.fillRect(bar, colours.colour(name, 0.16))
        painter.fillRect(bar, QBrush(colours.colour(name, 0.55), _PATTERNS[name]))
        if block.width() >= _LABEL_ROOM:
            label = QRectF(block.left() + theme.XS, base - 17, _LABEL_ROOM - theme.S, 15)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("window", 0.85))
            painter.drawRoundedRect(label, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
            painter.setPen(colours.colour("text"))
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, percent(segment.confidence))


def _line(name: str) -> Qt.PenStyle:
    return Qt.PenStyle.DotLine if name == "gap" else Qt.PenStyle.SolidLine
