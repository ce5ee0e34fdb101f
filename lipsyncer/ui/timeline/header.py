"""The line above a segment's footage: its number, how far it is moved, and what is special."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QFont, QImage, QPainter

from lipsyncer.cut.lanes import Lane
from lipsyncer.edit.document import Document, Segment
from lipsyncer.ui.editing.lane_names import short_name
from lipsyncer.ui.language.spoken_values import percent, shift_in_words, signed_ms
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.confidence_grade import grade
from lipsyncer.ui.style.icons import pixmap
from lipsyncer.ui.timeline.geometry import HEADER
from lipsyncer.ui.timeline.ruler import small_font

_SPEED_SHOWN = 0.005
"""Deviation from the filmed speed that is worth a word."""
_ICON = 14


def paint_header(
    painter: QPainter,
    block: QRectF,
    index: int,
    document: Document,
    lanes: Sequence[Lane],
    *,
    chosen: bool,
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
    for words in _words(document, lanes, segment):
        after = _write(painter, header, left, right, words, plain)
        if after == left:
            break
        left = after
        if not chosen:
            painter.setPen(colours.colour("muted"))


def _words(document: Document, lanes: Sequence[Lane], segment: Segment) -> list[str]:
    words = [signed_ms(segment.song_start - segment.source_start)]
    if name := short_name(document, lanes, segment):
        words.insert(0, name)
    words.append(shift_in_words(segment.song_start - segment.source_start))
    if segment.slope == 0:
        words.append(QCoreApplication.translate("SegmentModel", "still"))
    elif abs(segment.slope - 1) >= _SPEED_SHOWN:
        speed = QCoreApplication.translate("Timeline", "speed {percent}")
        words.append(speed.format(percent=percent(segment.slope)))
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


def drawn_icon(name: str, colour: str, size: int = theme.L) -> QImage:
    """Give an icon in a colour of the theme in use, drawn once."""
    return _drawn_icon(name, colour, size, theme.theme().name)


@lru_cache(maxsize=64)
def _drawn_icon(name: str, colour: str, size: int, theme_name: str) -> QImage:
    return pixmap(name, colour, size).toImage()
