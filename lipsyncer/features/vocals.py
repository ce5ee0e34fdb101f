"""The voice brought forward in a finished song, so that the network hears less of the band.

Two plain clues: producers put the voice in the middle of the stereo picture, and accompaniment
repeats where a voice does not (Rafii and Pardo, 2012). Another separator can take the place of
:func:`vocal_emphasis`; whatever it returns goes through the same spectrogram.
"""

from __future__ import annotations

import librosa
import numpy as np
from librosa.decompose import nn_filter
from librosa.segment import recurrence_matrix

from lipsyncer.arrays import Float32s

_FFT = 1024  # 64 ms at 16 kHz: long enough to part notes
_HOP = 256
_BLOCK = 4  # frames that are looked up together when searching for repetitions
_NEIGHBOURS = 10
_APART = 2.0  # s; nearer blocks are alike because they are the same note
_CENTRE_WIDTH = 0.15  # of the stereo picture that counts as its middle


def vocal_emphasis(sound: Float32s, rate: int) -> Float32s:
    """Bring the voice of a song forward.

    Parameters
    ----------
    sound
        The song, float32 (n, 2), or (n,) for a mono recording, which has no middle to look for.
    rate
        Samples per second.

    Returns
    -------
    float32 (n,)
        Mono. What neither lies in the middle nor stands out from the song's repetitions is turned
        down, not removed: a mask that gates hard would carve its own rhythm into the voice.
    """
    stereo = sound if sound.ndim == 2 and sound.shape[1] > 1 else None
    mono = np.ascontiguousarray(sound.mean(axis=1) if sound.ndim == 2 else sound, np.float32)
    if len(mono) < 2 * _FFT:
        return mono
    spectrum = librosa.stft(mono, n_fft=_FFT, hop_length=_HOP)
    magnitude = np.abs(spectrum)
    mask = _novel(magnitude, rate)
    if stereo is not None:
        mask = mask * _central(stereo)
    voiced = librosa.istft(spectrum * (0.1 + 0.9 * mask), hop_length=_HOP, length=len(mono))
    return np.asarray(voiced, np.float32)


def _central(stereo: Float32s) -> Float32s:
    """How much of each bin comes from the middle of the stereo picture, 0 to 1."""
    left, right = (
        librosa.stft(np.ascontiguousarray(stereo[:, side]), n_fft=_FFT, hop_length=_HOP)
        for side in (0, 1)
    )
    power = np.abs(left) ** 2 + np.abs(right) ** 2 + 1e-12
    side_power = np.abs(left - right) ** 2
    return np.asarray(np.exp(-side_power / power / (2 * _CENTRE_WIDTH)), np.float32)


def _novel(magnitude: Float32s, rate: int) -> Float32s:
    """How much of each bin stands out from the song's most similar moments, 0 to 1."""
    blocks = magnitude.shape[1] // _BLOCK
    apart = int(_APART * rate / _HOP / _BLOCK)
    if blocks < 3 * apart:  # too short to repeat itself
        return np.ones_like(magnitude)
    used = magnitude[:, : blocks * _BLOCK]
    stacked = used.reshape(-1, blocks, _BLOCK).transpose(0, 2, 1).reshape(-1, blocks)
    stacked = np.asfortranarray(stacked)  # nn_filter gathers columns
    coarse = librosa.feature.melspectrogram(
        S=used.reshape(-1, blocks, _BLOCK).mean(axis=2) ** 2, sr=rate, n_mels=48
    )
    recurrence = recurrence_matrix(
        librosa.power_to_db(coarse),
        k=min(_NEIGHBOURS, blocks - 2 * apart - 1),
        width=apart,
        metric="cosine",
        sparse=True,
        mode="connectivity",
    )
    repeated = nn_filter(stacked, rec=recurrence, aggregate=np.median, axis=-1)
    repeated = repeated.reshape(-1, _BLOCK, blocks).transpose(0, 2, 1).reshape(used.shape)
    repeated = np.minimum(repeated, used)
    mask = np.ones_like(magnitude)
    mask[:, : blocks * _BLOCK] = librosa.util.softmask(
        used - repeated, 2.0 * repeated, power=2, split_zeros=True
    )
    return mask
