"""What is shown where no take has the words: the least conspicuous footage there is.

Other words on a mouth in full view are the worst that can be shown there. A mouth that is closed,
turned away or hidden passes; footage that runs on from before, or into what follows, needs no jump.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lipsyncer.arrays import Float32s, Float64s
from lipsyncer.edit.document import Segment
from lipsyncer.features import GRID_RATE

SHORTEST = 0.4
"""Seconds from which on a held frame is seen to stand; below that it stays."""

# What is paid for a second of footage in which lips move all the time; for a jump; for a second of
# distance from what is shown beside, up to; for another take.
_MOVES, _JUMP, _FAR, _FURTHEST, _OTHER = 2.0, 0.1, 0.01, 0.2, 0.3
_HIDDEN = 0.1  # activity that a mouth out of sight counts as
_MEETS = 0.5 / GRID_RATE  # s
_FLASH = 0.2  # s; less is no segment of its own


def bridged(
    segments: Sequence[Segment],
    activities: Sequence[Float32s | None],
    song_duration: float,
    reach: float,
) -> tuple[Segment, ...]:
    """Show footage where a frame would be held because no take has the words.

    Parameters
    ----------
    segments
        Contiguous.
    activities
        ``lip_activity`` of each take, (M,); None for a take that is not to be shown.
    song_duration
        Seconds.
    reach
        A stretch at either end of the song that is shorter than this (s) is shown as well.

    Returns
    -------
    Contiguous; what was put in has the kind ``"gap"`` and no confidence.
    """
    result = [
        _least_conspicuous(segment, before, after, activities) if _stands(segment) else segment
        for before, segment, after in zip(segments, segments[1:], segments[2:], strict=False)
    ]
    first, last = segments[0], segments[-1]
    result = [first, *result, last] if len(segments) > 1 else [first]
    if 0 < first.song_start <= reach:
        result[:1] = _carried_back(first)
    if 0 < song_duration - last.song_end <= reach:
        result[-1:] = _carried_on(result[-1], song_duration)
    return tuple(result)


def _stands(segment: Segment) -> bool:
    held = segment.source_end == segment.source_start
    return held and segment.song_end - segment.song_start >= SHORTEST


def _least_conspicuous(
    held: Segment, before: Segment, after: Segment, activities: Sequence[Float32s | None]
) -> Segment:
    """The stretch of any take that shows least; the held frame where no take is long enough."""
    length = held.song_end - held.song_start
    count = int(np.ceil(length * GRID_RATE - 1e-6))
    best, cheapest = held, np.inf
    for take, activity in enumerate(activities):
        if activity is None or len(activity) < count:
            continue
        values = np.where(np.isnan(activity), _HIDDEN, activity).astype(np.float64)
        sums = np.concatenate(([0.0], np.cumsum(values)))
        starts = np.arange(len(activity) - count + 1)
        sources = starts / GRID_RATE
        costs = _MOVES * (sums[starts + count] - sums[starts]) / GRID_RATE
        into, out = (
            _away(sources, take, before.take, before.source_end),
            _away(sources + length, take, after.take, after.source_start),
        )
        costs += _JUMP * ((into > _MEETS).astype(float) + (out > _MEETS))
        costs += np.minimum(_FAR * np.minimum(into, out), _FURTHEST)
        costs += _OTHER * (take not in (before.take, after.take))
        k = int(costs.argmin())
        if costs[k] < cheapest:
            cheapest, source = float(costs[k]), float(sources[k])
            # Footage that runs on does so exactly.
            if into[k] <= _MEETS:
                source = before.source_end
            elif out[k] <= _MEETS:
                source = after.source_start - length
            best = replace(held, take=take, source_start=source, source_end=source + length)
    return best


def _away(sources: Float64s, take: int, shown: int, source: float) -> Float64s:
    """Seconds between moments of a take and one that is shown; infinite in another take."""
    return np.abs(sources - source) if take == shown else np.full(len(sources), np.inf)


def _carried_back(segment: Segment) -> list[Segment]:
    """Show what lies before a first segment from the start of the song on."""
    length = segment.song_start
    source = segment.source_start - length * segment.slope
    if length < _FLASH:
        return [replace(segment, song_start=0.0, source_start=source)]
    lead = replace(
        segment,
        song_start=0.0,
        song_end=length,
        source_start=source,
        source_end=segment.source_start,
        kind="gap",
        confidence=0.0,
    )
    return [lead, segment]


def _carried_on(segment: Segment, song_duration: float) -> list[Segment]:
    """Show what lies after a last segment until the end of the song."""
    length = song_duration - segment.song_end
    source = segment.source_end + length * segment.slope
    if length < _FLASH:
        return [replace(segment, song_end=song_duration, source_end=source)]
    tail = replace(
        segment,
        song_start=segment.song_end,
        song_end=song_duration,
        source_start=segment.source_end,
        source_end=source,
        kind="gap",
        confidence=0.0,
    )
    return [segment, tail]
