"""Takes whose fault is known: clips of one speaker joined, and their picture's time distorted.

A distortion says which moment of the original each moment of the distorted picture shows; the
sound stays as it was. All four families move forwards in time only, as people do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from lipsyncer.arrays import Booleans, Float32s, Float64s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION
from lipsyncer.training.clips import Clip

FAMILIES = ("offset", "drift", "piecewise", "smooth")

_MOST_SMOOTH_SLOPE = 0.2  # of a smooth warp: a singer a fifth faster or slower


@dataclass(frozen=True)
class Distortion:
    """Shows position ``original[j]`` of a clip at position j of the distorted picture."""

    family: str
    original: Float64s

    def apply(self, clip: Clip) -> Clip:
        """Distort the picture of a clip; its sound stays."""
        last = len(clip) - 1
        at = np.clip(self.original, 0, last)
        left = np.floor(at).astype(int)
        right = np.minimum(left + 1, last)
        share = (at - left).astype(np.float32)[:, None, None]
        crops = clip.crops[left] * (1 - share) + clip.crops[right] * share
        return replace(
            clip,
            crops=np.rint(crops).astype(np.uint8),
            shape=(clip.shape[left] * (1 - share) + clip.shape[right] * share).astype(np.float32),
            quality=clip.quality[np.rint(at).astype(int)],
        )


def joined_takes(clips: Iterable[Clip], seconds: float) -> Iterator[Clip]:
    """Join clips of one speaker to takes of at least some seconds; what is left over is dropped."""
    wanted = seconds * GRID_RATE
    ordered = sorted(clips, key=lambda clip: (clip.speaker, clip.name))
    for _, group in groupby(ordered, key=lambda clip: clip.speaker):
        parts: list[Clip] = []
        for clip in group:
            parts.append(clip)
            if sum(map(len, parts)) >= wanted:
                yield _joined(parts)
                parts = []


def _joined(parts: list[Clip]) -> Clip:
    return replace(
        parts[0],
        crops=np.concatenate([c.crops for c in parts]),
        shape=np.concatenate([c.shape for c in parts]),
        quality=np.concatenate([c.quality for c in parts]),
        power=np.concatenate([c.power for c in parts]),
        sound=np.concatenate([c.sound for c in parts]),
    )


def voiced_positions(power: Float32s) -> Booleans:
    """Where a clean voice sounds: within 25 dB of its loud parts, (n,)."""
    energy = power.sum(axis=1).reshape(-1, COLUMNS_PER_POSITION).max(axis=1)
    return np.asarray(energy > 10**-2.5 * np.percentile(energy, 95))


def distortion(family: str, power: Float32s, rng: np.random.Generator) -> Distortion:
    """Draw a distortion of a family for a take with these mel powers (4 n, 80)."""
    n = len(power) // COLUMNS_PER_POSITION
    position = np.arange(n, dtype=float)
    if family == "offset":
        original = position - rng.uniform(-2, 2) * GRID_RATE
    elif family == "drift":
        original = position * (1 + rng.uniform(-0.02, 0.02)) - rng.uniform(-1, 1) * GRID_RATE
    elif family == "piecewise":
        original = _piecewise(power, rng)
    elif family == "smooth":
        original = position - _smooth_delay(n, rng)
    else:
        raise ValueError(f"no such family: {family}")
    return Distortion(family, original)


def _piecewise(power: Float32s, rng: np.random.Generator) -> Float64s:
    """2 to 6 pieces, each shifted by up to 0.6 s, changing in the quietest moments."""
    energy = power.sum(axis=1).reshape(-1, COLUMNS_PER_POSITION).mean(axis=1)
    quiet = np.convolve(energy, np.ones(5) / 5, mode="same")
    n = len(quiet)
    pieces = int(rng.integers(2, 7))
    cuts: list[int] = []
    margin = int(1.5 * GRID_RATE)
    for _ in range(pieces - 1):
        # The quietest of a few draws: a pause, but not always the same one.
        free = [k for k in range(margin, n - margin) if all(abs(k - c) > margin for c in cuts)]
        if not free:
            break
        drawn = rng.choice(free, size=min(len(free), max(len(free) // 3, 1)), replace=False)
        cuts.append(int(min(drawn, key=lambda k: quiet[k])))
    shift = rng.uniform(-0.6, 0.6, len(cuts) + 1) * GRID_RATE
    position = np.arange(n, dtype=float)
    index = np.searchsorted(np.sort(cuts), position, side="right")
    # A later piece that starts earlier than the last one ended: the picture waits for it.
    return np.asarray(np.maximum.accumulate(position - shift[index]))


def _smooth_delay(n: int, rng: np.random.Generator) -> Float64s:
    """A delay in positions that wanders smoothly by up to 1 s, at most a fifth faster or slower."""
    seconds = np.arange(n) / GRID_RATE
    delay = np.zeros(n)
    for period in (25.0, 12.0, 7.0):
        delay += period * rng.normal() * np.sin(2 * np.pi * (seconds / period + rng.random()))
    delay *= rng.uniform(0.3, 1.0) / np.abs(delay).max()
    steepest = np.abs(np.diff(delay)).max() * GRID_RATE
    return np.asarray(delay * min(1.0, _MOST_SMOOTH_SLOPE / steepest) * GRID_RATE)


def with_false_lips(clip: Clip, stranger: Clip, share: float, rng: np.random.Generator) -> Clip:
    """Replace a share of the picture, in stretches under a second, by a still or another mouth."""
    crops, shape = clip.crops.copy(), clip.shape.copy()
    replaced = 0
    while replaced < share * len(clip):
        length = int(rng.integers(8, 25))
        start = int(rng.integers(0, len(clip) - length))
        span = slice(start, start + length)
        if rng.random() < 0.5:
            crops[span], shape[span] = clip.crops[start], clip.shape[start]
        else:
            at = int(rng.integers(0, max(len(stranger) - length, 1)))
            donor = np.arange(at, at + length) % len(stranger)
            crops[span], shape[span] = stranger.crops[donor], stranger.shape[donor]
        replaced += length
    return replace(clip, crops=crops, shape=shape)
