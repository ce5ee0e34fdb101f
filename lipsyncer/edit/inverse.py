"""The time map the other way round: which moment of the song belongs to a moment of the take.

For the dubbing case (Halperin et al., 2019), in which the picture stays as it is and the sound is
fitted to it. The result is a ``Document`` with the parts exchanged: its "song", the time that it
runs on, is the take, and its only "take" is the song. So everything that asks a document or a
``TimeMap`` works on it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lipsyncer.edit.document import Document, Segment, Take

Loudness = Callable[[float], float]
"""How loud the song is at a moment (s) of it; joins are put where it is least."""

_STEP = 0.02  # s
_SHORTEST = 1e-6  # s; less is rounding


def inverted(document: Document, loudness: Loudness) -> Document:
    """Exchange song and take.

    Where the map jumps, either a stretch of the take belongs to no moment of the song, or one
    belongs to two. The song is then joined inside of that stretch, where it is quietest: its parts
    run on until there, or stop there. Before the song's beginning and after its end nothing is
    heard. Held frames, which stand for no time of the take, belong to nothing.

    Parameters
    ----------
    document
        Of one take.
    loudness
        See ``Loudness``.

    Returns
    -------
    Document
        From the take's first moment to its last one.

    Raises
    ------
    ValueError
        When the document shows several takes, or nothing but held frames.
    """
    shown = {segment.take for segment in document.segments}
    if len(shown) != 1:
        raise ValueError("a song can be fitted to one take only")
    take = document.takes[shown.pop()]
    lines = [
        _Line(segment.source_start, segment.source_end, segment.song_start, 1 / segment.slope)
        for segment in document.segments
        if segment.slope > 0
    ]
    if not lines:
        raise ValueError("there is no footage in it to fit the song to")
    borders = [0.0, *(_joined(a, b, loudness) for a, b in pairwise(lines)), take.duration]
    # A cut may lie before the one that comes first in the song; what the picture shows decides.
    borders = list(np.clip(np.maximum.accumulate(borders), 0.0, take.duration))
    segments = [
        segment
        for line, (start, end) in zip(lines, pairwise(borders), strict=True)
        for segment in _within(line, start, end, document)
    ]
    return Document(
        song=take.path,
        song_duration=take.duration,
        takes=(Take(document.song, document.song_duration),),
        segments=_closed(segments, take.duration),
    )


@dataclass(frozen=True)
class _Line:
    """A straight piece: take times, the song time at the first of them, song seconds per second."""

    start: float
    end: float
    song: float
    speed: float

    def song_at(self, time: float) -> float:
        return self.song + (time - self.start) * self.speed


def _joined(before: _Line, after: _Line, loudness: Loudness) -> float:
    """Take time at which one line gives way to the next: where both are quietest."""
    low, high = sorted((before.end, after.start))
    if high - low < _STEP:
        return (low + high) / 2
    times = np.arange(low, high + _STEP / 2, _STEP)
    loud = [loudness(before.song_at(t)) + loudness(after.song_at(t)) for t in times]
    return float(times[int(np.argmin(loud))])


def _within(line: _Line, start: float, end: float, document: Document) -> list[Segment]:
    """A line between two take times; outside of the song it stands still, which is silence."""
    if end - start < _SHORTEST:
        return []
    # Take times at which the song begins and ends.
    first = line.start - line.song / line.speed
    last = first + document.song_duration / line.speed
    inner = [time for time in (first, last) if start + _SHORTEST < time < end - _SHORTEST]
    parts = []
    for begin, until in pairwise([start, *inner, end]):
        sounds = first - _SHORTEST <= (begin + until) / 2 <= last + _SHORTEST
        edges = [np.clip(line.song_at(t), 0.0, document.song_duration) for t in (begin, until)]
        parts.append(
            Segment(
                song_start=begin,
                song_end=until,
                take=0,
                source_start=float(edges[0]),
                source_end=float(edges[1] if sounds else edges[0]),
                kind="matched" if sounds else "gap",
                confidence=1.0 if sounds else 0.0,
            )
        )
    return parts


def _closed(segments: Sequence[Segment], duration: float) -> tuple[Segment, ...]:
    """Let each segment end where the next one begins, and the last with the take."""
    ends = [segment.song_start for segment in segments[1:]] + [duration]
    return tuple(
        replace(segment, song_end=end) for segment, end in zip(segments, ends, strict=True)
    )


def unchanged(document: Document) -> Document:
    """Show a take's picture from its first moment to its last one, as it was filmed."""
    (index,) = {segment.take for segment in document.segments}
    take = document.takes[index]
    whole = Segment(0.0, take.duration, 0, 0.0, take.duration, "matched", 1.0)
    return Document(document.song, take.duration, (take,), (whole,))
