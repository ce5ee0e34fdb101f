"""The exact frame on screen at a time, read in order or by jumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
from av.error import FFmpegError

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media.probe import MediaInfo, path_and_start
from lipsyncer.media.proxy import Proxy
from lipsyncer.media.streams import (
    STAMP_TOLERANCE,
    is_counted,
    open_media,
    picture_stream,
    reading,
    stamped_frames,
)
from lipsyncer.media.upright import Upright, orientation_of, upright_size

Image = npt.NDArray[np.uint8]

#: How far ahead (s) a wanted frame may lie to be reached by decoding on rather than by a jump.
_READ_ON = 2.0


class FrameReader:
    """Gives the frame of a video that is on screen at a time.

    Times are seconds of the file's own clock; before the first frame it is the first, after the
    last the last. Asked with growing times, every frame is decoded once; a jump back, or far
    ahead, seeks to the key frame before and decodes on from there, so it is exact as well.

    Parameters
    ----------
    source
        The video, or what ``probe`` said of it, which saves finding its time 0 again.
    max_height
        Pictures higher than this are made smaller to it, keeping their shape.
    turn
        Degrees clockwise by which pictures are turned beyond what the file says; as ``probe``'s
        answer has it by default.

    Raises
    ------
    InputError
        When the file can't be read or holds no picture that can be decoded.
    """

    def __init__(
        self,
        source: str | Path | MediaInfo,
        *,
        max_height: int | None = None,
        turn: int | None = None,
    ) -> None:
        if turn is None:
            known = isinstance(source, MediaInfo) and source.video
            turn = known.turned if known else 0
        self.path, self._start = path_and_start(source)
        self._container, self._picture = self._open()
        self._frames = stamped_frames(self._container, self._picture, self._start)
        first = next(self._frames, None)
        if first is None:
            self._container.close()
            raise InputError(self.path, "its picture can't be decoded; convert the file first.")
        self._first_time, frame = first
        self._current = first
        self._next = next(self._frames, None)
        shown = orientation_of(frame).turned(turn)
        width, height = upright_size(frame, self._picture.sample_aspect_ratio, shown)
        if max_height is not None and height > max_height:
            width, height = max(2, round(width * max_height / height / 2) * 2), max_height
        self._size = (width, height)
        self._to_rgb = Upright(self._picture, "rgb24", self._size, turn)
        self._to_yuv = Upright(self._picture, "yuv420p", self._size, turn)
        self._rgb: Image | None = None
        self._yuv: Any = None

    @property
    def frame_size(self) -> tuple[int, int]:
        """Width and height (pixels) of the frames given."""
        return self._size

    @property
    def shown_time(self) -> float:
        """Time stamp (s) of the frame given last."""
        return self._current[0]

    def frame_at(self, time: float) -> Image:
        """Frame on screen at a time.

        Parameters
        ----------
        time
            Seconds of the file's own clock.

        Returns
        -------
        numpy.ndarray
            uint8 (height, width, 3), red green blue, upright. Read-only: neighbouring calls may
            return the same array.
        """
        with reading(self.path):
            frame = self._find(time)
            if self._rgb is None:
                self._rgb = self._to_rgb(frame).to_ndarray()
                self._rgb.flags.writeable = False
        return self._rgb

    def video_frame_at(self, time: float) -> Any:
        """Frame on screen at a time, for an encoder.

        Returns
        -------
        av.VideoFrame
            Upright ``yuv420p``, BT.709, video range; not to be written into. Its ``pts`` is the
            source's.
        """
        with reading(self.path):
            frame = self._find(time)
            if self._yuv is None:
                self._yuv = self._to_yuv(frame)
        return self._yuv

    def around(self, time: float) -> tuple[Any, Any | None, float]:
        """Frame on screen at a time, the one after it, and how far the time lies between them.

        Returns
        -------
        before, after
            av.VideoFrame as from ``video_frame_at``; ``after`` is None at the end of the file.
        share
            0 at the stamp of the one, 1 at that of the other.
        """
        before = self.video_frame_at(time)
        if self._next is None:
            return before, None, 0.0
        after = self._to_yuv(self._next[1])
        length = self._next[0] - self._current[0]
        share = (time - self._current[0]) / length if length > 0 else 0.0
        return before, after, min(max(share, 0.0), 1.0)

    def close(self) -> None:
        """Free the file; the reader can't be used afterwards."""
        self._frames.close()
        self._container.close()

    def __enter__(self) -> FrameReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> tuple[Any, Any]:
        """Open the file and its picture stream."""
        container = open_media(self.path)
        picture = picture_stream(container)
        if picture is None:
            container.close()
            raise InputError(self.path, "this file has no picture; choose a video.")
        picture.thread_type = "AUTO"
        return container, picture

    def _show(self, frame: tuple[float, Any]) -> None:
        """Show a frame and decode the one after it."""
        self._current, self._rgb, self._yuv = frame, None, None
        self._next = next(self._frames, None)

    def _find(self, time: float) -> Any:
        reached = max(time, self._first_time) + STAMP_TOLERANCE
        far = self._next is not None and reached > self._next[0] + _READ_ON
        if reached < self._current[0] or (far and not is_counted(self._container)):
            self._jump(reached)
        while self._next is not None and self._next[0] <= reached:
            self._show(self._next)
        return self._current[1]

    def _jump(self, time: float) -> None:
        """Show a frame at or before a time, decoded from a key frame."""
        tick = self._picture.time_base
        back = 0.0
        while time - back > self._first_time and not is_counted(self._container):
            target = int((time - back + self._start) / tick)
            try:
                self._container.seek(target, stream=self._picture)
            except FFmpegError:
                break
            self._frames = stamped_frames(self._container, self._picture, self._start)
            landed = next(self._frames, None)
            if landed is not None and landed[0] <= time:
                self._show(landed)
                return
            back = 2 * back + 1.0
        # No key frame before it in the file's index: read from the beginning.
        self._container.close()
        self._container, self._picture = self._open()
        self._frames = stamped_frames(self._container, self._picture, self._start)
        self._show(next(self._frames, self._current))


def proxy_frames(proxy: Proxy, first: int = 0) -> Iterator[tuple[int, Image]]:
    """Read a proxy from one of its frames, the first by default, to its last.

    Yields
    ------
    tuple of (int, numpy.ndarray)
        Index k, which stands for take time ``k / proxy.rate``, and the frame, uint8 (height,
        width, 3), red green blue.
    """
    with open_media(proxy.path) as container:
        picture = picture_stream(container)
        assert picture is not None
        picture.thread_type = "AUTO"
        to_rgb = Upright(picture, "rgb24")
        if first:  # every frame is a key frame: none is before the one that is wanted
            container.seek(round(first / proxy.rate / picture.time_base), stream=picture)
        for stamp, frame in stamped_frames(container, picture, 0.0):
            index = round(stamp * proxy.rate)
            if index >= first:
                yield index, to_rgb(frame).to_ndarray()
