"""Scores held against those of what each side could have had instead."""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Float32s, Integers


def inverted_softmax(scores: Float32s, partners: Integers) -> Float32s:
    """Take off each score what its partner holds in all, so that none fits everything.

    Some moments of a sound score high with every mouth ("hubs"), and win windows in which they do
    not belong. The logarithm of a partner's share of all that it scores with (an inverted softmax:
    Smith, Turban, Hamblin and Hammerla, 2017) leaves them no advantage.

    Parameters
    ----------
    scores
        (n, k) scores of n moments of one stream with k of the other each, in nats as a network
        trained by InfoNCE gives them; NaN where there is no partner.
    partners
        (n, k) which moment of the other stream each score is for; not negative where it is known.

    Returns
    -------
    float32 (n, k)
        NaN where there is no partner.
    """
    known = np.isfinite(scores)
    if not known.any():
        return scores
    most = float(scores[known].max())
    index = partners[known]
    total = np.bincount(index, np.exp(scores[known].astype(np.float64) - most))
    normalised = np.full(scores.shape, np.nan, np.float32)
    normalised[known] = scores[known] - most - np.log(total[index])
    return normalised


def along_offsets(scores: Float32s) -> Float32s:
    """Give ``inverted_softmax`` for scores (n, 2 m + 1) of n moments at offsets of -m to m."""
    n, columns = scores.shape
    partners = np.arange(n)[:, None] + np.arange(columns) - columns // 2
    return inverted_softmax(scores, np.maximum(partners, 0))
