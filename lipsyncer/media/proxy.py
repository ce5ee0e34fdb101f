"""A take's picture as it is worked on: upright, small, at a constant rate."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from lipsyncer.alongside import read_ahead
from lipsyncer.arrays import Float64s, UInt8s
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media.probe import MediaInfo
from lipsyncer.media.small_pictures import SmallPictures
from lipsyncer.media.streams import (
    STAMP_TOLERANCE,
    open_media,
    picture_stream,
    reading,
    stamped_frames,
)
from lipsyncer.media.upright import PixelFormat, Upright

LONGER_SIDE = 960
HIGHEST_RATE = 30.5

#: Frames decoded ahead of the one that is made small: enough to keep both busy, little memory.
_AHEAD = 4


@dataclass(frozen=True, slots=True, eq=False)
class Proxy:
    """A take's picture, upright, at a constant rate, small.

    Parameters
    ----------
    path
        What its frames are read from: the take itself, or a working copy that is quick to read,
        of JPEG frames without sound.
    rate
        Frames per second; frame k stands for take time ``k / rate`` and shows the source frame
        that is on screen at ``(k + 0.5) / rate``.
    width, height
        Pixels, upright, both even; the longer side is at most 960.
    times
        float64 (frames,), seconds of the take's clock: the true stamp of the source frame that
        each proxy frame shows.
    source_times
        float64, seconds: the stamps of all frames of the source, in order.
    duration
        Seconds of the take's clock at which the picture ends.
    small
        Each frame as a small grey picture; empty where nobody watched the take.
    turned
        Degrees clockwise by which the take's picture is turned beyond what its file says.
    """

    path: Path
    rate: float
    width: int
    height: int
    times: Float64s
    source_times: Float64s
    duration: float
    small: SmallPictures = field(default_factory=SmallPictures)
    turned: int = 0

    def index_at(self, time: float) -> int:
        """Index of the frame that is on screen at a take time (s); before the first it is that."""
        last = len(self.times) - 1
        return min(max(int(time * self.rate + 1e-6), 0), max(last, 0))

    def small_at(self, time: float) -> UInt8s:
        """Small grey picture of a moment (s)."""
        return self.small[self.index_at(time)]


def proxy_rate(rate: float) -> Fraction:
    """Rate of the proxy of a take with a nominal rate: halved until a phone screen's 30.5."""
    exact = Fraction(rate).limit_denominator(1001)
    while exact > HIGHEST_RATE:
        exact /= 2
    return exact


def proxy_size(width: int, height: int) -> tuple[int, int]:
    """Size of the proxy of an upright picture: even, no larger, longer side at most 960."""
    shrink = min(1.0, LONGER_SIDE / max(width, height))
    return max(2, round(width * shrink / 2) * 2), max(2, round(height * shrink / 2) * 2)


class ProxyFrames:
    """The frames that a take's proxy shows, decoded in one pass over the take.

    Parameters
    ----------
    info
        What ``probe`` said of the take.

    Attributes
    ----------
    rate, size
        Of the proxy.
    count
        How many frames the proxy has.
    start, end
        Seconds of the take's clock at which the picture begins and ends.
    """

    def __init__(self, info: MediaInfo) -> None:
        if info.video is None:
            raise InputError(info.path, "this file has no picture; choose a video.")
        self._info = info
        self._turn = info.video.turned
        self._least = info.video.frames / 2
        self.start = info.video.start
        self.end = info.video.start + info.video.duration
        self.rate = proxy_rate(info.video.rate)
        self.size = proxy_size(info.video.width, info.video.height)
        self._per_second = float(self.rate)  # a fraction takes longer for each frame
        self.count = max(1, int(np.ceil(self.end * self._per_second - 0.5)))
        self._shown: list[float] = []
        self._repeats: list[int] = []
        self._stamps: list[float] = []

    def read(
        self, pixel_format: PixelFormat, size: tuple[int, int] | None = None
    ) -> Generator[tuple[float, Any, int], None, None]:
        """Give each source frame that the proxy shows.

        Parameters
        ----------
        pixel_format
            Of the frames given.
        size
            Their width and height; the proxy's where None.

        Yields
        ------
        tuple of (float, av.VideoFrame, int)
            Its true stamp (s), the frame upright, and how many of the proxy's frames show it.

        Raises
        ------
        InputError
            When most of the take can't be decoded.
        """
        path = self._info.path
        self._shown, self._repeats, self._stamps = [], [], []
        with open_media(path) as source:
            picture = picture_stream(source)
            assert picture is not None
            picture.thread_type = "AUTO"
            upright = Upright(picture, pixel_format, size or self.size, self._turn)
            begun, pending = 0, None
            decoding = read_ahead(lambda: stamped_frames(source, picture, self._info.start), _AHEAD)
            with closing(decoding) as frames:
                for stamp, frame in frames:
                    until = min(self.count, self._frames_before(stamp))
                    if pending is not None and until > begun:
                        yield self._show(upright, pending, until - begun)
                        begun = until
                    pending = frame
                    self._stamps.append(stamp)
            if len(self._stamps) < self._least:
                raise InputError(path, "most of its picture can't be decoded; copy the file again.")
            if self.count > begun:
                yield self._show(upright, pending, self.count - begun)

    def _show(self, upright: Upright, frame: Any, repeats: int) -> tuple[float, Any, int]:
        with reading(self._info.path):
            small = upright(frame)
        self._shown.append(self._stamps[-1])
        self._repeats.append(repeats)
        return self._stamps[-1], small, repeats

    def _frames_before(self, stamp: float) -> int:
        """How many proxy frames have their middle before a source frame's stamp."""
        return max(0, int(np.ceil((stamp - STAMP_TOLERANCE) * self._per_second - 0.5)))

    def share(self, stamp: float) -> float:
        """Share of the take that lies before a stamp (s)."""
        return min(0.99, stamp / self.end)

    def proxy(self, path: Path, small: list[bytes] | None = None) -> Proxy:
        """Describe what was read, once it was read to its end.

        Parameters
        ----------
        path
            What the proxy's frames are to be read from.
        small
            A small picture of each frame given.
        """
        width, height = self.size
        return Proxy(
            path=path,
            rate=self._per_second,
            width=width,
            height=height,
            times=np.repeat(self._shown, self._repeats),
            source_times=np.array(self._stamps),
            duration=self.end,
            turned=self._turn,
            small=SmallPictures.of(small, self._repeats) if small else SmallPictures(),
        )
