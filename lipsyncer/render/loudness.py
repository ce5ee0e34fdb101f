"""How loud the sound of an output is, and turning it down to what platforms play.

Integrated loudness follows ITU-R BS.1770-4, annex 1 (K-weighting, gates at -70 LUFS and 10 LU
below the level that passes it); the true peak follows annex 2: the highest sample after fourfold
oversampling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import soxr

from lipsyncer.media.audio import Samples

TARGET_LOUDNESS = -14.0
"""LUFS to which the platforms turn louder sound down."""

TARGET_PEAK = -1.0
"""dBTP that leaves a lossy encoder room not to clip."""

OVERSAMPLING = 4
"""Annex 2 asks for this much at 48 kHz; it finds the peak of any tone within 0.7 dB."""

_BLOCK = 0.4
"""Seconds of a block of annex 1; shorter sound has no loudness."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a meter shows.

    Parameters
    ----------
    integrated
        LUFS; minus infinity for silence, and for sound shorter than 0.4 s.
    true_peak
        dBTP; minus infinity for silence.
    """

    integrated: float
    true_peak: float

    def __str__(self) -> str:
        return f"{_decibels(self.integrated)} LUFS, true peak {_decibels(self.true_peak)} dBTP"


def loudness_of(sound: Samples, rate: int) -> Loudness:
    """Measure sound.

    Parameters
    ----------
    sound
        (n, channels), full scale 1.
    rate
        Samples per second.
    """
    if len(sound) == 0:
        return Loudness(-math.inf, -math.inf)
    integrated = -math.inf
    if len(sound) > _BLOCK * rate:
        import pyloudnorm  # with scipy.signal: half a second, for which the window doesn't wait

        with np.errstate(divide="ignore"):  # the logarithm of silence
            integrated = float(pyloudnorm.Meter(rate).integrated_loudness(sound.astype(np.float64)))
    return Loudness(integrated, true_peak(sound, rate))


def true_peak(sound: Samples, rate: int) -> float:
    """Highest level (dBTP) between the samples too, in any channel."""
    peak = 0.0
    for channel in sound.T:
        between = soxr.resample(np.ascontiguousarray(channel), rate, OVERSAMPLING * rate)
        peak = max(peak, float(np.abs(between).max(initial=0)), float(np.abs(channel).max()))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def turn_down(measured: Loudness) -> float:
    """Give the gain (dB, 0 or less) that brings sound to both targets; it never turns up."""
    return min(0.0, TARGET_LOUDNESS - measured.integrated, TARGET_PEAK - measured.true_peak)


def _decibels(value: float) -> str:
    return f"{value:.1f}" if math.isfinite(value) else "-inf"
