"""The part of a cut that says most in a short video: the loudest stretch that is sung."""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Float64s

_IN_A_WORD = 0.6  # of a voice; where it is lower, a part may begin


def best_part(
    voice: Float64s, loudness: Float64s, rate: float, span: tuple[float, float], seconds: float
) -> tuple[float, float]:
    """Find the stretch of a cut with the most loud singing, beginning between two words.

    Parameters
    ----------
    voice
        How much a voice sings at each song position (N,), 0 to 1.
    loudness
        Amplitude of the song at the same positions (N,).
    rate
        Positions per second.
    span
        Seconds of the song that the cut covers.
    seconds
        Length of the part; the whole span where that is shorter.
    """
    start, end = span
    if end - start <= seconds:
        return span
    first, last = round(start * rate), min(round(end * rate), len(voice))
    sung = np.nan_to_num(voice[first:last]) * loudness[first:last]
    length = min(round(seconds * rate), len(sung))
    sums = np.concatenate([[0.0], np.cumsum(sung)])
    worth = sums[length:] - sums[:-length]
    quiet = np.nan_to_num(voice[first : first + len(worth)]) < _IN_A_WORD
    # Where a voice never pauses, a part has to begin in a word.
    allowed = np.where(quiet, worth, -np.inf) if quiet.any() else worth
    begin = start + int(allowed.argmax()) / rate
    begin = min(max(start, begin), end - seconds)
    return begin, begin + seconds
