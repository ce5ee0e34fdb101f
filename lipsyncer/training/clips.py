"""Clips of real talking faces as the network takes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lipsyncer.arrays import Float32s, UInt8s
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, mel_power


@dataclass(frozen=True)
class Clip:
    """A clip in sync: n positions of picture and 4 n columns of sound.

    Attributes
    ----------
    name, speaker, source
        Path within the data's folder, who speaks, and where the clip is from.
    crops
        Grey mouth crops, uint8 (n, 64, 64).
    shape
        Mouth points, float32 (n, 56, 3).
    quality
        How well the mouth is seen, float32 (n,).
    power
        Mel powers, float32 (4 n, 80); see ``features.log_mel.mel_power``.
    sound
        The sound itself at 16 kHz, int16 (640 n,).
    """

    name: str
    speaker: str
    source: str
    crops: UInt8s
    shape: Float32s
    quality: Float32s
    power: Float32s
    sound: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.crops)


def with_sound(clip: Clip, samples: Float32s) -> Clip:
    """Give a clip of n positions another sound, float32 (640 n,) at 16 kHz."""
    return replace(
        clip,
        power=mel_power(samples)[: len(clip) * COLUMNS_PER_POSITION],
        sound=np.clip(np.rint(samples * 32767), -32768, 32767).astype(np.int16),
    )


def hold_out(clips: Iterable[Clip]) -> tuple[list[Clip], list[Clip]]:
    """Split clips into training and validation by speaker.

    Whole groups are held out where speakers were told apart by a machine (``lrcar_g6``): two
    of its clusters may be one person.
    """
    training: list[Clip] = []
    validation: list[Clip] = []
    for clip in clips:
        held = clip.speaker.startswith(_HELD_OUT)
        (validation if held else training).append(clip)
    return training, validation


_HELD_OUT = (
    "lrcar_g6",
    "lrcar_g8",
    "grid_s7",
    "grid_s11",
    "grid_s23",
    "lrs3_avlit0",
    "lrs3_tf_en",
    "vox2_A",
    "vox2_00098",
    "ltl_gabbay0",
    "tf_fr",
    "multivsr_GB",
    "ursing_validation",
)
