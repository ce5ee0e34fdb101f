"""The line above a segment's footage: its number, how far it is moved, and what is special."""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QFont, QImage, QPainter

from lipsyncer.edit.document import Document, Segment
from lipsyncer.ui.language.spoken_values import percent, signed_ms
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.confidence_grade import grade
from lipsyncer.ui.style.icons import pixmap
from lipsyncer.ui.timeline.geometry import HEADER, Geometry
from lipsyncer.ui.timeline.ruler import small_font

_SPEED_SHOWN = 0.005
"""Deviation from the filmed speed that is worth a word."""
_ICON = 14
_LEGIBLE = 11
"""Height of a bar that has room for a number."""


def paint_header(
    painter: QPainter, block: QRectF, index: int, document: Document, *, chosen: bool
) -> None:
    """Write what a segment is, the most important first, as much as there is room for."""
    colours, segment = theme.theme(), document.segments[index]
    ink, ground = ("window", "selection") if chosen else ("text", "panel")
    header = QRectF(block.left(), block.top(), block.width(), HEADER)
    painter.fillRect(header, colours.colour(ground))
    # What is scrolled out to the left takes its words along into view.
    left, right = max(header.left(), 0.0) + theme.XS + 2, header.right() - theme.XS
    bold = small_font(painter, theme.CAPTION)
    bold.setWeight(QFont.Weight.DemiBold)
    plain = small_font(painter, theme.CAPTION - 1)
    painter.setPen(colours.colour(ink))
    begin = left
    for font in (bold, plain):
        if left == begin:
            left = _write(painter, header, left, right, str(index + 1), font)
    icons = {
        "lock": segment.locked,
        "edit": segment.by_hand,
        "warning": grade(segment) == "poor",
    }
    for name, applies in icons.items():
        if applies and left + _ICON <= right:
            colour = "poor" if name == "warning" and not chosen else ink
            place = QPointF(left - 2, header.top() + (HEADER - _ICON) / 2)
            painter.drawImage(place, drawn_icon(name, colour, _ICON))
            left += _ICON + theme.XS
    painter.setPen(colours.colour(ink))
    for words in _words(document, segment):
        after = _write(painter, header, left, right, words, plain)
        if after == left:
            break
        left = after
        if not chosen:
            painter.setPen(colours.colour("muted"))


def _words(document: Document, segment: Segment) -> list[str]:
    words = [signed_ms(segment.song_start - segment.source_start)]
    if len(document.takes) > 1:
        take = QCoreApplication.translate("Timeline", "take {n}")
        words.insert(0, take.format(n=segment.take + 1))
    if segment.slope == 0:
        words.append(QCoreApplication.translate("SegmentModel", "still"))
    elif abs(segment.slope - 1) >= _SPEED_SHOWN:
        words.append(percent(segment.slope))
    return words


def _write(
    painter: QPainter, header: QRectF, left: float, right: float, text: str, font: QFont
) -> float:
    """Write a whole word or nothing; give where the next one begins."""
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text)
    if left + width > right:
        return left
    place = QRectF(left, header.top(), width + 1, header.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
    return left + width + theme.S


def paint_takes(painter: QPainter, geometry: Geometry, document: Document) -> None:
    """Draw a row for each take, with a bar where it is shown; nothing where there is only one."""
    colours = theme.theme()
    rows = geometry.take_rows
    for row in rows:
        painter.fillRect(row.adjusted(0, 1, 0, -1), colours.colour("raised", 0.6))
    painter.setPen(Qt.PenStyle.NoPen)
    numbered = -1
    for segment in document.segments:
        if segment.take >= len(rows):
            continue
        bar = geometry.seen_block(segment.song_start, segment.song_end, rows[segment.take])
        if bar is None:
            continue
        bar = bar.adjusted(0, 1, 0, -1)
        painter.setBrush(colours.colour("gap" if segment.kind == "gap" else "muted"))
        painter.drawRoundedRect(bar, 2, 2)
        if numbered != segment.take and bar.width() > theme.L and bar.height() >= _LEGIBLE:
            numbered = segment.take
            painter.setFont(small_font(painter, theme.CAPTION - 2))
            painter.setPen(colours.colour("window"))
            place = bar.adjusted(max(-bar.left(), 0) + theme.XS + 1, 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(segment.take + 1))
            painter.setPen(Qt.PenStyle.NoPen)


def drawn_icon(name: str, colour: str, size: int = theme.L) -> QImage:
    """Give an icon in a colour of the theme in use, drawn once."""
    return _drawn_icon(name, colour, size, theme.theme().name)


@lru_cache(maxsize=64)
def _drawn_icon(name: str, colour: str, size: int, theme_name: str) -> QImage:
    return pixmap(name, colour, size).toImage()
