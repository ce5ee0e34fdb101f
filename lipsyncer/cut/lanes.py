"""Lanes: what each take, or each attempt in it, would show along the song.

The cut shows one of them at a time; the others are what a segment can be swapped to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lipsyncer.cut.analysis import AlignedTake
from lipsyncer.cut.realign import framing_at
from lipsyncer.cut.segments import segments_of
from lipsyncer.edit.document import TOLERANCE, Document, Segment
from lipsyncer.edit.edits import LockedError, overwrite

_HAS = 0.9
"""Share of a stretch of the song that a lane has to move through, to have its words."""


@dataclass(frozen=True)
class Lane:
    """A take that is one attempt, or one of a take's several attempts.

    Attributes
    ----------
    take
        Index into ``Document.takes``.
    segments
        What it shows, contiguous in the song; none where the take is not known.
    attempt
        Index into ``AlignedTake.attempts``; None where the take is one attempt.
    start, end
        Seconds of the take between which it lies.
    """

    take: int
    segments: tuple[Segment, ...]
    attempt: int | None = None
    start: float = 0.0
    end: float = float("inf")

    def shows(self, segment: Segment) -> bool:
        """Whether a segment of the cut is this footage."""
        middle = (segment.source_start + segment.source_end) / 2
        return segment.take == self.take and self.start <= middle <= self.end

    def has(self, song_start: float, song_end: float) -> bool:
        """Whether it has the words between two song times (s)."""
        moving = sum(
            max(0.0, min(segment.song_end, song_end) - max(segment.song_start, song_start))
            for segment in self.segments
            if segment.slope > 0
        )
        return moving >= _HAS * (song_end - song_start)

    def between(self, song_start: float, song_end: float) -> tuple[Segment, ...]:
        """Give what it shows between two song times (s), on the nearest line beyond its ends.

        A take that is not known is shown as it was filmed.
        """
        inside = [
            segment
            for segment in self.segments
            if min(segment.song_end, song_end) - max(segment.song_start, song_start) > TOLERANCE
        ]
        if not inside and self.segments:
            inside = [min(self.segments, key=lambda s: abs(s.song_start - song_start))]
        if not inside:
            end = song_end
            return (Segment(song_start, end, self.take, song_start, end, "matched", 0.0),)
        starts = [song_start, *(segment.song_start for segment in inside[1:])]
        ends = [*(segment.song_end for segment in inside[:-1]), song_end]
        return tuple(
            segment.part(start, end)
            for segment, start, end in zip(inside, starts, ends, strict=True)
        )


def lanes_of(document: Document, takes: Sequence[AlignedTake]) -> tuple[Lane, ...]:
    """Give the lanes of a cut's takes, attempts in their take's order.

    Parameters
    ----------
    takes
        What is known of the first takes of the document, or of all.
    """
    lanes = []
    for index in range(len(document.takes)):
        known = takes[index] if index < len(takes) else None
        if known is None or len(known.attempts) < 2:
            lanes.append(Lane(index, known.segments if known is not None else ()))
            continue
        lanes += [
            Lane(
                index,
                segments_of(attempt.alignment.pieces, document.song_duration, index),
                number,
                attempt.take_start,
                attempt.take_end,
            )
            for number, attempt in enumerate(known.attempts)
        ]
    return tuple(lanes)


def swapped(document: Document, lane: Lane, song_start: float, song_end: float) -> Document:
    """Show another lane between two song times (s).

    Raises
    ------
    LockedError
        When something in between is locked.
    """
    for segment in document.segments:
        inside = min(segment.song_end, song_end) - max(segment.song_start, song_start)
        if segment.locked and inside > TOLERANCE:
            raise LockedError("this segment is locked; unlock it first")
    parts = [
        replace(
            part,
            framing=framing_at(document, (part.song_start + part.song_end) / 2, lane.take),
            by_hand=True,
        )
        for part in lane.between(song_start, song_end)
    ]
    return overwrite(document, *parts)
