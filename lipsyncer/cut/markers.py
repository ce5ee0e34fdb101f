"""Marks: the stretches of a cut that no take could be matched in, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lipsyncer.arrays import Booleans, Float64s, Indices
from lipsyncer.cut.findings import TrackedTake, still_closed
from lipsyncer.cut.rests import Lips, MouthFix, bridged, false_singing, gaps_of, runs
from lipsyncer.cut.rolls import SUNG
from lipsyncer.edit.document import Document
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack, mouth_covered
from lipsyncer.features.movement import SEEN

Reason = Literal[
    "no voice",
    "no footage",
    "no face",
    "mouth covered",
    "mouth hardly seen",
    "lips don't match",
    "lips move though nobody sings",
    "closed mouth put in",
]

SHORTEST = 0.4
"""Seconds from which on a stretch is marked; shorter ones are blinks of the tracker."""

_HARDLY = 0.1  # quality below which the alignment takes nothing from a mouth
_JOINED = 0.2  # s


@dataclass(frozen=True)
class Marker:
    """A stretch of the song (s), and what is the matter there."""

    start: float
    end: float
    reason: Reason


def markers_of(
    document: Document, takes: Sequence[TrackedTake], closed: Sequence[MouthFix] = ()
) -> tuple[Marker, ...]:
    """Say where a cut shows, or hears, nothing that could be matched.

    Parameters
    ----------
    document
        The cut.
    takes
        What is known of each of its takes.
    closed
        Where a closed mouth was put in.

    Returns
    -------
    In song order. Marks of different reasons may overlap.
    """
    voice = np.nan_to_num(takes[0].evidence.voice)
    first, last = (round(time * GRID_RATE) for time in document.span)
    rows = np.arange(first, min(last, len(voice)))
    shown, sources = TimeMap(document).sources_at(rows / GRID_RATE)
    starts = np.array([segment.song_start for segment in document.segments])
    index = np.maximum(np.searchsorted(starts, rows / GRID_RATE + 1e-9, side="right") - 1, 0)
    matched = np.array([segment.kind == "matched" for segment in document.segments])[index]
    absent, covered, hardly = _unseen(takes, shown, sources)
    held = np.zeros(len(rows), bool)
    held[1:] = (np.diff(sources) <= 1e-6) & (np.diff(shown) == 0)
    held[:-1] |= held[1:]
    sung = voice[rows] >= SUNG
    seen = ~(absent | covered | hardly)
    masks: list[tuple[Reason, Booleans]] = [
        ("no footage", held & sung),
        ("no face", absent & ~held),
        ("mouth covered", covered & ~held),
        ("mouth hardly seen", hardly & ~held),
        ("lips don't match", sung & seen & ~held & ~matched),
    ]
    marks = [
        Marker((first + low) / GRID_RATE, (first + high) / GRID_RATE, reason)
        for reason, mask in masks
        for low, high in runs(bridged(mask, _JOINED))
        if high - low >= SHORTEST * GRID_RATE
    ]
    lips = [Lips.of(take.evidence, take.track) for take in takes]
    marks += (Marker(*gap, "no voice") for gap in gaps_of(voice, document.span))
    marks += (
        Marker(*span, "lips move though nobody sings") for span in false_singing(document, lips)
    )
    marks += (
        Marker(stretch.start, stretch.end, "closed mouth put in")
        for stretch in still_closed(document, closed)
    )
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.reason)))


def _unseen(
    takes: Sequence[TrackedTake], shown: Indices, sources: Float64s
) -> tuple[Booleans, Booleans, Booleans]:
    """Where there is no face, a covered mouth, or one that is hardly seen for another reason."""
    absent, covered, hardly = (np.zeros(len(shown), bool) for _ in range(3))
    for number in np.unique(shown):
        track, here = takes[int(number)].track, shown == number
        columns = np.clip(np.round(sources[here] * GRID_RATE), 0, len(track) - 1).astype(np.int64)
        gone = ~_present(track)[columns]
        hidden = mouth_covered(track)[columns] & (track.quality[columns] < SEEN) & ~gone
        absent[here], covered[here] = gone, hidden
        hardly[here] = (track.quality[columns] < _HARDLY) & ~gone & ~hidden
    return absent, covered, hardly


def _present(track: MouthTrack) -> Booleans:
    return track.present if len(track.present) == len(track) else track.quality > 0
