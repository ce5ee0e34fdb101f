"""Where the beats of a song are, where it has a beat to tap to.

librosa's tracker (Ellis, 2007) finds beats in everything, even in speech. So a beat counts only
where the onsets around it repeat at a regular interval (a salient pulse: Grosche and Müller, 2011).
"""

from __future__ import annotations

import librosa
import numpy as np

from lipsyncer.arrays import Booleans, Float32s, Float64s

CLEAR = 0.3
"""Correlation of the onsets with themselves a beat later from which on a beat is clear. Speech
and voices that sing alone stay below 0.27, songs with drums lie above 0.44."""

_HOP = 0.01  # s
_WINDOW = 512  # samples of a spectrum
_BANDS = 64
_WHILE, _STEP = 8.0, 2.0  # s; over such a while a beat is clear or not, and from one to the next
_SHORTEST = 4.0  # s; less sound tells no beat
_PERIODS = (0.3, 1.2)  # s from beat to beat


def beats_of(sound: Float32s, rate: int) -> Float64s:
    """Find the beats of a mono song, float32 (n,) at ``rate`` samples per second.

    Returns ascending seconds, float64 (k,); only beats in stretches with a clear beat.
    """
    if len(sound) < _SHORTEST * rate or not np.abs(sound).max() > 0:
        return np.zeros(0)
    hop = round(_HOP * rate)
    onsets = _onsets(sound, rate, hop)
    clear = _clear(onsets, hop / rate)
    if not clear.any():
        return np.zeros(0)
    # Imported here because it takes seconds that the start of the program needn't wait.
    from librosa.beat import beat_track

    _, frames = beat_track(onset_envelope=onsets, sr=rate, hop_length=hop)
    frames = np.asarray(frames, np.int64)
    return np.asarray(frames[clear[frames]] * hop / rate, np.float64)


def _onsets(sound: Float32s, rate: int, hop: int) -> Float32s:
    """How much begins to sound at each step (m,)."""
    from librosa.onset import onset_strength

    power = librosa.feature.melspectrogram(
        y=sound, sr=rate, n_fft=_WINDOW, hop_length=hop, n_mels=_BANDS
    )
    # Without n_fft the strength would be moved by half of a window that was not used.
    return np.asarray(
        onset_strength(
            S=librosa.power_to_db(power, top_db=60),
            sr=rate,
            hop_length=hop,
            n_fft=_WINDOW,
            aggregate=np.median,
        ),
        np.float32,
    )


def _clear(onsets: Float32s, step: float) -> Booleans:
    """Whether the onsets around each step (m,) come again after one regular while."""
    count, width = len(onsets), min(round(_WHILE / step), len(onsets))
    clear = np.zeros(count, dtype=bool)
    for start in range(0, count - width + 1, round(_STEP / step)):
        if _recurrence(onsets[start : start + width], step) >= CLEAR:
            # What comes after the last whole window is judged by it.
            last = start + width + round(_STEP / step) > count
            clear[start : count if last else start + width] = True
    return clear


def _recurrence(onsets: Float32s, step: float) -> float:
    """Highest correlation of onsets with themselves one beat later."""
    centred = onsets.astype(np.float64) - onsets.mean()
    power = float(np.mean(centred**2))
    if power < 1e-9:
        return 0.0
    first, last = (round(period / step) for period in _PERIODS)
    lags = range(first, min(last, len(onsets) // 2) + 1)
    alike = (float(np.mean(centred[lag:] * centred[:-lag])) for lag in lags)
    return max(alike, default=0.0) / power
