"""Scores normalised by an inverted softmax."""

from __future__ import annotations

import numpy as np

from lipsyncer.training.inverted_softmax import along_offsets, inverted_softmax
from lipsyncer.training.measures import MOST_OFFSET, offset_accuracy


def scores_with_hubs(hub: float) -> np.ndarray:
    """True pairs at 2, all others at 0, and every sixth sound higher with every mouth."""
    n = 120
    scores = np.zeros((n, 2 * MOST_OFFSET + 1), np.float32)
    scores[:, MOST_OFFSET] = 2.0
    sound = np.arange(n)[:, None] + np.arange(-MOST_OFFSET, MOST_OFFSET + 1)
    scores[sound % 6 == 0] += hub
    scores[(sound < 0) | (sound >= n)] = np.nan
    return scores


def test_a_sound_that_fits_every_mouth_wins_no_window() -> None:
    scores = scores_with_hubs(5.0)
    assert offset_accuracy([scores], 2)[0] < 0.5
    assert offset_accuracy([along_offsets(scores)], 2)[0] == 1.0


def test_each_partner_shares_out_one() -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(0, 3, (40, 9)).astype(np.float32)
    scores[rng.random(scores.shape) < 0.2] = np.nan
    partners = np.arange(40)[:, None] + np.arange(9)
    shares = np.exp(inverted_softmax(scores, partners).astype(np.float64))
    known = np.isfinite(scores)
    totals = np.bincount(partners[known], shares[known])
    assert np.allclose(totals[np.unique(partners[known])], 1, atol=1e-5)
    assert (np.isfinite(shares) == known).all()


def test_what_has_no_partner_stays_unknown() -> None:
    nothing = np.full((5, 31), np.nan, np.float32)
    assert np.isnan(along_offsets(nothing)).all()
