"""Gaps of the song: stretches in which nobody sings, and what the footage does there.

What viewers notice first in a music video is a mouth that moves where nobody sings. Where the take
that is shown does so, and a closed, still mouth can be had instead, that is shown: the closed part
of the footage before or after the movement, slowed a little, or a closed stretch from elsewhere.
Sung moments, what the user has locked and what the user has pinned are never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lipsyncer.alignment.evidence import Evidence
from lipsyncer.arrays import Booleans, Float32s, Float64s, Floats, Indices, Integers
from lipsyncer.cut.closed_mouths import LipActivity, Wanted, replacement
from lipsyncer.cut.picture_steps import UNSEEN, PictureStep
from lipsyncer.cut.rolls import SUNG
from lipsyncer.edit.document import TOLERANCE, Document
from lipsyncer.edit.edits import overwrite
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.movement import MOVING, lip_activity
from lipsyncer.progress import Stage

Span = tuple[float, float]

SHORTEST_GAP = 0.8
"""Seconds without a voice from which on viewers expect a closed mouth."""
BEFORE_ONSET = 0.25
"""Seconds before a phrase that are left alone: a singer breathes in, and opens the mouth."""
LEAST_MOVEMENT = 0.4
"""Seconds for which lips move before anything is done, or said, about it."""

_AFTER_END = 0.16  # s; a mouth closes after the voice has ended
_LATE = 0.08  # s; by so much too late a voice may be heard to begin
_BLURRED = 0.12  # s; ``lip_activity`` sees a movement by so much too early and too late
_JOINED = 0.3  # s; movements nearer than this are one
_PINNED = 0.04  # s; a pinned moment and the frame around it
_HUSH = 0.4  # mean voice of a gap at most; above, somebody may well sing softly
_MATCHING = 0.5  # of what sung moments get; lips that fit as well as this sing after all


@dataclass(frozen=True)
class Lips:
    """What has to be known of a take to close its mouth in gaps.

    Attributes
    ----------
    evidence
        Of the song and the take.
    activity
        ``lip_activity`` of the take, (M,).
    """

    evidence: Evidence
    activity: Float32s

    @classmethod
    def of(cls, evidence: Evidence, track: MouthTrack) -> Lips:
        """Watch a take's lips."""
        return cls(evidence, lip_activity(track))


@dataclass(frozen=True)
class MouthFix:
    """A stretch of the song (s) in which a closed mouth was put, and where it is from."""

    start: float
    end: float
    take: int
    source: float


@dataclass(frozen=True)
class _Shown:
    """What the document shows at each song position (N,): take, its position, its activity."""

    takes: Indices
    columns: Integers
    activity: Float64s


def gaps_of(voice: Floats, span: Span) -> list[Span]:
    """Stretches (s) of a part of the song in which nobody sings, at least ``SHORTEST_GAP`` long.

    Parameters
    ----------
    voice
        (N,) how sure it is that somebody sings, 25 a second.
    span
        The part of the song that is shown (s).
    """
    first, last = (round(time * GRID_RATE) for time in span)
    heard = np.nan_to_num(np.asarray(voice, np.float64))
    quiet = heard < SUNG
    quiet[:first] = quiet[last:] = False
    return [
        (start / GRID_RATE, end / GRID_RATE)
        for start, end in runs(quiet)
        if end - start >= SHORTEST_GAP * GRID_RATE and heard[start:end].mean() < _HUSH
    ]


def false_singing(document: Document, lips: Sequence[Lips]) -> list[Span]:
    """Stretches (s) in which lips move though nobody sings.

    Breath before a phrase is none, nor are lips that fit what is heard so well that somebody must
    sing there after all.
    """
    shown = _shown(document, lips)
    voice = lips[0].evidence.voice
    found = []
    for gap in gaps_of(voice, document.span):
        start, end = _free(gap, document.span)
        moving = np.nan_to_num(shown.activity) >= MOVING
        moving[: round(start * GRID_RATE)] = moving[round(end * GRID_RATE) :] = False
        for low, high in runs(bridged(moving, _JOINED)):
            blurred = 2 * _BLURRED * GRID_RATE
            if high - low - blurred < LEAST_MOVEMENT * GRID_RATE - 1e-6:
                continue
            if not _fits(document, lips, shown, low, high):
                found.append((low / GRID_RATE, high / GRID_RATE))
    return found


def close_gaps(
    document: Document,
    lips: Sequence[Lips],
    step: PictureStep,
    *,
    within: Span | None = None,
    most: float = UNSEEN,
    max_stretch: float = 0.25,
    max_cuts: int | None = None,
) -> Stage[tuple[Document, tuple[MouthFix, ...]]]:
    """Show a closed mouth where lips move although there is no singing, and the edit is not seen.

    A rest gets one at most: over all its movements, else over the longest that can be covered.

    Parameters
    ----------
    document
        The cut; nothing changes where it is in order.
    lips
        Of each of its takes; one that is not to be shown has an activity of NaN throughout.
    step
        How far the picture steps from one moment of a take to another.
    within
        Only movements within this part of the song (s).
    most
        Largest step at an end of what is put in.
    max_stretch
        Largest change of speed.
    max_cuts
        Most cuts that a viewer may see in all.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    The document, and the stretches that were closed in song order.
    """
    footage = [LipActivity(take.activity) for take in lips]
    low, high = within or document.span
    movements = [
        span
        for span in false_singing(document, lips)
        if low - TOLERANCE <= span[0] and span[1] <= high + TOLERANCE
    ]
    closed: list[MouthFix] = []
    gaps = gaps_of(lips[0].evidence.voice, document.span)
    for index, gap in enumerate(gaps):
        yield index / len(gaps)
        inside = [span for span in movements if gap[0] <= sum(span) / 2 <= gap[1]]
        for moving in _to_cover(inside):
            zone = _zone(document, gap, moving)
            if zone is None:
                continue
            segment = replacement(document, footage, Wanted(zone, moving, step, max_stretch, most))
            if segment is None:
                continue
            after = overwrite(document, segment)
            if max_cuts is None or _cuts(after) <= max(max_cuts, _cuts(document)):
                document = after
                start, end = segment.song_start, segment.song_end
                closed.append(MouthFix(start, end, segment.take, segment.source_start))
                break
    return document, tuple(closed)


def _to_cover(movements: Sequence[Span]) -> list[Span]:
    """What one stretch of closed mouth may cover, best first: all movements, else the longest."""
    if not movements:
        return []
    longest = sorted(movements, key=lambda span: span[0] - span[1])
    return list(dict.fromkeys([(movements[0][0], movements[-1][1]), *longest]))


def runs(flags: Booleans) -> list[tuple[int, int]]:
    """First position and end of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def bridged(flags: Booleans, seconds: float) -> Booleans:
    """Join runs of True that are less than so many seconds apart, on the analysis grid."""
    result = flags.copy()
    for low, high in runs(~flags):
        if low > 0 and high < len(flags) and high - low < seconds * GRID_RATE:
            result[low:high] = True
    return result


def _shown(document: Document, lips: Sequence[Lips]) -> _Shown:
    songs = len(lips[0].evidence.voice)
    takes, sources = TimeMap(document).sources_at(np.arange(songs) / GRID_RATE)
    columns = np.round(sources * GRID_RATE).astype(np.int64)
    activity = np.zeros(songs)
    for index, take in enumerate(lips):
        here = takes == index
        columns[here] = np.clip(columns[here], 0, len(take.activity) - 1)
        activity[here] = take.activity[columns[here]]
    # A frame that stands still moves no lips.
    still = np.concatenate(([False], (np.diff(sources) == 0) & (np.diff(takes) == 0)))
    activity[still] = 0.0
    return _Shown(takes, columns, activity)


def _free(gap: Span, span: Span) -> Span:
    """The part of a gap in which no mouth is expected to open or close."""
    start = gap[0] if gap[0] <= span[0] + 0.5 / GRID_RATE else gap[0] + _AFTER_END
    end = gap[1] if gap[1] >= span[1] - 1.0 / GRID_RATE else gap[1] - BEFORE_ONSET - _LATE
    return start, max(start, end)


def _fits(document: Document, lips: Sequence[Lips], shown: _Shown, low: int, high: int) -> bool:
    """Whether lips fit the song here about as well as where it is sung."""
    take = int(shown.takes[(low + high) // 2])
    evidence = lips[take].evidence
    if evidence.pairs.shape[1] != len(lips[take].activity):
        return False
    rows = np.flatnonzero(shown.takes == take)
    fit = np.nan_to_num(evidence.pairs[rows, shown.columns[rows]])
    sung = np.nan_to_num(evidence.voice[rows]) >= SUNG
    here = (rows >= low) & (rows < high)
    if not sung.any() or not here.any():
        return False
    usual = float(fit[sung].mean())
    return usual > 0 and float(fit[here].mean()) > _MATCHING * usual


def _zone(document: Document, gap: Span, moving: Span) -> Span | None:
    """The stretch of a gap around a movement that may be changed; None where the user holds it."""
    start, end = _free(gap, document.span)
    held = [(s.song_start, s.song_end) for s in document.segments if s.locked]
    held += [(pin.song - _PINNED, pin.song + _PINNED) for pin in document.pins]
    for low, high in held:
        if high <= moving[0] + TOLERANCE:
            start = max(start, high)
        elif low >= moving[1] - TOLERANCE:
            end = min(end, low)
        else:
            return None
    return start, end


def _cuts(document: Document) -> int:
    """Cuts that a viewer may see."""
    pairs = pairwise(document.segments)
    return sum(a.take != b.take or abs(a.source_end - b.source_start) > 0.02 for a, b in pairs)
