"""How far to trust an alignment.

The constants are fitted on validation takes against their own and against other songs.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from lipsyncer.align.band import PER_POSITION, Band
from lipsyncer.align.evidence import Doubles
from lipsyncer.align.fit import Track
from lipsyncer.align.lines import LineSearch

STATISTIC_MIDDLE = 6.0
"""Match statistic at which right and wrong songs are equally likely."""
STATISTIC_SLOPE = 1.2
"""Log-odds per unit of the match statistic."""
REFUSAL_THRESHOLD = 0.5
"""Takes with a lower overall confidence are refused."""

_NEIGHBOURHOOD = 1.0
"""Seconds to both sides within which a piece's offset is doubted."""


def match_statistic(search: LineSearch, score: float) -> float:
    """How far the evidence for the best account stands out of what chance lines collect.

    Parameters
    ----------
    search
        The coarse search, whose lines are nearly all wrong and so measure chance.
    score
        Penalised log-likelihood of the best account, nats.

    Returns
    -------
    Robust standard deviations; about 5 is what the best of thousands of chance lines reaches.
    """
    best = max([score, *(line.score for line in search.lines[:1])])
    return best / max(search.noise, 0.5)


def overall_confidence(statistic: float) -> float:
    """Probability that the take belongs to the song."""
    return 1 / (1 + math.exp(-np.clip(STATISTIC_SLOPE * (statistic - STATISTIC_MIDDLE), -50, 50)))


def piece_confidence(band: Band, track: Track, rows: npt.NDArray[np.int64], rate: float) -> float:
    """Posterior probability that the path is within one position of the truth on some rows.

    Parameters
    ----------
    rows
        Rows of the band that belong to the piece.

    Returns
    -------
    Mass of the posterior over common shifts of these rows within one position of the path.
    """
    rows = rows[track.matched[rows]]
    if len(rows) == 0:
        return 0.0
    steps = round(_NEIGHBOURHOOD * rate) * PER_POSITION
    shifts = np.arange(-steps, steps + 1)
    base = np.round(track.path[rows] * PER_POSITION).astype(np.int64) + band.middle
    columns = base[:, None] + shifts[None, :]
    width = band.scores.shape[1]
    inside = (columns >= 0) & (columns < width)
    values = band.scores[rows[:, None], np.clip(columns, 0, width - 1)]
    profile: Doubles = np.where(inside, values, 0).sum(axis=0, dtype=np.float64)
    mass = np.exp(profile - profile.max())
    return float(mass[np.abs(shifts) <= PER_POSITION].sum() / mass.sum())
