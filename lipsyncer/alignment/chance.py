"""Holding evidence to its word: what do moments that do not belong together look like here?

Nearly all pairs of a matrix are wrong pairs, and a log-likelihood ratio has a property there that
can be checked without knowing the right ones: under no relation its exponential is 1 on average.
Evidence that is too hopeful or too pessimistic about a stretch of the song is moved until
one-second sums of wrong pairs have that property. It is what speaker verification does with a
cohort of impostors (Auckenthaler et al., 2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lipsyncer.arrays import Float32s, Float64s

CHANCE_SHARE = 0.5
"""How much of the excess is taken off.

All of it would be right if one-second sums were Gaussian; their tails are lighter, and with all of
it a short take of real miming to a produced song drowns, though its best offset stands out. With
none of it long takes find company in other people's songs.
"""

# Fewer wrong pairs than this tell nothing.
_FEWEST = 60


@dataclass(frozen=True)
class Chance:
    """What one-second sums of wrong pairs look like, per block; 0 where too few are known.

    Attributes
    ----------
    middle, spread
        (blocks,) their median and standard deviation, nats.
    weight
        (blocks,) how much evidence goes into one, at least 1.
    """

    middle: Float64s
    spread: Float64s
    weight: Float64s

    @property
    def excess(self) -> Float64s:
        """What to take off a ratio of weight one so that chance looks like chance (blocks,)."""
        # The exponential of a Gaussian averages to that of its mean plus half its variance.
        excess: Float64s = (self.middle + self.spread**2 / 2) / self.weight
        return excess


def chance_of(sums: Float32s, weights: Float32s) -> Chance:
    """Learn from wrong pairs what chance looks like.

    Parameters
    ----------
    sums
        (blocks, K) sums of weighted ratios over about a second, nearly all along wrong paths; NaN
        where a path leaves the take.
    weights
        (blocks, K) sums of the weights that went into them.
    """
    known = np.isfinite(sums)
    usable = (known.sum(axis=1) >= _FEWEST) & (np.where(known, weights, 0).max(axis=1) > 1.0)
    middle, spread, weight = np.zeros(len(sums)), np.zeros(len(sums)), np.ones(len(sums))
    if usable.any():
        values = sums[usable].astype(np.float64)
        # Medians: the few right pairs, and what a chorus repeats, do not count as chance.
        middle[usable] = np.nanmedian(values, axis=1)
        spread[usable] = 1.4826 * np.nanmedian(np.abs(values - middle[usable, None]), axis=1)
        typical = np.nanmedian(np.where(known, weights, np.nan)[usable], axis=1)
        weight[usable] = np.maximum(typical, 1.0)
    return Chance(middle, spread, weight)
