"""What there is to say about a cut as it is now: sentences that stay true after every edit.

They are found anew from the document, cheaply enough for each edit: nothing is watched or solved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol

import numpy as np

from lipsyncer.align import Evidence, Piece
from lipsyncer.align.alignment import warnings_about
from lipsyncer.cut.rests import Lips, MouthFix, false_singing
from lipsyncer.edit.document import TOLERANCE, Document, Segment
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack

_SAME = 2.0 / GRID_RATE  # s; a closed stretch that still shows this moment is still there


class TrackedTake(Protocol):
    """What is known of a take; ``jobs.AlignedTake`` is one."""

    @property
    def evidence(self) -> Evidence:
        """How well its moments fit those of the song."""

    @property
    def track(self) -> MouthTrack:
        """Its mouth."""


def cut_warnings(
    document: Document, takes: Sequence[TrackedTake], closed: Sequence[MouthFix] = ()
) -> tuple[str, ...]:
    """Sentences about stretches of a cut that somebody should know of, or look at.

    Parameters
    ----------
    document
        The cut as it is now.
    takes
        What is known of each of its takes.
    closed
        Where a closed mouth was put in; it is told of as long as it is shown.

    Returns
    -------
    In song order by kind; about what a locked segment shows nothing is said, as its user has seen
    it.
    """
    found: list[str] = []
    several = len(document.takes) > 1
    for take, segments in groupby(document.segments, key=lambda segment: segment.take):
        name = f"{document.takes[take].path.name}: " if several else ""
        length = document.takes[take].duration
        pieces = [
            piece
            for segment in segments
            if not segment.locked
            for piece in _pieces(segment, length)
        ]
        found += (f"{name}{text}" for text in warnings_about(pieces, takes[take].evidence))
    lips = [Lips.of(take.evidence, take.track) for take in takes]
    for start, end in false_singing(document, lips):
        if not document.segments[document.index_at((start + end) / 2)].locked:
            where = f"{start:.1f} s to {end:.1f} s"
            found.append(f"Lips move though nobody sings from {where}; look at it.")
    for stretch in still_closed(document, closed):
        where = f"{stretch.start:.1f} s to {stretch.end:.1f} s"
        found.append(f"Lips moved though nobody sings from {where}; a closed mouth is shown there.")
    return tuple(found)


def still_closed(document: Document, closed: Sequence[MouthFix]) -> tuple[MouthFix, ...]:
    """Those stretches whose closed mouth the document still shows."""
    shown = TimeMap(document)
    return tuple(
        stretch
        for stretch in closed
        if _begins_with(shown.source_at(stretch.start + TOLERANCE), stretch)
    )


def _begins_with(shown: tuple[int, float], stretch: MouthFix) -> bool:
    take, source = shown
    return take == stretch.take and abs(source - stretch.source) < _SAME


def _pieces(segment: Segment, length: float) -> Iterator[Piece]:
    """A segment as pieces; where it reaches beyond its take a frame is held."""
    bounds = [segment.song_start, segment.song_end]
    if segment.slope > 0:
        edges = [
            segment.song_start + (edge - segment.source_start) / segment.slope
            for edge in (0.0, length)
        ]
        inner = (e for e in edges if segment.song_start + _SAME < e < segment.song_end - _SAME)
        bounds = [bounds[0], *inner, bounds[1]]
    for start, end in pairwise(bounds):
        sources = [
            float(
                np.clip(segment.source_start + (t - segment.song_start) * segment.slope, 0, length)
            )
            for t in (start, end)
        ]
        held = sources[1] - sources[0] <= TOLERANCE
        kind = "gap" if held else segment.kind
        if held:
            sources[1] = sources[0]
        yield Piece(start, end, sources[0], sources[1], kind, segment.confidence)
