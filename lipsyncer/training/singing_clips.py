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
    """Let a clip be sung; the same seed and name give the same song.

    Returns
    -------
    Clip
        In sync as the clip was, and at least as long.
    """
    rng = np.random.default_rng((seed, zlib.crc32(clip.name.encode())))
    sung = sing(clip.sound.astype(np.float32) / 32768, rng)
    pictured = Distortion("singing", sung.positions).apply(clip)
    return with_sound(pictured, sung.samples)


def sung_clips(clips: Sequence[Clip], seed: int) -> Stage[list[Clip]]:
    """Let every clip be sung.

    Raises
    ------
    LipsyncerError
        When pyworld is not installed.
    """
    sung = []
    for index, clip in enumerate(clips):
        sung.append(sung_clip(clip, seed))
        yield (index + 1) / len(clips)
    return sung
