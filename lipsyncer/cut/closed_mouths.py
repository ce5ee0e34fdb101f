"""Closed-mouth footage for a stretch in which nobody sings, the least conspicuous first.

A replacement begins and ends within the pause. Best is footage that runs on into it or out of it,
then a closed stretch from nearby; a slowed one, or one from another take, has to be worth it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from lipsyncer.arrays import Booleans, Float32s, Float64s
from lipsyncer.cut.picture_steps import UNSEEN, PictureStep
from lipsyncer.edit.document import Document, Segment
from lipsyncer.features import GRID_RATE

Span = tuple[float, float]

STILL = 0.2
"""Activity up to which a mouth is closed and still."""
NEIGHBOURING = 4.0
"""Seconds of the same take from within which a closed mouth is lent; farther away the head is
elsewhere."""
STILLER = 0.5
"""Share of the movement shown before that a replacement has at most, on average."""

_SPEEDS = (1.0, 0.92, 0.85, 0.75, 0.6, 0.5)
_PLACES = 4  # at which a replacement may begin, and end
_KEPT, _APART = 8, 0.12  # candidates that differ in their take time alone, and by how much (s)
_LOOKED_AT = 400  # candidates whose pictures are compared
# What is paid, in activity: for a jump; for all of its speed; for a second of distance, up to; for
# another take; for a second more than is needed; for the largest step of the picture.
_JUMP, _SLOW, _FAR, _FURTHEST, _OTHER, _LONGER, _STEP = 0.1, 0.6, 0.01, 0.2, 0.3, 0.05, 0.2
_MEETS = 0.5 / GRID_RATE  # s; footage that runs on as exactly as this does not jump
_EDGE = 0.2  # s of a take's ends that are not used: a hand reaches for the button
_BESIDE = 0.08  # s; a seam this near to a cut is made there
_SHORTEST = 0.2  # s; less is no segment


@dataclass(frozen=True)
class LipActivity:
    """How much the lips of a take move at each of its positions (M,), NaN where not seen."""

    activity: Float32s

    def still(self, length: float) -> tuple[Float64s, Float64s]:
        """Starts (s) of the stretches of a length (s) that are still, and their mean activity."""
        count = _positions(length)
        edge = round(_EDGE * GRID_RATE)
        first = np.arange(edge, len(self.activity) - count - edge + 1)
        if not len(first):
            return np.zeros(0), np.zeros(0)
        values = self._values()
        moves = np.concatenate(([0], np.cumsum(values > STILL)))
        sums = np.concatenate(([0.0], np.cumsum(values)))
        first = first[moves[first + count] == moves[first]]
        return first / GRID_RATE, (sums[first + count] - sums[first]) / count

    def between(self, start: float, end: float) -> Float64s:
        """Activity from one moment (s) to another; 1 where the mouth is not seen."""
        low = max(0, round(start * GRID_RATE))
        return self._values()[low : max(low + 1, low + _positions(end - start))]

    def _values(self) -> Float64s:
        return np.where(np.isnan(self.activity), 1.0, self.activity).astype(np.float64)


@dataclass(frozen=True)
class Wanted:
    """What a replacement is wanted for.

    Attributes
    ----------
    zone
        Within these song times (s) the picture may be changed.
    moving
        These (s), within the zone, have to be.
    max_stretch
        Largest change of speed.
    step
        How far the picture steps from one moment of a take to another.
    most
        Largest step at an end of the footage; infinite where the user wants a closed mouth
        whatever it looks like.
    """

    zone: Span
    moving: Span
    step: PictureStep
    max_stretch: float = 0.25
    most: float = UNSEEN


@dataclass(frozen=True)
class _Candidate:
    """A segment, what it costs, and its ends at which the picture jumps.

    A jump is the take and the two moments (s) that meet there; None where two takes meet.
    """

    segment: Segment
    cost: float
    jumps: tuple[tuple[int, float, float] | None, ...]


def replacement(
    document: Document, footage: Sequence[LipActivity], wanted: Wanted
) -> Segment | None:
    """Find what may be shown instead of lips that move although there is no singing.

    Parameters
    ----------
    footage
        Of each of the document's takes.

    Returns
    -------
    A segment within the zone over all that moves; None where no footage is clearly stiller, or the
    picture would step too far at its ends.
    """
    found = sorted(_candidates(document, footage, wanted), key=lambda candidate: candidate.cost)
    best, least = None, np.inf
    for candidate in found[:_LOOKED_AT]:
        steps = [np.inf if jump is None else wanted.step(*jump) for jump in candidate.jumps]
        furthest = max(steps, default=0.0)
        if furthest > wanted.most:
            continue
        cost = candidate.cost + _STEP * min(furthest, 1 / _STEP)
        if cost < least:
            best, least = candidate.segment, cost
    return best


def _candidates(
    document: Document, footage: Sequence[LipActivity], wanted: Wanted
) -> Iterator[_Candidate]:
    """Still stretches of any take, at their own speed or slowed."""
    slowest = 1.0 - wanted.max_stretch - 1e-9
    starts = _places(document, wanted.zone[0], wanted.moving[0])
    ends = _places(document, wanted.moving[1], wanted.zone[1])
    for start, end, speed in product(starts, ends, _SPEEDS):
        if speed < slowest or end - start < _SHORTEST:
            continue
        length = speed * (end - start)
        before, after = _before(document, start), _after(document, end)
        most = STILLER * _activity(document, footage, start, end)
        basic = _SLOW * (1 - speed) + _LONGER * (end - start)
        for take, watched in enumerate(footage):
            sources, means = _with_neighbours(watched, length, take, before, after)
            other = _OTHER * (take != before[0] or take != after[0])
            into = (take != before[0]) | (np.abs(sources - before[1]) > _MEETS)
            out = (take != after[0]) | (np.abs(sources + length - after[1]) > _MEETS)
            away = np.minimum(_FAR * np.abs(sources - before[1]), _FURTHEST)
            costs = means + _JUMP * (into.astype(float) + out) + away + basic + other
            costs[means > most] = np.inf
            costs[~_near(sources, length, take, (before, after))] = np.inf
            for k in _best(costs, sources):
                source = float(sources[k])
                jumps: list[tuple[int, float, float] | None] = []
                if into[k] and not _is_cut(document, start):
                    jumps.append((take, before[1], source) if take == before[0] else None)
                if out[k] and not _is_cut(document, end):
                    jumps.append((take, source + length, after[1]) if take == after[0] else None)
                segment = Segment(start, end, take, source, source + length, "gap", 0.0)
                yield _Candidate(segment, float(costs[k]), tuple(jumps))


def _best(costs: Float64s, sources: Float64s) -> list[int]:
    """A few of the cheapest starts (s) that are not all nearly the same."""
    chosen: list[int] = []
    for k in np.argsort(costs):
        if len(chosen) == _KEPT or not np.isfinite(costs[k]):
            break
        if all(abs(sources[k] - sources[other]) >= _APART for other in chosen):
            chosen.append(int(k))
    return chosen


def _near(
    sources: Float64s, length: float, take: int, around: tuple[tuple[int, float], ...]
) -> Booleans:
    """Which starts (s) are near enough to what is shown around."""
    here = [source for index, source in around if index == take]
    if not here:
        return np.ones(len(sources), bool)
    away = [np.maximum(sources - one, one - sources - length) for one in here]
    return np.asarray(np.min(away, axis=0) <= NEIGHBOURING, bool)


def _is_cut(document: Document, time: float) -> bool:
    """Whether viewers see a cut at a song time (s) already, or the picture begins or ends there."""
    first, last = document.span
    if time <= first + _MEETS or time >= last - _MEETS:
        return True
    before, after = _before(document, time), _after(document, time)
    return before[0] != after[0] or abs(before[1] - after[1]) > _MEETS


def _with_neighbours(
    watched: LipActivity,
    length: float,
    take: int,
    before: tuple[int, float],
    after: tuple[int, float],
) -> tuple[Float64s, Float64s]:
    """Still stretches of a take, also those that run on exactly from before, or into after."""
    sources, means = watched.still(length)
    exact = [source for index, source in (before, (after[0], after[1] - length)) if index == take]
    for source in exact:
        values = watched.between(source, source + length)
        whole = source >= 0 and (source + length) * GRID_RATE <= len(watched.activity)
        if whole and values.max() <= STILL:
            sources, means = np.append(sources, source), np.append(means, values.mean())
    return sources, means


def _activity(
    document: Document, footage: Sequence[LipActivity], start: float, end: float
) -> float:
    """Mean activity of what a document shows between two song times (s)."""
    values, lengths = [], []
    for segment in document.segments:
        low, high = max(start, segment.song_start), min(end, segment.song_end)
        if high > low:
            shown = footage[segment.take].between(segment.source_at(low), segment.source_at(high))
            values.append(float(shown.mean()) if len(shown) else 0.0)
            lengths.append(high - low)
    return float(np.average(values, weights=lengths)) if values else 0.0


def _places(document: Document, first: float, last: float) -> list[float]:
    """A few song times from one to another, on the document's own cuts where one is near."""
    count = min(_PLACES, 1 + int((last - first) / _BESIDE))
    cuts = np.array([s.song_start for s in document.segments] + [document.span[1]])
    places = []
    for time in np.linspace(first, last, count) if count > 1 else [last]:
        nearest = float(cuts[np.abs(cuts - time).argmin()])
        on_cut = abs(nearest - time) < _BESIDE and first <= nearest <= last
        places.append(nearest if on_cut else float(time))
    return sorted(set(places))


def _before(document: Document, time: float) -> tuple[int, float]:
    """Take and take time (s) shown just before a song time."""
    segment = _segment_before(document, time)
    return segment.take, segment.source_at(time)


def _after(document: Document, time: float) -> tuple[int, float]:
    segment = document.segment_at(time + 1e-9)
    return segment.take, segment.source_at(time)


def _segment_before(document: Document, time: float) -> Segment:
    return document.segment_at(time - 1e-6)


def _positions(length: float) -> int:
    return int(np.ceil(length * GRID_RATE - 1e-6)) + 1
