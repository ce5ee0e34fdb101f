"""Lends a window another person's resting face and voice, and hides parts of it.

What lips and sound have in common is how they move together. A network that is given few people
also learns who they are: the resting shape of a mouth and the long-term spectrum of a voice. Here
these are exchanged within a batch, so that they tell nothing, and stretches of one view or bands
of the sound are hidden, after SpecAugment (Park et al., 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from lipsyncer.arrays import Float32s

_MOST_VOICE_GAIN = 15.0  # dB that a band is raised or lowered to sound like another voice
_LOUD_SHARE = 0.1  # of a voice's 95th percentile: louder columns make its spectrum
_DROPPED = (3, 10)  # positions of a stretch in which one view is hidden
_MASKED_BANDS = (3, 14)


@dataclass(frozen=True)
class MixingConfig:
    """How often a window is mixed with another or hidden in part; shares are probabilities.

    Attributes
    ----------
    faces
        Share of windows given the resting lip shape of another.
    crop_blending
        Share of windows over whose crops another's mean crop is blended.
    voices
        Share of windows given the long-term spectrum of another.
    babble
        Share of windows with another's voice beneath their own, 3 to 20 dB softer.
    modality_dropout
        Share of windows in which the crops, or the lip shape, are missing for a moment.
    masks
        Share of windows in which up to two ranges of mel bands are silent.
    """

    faces: float = 0.0
    crop_blending: float = 0.0
    voices: float = 0.0
    babble: float = 0.0
    modality_dropout: float = 0.0
    masks: float = 0.0


def mixed_faces(points: Tensor, share: float, rng: np.random.Generator) -> Tensor:
    """Move lip shapes (batch, n, 56, 3) towards another window's resting shape.

    A mouth also moves more or less than it did: some people hardly open theirs.
    """
    rest = points.mean(dim=1, keepdim=True)
    lent = torch.from_numpy(rng.permutation(len(points)))
    towards = _some(len(points), share, rng) * _uniform(len(points), 0.2, 1.2, rng)
    liveliness = torch.exp(_some(len(points), share, rng) * _uniform(len(points), -0.5, 0.4, rng))
    return (
        rest
        + towards[:, None, None, None] * (rest[lent] - rest)
        + liveliness[:, None, None, None] * (points - rest)
    )


def blended_crops(crops: Tensor, share: float, rng: np.random.Generator) -> Tensor:
    """Exchange part of the mean of crops (batch, n, 64, 64) for another window's."""
    still = crops.mean(dim=1, keepdim=True)
    lent = torch.from_numpy(rng.permutation(len(crops)))
    part = _some(len(crops), share, rng) * _uniform(len(crops), 0.1, 0.5, rng)
    return crops + part[:, None, None, None] * (still[lent] - still)


def without_modality(
    crops: Tensor, shape: Tensor, share: float, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Hide a stretch of one view of some windows: crops (batch, n, ...) or shape (batch, n, ...).

    Never both at once: then there would be nothing left to match.
    """
    crops, shape = crops.clone(), shape.clone()
    for k in range(len(crops)):
        if rng.random() < share:
            start = int(rng.integers(0, crops.shape[1]))
            hidden = crops if rng.random() < 0.5 else shape
            hidden[k, start : start + int(rng.integers(*_DROPPED))] = 0
    return crops, shape


def mixed_voices(powers: list[Float32s], share: float, rng: np.random.Generator) -> list[Float32s]:
    """Give mel powers (columns, 80) another window's long-term spectrum."""
    spectra = [_spectrum(power) for power in powers]
    lent = rng.permutation(len(powers))
    changed = []
    for k, power in enumerate(powers):
        if rng.random() < share:
            gain = 10 * np.log10(spectra[lent[k]] / spectra[k]) * rng.uniform(0.2, 1.0)
            gain = np.clip(gain, -_MOST_VOICE_GAIN, _MOST_VOICE_GAIN)
            power = power * (10 ** (gain / 10)).astype(np.float32)
        changed.append(power)
    return changed


def babbled(powers: list[Float32s], share: float, rng: np.random.Generator) -> list[Float32s]:
    """Lay another window's voice beneath mel powers (columns, 80), as a choir or a bystander."""
    lent = rng.permutation(len(powers))
    changed = []
    for k, power in enumerate(powers):
        if rng.random() < share and lent[k] != k:
            other = powers[lent[k]]
            level = np.percentile(power.sum(1), 90) / (np.percentile(other.sum(1), 90) + 1e-9)
            power = power + other * np.float32(level * 10 ** (-rng.uniform(3, 20) / 10))
        changed.append(power)
    return changed


def masked(mel: Float32s, share: float, rng: np.random.Generator) -> Float32s:
    """Silence up to two ranges of bands of log-mel columns (columns, 80)."""
    if rng.random() >= share:
        return mel
    mel = mel.copy()
    for _ in range(int(rng.integers(1, 3))):
        first = int(rng.integers(0, mel.shape[1]))
        mel[:, first : first + int(rng.integers(*_MASKED_BANDS))] = mel.min()
    return mel


def _spectrum(power: Float32s) -> Float32s:
    """Mean power of a voice's loud columns by band, smoothed over five bands."""
    loudness = power.sum(axis=1)
    loud = power[loudness >= _LOUD_SHARE * np.percentile(loudness, 95)]
    mean = np.pad(loud.mean(axis=0) + 1e-7, 2, mode="edge")
    return np.asarray(np.convolve(mean, np.ones(5) / 5, mode="valid"), np.float32)


def _some(count: int, share: float, rng: np.random.Generator) -> Tensor:
    return torch.from_numpy((rng.random(count) < share).astype(np.float32))


def _uniform(count: int, low: float, high: float, rng: np.random.Generator) -> Tensor:
    return torch.from_numpy(rng.uniform(low, high, count).astype(np.float32))
