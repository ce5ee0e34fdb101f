"""What the network hears: the log-mel spectrogram, the voice in a song, and where it sings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import librosa
import numpy as np

from lipsyncer.arrays import Float32s
from lipsyncer.features import GRID_RATE

SAMPLE_RATE = 16000
"""Samples per second of the sound that :func:`log_mel` takes."""

HOP = 160
"""Samples between two columns: 10 ms, so that four columns are exactly one grid position.

The paper's hop of 512 at 44.1 kHz is 11.6 ms and drifts against a 25 fps picture by a column
every 0.26 s, which a network that must tell 40 ms apart would first have to unlearn.
"""

MEL_BANDS = 80
MEL_RATE = SAMPLE_RATE / HOP
COLUMNS_PER_POSITION = round(MEL_RATE / GRID_RATE)

_WINDOW = 400  # 25 ms: short enough for a plosive, long enough for a low voice
_FFT = 512
_COLUMNS = 2000  # of a spectrum that are worked out at a time
_FLOOR = 1e-6  # of the loud parts' power in all bands together


def mel_power(samples: Float32s) -> Float32s:
    """Mel spectrogram, scaled so that the loud parts' power over all bands is 1.

    Parameters
    ----------
    samples
        Mono sound at 16 kHz, float32 (n,).

    Returns
    -------
    float32 (n // 160 + 1, 80)
        Column k is centred at k/100 s. Silence gives zeros.
    """
    if len(samples) == 0:
        return np.zeros((1, MEL_BANDS), np.float32)
    power = columns_of(
        librosa.feature.melspectrogram,
        np.asarray(samples, np.float32),
        _FFT,
        HOP,
        win_length=_WINDOW,
        n_mels=MEL_BANDS,
        fmin=60.0,
        fmax=7600.0,
    )
    energy = power.sum(axis=1)
    # A sound that is nearly all silence is loud in less than a twentieth of its columns.
    loud = max(float(np.percentile(energy, 95)), 1e-3 * float(energy.max()))
    return np.asarray(power / loud if loud > 1e-10 else power * 0, np.float32)


def columns_of(
    feature: Callable[..., Float32s], samples: Float32s, window: int, hop: int, **options: Any
) -> Float32s:
    """Work out a feature of a spectrum some columns at a time: a long song's whole takes gigabytes.

    Parameters
    ----------
    feature
        One of ``librosa.feature``.
    samples
        Mono sound at 16 kHz, (n,).
    window, hop
        Samples that a column looks at, and from one column to the next.
    options
        Of the feature.

    Returns
    -------
    (n // hop + 1, features)
        Column k is centred at sample ``k * hop``; there is silence before the sound and after it.
    """
    padded = np.pad(samples, window // 2)
    count = len(samples) // hop + 1
    parts = []
    for first in range(0, count, _COLUMNS):
        last = min(first + _COLUMNS, count)
        heard = padded[first * hop : (last - 1) * hop + window]
        spectrum = {"sr": SAMPLE_RATE, "n_fft": window, "hop_length": hop, "center": False}
        parts.append(feature(y=heard, **spectrum, **options).T)
    return np.concatenate(parts)


def compress(power: Float32s) -> Float32s:
    """Take mel powers to the scale that the network sees: logarithms of about unit spread."""
    return np.asarray((np.log(power + _FLOOR) + 8.0) / 3.0, np.float32)


def log_mel(samples: Float32s) -> Float32s:
    """Log-mel spectrogram for the network: float32 (n // 160 + 1, 80), 100 columns a second.

    Columns lie as in :func:`mel_power`; the level of the recording is divided out.
    """
    return compress(mel_power(samples))


def paper_log_mel(samples: Float32s, rate: int) -> Float32s:
    """Log-mel spectrogram of the paper (Yin and Wen): window 1024, hop 512, 128 bands.

    Takes mono sound (n,) at ``rate``; the paper's is 44100. Returns natural logarithms of power,
    float32 (n // 512 + 1, 128), floored at 80 dB below the loudest.
    """
    power = librosa.feature.melspectrogram(
        y=samples, sr=rate, n_fft=1024, hop_length=512, n_mels=128
    ).T
    top = max(float(power.max()), 1e-10)
    return np.asarray(np.log(np.maximum(power / top, 1e-8)), np.float32)
