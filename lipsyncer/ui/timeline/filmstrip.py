"""The footage: each segment as a block of the frames that will be shown there."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QImage, QPainter, QPainterPath, QPen

from lipsyncer.edit.document import Document, Segment
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.ui import theme
from lipsyncer.ui.frames import Wish
from lipsyncer.ui.icons import pixmap
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.ruler import small_font
from lipsyncer.ui.wording import percent, signed_ms

THUMB_HEIGHT = 168
"""Pixels of a thumbnail as it is kept: twice what a usual lane shows."""
_HEADER = 20
_KEPT = 900
_NEAR = 90
"""Frames by which another thumbnail may be off to stand in for one that is still to come."""
_SPEED_SHOWN = 0.005
"""Deviation from the filmed speed that is worth a word."""

FrameOf = Callable[[int, float], int]
"""Take and take time (s) to the index of the frame on screen then."""


class Thumbnails:
    """Thumbnails by take and frame; those not seen for long are forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Wish, QImage] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()

    def put(self, take: int, frame: int, image: QImage) -> None:
        """Keep a thumbnail."""
        self._kept[take, frame] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def exact(self, take: int, frame: int) -> QImage | None:
        """Give the thumbnail of a frame, if it is there."""
        image = self._kept.get((take, frame))
        if image is not None:
            self._kept.move_to_end((take, frame))
        return image

    def near(self, take: int, frame: int) -> QImage | None:
        """Give the thumbnail of a neighbouring frame, if there is one."""
        candidates = [
            (abs(other - frame), image)
            for (of_take, other), image in self._kept.items()
            if of_take == take and abs(other - frame) <= _NEAR
        ]
        return min(candidates, key=lambda pair: pair[0])[1] if candidates else None


def tiles(
    geometry: Geometry, segment: Segment, thumb_width: float
) -> Iterator[tuple[float, float]]:
    """Divide the part of a segment in view into tiles: (first, last) song time (s) of each.

    Tiles lie on a grid of song time that doubles with the zoom, so that scrolling asks for no new
    thumbnails.
    """
    step = 2.0 ** math.floor(math.log2(max(thumb_width, 8.0) / geometry.scale))
    start = max(segment.song_start, geometry.time(0))
    end = min(segment.song_end, geometry.time(geometry.width))
    number = math.floor(start / step)
    while number * step < end:
        yield max(number * step, segment.song_start), min((number + 1) * step, segment.song_end)
        number += 1


def paint_film(
    painter: QPainter,
    geometry: Geometry,
    document: Document,
    selected: int,
    thumbnails: Thumbnails,
    frame_of: FrameOf | None,
    aspect: float,
) -> list[Wish]:
    """Draw the segments in view.

    Parameters
    ----------
    frame_of
        None while nothing is known of the footage.
    aspect
        Width of a frame over its height.

    Returns
    -------
    Frames whose thumbnails were missing, from the middle of the view outwards.
    """
    lane, missing = geometry.film, list[tuple[float, Wish]]()
    time_map = TimeMap(document)
    several = len(document.takes) > 1
    for index, segment in enumerate(document.segments):
        block = geometry.block(segment.song_start, segment.song_end, lane).adjusted(1, 0, -1, 0)
        if block.right() < 0 or block.left() > geometry.width or block.width() <= 0:
            continue
        path = QPainterPath()
        path.addRoundedRect(block, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(block, theme.theme().colour("raised"))
        if frame_of is not None:
            picture = block.adjusted(0, _HEADER, 0, 0)
            missing += _paint_tiles(
                painter, geometry, segment, picture, time_map, thumbnails, frame_of, aspect
            )
        if segment.kind == "gap":
            hatch = QBrush(theme.theme().colour("gap", 0.7), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(block.adjusted(0, _HEADER, 0, 0), theme.theme().colour("window", 0.45))
            painter.fillRect(block.adjusted(0, _HEADER, 0, 0), hatch)
        _paint_header(painter, block, index, segment, several)
        painter.restore()
        chosen = index == selected
        name = "selection" if chosen else "border"
        painter.setPen(QPen(theme.theme().colour(name), 3 if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    middle = (geometry.start + geometry.end) / 2
    return [wish for _, wish in sorted(missing, key=lambda pair: abs(pair[0] - middle))]


def _paint_tiles(
    painter: QPainter,
    geometry: Geometry,
    segment: Segment,
    picture: QRectF,
    time_map: TimeMap,
    thumbnails: Thumbnails,
    frame_of: FrameOf,
    aspect: float,
) -> list[tuple[float, Wish]]:
    missing = []
    for first, last in tiles(geometry, segment, picture.height() * aspect):
        middle = (first + last) / 2
        take, source = time_map.source_at(middle)
        frame = frame_of(take, source)
        image = thumbnails.exact(take, frame)
        if image is None:
            missing.append((middle, (take, frame)))
            image = thumbnails.near(take, frame)
        if image is None:
            continue
        left = geometry.x(first)
        place = QRectF(left, picture.top(), geometry.x(last) - left, picture.height())
        painter.drawImage(place, image, _middle_of(image, place))
    return missing


def _middle_of(image: QImage, place: QRectF) -> QRectF:
    """Give the middle part of a picture that has the shape of a place."""
    width = min(image.height() * place.width() / max(place.height(), 1.0), image.width())
    height = min(width * place.height() / max(place.width(), 1e-6), image.height())
    return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)


def _paint_header(
    painter: QPainter, block: QRectF, index: int, segment: Segment, several: bool
) -> None:
    """Write what the segment is: its number, its take, how far it is moved, its speed."""
    colours = theme.theme()
    header = QRectF(block.left(), block.top(), block.width(), _HEADER)
    painter.fillRect(header, colours.colour("panel"))
    words = [str(index + 1)]
    if several:
        words.append(f"▸{segment.take + 1}")
    words.append(signed_ms(segment.song_start - segment.source_start))
    if segment.source_end == segment.source_start:
        words.append("❙❙")
    elif abs(segment.slope - 1) >= _SPEED_SHOWN:
        words.append(percent(segment.slope))
    left = max(header.left(), 0.0) + theme.XS + 2
    if segment.locked:
        painter.drawPixmap(QPointF(left, header.top() + 3), pixmap("lock", "text", 14))
        left += 18
    painter.setFont(small_font(painter, theme.CAPTION - 1))
    painter.setPen(colours.colour("text"))
    room = QRectF(left, header.top(), header.right() - left - 2, header.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "  ".join(words))


def paint_pins(painter: QPainter, geometry: Geometry, document: Document) -> None:
    """Mark the pinned moments at the top of the footage."""
    colours, lane = theme.theme(), geometry.film
    for pin in document.pins:
        x = geometry.x(pin.song)
        painter.setPen(QPen(colours.colour("accent"), 2))
        painter.drawLine(QLineF(x, lane.top() + _HEADER, x, lane.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("accent"))
        painter.drawEllipse(QPointF(x, lane.top() + _HEADER), 5, 5)
