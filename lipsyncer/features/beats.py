"""The beats of a song, where it has clear ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from librosa.beat import beat_track
from librosa.onset import onset_strength

_HOP = 128  # 8 ms at 16 kHz
_CLEAR = 2.2
"""How much stronger onsets are on the beats than usual, for beats that a listener would clap."""
_EVEN = 0.15  # of a beat that the distances between beats vary, at most
_FEWEST = 8


def beats_of(sound: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float64]:
    """Find the beats of a song (Ellis, 2007: dynamic programming over onsets at a steady tempo).

    Parameters
    ----------
    sound
        Mono, (n,).
    rate
        Samples per second.

    Returns
    -------
    float64 (k,)
        Seconds, in order; none where the song has no clear beat.
    """
    none = np.zeros(0)
    if len(sound) < 4 * rate or not np.any(sound):
        return none
    onsets = onset_strength(y=sound, sr=rate, hop_length=_HOP, n_fft=1024)
    _, frames = beat_track(
        onset_envelope=onsets, sr=rate, hop_length=_HOP, trim=False, units="frames"
    )
    frames = np.asarray(frames, np.int64)
    if len(frames) < _FEWEST:
        return none
    apart = np.diff(frames)
    on_beats = np.mean([onsets[max(0, k - 2) : k + 3].max() for k in frames])
    usual = np.mean([onsets[max(0, k - 2) : k + 3].max() for k in range(2, len(onsets), 5)])
    if on_beats < _CLEAR * usual or apart.std() > _EVEN * apart.mean():
        return none
    return np.asarray(frames * (_HOP / rate), np.float64)
