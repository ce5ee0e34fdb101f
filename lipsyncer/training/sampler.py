"""Samples the clips of a batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lipsyncer.arrays import Float64s
from lipsyncer.training.clips import Clip
from lipsyncer.training.recipe import TrainConfig


class Sampler:
    """Samples the clips of a batch so that no source dominates, some of them sung."""

    def __init__(
        self,
        clips: list[Clip],
        config: TrainConfig,
        rng: np.random.Generator,
        sung: Sequence[Clip] = (),
    ) -> None:
        self._sung = {clip.name: clip for clip in sung} if config.singing else {}
        self._rng = rng
        self._config = config
        self._short = [c for c in clips if len(c) >= config.short[0]]
        self._long = [c for c in clips if len(c) >= config.long[0]]
        self._short_weights = _weights(self._short)
        self._long_weights = _weights(self._long)

    @property
    def has_long(self) -> bool:
        """Whether there are clips enough for a batch of long windows."""
        return len(self._long) >= self._config.long[1]

    def window(self, step: int) -> tuple[bool, int]:
        """Whether a step learns from long windows, as every other one does, and their length."""
        is_long = step % 2 == 1 and self.has_long
        return is_long, (self._config.long if is_long else self._config.short)[0]

    def sample(self, is_long: bool) -> list[Clip]:
        """Choose the clips of a batch of long or short windows."""
        clips = self._long if is_long else self._short
        weights = self._long_weights if is_long else self._short_weights
        count = (self._config.long if is_long else self._config.short)[1]
        chosen = self._rng.choice(len(clips), min(count, len(clips)), replace=False, p=weights)
        spoken = [clips[i] for i in chosen]
        if not self._sung:
            return spoken
        sing = self._rng.random(len(spoken)) < self._config.singing
        # What is sung is never shorter, so a window fits into it as well.
        return [
            self._sung.get(clip.name, clip) if sung else clip
            for clip, sung in zip(spoken, sing, strict=True)
        ]


def _weights(clips: list[Clip]) -> Float64s:
    """A clip counts by its length, a source by the root of its length."""
    lengths = np.array([len(c) for c in clips], float)
    total: dict[str, float] = {}
    for clip, length in zip(clips, lengths, strict=True):
        total[clip.source] = total.get(clip.source, 0.0) + length
    weights = np.array([n / np.sqrt(total[c.source]) for c, n in zip(clips, lengths, strict=True)])
    return weights / weights.sum() if len(weights) else weights
