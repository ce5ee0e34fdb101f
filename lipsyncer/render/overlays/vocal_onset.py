"""When somebody begins to sing, for a countdown that has no lyrics to go by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lipsyncer.arrays import Float32s
from lipsyncer.features import GRID_RATE

SUNG = 0.6
"""Voice from which on somebody sings; see ``align.several``."""


def first_word(voices: Sequence[Float32s], start: float) -> float | None:
    """Give the first moment (s) of the song, from ``start`` (s) on, at which somebody sings.

    Parameters
    ----------
    voices
        From each take's evidence: how much a voice sings at each song position (N,), 25 a second.

    Returns
    -------
    float or None
        None where nobody does.
    """
    if not voices:
        return None
    voice = np.nan_to_num(np.mean(np.asarray(voices, np.float64), axis=0))
    first = round(start * GRID_RATE)
    sung = np.flatnonzero(voice[first:] >= SUNG)
    return float((first + sung[0]) / GRID_RATE) if len(sung) else None
