"""The cut as frozen data: segments of takes laid end to end along the song.

All times are seconds of a file's own clock (see docs/architecture.md): ``song_*`` of the song,
``source_*`` of the take a segment shows.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # the command line's --help needs no numpy
    from lipsyncer.arrays import Time

TOLERANCE = 1e-6
"""Seconds by which the ends of neighbouring segments may differ through rounding."""

CLOSEST = 3.0
"""Most that a picture may be enlarged by hand; beyond it phone footage falls to pieces."""


@dataclass(frozen=True, slots=True)
class Take:
    """One video of the performance.

    Parameters
    ----------
    path
        The file as it came from the camera.
    duration
        Seconds from the file's time 0 to the end of its last frame.
    turned
        Degrees clockwise, 0, 90, 180 or 270, by which its picture has to be turned to be upright
        beyond what the file itself says.
    label
        What the user calls it; empty where that is its file's name.
    """

    path: Path
    duration: float
    turned: int = 0
    label: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.duration) and self.duration > 0):
            raise ValueError(f"a take's duration must be positive, not {self.duration} s")
        if self.turned not in (0, 90, 180, 270):
            raise ValueError(f"a take is turned by quarters, not by {self.turned} degrees")

    @property
    def name(self) -> str:
        """What it is called: its label, or its file's name."""
        return self.label or self.path.name


@dataclass(frozen=True, slots=True)
class HandFraming:
    """Where a user has moved the picture within the output's frame.

    Parameters
    ----------
    x, y
        By how much further to the right and further down the frame lies than it would by itself,
        as shares of the picture's width and height, -1 to 1.
    zoom
        How much closer the picture is, 1 to ``CLOSEST``, about the middle of the frame.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0

    def __post_init__(self) -> None:
        if not (-1 <= self.x <= 1 and -1 <= self.y <= 1):
            raise ValueError(
                "a frame can be moved by no more than the whole picture, -1 to 1, "
                f"not by {self.x} and {self.y}"
            )
        if not 1 <= self.zoom <= CLOSEST:
            raise ValueError(f"a zoom lies between 1 and {CLOSEST:g}, not at {self.zoom}")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the song and the straight piece of a take that is shown during it.

    Parameters
    ----------
    song_start, song_end
        Where it lies in the song, in seconds; ``song_end`` is the next segment's first moment.
    take
        Index into ``Document.takes``.
    source_start, source_end
        Take times shown at its two ends, linear in between. Equal times hold one frame. They may
        lie outside the take, where its first or last frame stands still, so that a nudge near an
        end of the footage never fails.
    kind
        ``"matched"`` where lips were matched to the song, ``"gap"`` where nothing was there to
        match and the footage only bridges the time.
    confidence
        How sure the match is, 0 to 1.
    locked
        Locked segments are never moved by anything but the user.
    framing
        How the user has framed the picture; None for what is done by itself.
    by_hand
        Whether the user has moved it, set one of its cuts or chosen its footage. Pins, realigned
        neighbours and another match leave such a segment as it is.
    """

    song_start: float
    song_end: float
    take: int
    source_start: float
    source_end: float
    kind: Literal["matched", "gap"]
    confidence: float
    locked: bool = False
    framing: HandFraming | None = None
    by_hand: bool = False

    def __post_init__(self) -> None:
        times = (self.song_start, self.song_end, self.source_start, self.source_end)
        if not all(math.isfinite(time) for time in times):
            raise ValueError(f"a segment's times must be finite, not {times}")
        if self.song_end <= self.song_start:
            raise ValueError(
                f"a segment must have a positive length, not {self.song_start} to {self.song_end} s"
            )
        if self.source_end < self.source_start:
            raise ValueError(
                "a segment can't show its footage backwards "
                f"({self.source_start} to {self.source_end} s)"
            )
        if self.kind not in ("matched", "gap"):
            raise ValueError(f"a segment is 'matched' or 'gap', not {self.kind!r}")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"a confidence lies between 0 and 1, not at {self.confidence}")

    @property
    def stands(self) -> bool:
        """Whether it stays as it is when what lies around it is found again."""
        return self.locked or self.by_hand

    @property
    def moved(self) -> bool:
        """Whether the user has moved it since it was rated."""
        return self.by_hand and self.confidence == 0.0

    @property
    def slope(self) -> float:
        """Seconds of footage shown per second of song: 1 is the speed it was filmed at."""
        return (self.source_end - self.source_start) / (self.song_end - self.song_start)

    def source_at(self, song_time: Time) -> Time:
        """Take time (s) at a song time (s), on the segment's line also beyond its ends."""
        return self.source_start + (song_time - self.song_start) * self.slope

    def song_at(self, source_time: Time) -> Time:
        """Song time (s) at a take time (s), on the segment's line also beyond its ends.

        Raises
        ------
        ZeroDivisionError
            When the segment holds one frame.
        """
        return self.song_start + (source_time - self.source_start) / self.slope

    def part(self, song_start: float, song_end: float) -> Segment:
        """Lay the segment's line over another stretch of the song, inside of it or beyond."""
        # An end that stays keeps its exact value, or edits would drift by rounding.
        source_end = self.source_end if song_end == self.song_end else self.source_at(song_end)
        return replace(
            self,
            song_start=song_start,
            song_end=song_end,
            source_start=self.source_at(song_start),
            source_end=source_end,
        )


@dataclass(frozen=True, slots=True)
class Pin:
    """A moment that the user has fixed: this moment of the take belongs to that of the song.

    Parameters
    ----------
    song
        Seconds of the song.
    take
        Index into ``Document.takes``.
    source
        Seconds of the take.
    """

    song: float
    take: int
    source: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.song) and math.isfinite(self.source)):
            raise ValueError(f"a pin's times must be finite, not {self.song} and {self.source}")


@dataclass(frozen=True, slots=True)
class Document:
    """The whole cut: a song, its takes, and contiguous segments in song order.

    Parameters
    ----------
    song
        The song's file.
    song_duration
        Its length in seconds.
    takes
        At least one.
    segments
        At least one, each beginning where the one before it ends.
    pins
        Moments that the user has fixed, in song order.

    Raises
    ------
    ValueError
        When the parts don't fit together, with the reason.
    """

    song: Path
    song_duration: float
    takes: tuple[Take, ...]
    segments: tuple[Segment, ...]
    pins: tuple[Pin, ...] = ()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.song_duration) and self.song_duration > 0):
            raise ValueError(f"the song's duration must be positive, not {self.song_duration} s")
        if not self.takes:
            raise ValueError("a document needs at least one take")
        if not self.segments:
            raise ValueError("a document needs at least one segment")
        for index, segment in enumerate(self.segments):
            if not 0 <= segment.take < len(self.takes):
                raise ValueError(
                    f"segment {index} names take {segment.take} of {len(self.takes)} takes"
                )
        for pin in self.pins:
            if not 0 <= pin.take < len(self.takes):
                raise ValueError(f"a pin names take {pin.take} of {len(self.takes)} takes")
        if any(later.song < earlier.song for earlier, later in pairwise(self.pins)):
            raise ValueError("the pins must be in song order")
        for index in range(len(self.segments) - 1):
            end, start = self.segments[index].song_end, self.segments[index + 1].song_start
            if abs(end - start) > TOLERANCE:
                raise ValueError(
                    f"segment {index} ends at {end} s, but segment {index + 1} starts at {start} s"
                )
        first, last = self.span
        if first < -TOLERANCE or last > self.song_duration + TOLERANCE:
            raise ValueError(
                f"the segments cover {first} to {last} s of a song of {self.song_duration} s"
            )

    def index_at(self, song_time: float) -> int:
        """Index of the segment shown at a song time (s); the ends count for times beyond them."""
        starts = [segment.song_start for segment in self.segments]
        return max(0, bisect_right(starts, song_time) - 1)

    def segment_at(self, song_time: float) -> Segment:
        """Segment shown at a song time (s); the ends count for times beyond them."""
        return self.segments[self.index_at(song_time)]

    @property
    def span(self) -> tuple[float, float]:
        """The part of the song, in seconds, that the output covers; output time 0 is its start."""
        return self.segments[0].song_start, self.segments[-1].song_end
