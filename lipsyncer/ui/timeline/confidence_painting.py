"""How sure each segment is: by height, line, sign and number, so that no colour has to be seen."""

from __future__ import annotations

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen

from lipsyncer.edit.document import Document
from lipsyncer.ui.language.spoken_values import percent
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.confidence_grade import grade
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.header import drawn_icon
from lipsyncer.ui.timeline.ruler import small_font

_LINES = {
    "good": Qt.PenStyle.SolidLine,
    "fair": Qt.PenStyle.DashLine,
    "poor": Qt.PenStyle.DotLine,
    "gap": Qt.PenStyle.DotLine,
    "selection": Qt.PenStyle.SolidLine,
}
_SIGNS = {"good": "done", "poor": "warning"}
_SIGN = 12


def paint_confidence(painter: QPainter, geometry: Geometry, document: Document) -> None:
    """Draw the band under the footage."""
    colours, lane = theme.theme(), geometry.confidence
    painter.setFont(small_font(painter, theme.CAPTION - 1))
    for segment in document.segments:
        block = geometry.seen_block(segment.song_start, segment.song_end, lane)
        if block is None:
            continue
        name = grade(segment)
        colour = colours.colour(name)
        share = segment.confidence if name != "gap" else 0.0
        top = block.bottom() - 1 - max(1.0, (block.height() - 3) * share)
        bar = QRectF(block.left(), top, block.width(), block.bottom() - top)
        painter.fillRect(bar, colours.colour(name, 0.22))
        painter.setPen(QPen(colour, 2, _LINES[name], Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(bar.topLeft(), bar.topRight()))
        if name not in ("gap", "selection"):
            # Inside the bar where it is high enough, else on top of it.
            inside = bar.height() >= theme.L
            _label(painter, block, bar.bottom() if inside else bar.top(), name, segment.confidence)


def _label(painter: QPainter, block: QRectF, bottom: float, name: str, confidence: float) -> None:
    left, top = max(block.left(), 0.0) + theme.XS + 2, bottom - theme.L
    sign, text = _SIGNS.get(name, ""), percent(confidence)
    width = painter.fontMetrics().horizontalAdvance(text)
    if sign and left + _SIGN <= block.right():
        painter.drawImage(QPointF(left, top + 1), drawn_icon(sign, name, _SIGN))
        left += _SIGN + theme.XS
    if left + width <= block.right() - 2:
        painter.setPen(theme.theme().colour("text"))
        place = QRectF(left, top, width + 1, theme.L - 2)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
