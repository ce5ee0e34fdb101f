"""How far to trust an alignment.

The constants are fitted on validation takes against their own and against other songs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit, logit

from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.explain import Hypothesis
from lipsyncer.alignment.pieces import Straight
from lipsyncer.arrays import Float64s

GATHERED_SHARE, GATHERED_FROM = 0.22, 45.0
"""How many nats a path that is free to bend and jump gathers in the lips of another song, by the
variance of the sum of wrong pairs along it; and the variance of a short take, for which
``STATISTIC_MIDDLE`` makes up already."""
STATISTIC_MIDDLE = 12.0
"""Match statistic at which right and wrong songs are equally likely."""
STATISTIC_SLOPE = 0.5
"""Log-odds per unit of the match statistic."""
REFUSAL_THRESHOLD = 0.5
"""Takes with a lower overall confidence are refused."""

PIECE_MOST, PIECE_SLOPE, PIECE_MIDDLE = 0.965, 0.73, 0.0
"""Logistic that takes the posterior of a piece to how often it is right: ``most * expit(slope *
(logit(posterior) - middle))``. The posterior takes the scores of neighbouring moments for more
independent than they are, and knows nothing of mistakes that they share. ``most`` has the least
calibration error over takes and recordings with several attempts together."""

_SUREST = 1e-3  # posteriors nearer to 0 or 1 say no more
_TOLERANCE = 1.0
"""Positions within which the path is right."""


def match_statistic(accounts: Sequence[Hypothesis]) -> float:
    """Weigh that the take belongs to the song against that it does not.

    Parameters
    ----------
    accounts
        All explanations.

    Returns
    -------
    Logarithm of the odds, nats, up to the prior odds.
    """
    return float(np.logaddexp.reduce([account.log_odds for account in accounts]))


def gathered_by_chance(variance: float) -> float:
    """Give what any lips add to the match statistic of a long take, nats.

    Parameters
    ----------
    variance
        Of the sum along the path if all of its pairs were wrong, nats squared.
    """
    return GATHERED_SHARE * max(variance - GATHERED_FROM, 0.0)


def overall_confidence(statistic: float, certain: float = 1.0) -> float:
    """Probability that the take belongs to the song and the map is right at a sung moment.

    Parameters
    ----------
    statistic
        From ``match_statistic``, less what is gathered by chance.
    certain
        Mean of ``path_confidence`` over sung moments: that the map is right if the take belongs.
    """
    return float(certain * expit(STATISTIC_SLOPE * (statistic - STATISTIC_MIDDLE)))


def path_confidence(accounts: Sequence[Hypothesis], songs: int, source: Float64s) -> Float64s:
    """Posterior probability that a path is within one position of the truth, at every moment.

    Parameters
    ----------
    accounts
        All explanations; each counts as much as it is probable.
    songs
        Number of song positions.
    source
        (N,) take position of the path at every song position.

    Returns
    -------
    (N,) probabilities.
    """
    odds = np.array([account.log_odds for account in accounts])
    probable = np.exp(odds - odds.max())
    probable /= probable.sum()
    total = np.zeros(songs)
    for account, weight in zip(accounts, probable, strict=True):
        if weight < 1e-3:
            continue
        band = account.band
        count = len(band.scores)
        starts = np.arange(0, count, account.block)
        rows = band.first + starts
        shift = source[rows] - rows - band.line.shift(rows.astype(np.float64))
        columns = account.posterior.columns
        away = np.arange(columns.shape[1]) - (columns.shape[1] - 1) / 2
        near = np.abs(away / account.per_position - shift[:, None]) <= _TOLERANCE
        inside = np.arange(songs)[band.first : band.first + count]
        total[inside] += weight * np.interp(inside, rows, (columns * near).sum(axis=1))
    return total


def piece_confidence(straight: Straight, certain: Float64s, evidence: Evidence) -> float:
    """Confidence of one piece over its sung moments; a gap has none of its own.

    Parameters
    ----------
    certain
        (N,) from ``path_confidence``.

    Returns
    -------
    Share of moments within one position of the truth among pieces like this one; see
    ``python -m benchmarks.trust``.
    """
    if not straight.matched:
        return 0.0
    posterior = np.clip(_posterior(straight, certain, evidence), _SUREST, 1 - _SUREST)
    return float(PIECE_MOST * expit(PIECE_SLOPE * (logit(posterior) - PIECE_MIDDLE)))


def _posterior(straight: Straight, certain: Float64s, evidence: Evidence) -> float:
    """Mean of the path's posterior over the sung moments of a piece."""
    rows = slice(int(straight.song_start), int(np.ceil(straight.song_end)))
    voice = np.nan_to_num(evidence.voice[rows]).astype(np.float64)
    return float(np.average(certain[rows], weights=voice + 1e-3))
