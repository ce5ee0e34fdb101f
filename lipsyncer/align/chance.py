"""Holding evidence to its word: what do moments that do not belong together look like here?

Nearly all pairs of a matrix are wrong pairs, and a log-likelihood ratio has a property there that
can be checked without knowing the right ones: under no relation its exponential is 1 on average.
Evidence that is too hopeful or too pessimistic about a stretch of the song is moved until
one-second sums of wrong pairs have that property. It is what speaker verification does with a
cohort of impostors (Auckenthaler et al., 2000).
"""

from __future__ import annotations

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


def excess_of_chance(sums: Float32s, weights: Float32s) -> Float64s:
    """Find what to take off the ratios so that chance looks like chance.

    Parameters
    ----------
    sums
        (blocks, K) sums of weighted ratios over about a second, nearly all along wrong paths; NaN
        where a path leaves the take.
    weights
        (blocks, K) sums of the weights that went into them.

    Returns
    -------
    What to take off every ratio of weight one in each block (blocks,), nats.
    """
    known = np.isfinite(sums)
    usable = (known.sum(axis=1) >= _FEWEST) & (np.where(known, weights, 0).max(axis=1) > 1.0)
    excess = np.zeros(len(sums))
    if not usable.any():
        return excess
    values = sums[usable].astype(np.float64)
    # Medians: the few right pairs, and what a chorus repeats, do not count as chance.
    middle = np.nanmedian(values, axis=1)
    spread = 1.4826 * np.nanmedian(np.abs(values - middle[:, None]), axis=1)
    typical = np.nanmedian(np.where(known, weights, np.nan)[usable], axis=1)
    # The exponential of a Gaussian averages to that of its mean plus half its variance.
    excess[usable] = (middle + spread**2 / 2) / np.maximum(typical, 1.0)
    return excess
