"""The footage: each segment as a block of the frames that will be shown there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PyQt6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from lipsyncer.cut.lanes import Lane
from lipsyncer.edit.document import Document, Segment
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import Wish
from lipsyncer.ui.timeline.geometry import HEADER, Geometry
from lipsyncer.ui.timeline.header import drawn_icon, paint_header
from lipsyncer.ui.timeline.ruler import small_font
from lipsyncer.ui.timeline.thumbnails import Thumbnails, tiles

_HATCH = 10
"""Pixels between the lines over a stretch without lips."""
_NARROW = 5
"""Width of a block that is drawn without its corners and words."""


@dataclass(frozen=True)
class Film:
    """What is known of the footage.

    Attributes
    ----------
    frame_of
        Take and take time (s) to the index of the frame on screen then.
    aspects
        Of each take, width of a frame over its height.
    """

    thumbnails: Thumbnails
    frame_of: Callable[[int, float], int]
    aspects: tuple[float, ...]


def paint_film(
    painter: QPainter,
    geometry: Geometry,
    document: Document,
    lanes: Sequence[Lane],
    selected: int,
    film: Film | None,
) -> list[Wish]:
    """Draw the segments in view.

    Parameters
    ----------
    lanes
        What else there is, for the words above a segment.

    Returns
    -------
    Frames whose thumbnails were missing, from the middle of the view outwards.
    """
    missing = list[tuple[float, Wish]]()
    for index, segment in enumerate(document.segments):
        block = geometry.seen_block(segment.song_start, segment.song_end, geometry.film)
        if block is None:
            continue
        picture = block.adjusted(0, HEADER, 0, 0)
        painter.fillRect(picture, theme.theme().colour("raised"))
        if film is not None:
            missing += paint_tiles(painter, geometry, segment, picture, film)
        if segment.kind == "gap":
            _paint_gap(painter, picture)
        for still in still_spans(segment, document.takes[segment.take].duration):
            _paint_still(painter, geometry.block(*still, picture) & picture)
        paint_header(painter, block, index, document, lanes, chosen=index == selected)
        _round_off(painter, block)
    if 0 <= selected < len(document.segments):
        _paint_selection(painter, geometry, document, selected)
    middle = (geometry.start + geometry.end) / 2
    return [wish for _, wish in sorted(missing, key=lambda pair: abs(pair[0] - middle))]


def still_spans(segment: Segment, duration: float) -> list[tuple[float, float]]:
    """Stretches of the song (s) in which a segment shows one frame all the time.

    Parameters
    ----------
    duration
        Seconds of the segment's take: beyond its ends the first or last frame stands still.
    """
    start, end = segment.song_start, segment.song_end
    if segment.slope == 0:
        return [(start, end)]
    begins, runs_out = segment.song_at(0.0), segment.song_at(duration)
    spans = [(start, min(begins, end)), (max(runs_out, start), end)]
    return [(first, last) for first, last in spans if last - first > 1e-3]


def _outline(block: QRectF) -> QPainterPath:
    radius = theme.RADIUS_SMALL if block.width() > _NARROW else 0
    path = QPainterPath()
    path.addRoundedRect(block, radius, radius)
    return path


def _round_off(painter: QPainter, block: QRectF) -> None:
    """Give a block its edge, and paint over what lies beyond its round corners.

    Cheaper by far than to clip every picture to the block's outline.
    """
    colours, outline = theme.theme(), _outline(block)
    corners = QPainterPath(outline)
    corners.addRect(block)
    painter.fillPath(corners, colours.colour("window"))
    painter.setPen(QPen(colours.colour("border"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)


def paint_tiles(
    painter: QPainter, geometry: Geometry, segment: Segment, place: QRectF, film: Film
) -> list[tuple[float, Wish]]:
    """Draw thumbnails pixel by pixel as they are kept: nothing is scaled while painting.

    Returns
    -------
    Song time (s) and frame of each that is missing.
    """
    missing = []
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    height = max(round(place.height() * ratio), 1)
    block = round(place.left()), round(place.right())
    for first, last in tiles(geometry, segment, place.height() * film.aspects[segment.take]):
        middle = (first + last) / 2
        take = segment.take
        frame = film.frame_of(take, segment.source_at(middle))
        if not film.thumbnails.has(take, frame):
            missing.append((middle, (take, frame)))
        picture = film.thumbnails.picture(take, frame, height)
        if picture is None:
            continue
        left, right = (min(max(round(geometry.x(t)), block[0]), block[1]) for t in (first, last))
        if left >= right:
            continue
        width = min((right - left) * ratio, picture.width())
        spare = (picture.width() - width) / 2
        painter.drawPixmap(
            QRectF(left, place.top(), right - left, place.height()),
            picture,
            QRectF(round(spare), 0, width, picture.height()),
        )
    return missing


def _paint_gap(painter: QPainter, place: QRectF) -> None:
    """Dim a stretch where nothing was there to match, and hatch it quietly."""
    colours = theme.theme()
    painter.fillRect(place, colours.colour("window", 0.5))
    painter.fillRect(place, QBrush(_hatching(colours.gap)))
    text = QCoreApplication.translate("SegmentModel", "nothing to match")
    painter.setFont(small_font(painter, theme.CAPTION - 1))
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.S
    if width + theme.S > place.width():
        return
    pill = QRectF(0, 0, width, theme.L + 2)
    pill.moveCenter(place.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.colour("window", 0.85))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(colours.colour("muted"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


@lru_cache(maxsize=4)
def _hatching(colour: str) -> QImage:
    """Draw a tile of quiet slanting lines."""
    tile = QImage(_HATCH, _HATCH, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.45)
    painter.setPen(QPen(QColor(colour), 1))
    for left in (-_HATCH, 0, _HATCH):
        painter.drawLine(QLineF(left, _HATCH, left + _HATCH, 0))
    painter.end()
    return tile


def _paint_still(painter: QPainter, place: QRectF) -> None:
    """Mark a stretch that shows one frame all the time."""
    painter.fillRect(place, theme.theme().colour("window", 0.35))
    if place.width() < theme.XL:
        return
    disc = QRectF(0, 0, theme.L + theme.S, theme.L + theme.S)
    disc.moveTopLeft(place.topLeft() + QPointF(theme.XS, theme.XS))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.theme().colour("window", 0.85))
    painter.drawEllipse(disc)
    painter.drawImage(disc.topLeft() + QPointF(theme.XS, theme.XS), drawn_icon("pause", "text"))


def _paint_selection(
    painter: QPainter, geometry: Geometry, document: Document, selected: int
) -> None:
    """Frame the selected segment, with a handle at each cut that can be dragged."""
    segment = document.segments[selected]
    block = geometry.seen_block(segment.song_start, segment.song_end, geometry.film)
    if block is None:
        return
    colour = theme.theme().colour("selection")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, theme.FOCUS + 1))
    painter.drawPath(_outline(block))
    if block.width() < theme.XL or segment.locked:
        return
    painter.setPen(QPen(theme.theme().colour("window"), 1))
    painter.setBrush(colour)
    for at_cut, x in (
        (selected > 0, block.left() + theme.S - 1),
        (selected < len(document.segments) - 1, block.right() - theme.S + 1),
    ):
        if at_cut:
            handle = QRectF(0, 0, theme.XS + 2, min(theme.XL, block.height() / 2))
            handle.moveCenter(QPointF(x, (block.top() + HEADER + block.bottom()) / 2))
            painter.drawRoundedRect(handle, handle.width() / 2, handle.width() / 2)


def paint_pins(painter: QPainter, geometry: Geometry, document: Document) -> None:
    """Mark the pinned moments: a line through the footage, and a pin at its foot."""
    colours, lane = theme.theme(), geometry.film
    for pin in document.pins:
        x = geometry.x(pin.song)
        if not -theme.L < x < geometry.width + theme.L:
            continue
        line = QLineF(x, lane.top() + HEADER, x, lane.bottom())
        painter.setPen(QPen(colours.colour("window", 0.6), 4))
        painter.drawLine(line)
        painter.setPen(QPen(colours.colour("accent"), 2))
        painter.drawLine(line)
        disc = QRectF(0, 0, theme.L + theme.XS, theme.L + theme.XS)
        disc.moveCenter(QPointF(x, lane.bottom() - theme.M - 2))
        painter.setPen(QPen(colours.colour("window", 0.6), 1))
        painter.setBrush(colours.colour("accent"))
        painter.drawEllipse(disc)
        corner = disc.center() - QPointF(7, 7)
        painter.drawImage(corner, drawn_icon("pin", "on_accent", 14))
