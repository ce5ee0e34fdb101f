"""Closed-mouth footage for a stretch in which nobody sings, the least conspicuous first.

A replacement begins and ends within the pause. Best is footage that runs on into it or out of it,
then a closed stretch from nearby; a slowed one, or one from another take, has to be worth it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from lipsyncer.arrays import Booleans, Float32s, Float64s
from lipsyncer.edit.document import Document, Segment
from lipsyncer.features import GRID_RATE

Span = tuple[float, float]
Difference = Callable[[int, float, float], float]

STILL = 0.2
"""Activity up to which a mouth is closed and still."""
NEIGHBOURING = 4.0
"""Seconds of the same take from within which a closed mouth is lent; farther away the head is
elsewhere."""
STILLER = 0.5
"""Share of the movement shown before that a replacement has at most, on average."""

_SPEEDS = (1.0, 0.92, 0.85, 0.75, 0.6, 0.5)
_PLACES = 4  # at which a replacement may begin, and end
_KEPT = 3  # of the candidates that differ in their take time alone
_LOOKED_AT = 12  # candidates whose pictures are compared
# What is paid, in activity: for a jump; for all of its speed; for a second of distance, up to; for
# another take; for a second more than is needed; for a grey level of difference at a jump.
_JUMP, _SLOW, _FAR, _FURTHEST, _OTHER, _LONGER, _UNLIKE = 0.1, 0.6, 0.01, 0.2, 0.3, 0.05, 0.01
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
    difference
        How unlike two moments (s) of a take look, 0 to 255; None where nobody looks.
    lent
        What this gap shows already: take, and from when to when (s). The same half second
        twice would be seen.
    """

    zone: Span
    moving: Span
    max_stretch: float = 0.25
    difference: Difference | None = None
    lent: tuple[tuple[int, float, float], ...] = ()


@dataclass(frozen=True)
class _Candidate:
    """A segment, what it costs, and the moments (take, s, s) that meet at its jumps."""

    segment: Segment
    cost: float
    jumps: tuple[tuple[int, float, float], ...]


def replacements(
    document: Document, footage: Sequence[LipActivity], wanted: Wanted
) -> list[Segment]:
    """What may be shown instead of lips that move though nobody sings, the best first.

    Parameters
    ----------
    footage
        Of each of the document's takes.

    Returns
    -------
    Segments within the zone over all that moves; none where no footage is clearly stiller.
    """
    found = sorted(_candidates(document, footage, wanted), key=lambda candidate: candidate.cost)
    if wanted.difference is not None:
        look = wanted.difference
        found = [
            replace(c, cost=c.cost + _UNLIKE * sum(look(*jump) for jump in c.jumps))
            for c in found[:_LOOKED_AT]
        ]
        found.sort(key=lambda candidate: candidate.cost)
    return [candidate.segment for candidate in found]


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
            costs[~_may_lend(sources, length, take, (before, after), wanted.lent)] = np.inf
            for k in np.argsort(costs)[:_KEPT]:
                if not np.isfinite(costs[k]):
                    break
                source = float(sources[k])
                jumps = []
                if into[k] and take == before[0]:
                    jumps.append((take, before[1], source))
                if out[k] and take == after[0]:
                    jumps.append((take, source + length, after[1]))
                segment = Segment(start, end, take, source, source + length, "gap", 0.0)
                yield _Candidate(segment, float(costs[k]), tuple(jumps))


def _may_lend(
    sources: Float64s,
    length: float,
    take: int,
    around: tuple[tuple[int, float], ...],
    lent: Sequence[tuple[int, float, float]],
) -> Booleans:
    """Which starts (s) are near enough to what is shown around, and not shown here already."""
    here = [source for index, source in around if index == take]
    near = np.ones(len(sources), bool)
    if here:
        away = [np.maximum(sources - one, one - sources - length) for one in here]
        near = np.min(away, axis=0) <= NEIGHBOURING
    for index, start, end in lent:
        if index == take:
            near &= (sources >= end) | (sources + length <= start)
    return near


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
