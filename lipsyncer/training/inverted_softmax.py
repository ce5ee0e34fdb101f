"""Inverted softmax: scores normalised over what the other side could choose instead."""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Float32s, Integers


def inverted_softmax(scores: Float32s, partners: Integers) -> Float32s:
    """Normalise scores over each partner (Smith, Turban, Hamblin and Hammerla, 2017).

    Some moments of a sound score high with every mouth ("hubs") and win windows where they do not
    belong; normalised, they have no advantage.

    Parameters
    ----------
    scores
        (n, k) nats of n moments of one stream with k of the other; NaN where there is no partner.
    partners
        (n, k) which moment of the other stream each score is for; 0 or more where it is known.
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
