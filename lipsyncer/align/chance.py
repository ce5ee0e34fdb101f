"""Holding evidence to its word: what do moments that do not belong together look like here?

Nearly all pairs of a matrix are wrong pairs, and a log-likelihood ratio has a property there that
can be checked without knowing the right ones: under no relation its exponential is 1 on average.
Evidence that claims more is tempered, and evidence that is too pessimistic or too hopeful about a
stretch of the song is moved, until one-second sums of wrong pairs have that property. It is what
speaker verification does with a cohort of impostors (Auckenthaler et al., 2000).
"""

from __future__ import annotations

import numpy as np

from lipsyncer.align.evidence import Doubles, Floats

# Fewer wrong pairs than this tell nothing.
_FEWEST = 60
_LEAST_TRUST = 0.2


def against_chance(sums: Floats, weights: Floats) -> tuple[float, Doubles]:
    """Find how to correct evidence so that chance looks like chance.

    Parameters
    ----------
    sums
        (blocks, K) sums of weighted ratios over about a second, nearly all along wrong paths; NaN
        where a path leaves the take.
    weights
        (blocks, K) sums of the weights that went into them.

    Returns
    -------
    The factor for all ratios, at most 1, and for each block what is then to be taken off every
    ratio of weight one (blocks,).
    """
    known = np.isfinite(sums)
    usable = (known.sum(axis=1) >= _FEWEST) & (np.where(known, weights, 0).max(axis=1) > 1.0)
    shift = np.zeros(len(sums))
    if not usable.any():
        return 1.0, shift
    values = sums[usable].astype(np.float64)
    # Medians: the few right pairs, and what a chorus repeats, do not count as chance.
    middle = np.nanmedian(values, axis=1)
    spread = 1.4826 * np.nanmedian(np.abs(values - middle[:, None]), axis=1)
    half_variance = spread**2 / 2
    # Too large a scale and too high a zero look alike from here: half is laid to each.
    claim = float(np.clip(-middle.sum() / max(half_variance.sum(), 1e-9), _LEAST_TRUST**2, 1.0))
    trust = 1.0
    typical = np.nanmedian(np.where(known, weights, np.nan)[usable], axis=1)
    excess = trust * middle + trust**2 * half_variance
    shift[usable] = excess / np.maximum(typical, 1.0)
    return trust, shift
