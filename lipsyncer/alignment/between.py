"""How the take runs between two moments that are given: straight, cut or bent.

The same decision as for a whole take (``explain``), but the path has to begin and to end where it
is told. What is given costs nothing; what lies between has to be paid for by the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lipsyncer.alignment.lines import search_lines
from lipsyncer.alignment.pieces import Straight, sources_of
from lipsyncer.alignment.priors import SAME_START, SAME_START_REACH, AlignSettings
from lipsyncer.alignment.ridge import Ridge
from lipsyncer.alignment.stretch import CUT_BLOCK, Moment, Stretch, Way, laid, tied
from lipsyncer.alignment.stretch_line import one_line
from lipsyncer.alignment.stretch_path import BEND_BLOCKS, switched, through_band
from lipsyncer.arrays import Booleans, Float64s

# Lines that a stretch without given moments is searched along.
_MOST_LINES = 4
_TOLERANCE = 1.0  # positions within which the path is right


@dataclass(frozen=True)
class Found:
    """The map of a stretch.

    Attributes
    ----------
    straights
        From ``start`` to ``end``, through the given moments exactly.
    believed
        (rows,) False where the lips are not those of the song.
    certain
        (rows,) probability that the map is within a position of the truth.
    log_odds
        Of the evidence under all explanations against no relation, nats.
    """

    straights: list[Straight]
    believed: Booleans
    certain: Float64s
    log_odds: float


def solve_between(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> Found:
    """Find the map of a stretch: the simplest that the evidence pays for.

    Parameters
    ----------
    ridge
        The evidence.
    stretch
        What to solve.
    settings
        How freely time may be bent.
    rate
        Positions per second.
    """
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    if last - first < 2 * CUT_BLOCK or not ridge.weighted[first:last].any():
        return _unsupported(stretch, max(0, last - first))
    if stretch.left is None and stretch.right is None:
        stretch = replace(stretch, near=_likely(ridge, stretch, settings, rate))
    ways = [way for way in _ways(ridge, stretch, settings, rate) if np.isfinite(way.log_odds)]
    if not ways:
        return _unsupported(stretch, last - first)
    best = max(ways, key=lambda way: way.log_odds)
    straights = best.straights()
    block = best.starts[1] - best.starts[0] if len(best.starts) > 1 else last - first
    believed = np.repeat(best.posterior.gaps < 0.5, block)[: last - first]
    source = sources_of(straights, first, last)
    return Found(
        straights,
        believed,
        _certain(ways, source, first),
        float(np.logaddexp.reduce([way.log_odds for way in ways])),
    )


def _ways(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> list[Way]:
    """All explanations, simple ones first."""
    ways = []
    straight = one_line(ridge, stretch, settings, rate)
    if straight is not None:
        ways.append(straight)
    if abs(stretch.rise) > settings.max_jump * rate:
        ways.append(switched(ridge, stretch, settings, rate))
        return ways
    cut = through_band(ridge, stretch, settings, rate, "pieces")
    ways.append(cut)
    first, last = stretch.rows
    if last - first >= 2 * BEND_BLOCKS[-1]:
        ways.append(through_band(ridge, stretch, settings, rate, "free"))
    return ways


def _likely(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> Moment:
    """Find where a stretch without given moments lies: where it was expected, or at a best line."""
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    middle = (stretch.start + stretch.end) / 2
    found = search_lines(ridge.weighted[first:last], settings, rate, _MOST_LINES)
    inside = middle - first
    moments = [Moment(middle, inside + float(line.shift(np.array(inside)))) for line in found]
    if stretch.near is not None:
        moments.insert(0, stretch.near)
    reach = SAME_START_REACH * rate
    takes = ridge.weighted.shape[1]

    def promise(moment: Moment) -> float:
        band = through_band(ridge, replace(stretch, near=moment), settings, rate, "pieces")
        if stretch.near is None:
            return band.log_odds
        away = abs(moment.source - moment.song - stretch.near.source + stretch.near.song)
        near = SAME_START * np.exp(-away / reach)
        return band.log_odds + float(np.log(near + (1 - SAME_START) / takes))

    return max(moments, key=promise)


def _certain(ways: Sequence[Way], source: Float64s, first: int) -> Float64s:
    """Probability that a map is within a position of the truth, whichever explanation is right."""
    odds = np.array([way.log_odds for way in ways])
    shares = np.exp(odds - odds.max())
    shares /= shares.sum()
    total = np.zeros(len(source))
    rows = np.arange(len(source))
    for way, share in zip(ways, shares, strict=True):
        near = np.abs(way.sources - source[way.starts][:, None]) <= _TOLERANCE
        inside = (way.posterior.columns * near).sum(axis=1)
        total += share * np.interp(rows, way.starts, inside)
    return np.clip(total, 0.0, 1.0)


def _unsupported(stretch: Stretch, rows: int) -> Found:
    """Go straight where nothing is known, or cut in the middle where straight is too steep."""
    left, right = stretch.left, stretch.right
    nothing = np.zeros(rows)
    if left is not None and right is not None:
        middle = (stretch.start + stretch.end) / 2
        if abs(stretch.rise) > 0.25 * (stretch.end - stretch.start):
            before, after = (laid(stretch, stretch.line(moment)) for moment in (left, right))
            halves = [before.part(stretch.start, middle), after.part(middle, stretch.end)]
            return Found(tied(halves, stretch), nothing > 0, nothing, 0.0)
        straight = Straight(stretch.start, stretch.end, left.source, right.source)
    else:
        moment = left or right or stretch.near or Moment(0.0, 0.0)
        straight = laid(stretch, stretch.line(moment))
    return Found(tied([straight], stretch), nothing > 0, nothing, 0.0)
