"""The cut in whole frames, as editing programs count.

A time map knows no frames, an editing program nothing else. The time line here has whole frames
that the song's own clock counts from its first sample, so that the song can be laid beneath it
without moving it by a part of a frame. Every frame of the time line belongs to the segment that is
shown in its middle, as in the rendered file, and the footage begins on the whole frame of the take
that keeps the difference from the time map within half a frame from the shot's start to its end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from lipsyncer.arrays import Booleans, Float64s, Indices
from lipsyncer.edit.document import Document
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.handoff.footage import Footage, SongSound
from lipsyncer.render.retime import ROUNDING

_EXACT = 1e-6
"""Frames that rounding may amount to."""


@dataclass(frozen=True, slots=True)
class Shot:
    """An unbroken stretch of one take on the time line.

    Parameters
    ----------
    segment
        Index into ``Document.segments``.
    take
        Index into ``Document.takes``.
    first, count
        Frames of the time line: its first, and how many.
    source
        Frame of the take that it begins with, counted from 0.
    rate
        Frames per second by which ``source`` is counted.
    speed
        Seconds of footage per second: 1 as it was filmed, 0 where one frame stands still.
    """

    segment: int
    take: int
    first: int
    count: int
    source: int
    rate: Fraction
    speed: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in frames.

    Parameters
    ----------
    rate
        Frames of the time line per second.
    song_first
        Frame of the song, counted from its first sample, at which the time line begins.
    count
        Frames of the time line.
    shots
        In order, without a gap.
    """

    rate: Fraction
    song_first: int
    count: int
    shots: tuple[Shot, ...]


def cut_of(
    document: Document,
    footage: Mapping[int, Footage],
    rate: Fraction,
    *,
    straight: bool = False,
) -> Cut:
    """Count a document out in frames.

    Parameters
    ----------
    footage
        What is known of each take that is shown, by its index.
    rate
        Frames of the time line per second.
    straight
        Whether changes of speed are made of cuts alone, each skipping or repeating a frame, and
        footage is counted in frames of the time line: for formats and programs that don't agree
        on what a change of speed means. Standing pictures are still shots of speed 0.
    """
    start, end = document.span
    fps = float(rate)
    song_first = math.floor(start * fps + ROUNDING)
    count = max(1, math.ceil(end * fps - ROUNDING) - song_first)
    # The first and the last may lie outside the span by a part of a frame: there lines run on.
    middles = (song_first + np.arange(count) + 0.5) / fps
    time_map = TimeMap(document)
    takes, segments = time_map.sources_at(middles)[0], time_map.indices_at(middles)
    shots: list[Shot] = []
    for group in _runs(segments):
        index, take = int(segments[group.start]), int(takes[group.start])
        segment, seen = document.segments[index], footage[take]
        counted = rate if straight else seen.rate
        moments = segment.source_at(middles[group.start : group.stop])
        line = _SegmentFrames(
            positions=(moments - seen.start) * float(counted),
            step=float(counted / rate),
            speed=segment.slope,
            last=math.ceil(seen.frames * counted / seen.rate) - 1,
        )
        for first, length, source, speed in line.pieces(straight):
            shots.append(Shot(index, take, group.start + first, length, source, counted, speed))
    return Cut(rate, song_first, count, tuple(shots))


@dataclass(frozen=True)
class _SegmentFrames:
    """Where a segment is in its take, frame of the time line by frame of the time line.

    Parameters
    ----------
    positions
        (n,) frames of the take, with parts of them, in the middle of each frame of the time line.
    step
        Frames of the take per frame of the time line at the speed it was filmed at.
    speed
        Of the segment.
    last
        The take's last frame.
    """

    positions: Float64s
    step: float
    speed: float
    last: int

    def pieces(self, straight: bool) -> Iterator[tuple[int, int, int, float]]:
        """Yield (first frame, frames, frame of the take, speed)."""
        begins = self.positions - 0.5 * self.step * self.speed
        standing = (begins < -0.5) | (begins > self.last + 0.5) | (self.speed == 0)
        for run in _runs(standing):
            if standing[run.start]:
                shown = math.floor(float(self.positions[run.start]) + _EXACT)
                yield run.start, len(run), min(max(shown, 0), self.last), 0.0
            else:
                yield from self._moving(run, straight)

    def _moving(self, run: range, straight: bool) -> Iterator[tuple[int, int, int, float]]:
        # Where a shot at the filmed speed would have to begin to be right at each frame.
        wanted = self.positions[run.start : run.stop] - self.step * (np.arange(len(run)) + 0.5)
        first = 0
        while first < len(run):
            length, source = _longest(wanted[first:])
            if length < len(wanted) and not straight:
                begin = float(self.positions[run.start]) - 0.5 * self.step * self.speed
                yield run.start, len(run), min(max(round(begin), 0), self.last), self.speed
                return
            source += round(first * self.step)
            yield run.start + first, length, min(max(source, 0), self.last), 1.0
            first += length


def _longest(wanted: Float64s) -> tuple[int, int]:
    """Find how many frames one whole start serves within half a frame, and that start.

    Parameters
    ----------
    wanted
        (n,) exact start, in frames of the take, that each frame of the time line asks for.
    """
    least = np.ceil(np.maximum.accumulate(wanted) - 0.5 - _EXACT)
    most = np.floor(np.minimum.accumulate(wanted) + 0.5 + _EXACT)
    serves = least <= most
    length = len(wanted) if serves.all() else int(np.argmin(serves))
    length = max(1, length)
    centre = round(float(np.median(wanted[:length])))
    return length, int(min(max(centre, least[length - 1]), most[length - 1]))


def _runs(values: Indices | Booleans) -> Iterator[range]:
    """Split positions where the value changes."""
    changes = np.flatnonzero(values[1:] != values[:-1]) + 1
    for start, stop in pairwise([0, *changes.tolist(), len(values)]):
        yield range(start, stop)


def song_frames(cut: Cut, song: SongSound) -> int:
    """Count the frames of the time line beneath which the song lies."""
    return max(1, min(cut.count, int(song.duration * cut.rate) - cut.song_first))


def without_standing(cut: Cut) -> Cut:
    """Make standing pictures of single frames, for a format that knows no others."""
    shots: list[Shot] = []
    for shot in cut.shots:
        if shot.speed == 0:
            frames = range(shot.first, shot.first + shot.count)
            shots += (replace(shot, first=frame, count=1, speed=1.0) for frame in frames)
        else:
            shots.append(shot)
    return replace(cut, shots=tuple(shots))
