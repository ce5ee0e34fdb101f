"""What is done so that nobody sees where a cut was made or a stretch slowed.

A jump within a take is morphed over a tenth of a second, or followed by a slightly closer picture
as editors do; a slowed stretch gets pictures between those that were filmed. Changes of take stay
the cuts that they are. Frames beside these are handed on as they were decoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np
from av.video.frame import VideoFrame

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document, Segment
from lipsyncer.media.frames import FrameReader, Image
from lipsyncer.media.probe import MediaInfo
from lipsyncer.render.interpolation import Motion, between, motion, packed, planes, tagged, to_rgb

Jumps = Literal["cut", "morph", "punch-in"]

SEEN = 0.3
"""Seconds of take from which on a jump shows as one; smaller ones are a few dropped frames."""
SLOWED = 0.96
"""Speed below which doubled frames show as stutter."""
HALF_MORPH = 0.07
"""Seconds before and after a jump that its morph takes."""
CLOSER = 1.06
"""How much closer the picture is after every other jump with punch-ins."""

_EVEN = 0.08
"""Share of a frame's time by which a picture that was filmed is near enough."""


@dataclass(frozen=True, slots=True)
class TransitionSettings:
    """How transitions are hidden.

    Parameters
    ----------
    jumps
        What is done about jumps within a take: nothing, a morph where the motion can be told, or
        a closer picture until the next jump.
    interpolate
        Whether slowed stretches get pictures between the filmed ones where these can be told.
    """

    jumps: Jumps = "morph"
    interpolate: bool = True


HIDDEN = TransitionSettings()
PLAIN = TransitionSettings("cut", interpolate=False)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to the pictures of which output frames.

    Parameters
    ----------
    morphs
        By the frame's number: the take time (s) on the other side of a jump, and how much of that
        picture is shown, 0 to 1.
    slowed
        Numbers of the frames whose picture may lie between two filmed ones.
    closer
        Numbers of the frames that are shown closer.
    """

    morphs: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    slowed: frozenset[int] = frozenset()
    closer: frozenset[int] = frozenset()


UNTREATED = Treatment()


def treatment(
    document: Document, rate: Fraction, count: int, settings: TransitionSettings
) -> Treatment:
    """Find the transitions of a document among its output frames.

    Parameters
    ----------
    rate
        Output frames per second.
    count
        Output frames.
    """
    first = document.span[0]
    middles = first + (np.arange(count) + 0.5) / float(rate)
    slowed: set[int] = set()
    if settings.interpolate:
        for segment in document.segments:
            if 0 < segment.slope < SLOWED:
                slowed.update(_frames_in(segment, middles))
    morphs: dict[int, tuple[float, float]] = {}
    closer: set[int] = set()
    is_closer = False
    for index, segment in enumerate(document.segments):
        before = document.segments[index - 1] if index else None
        jumped = before is not None and is_jump(before, segment)
        is_closer = is_closer != jumped
        if settings.jumps == "punch-in" and is_closer:
            closer.update(_frames_in(segment, middles))
        # Where the frame changes there, the jump is hidden as by a punch-in already.
        alike = before is not None and before.framing == segment.framing
        if settings.jumps == "morph" and jumped and alike and before is not None:
            morphs |= _morph(before, segment, middles, float(rate))
    return Treatment(morphs, frozenset(slowed), frozenset(closer))


def is_jump(before: Segment, after: Segment) -> bool:
    """Whether the picture jumps within one take, far enough to be seen."""
    return before.take == after.take and abs(after.source_start - before.source_end) >= SEEN


def jumps_of(document: Document) -> list[tuple[Segment, Segment]]:
    """Neighbouring segments between which the picture jumps within a take."""
    return [pair for pair in pairwise(document.segments) if is_jump(*pair)]


def _frames_in(segment: Segment, middles: Float64s) -> range:
    start, stop = np.searchsorted(middles, [segment.song_start, segment.song_end])
    return range(int(start), int(stop))


def _morph(
    before: Segment, after: Segment, middles: Float64s, rate: float
) -> dict[int, tuple[float, float]]:
    """Morph frames around a jump, never more than a third of either segment."""
    old, new = _frames_in(before, middles), _frames_in(after, middles)
    half = min(max(1, round(HALF_MORPH * rate)), len(old) // 3, len(new) // 3)
    steps = 2 * half + 1
    morphs = {}
    for k in range(half):
        early, late = new.start - 1 - k, new.start + k
        share = (half - k) / steps
        morphs[early] = (after.source_at(float(middles[early])), share)
        morphs[late] = (before.source_at(float(middles[late])), share)
    return morphs


class ShownFrames:
    """The pictures that a stretch of output frames shows of one take, transitions hidden.

    Parameters
    ----------
    reader
        Gives the take's frames.
    info
        The take, to be opened once more for the other side of jumps.
    sources
        (n,) take times (s) of the stretch's frames.
    first
        Number of its first output frame.
    done
        What is done to which output frames.
    frame_seconds
        Seconds that a frame of the take is on screen.
    stack
        Closes what is opened here.
    """

    def __init__(
        self,
        reader: FrameReader,
        info: MediaInfo,
        sources: Float64s,
        first: int,
        done: Treatment,
        frame_seconds: float,
        stack: ExitStack,
    ) -> None:
        self._reader = reader
        self._info = info
        self._sources = sources
        self._first = first
        self._done = done
        self._frame_seconds = frame_seconds
        self._stack = stack
        self._beyond: FrameReader | None = None
        self._pair: tuple[float, float] | None = None
        self._motion: Motion | None = None
        self._morphing: tuple[int, bool] = (-2, False)

    def __len__(self) -> int:
        return len(self._sources)

    def video_frame(self, index: int) -> VideoFrame:
        """The picture of a frame of the stretch, upright yuv420p, bt709, video range."""
        frame = self._treated(index)
        if frame is None:
            frame = self._reader.video_frame_at(float(self._sources[index]))
        if self._first + index in self._done.closer:
            frame = _closer(frame)
        return frame

    def picture(self, index: int) -> Image:
        """The same as red, green and blue, uint8 (height, width, 3)."""
        number = self._first + index
        touched = (self._done.morphs, self._done.slowed, self._done.closer)
        if not any(number in frames for frames in touched):
            return self._reader.frame_at(float(self._sources[index]))
        return to_rgb(self.video_frame(index))

    def _treated(self, index: int) -> VideoFrame | None:
        number = self._first + index
        if number in self._done.morphs:
            return self._morphed(number, float(self._sources[index]))
        if number in self._done.slowed:
            return self._between(float(self._sources[index]))
        return None

    def _morphed(self, number: int, source: float) -> VideoFrame | None:
        """The picture on its way over a jump; None where the motion can't be told."""
        last, believed = self._morphing
        if last != number - 1:
            believed = self._can_morph(number)
        self._morphing = (number, believed)
        if not believed:
            return None
        here, there = self._sides(number, source)
        _, share = self._done.morphs[number]
        return between(here, there, share, motion(here, there))

    def _can_morph(self, number: int) -> bool:
        """Whether the motion can be told all through the morph that a frame belongs to.

        A head that turns away at the jump is still told at its ends, and smeared between them.
        """
        start = end = number
        while start - 1 in self._done.morphs:
            start -= 1
        while end + 1 in self._done.morphs:
            end += 1
        middle = (start + end) // 2
        return all(
            motion(*self._sides(k, float(self._sources[k - self._first]))).believed
            for k in sorted({middle, middle + 1, start, end})
            if 0 <= k - self._first < len(self)
        )

    def _sides(self, number: int, source: float) -> tuple[VideoFrame, VideoFrame]:
        """The pictures on this side of a jump and on the other, for a frame of its morph."""
        if self._beyond is None:
            self._beyond = self._stack.enter_context(FrameReader(self._info))
        other, _ = self._done.morphs[number]
        return self._reader.video_frame_at(source), self._beyond.video_frame_at(other)

    def _between(self, source: float) -> VideoFrame | None:
        """The picture between two filmed ones; None where one of them is near enough."""
        # A frame is on screen for a while from its stamp on, so at normal speed the middle of
        # that while is where it belongs.
        neighbours: tuple[VideoFrame, VideoFrame | None, float]
        neighbours = self._reader.around(source - self._frame_seconds / 2)
        before, after, share = neighbours
        if after is None or share < _EVEN:
            return before
        if share > 1 - _EVEN:
            return after
        pair = (float(before.pts or 0), float(after.pts or 0))
        if self._motion is None or pair != self._pair:
            self._pair, self._motion = pair, motion(before, after)
        if not self._motion.believed:
            return before if share < 0.5 else after
        return between(before, after, share, self._motion)


def _closer(frame: VideoFrame) -> VideoFrame:
    """Enlarge a picture about a point in its upper half, where faces are."""
    size = (frame.width, frame.height)
    whole = packed(frame)
    out = np.empty_like(whole)
    for plane, into in zip(planes(whole, size), planes(out, size), strict=True):
        height, width = plane.shape
        left, top = width / 2 * (1 - 1 / CLOSER), 0.4 * height * (1 - 1 / CLOSER)
        matrix = np.array([[1 / CLOSER, 0.0, left], [0.0, 1 / CLOSER, top]])
        into[:] = cv2.warpAffine(
            plane,
            matrix,
            (width, height),
            flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
    return tagged(VideoFrame.from_ndarray(out, format="yuv420p"))
