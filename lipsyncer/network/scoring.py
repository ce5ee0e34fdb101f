"""Scores of sound and picture streams by a trained network."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lipsyncer.network.model import (
    PAIR_AFTER,
    PAIR_BEFORE,
    Lipsync,
    encode_sound,
    encode_visual,
    standardise_crops,
)

Float = npt.NDArray[np.float32]

_CHUNK = 512  # positions encoded at once: bounds the memory of an hour-long take


@torch.inference_mode()
def encode_song(model: Lipsync, mel: Float) -> Tensor:
    """Encode a log-mel spectrogram (4 n, 80) to (channels, n)."""
    return encode_sound(model, torch.from_numpy(np.ascontiguousarray(mel))[None])[0]


@torch.inference_mode()
def encode_take(model: Lipsync, crops: npt.NDArray[np.uint8], shape: Float) -> Tensor:
    """Encode mouth crops (n, 64, 64) and lip shapes (n, 56, 3) to (channels, n)."""
    pixels = standardise_crops(torch.from_numpy(crops))[None]
    points = torch.from_numpy(np.ascontiguousarray(shape, np.float32)).flatten(1)[None]
    return encode_visual(model, pixels, points)[0]


@torch.inference_mode()
def all_similarities(model: Lipsync, visual: Tensor, sound: Tensor) -> Float:
    """Scaled cosine of every sound with every visual position, float32 (sound, visual)."""
    return np.asarray(model.similarity(visual[None], sound[None])[0].T.numpy(), np.float32)


def _padded(half: Tensor) -> Tensor:
    return torch.nn.functional.pad(half[None], (PAIR_BEFORE, PAIR_AFTER), mode="replicate")[0]


@torch.inference_mode()
def band_logits(
    model: Lipsync, visual: Tensor, sound: Tensor, offsets: npt.NDArray[np.int64]
) -> Float:
    """Pair-head logits along diagonals: sound position i with visual position i + offset.

    Parameters
    ----------
    visual, sound
        Encoded streams (channels, m) and (channels, n).
    offsets
        Constant offsets (k,), one diagonal each.

    Returns
    -------
    float32 (n, k)
        NaN where the visual position lies outside the take.
    """
    n, m = sound.shape[1], visual.shape[1]
    v = model.head.visual_half(_padded(visual)[None])[0]
    s = model.head.sound_half(_padded(sound)[None])[0]
    logits = np.full((n, len(offsets)), np.nan, np.float32)
    tail = v.shape[1] - m  # halves are longer than the streams: the head's later layers' reach
    for column, offset in enumerate(offsets):
        first, last = max(0, -int(offset)), min(n, m - int(offset))
        if last <= first:
            continue
        row = model.head(
            v[None, :, first + offset : last + offset + tail], s[None, :, first : last + tail]
        )
        logits[first:last, column] = row[0].numpy()
    return logits
