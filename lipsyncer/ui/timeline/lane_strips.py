"""The lanes under the footage: what each take and each attempt would show along the song."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen

from lipsyncer.cut.lanes import Lane
from lipsyncer.edit.document import Document, Segment
from lipsyncer.ui.editing.lane_names import strip_name
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import Wish
from lipsyncer.ui.timeline.filmstrip import Film, paint_tiles
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.ruler import small_font

_PICTURES = 20
"""Height of a row from which on its pictures can be made out."""
_LEGIBLE = 12
"""Height of a row from which on its name can be read."""
_ASIDE = 0.62
"""How far the ground covers footage that is not shown."""
_NAME_SHARE = 0.3
"""The most of the width that a lane's name may cover."""


def paint_lanes(
    painter: QPainter,
    geometry: Geometry,
    document: Document,
    lanes: Sequence[Lane],
    film: Film | None,
) -> list[Wish]:
    """Draw a strip for each lane, bright where the cut shows it.

    Returns
    -------
    Frames whose thumbnails were missing, those beside the names first.
    """
    beside: list[Wish] = []
    missing: list[Wish] = []
    for number, (lane, row) in enumerate(zip(lanes, geometry.lane_rows, strict=False)):
        row = row.adjusted(0, 1, 0, -1)
        painter.fillRect(row, theme.theme().colour("panel"))
        shown = [s for s in document.segments if _lane_of(s, lanes) == number]
        # Of a take that was not analysed since its project was opened, the cut alone is known.
        pictured = lane.segments or shown
        if film is not None and row.height() >= _PICTURES:
            missing += _paint_pictures(painter, geometry, pictured, row, film)
        _paint_aside(painter, geometry, lane, shown, row)
        _paint_shown(painter, geometry, shown, row)
        beside += _paint_name(painter, document, lane, row, film)
    rows = geometry.lane_rows
    if rows and len(lanes) > len(rows):
        _paint_others(painter, rows[-1], len(lanes) - len(rows))
    return beside + missing


def lane_at(geometry: Geometry, lanes: Sequence[Lane], place: QPointF) -> Lane | None:
    """Give the lane at a place, if there is one."""
    for lane, row in zip(lanes, geometry.lane_rows, strict=False):
        if row.contains(place):
            return lane
    return None


def _paint_pictures(
    painter: QPainter, geometry: Geometry, segments: Sequence[Segment], row: QRectF, film: Film
) -> list[Wish]:
    missing = []
    for segment in segments:
        block = geometry.seen_block(segment.song_start, segment.song_end, row)
        if block is not None:
            missing += paint_tiles(painter, geometry, segment, block, film)
    return [wish for _, wish in missing]


def _lane_of(segment: Segment, lanes: Sequence[Lane]) -> int:
    """Index of the lane that a segment of the cut shows; -1 for none."""
    return next((number for number, lane in enumerate(lanes) if lane.shows(segment)), -1)


def _paint_aside(
    painter: QPainter, geometry: Geometry, lane: Lane, shown: Sequence[Segment], row: QRectF
) -> None:
    """Dim the stretches of a lane that are not in the cut."""
    for segment in lane.segments:
        start = segment.song_start
        for one in [*shown, None]:
            until = one.song_start if one is not None else segment.song_end
            block = geometry.seen_block(start, min(until, segment.song_end), row)
            if block is not None and min(until, segment.song_end) > start:
                painter.fillRect(block, theme.theme().colour("window", _ASIDE))
            start = max(start, one.song_end) if one is not None else start


def _paint_shown(
    painter: QPainter, geometry: Geometry, shown: Sequence[Segment], row: QRectF
) -> None:
    """Frame the stretches that are in the cut, with a bar at their foot."""
    colours = theme.theme()
    for segment in shown:
        block = geometry.seen_block(segment.song_start, segment.song_end, row)
        if block is None:
            continue
        colour = colours.colour("gap" if segment.kind == "gap" else "accent")
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(block.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.fillRect(QRectF(block.left(), block.bottom() - 4, block.width(), 4), colour)


def _paint_name(
    painter: QPainter, document: Document, lane: Lane, row: QRectF, film: Film | None
) -> list[Wish]:
    """Write a lane's name at its left end, beside a picture of it."""
    colours = theme.theme()
    missing: list[Wish] = []
    picture = QRectF(row.left(), row.top(), 0.0, row.height())
    if film is not None and lane.segments and row.height() >= _PICTURES:
        picture.setWidth(row.height() * film.aspects[lane.take])
        missing = _paint_picture(painter, lane, picture, film)
    if row.height() < _LEGIBLE:
        return missing
    painter.setFont(small_font(painter, theme.CAPTION - (1 if row.height() >= theme.L else 2)))
    metrics = painter.fontMetrics()
    wide = round(_NAME_SHARE * row.width())
    text = metrics.elidedText(strip_name(document, lane), Qt.TextElideMode.ElideMiddle, wide)
    width = metrics.horizontalAdvance(text) + 2 * theme.S
    plate = QRectF(picture.right(), row.top(), width, row.height())
    painter.fillRect(plate, colours.colour("window", 0.82))
    painter.setPen(colours.colour("text"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
    return missing


def _paint_picture(painter: QPainter, lane: Lane, place: QRectF, film: Film) -> list[Wish]:
    """Draw the middle frame of a lane."""
    middle = lane.segments[len(lane.segments) // 2]
    frame = film.frame_of(lane.take, (middle.source_start + middle.source_end) / 2)
    painter.fillRect(place, theme.theme().colour("raised"))
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    picture = film.thumbnails.picture(lane.take, frame, round(place.height() * ratio))
    if picture is not None:
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
    return [] if film.thumbnails.has(lane.take, frame) else [(lane.take, frame)]


def _paint_others(painter: QPainter, row: QRectF, count: int) -> None:
    """Say how many lanes there was no room for."""
    text = QCoreApplication.translate("Lanes", "{n} more in a segment's menu").format(n=count)
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.S
    plate = QRectF(row.right() - width, row.top() + 1, width, row.height() - 2)
    painter.fillRect(plate, theme.theme().colour("window", 0.82))
    painter.setPen(theme.theme().colour("muted"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
