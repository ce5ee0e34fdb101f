"""Sung variants of whole clips: the sound from ``singing``, the picture at the same moments."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from lipsyncer.progress import Stage
from lipsyncer.training.clips import Clip, with_sound
from lipsyncer.training.distort import Distortion
from lipsyncer.training.singing import sing


def sung_clip(clip: Clip, seed: int) -> Clip:
    """Turn a clip's speech into singing, in sync and at least as long; repeatable by the seed."""
    rng = np.random.default_rng((seed, zlib.crc32(clip.name.encode())))
    sung = sing(clip.sound.astype(np.float32) / 32768, rng)
    pictured = Distortion("singing", sung.positions).apply(clip)
    return with_sound(pictured, sung.samples)


def sung_clips(clips: Sequence[Clip], seed: int) -> Stage[list[Clip]]:
    """Give the sung variant of every clip; a LipsyncerError says when pyworld is missing."""
    sung = []
    for index, clip in enumerate(clips):
        sung.append(sung_clip(clip, seed))
        yield (index + 1) / len(clips)
    return sung
