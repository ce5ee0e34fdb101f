"""Scores of the baselines on clips, in the form that the measures take (training.measures)."""

from __future__ import annotations

import numpy as np
import torch

from lipsyncer.arrays import Float32s
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, compress
from lipsyncer.network.model import REACH, standardise_crops
from lipsyncer.network.syncnet import SYNCNET_REACH, SyncNet
from lipsyncer.training.baseline_networks import OffsetNetwork, ShapeFromSound
from lipsyncer.training.baseline_trainer import SHORTEST
from lipsyncer.training.clips import Clip
from lipsyncer.training.measures import MOST_OFFSET

OFFSETS = range(-MOST_OFFSET, MOST_OFFSET + 1)


@torch.inference_mode()
def syncnet_scores(model: SyncNet, clip: Clip) -> Float32s:
    """Scaled cosines (n, 31) of each moment of mouth with the sound at 31 offsets."""
    sound = model.embed_sound(_columns(clip, SYNCNET_REACH))
    crops = _padded(torch.from_numpy(clip.crops), SYNCNET_REACH)
    mouth = model.embed_mouth(standardise_crops(crops)[None])
    return along_offsets(model.similarity(mouth, sound)[0].numpy())


@torch.inference_mode()
def shape_scores(model: ShapeFromSound, clip: Clip) -> Float32s:
    """Products (n, 31) of the lip shapes expected from a sound and those seen.

    Both are normalised over the clip, so that the mean over a window is a correlation.
    """
    expected = model(_columns(clip, REACH))[0].T.numpy()
    return along_offsets(_unit(clip.shape.reshape(len(clip), -1)) @ _unit(expected).T)


@torch.inference_mode()
def offset_errors(model: OffsetNetwork, clip: Clip, window: int) -> Float32s:
    """Errors in frames of the offsets regressed from windows of a clip.

    The sound of each window is presented at each of 31 offsets at which it lies in the clip, and
    the network says which that is. A guess that would put the true sound outside the clip, where
    no scorer has to look, is taken to its edge.

    Returns
    -------
    float32 (n - window + 1, 31)
        NaN where the sound would leave the clip; empty for a clip shorter than the window.

    Raises
    ------
    ValueError
        For a window shorter than those that the network was trained with.
    """
    if window < SHORTEST:
        raise ValueError(f"offsets are regressed from {SHORTEST} positions or more, not {window}")
    last = len(clip) - window
    errors = np.full((max(last + 1, 0), len(OFFSETS)), np.nan, np.float32)
    if last < 0:
        return errors
    crops = standardise_crops(torch.from_numpy(clip.crops))[None]
    shape = torch.from_numpy(clip.shape).flatten(1)[None]
    size = window - 2 * REACH
    # Nothing is padded: a window's encoding is a stretch of the clip's.
    mouths = model.visual(crops, shape)[0].unfold(1, size, 1).transpose(0, 1)
    sounds = model.sound(_columns(clip, 0))[0].unfold(1, size, 1).transpose(0, 1)
    for column, d in enumerate(OFFSETS):
        t = np.arange(max(0, -d), min(last, last - d) + 1)
        if len(t):
            guess = model.offset(mouths[t], sounds[t + d]).numpy()
            errors[t, column] = np.clip(guess, t + d - last, t + d) - d
    return errors


def along_offsets(scores: Float32s) -> Float32s:
    """Take scores of all pairs (mouth, sound) to those at 31 offsets, NaN outside the clip."""
    n = len(scores)
    rows = np.full((n, len(OFFSETS)), np.nan, np.float32)
    for column, d in enumerate(OFFSETS):
        t = np.arange(max(0, -d), min(n, n - d))
        rows[t, column] = scores[t, t + d]
    return rows


def _columns(clip: Clip, reach: int) -> torch.Tensor:
    mel = torch.from_numpy(compress(clip.power))
    return _padded(mel, reach * COLUMNS_PER_POSITION)[None]


def _padded(stream: torch.Tensor, count: int) -> torch.Tensor:
    """Repeat the first and the last of a stream."""
    index = torch.arange(-count, len(stream) + count).clamp(0, len(stream) - 1)
    return stream[index]


def _unit(values: Float32s) -> Float32s:
    centred = values - values.mean(axis=0)
    size = np.sqrt((centred**2).sum(axis=1).mean())
    return np.asarray(centred / (size + 1e-9), np.float32)
