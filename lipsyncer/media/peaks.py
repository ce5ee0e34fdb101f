"""A waveform's outline at every zoom: a pyramid of lowest and highest samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lipsyncer.arrays import Float32s

_FINEST = 64
"""Samples per bin of the finest level; below that a screen shows single samples to nobody."""


@dataclass(frozen=True, eq=False)
class Peaks:
    """Lowest and highest samples in bins of doubling length.

    Attributes
    ----------
    rate
        Samples per second of the waveform.
    levels
        Level k is float32 (bins, 2), lowest and highest sample of each ``64 * 2**k`` samples.
    """

    rate: float
    levels: tuple[Float32s, ...]

    @property
    def duration(self) -> float:
        """Seconds covered, to a bin of the finest level."""
        return len(self.levels[0]) * _FINEST / self.rate

    def between(self, start: float, end: float, columns: int) -> Float32s:
        """Outline of a stretch, for drawing one column of pixels each.

        Parameters
        ----------
        start, end
            Seconds; what lies outside the waveform is silent.
        columns
            How many to divide the stretch into.

        Returns
        -------
        float32 (columns, 2), lowest and highest sample in each column. No sample is left out, and
        a column may see up to half a column of its neighbours.
        """
        per_column = (end - start) * self.rate / max(columns, 1)
        level = int(np.clip(np.floor(np.log2(max(per_column / _FINEST, 1.0))), 0, self._last))
        bins = self.levels[level]
        size = _FINEST * 2**level / self.rate
        edges = np.linspace(start / size, end / size, columns + 1)
        first = np.floor(edges[:-1]).astype(np.int64)
        last = np.maximum(np.ceil(edges[1:]).astype(np.int64), first + 1)
        low, high = np.zeros(columns, np.float32), np.zeros(columns, np.float32)
        # A column holds a few bins at most, as the level fits the zoom.
        for step in range(int((last - first).max(initial=0))):
            index = first + step
            inside = (index < last) & (index >= 0) & (index < len(bins))
            taken = bins[np.clip(index, 0, len(bins) - 1)]
            low = np.where(inside, np.minimum(low, taken[:, 0]), low)
            high = np.where(inside, np.maximum(high, taken[:, 1]), high)
        return np.stack([low, high], axis=1)

    @property
    def _last(self) -> int:
        return len(self.levels) - 1


def peaks_of(samples: Float32s, rate: float) -> Peaks:
    """Build the pyramid of a waveform.

    Parameters
    ----------
    samples
        float32 (n,) one channel, or (n, channels), of which the lowest and highest count.
    rate
        Samples per second.
    """
    whole = samples[:, None] if samples.ndim == 1 else samples
    missing = -len(whole) % _FINEST if len(whole) else _FINEST
    padded = np.pad(whole, ((0, missing), (0, 0))).reshape(-1, _FINEST * whole.shape[1])
    level = np.stack([padded.min(axis=1), padded.max(axis=1)], axis=1).astype(np.float32)
    levels = [level]
    while len(level) > 1:
        if len(level) % 2:
            level = np.concatenate([level, level[-1:]])
        pairs = level.reshape(-1, 2, 2)
        level = np.stack([pairs[:, :, 0].min(axis=1), pairs[:, :, 1].max(axis=1)], axis=1)
        levels.append(level)
    return Peaks(rate, tuple(levels))
