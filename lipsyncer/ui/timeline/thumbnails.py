"""Thumbnails of the footage: which are kept, which stand in, and where each is shown."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QPixmap

from lipsyncer.edit.document import Segment
from lipsyncer.media import Proxy
from lipsyncer.ui.threads.frame_server import Wish
from lipsyncer.ui.timeline.geometry import Geometry

THUMB_HEIGHT = 240
"""Pixels of a thumbnail as it is kept: what a usual lane shows on a dense screen."""
_MEMORY = 96_000_000
"""Bytes of thumbnails that are kept."""
_DRAWN = 900
"""Thumbnails that are also kept as they are painted: a few views full of them, lanes and all."""
_NEAR = 90
"""Frames by which another thumbnail may be off to stand in for one that is still to come."""


class Thumbnails:
    """Thumbnails by take and frame; those not seen for long are forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Wish, QImage] = OrderedDict()
        self._frames: defaultdict[int, list[int]] = defaultdict(list)
        self._bytes = 0
        self._drawn: OrderedDict[tuple[int, int, int, bool], QPixmap] = OrderedDict()
        self._proxies: tuple[Proxy, ...] = ()

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, proxies: Sequence[Proxy]) -> None:
        """Forget all: these takes are shown now."""
        self._proxies = tuple(proxies)
        self._kept.clear()
        self._frames.clear()
        self._drawn.clear()
        self._bytes = 0

    def put(self, take: int, frame: int, image: QImage) -> None:
        """Keep a thumbnail."""
        if (take, frame) in self._kept:
            self._forget(take, frame)
        self._kept[take, frame] = image
        insort(self._frames[take], frame)
        self._bytes += image.sizeInBytes()
        while self._bytes > _MEMORY and len(self._kept) > 1:
            self._forget(*next(iter(self._kept)))

    def has(self, take: int, frame: int) -> bool:
        """Whether the thumbnail of a frame is there."""
        return (take, frame) in self._kept

    def near(self, take: int, frame: int) -> int | None:
        """Give the frame that can stand in for another: itself, or the nearest that is there."""
        frames = self._frames[take]
        place = bisect_left(frames, frame)
        nearest = min(
            frames[max(place - 1, 0) : place + 1], key=lambda f: abs(f - frame), default=None
        )
        return nearest if nearest is not None and abs(nearest - frame) <= _NEAR else None

    def picture(self, take: int, frame: int, height: int) -> QPixmap | None:
        """Give what can be shown of a frame now, in a height of so many pixels of the screen.

        That is its thumbnail or one nearby, or else the small grey picture by which the take is
        known; nothing where it has none.
        """
        near = self.near(take, frame)
        if near is not None:
            self._kept.move_to_end((take, near))
        key = (take, frame if near is None else near, height, near is None)
        picture = self._drawn.get(key)
        if picture is None:
            whole = self._grey(take, frame) if near is None else self._kept[take, near]
            if whole is None:
                return None
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = QPixmap.fromImage(whole.scaledToHeight(height, smooth))
            self._drawn[key] = picture
            if len(self._drawn) > _DRAWN:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return picture

    def _grey(self, take: int, frame: int) -> QImage | None:
        proxy = self._proxies[take] if take < len(self._proxies) else None
        if proxy is None or not 0 <= frame < len(proxy.small.shown):
            return None
        grey = proxy.small[frame]
        height, width = grey.shape
        return QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()

    def _forget(self, take: int, frame: int) -> None:
        self._bytes -= self._kept.pop((take, frame)).sizeInBytes()
        frames = self._frames[take]
        del frames[bisect_left(frames, frame)]


def tiles(
    geometry: Geometry, segment: Segment, thumb_width: float
) -> Iterator[tuple[float, float]]:
    """Divide the part of a segment in view into tiles: (first, last) song time (s) of each.

    Tiles lie on a grid of song time that doubles with the zoom, so that scrolling asks for no new
    thumbnails. None is wider than ``thumb_width`` pixels.
    """
    step = 2.0 ** math.floor(math.log2(max(thumb_width, 8.0) / geometry.scale))
    start = max(segment.song_start, geometry.time(0))
    end = min(segment.song_end, geometry.time(geometry.width))
    number = math.floor(start / step)
    while number * step < end:
        first = max(number * step, segment.song_start)
        last = min((number + 1) * step, segment.song_end)
        if last > first:
            yield first, last
        number += 1
