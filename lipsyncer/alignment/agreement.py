"""Where along a given map the lips go with the song, and where they don't."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from lipsyncer.alignment.compiled import compiled
from lipsyncer.alignment.evidence import Evidence, SearchedBand
from lipsyncer.alignment.priors import FALSE_LIPS, FALSE_LIPS_LENGTH
from lipsyncer.arrays import Booleans, Float32s, Float64s


def lips_agree(
    evidence: Evidence,
    source: Float64s,
    band: SearchedBand | None = None,
) -> Booleans:
    """Tell where the lips that a map shows are those of the song.

    A hidden Markov model of two states, whose most probable path is found (Viterbi, 1967): the
    lips are the song's, with the evidence's ratios, or any, for ``FALSE_LIPS_LENGTH`` on average.

    Parameters
    ----------
    evidence
        Of the song and the take.
    source
        (N,) take position shown at every song position; NaN where none is.
    band
        ``Alignment.picture`` of the take: its sharper ratios are used where it has them.

    Returns
    -------
    (N,) False where the lips don't fit, or nothing is known of them.
    """
    from librosa.sequence import viterbi_binary

    songs, takes = evidence.pairs.shape
    shown = np.isfinite(source) & (source > -0.5) & (source < takes - 0.5)
    columns = np.clip(np.round(np.nan_to_num(source)), 0, takes - 1).astype(np.int64)
    rows = np.arange(songs)
    known = evidence.weight * np.nan_to_num(evidence.face)[columns] * shown
    ratios = np.nan_to_num(evidence.pairs[rows, columns]) * known
    if band is not None:
        ratios = _sharpened(ratios, source, band)
    begin = 1 - np.exp(-FALSE_LIPS / evidence.rate)
    end = 1 - np.exp(-1 / (FALSE_LIPS_LENGTH * evidence.rate))
    transition = np.array([[1 - end, end], [begin, 1 - begin]])
    probable = np.clip(expit(ratios.astype(np.float64)), 1e-6, 1 - 1e-6)
    agree = viterbi_binary(probable, transition)[0] > 0
    return np.asarray(agree, bool)


def _sharpened(ratios: Float32s, source: Float64s, band: SearchedBand) -> Float32s:
    """Put a band's ratios in the place of others (N,) wherever the map leads through it."""
    first, width = round(band.song_start * band.rate), band.scores.shape[1]
    rows = slice(first, first + len(band.scores))
    away = source[rows] - band.middle[: len(ratios) - first] * band.rate + (width - 1) / 2
    columns = np.round(np.nan_to_num(away, nan=-1.0)).astype(np.int64)
    inside = (columns >= 0) & (columns < width)
    sharp = band.scores[np.arange(len(columns)), np.clip(columns, 0, width - 1)]
    result = ratios.copy()
    result[rows] = np.where(inside, sharp, ratios[rows])
    return result


_STOPS, _STARTS = 0.1, 0.1  # per second, along a path that follows the song for a while
_INDEPENDENT = 0.7
"""How much of a moment's evidence is its own, as neighbours share their mistakes."""


def probably_following(ratios: Float64s, rate: float) -> Float64s:
    """Give the probability that the lips along a map are those of the song, at every moment.

    The model of ``lips_agree`` for a map that may begin before the lips do and end after them,
    summed over instead of maximised (forward-backward; Rabiner, 1989).

    Parameters
    ----------
    ratios
        (N,) log-likelihood ratios that they are, over that they are others, nats.
    rate
        Positions per second.

    Returns
    -------
    (N,) probabilities.
    """
    stops, starts = (float(1 - np.exp(-often / rate)) for often in (_STOPS, _STARTS))
    probable: Float64s = _two_states(np.exp(np.clip(_INDEPENDENT * ratios, -20, 20)), stops, starts)
    return probable


@compiled
def _two_states(odds: Float64s, stops: float, starts: float) -> Float64s:
    """Posterior of the first of two states (n,); beforehand both are as likely."""
    count = len(odds)
    forward = np.empty(count)
    first = 0.5
    for k in range(count):
        if k:
            first = first * (1 - stops) + (1 - first) * starts
        first = first * odds[k] / (first * odds[k] + 1 - first)
        forward[k] = first
    result = np.empty(count)
    later = 0.5  # share of what comes later that the first state explains
    for k in range(count - 1, -1, -1):
        result[k] = forward[k] * later / (forward[k] * later + (1 - forward[k]) * (1 - later))
        here = later * odds[k]
        other = 1 - later
        later = here * (1 - stops) + other * stops
        later /= later + here * starts + other * (1 - starts)
    return result
