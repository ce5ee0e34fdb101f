"""What a training learns from, and what it is validated with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lipsyncer.arrays import Float32s
from lipsyncer.progress import Stage, part
from lipsyncer.training.clips import Clip
from lipsyncer.training.lags import all_in_sync
from lipsyncer.training.singing_clips import sung_clips

SINGING_SEED = 7


@dataclass(frozen=True)
class Material:
    """Clips in sync and what is laid over them.

    Attributes
    ----------
    clips
        What is learned from.
    validation
        Clips of other speakers, only measured and calibrated with.
    music
        Mel powers (columns, 80) of music to lay beneath voices, or None.
    sung, sung_validation
        Sung variants of both, by their names.
    """

    clips: list[Clip]
    validation: list[Clip]
    music: Float32s | None = None
    sung: Sequence[Clip] = ()
    sung_validation: Sequence[Clip] = ()

    @property
    def watched(self) -> list[Clip]:
        """All clips to calibrate with, spoken and sung."""
        return [*self.validation, *self.sung_validation]

    def in_sync(self, lags: Mapping[str, float]) -> Material:
        """Put every clip in sync by its lag; sung variants made before are left out."""
        return Material(
            all_in_sync(self.clips, lags), all_in_sync(self.validation, lags), self.music
        )

    def with_singing(self) -> Stage[Material]:
        """Add a sung variant of every clip; a LipsyncerError says when pyworld is missing."""
        share = len(self.clips) / (len(self.clips) + len(self.validation))
        sung = yield from part(sung_clips(self.clips, SINGING_SEED), 0.0, share)
        watched = yield from part(sung_clips(self.validation, SINGING_SEED), share, 1.0)
        return replace(self, sung=sung, sung_validation=watched)
