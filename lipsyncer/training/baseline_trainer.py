"""Trains the baselines on the clips, windows and augmentation that ours is trained with."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.arrays import Float32s
from lipsyncer.network.model import REACH
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.training.augment import AugmentConfig, Batch, changed_batch
from lipsyncer.training.baseline_networks import OffsetNetwork, ShapeFromSound
from lipsyncer.training.clips import Clip
from lipsyncer.training.losses import contrast
from lipsyncer.training.measures import MOST_OFFSET
from lipsyncer.training.recipe import TrainConfig
from lipsyncer.training.sampler import Sampler
from lipsyncer.training.steps import descend, optimiser_of, set_rate, update_average

Network = TypeVar("Network", bound=nn.Module)

SHORTEST = 16
"""Positions of the shortest window whose offset is regressed."""

_DRAWS = 4  # windows regressed from each clip of a batch


@dataclass(frozen=True)
class _Method:
    """What a network is trained for, and how its batches are changed."""

    loss: Callable[[nn.Module, Batch, np.random.Generator], Tensor]
    augment: AugmentConfig


def train_baseline(
    model: Network,
    clips: list[Clip],
    config: TrainConfig,
    *,
    music: Float32s | None = None,
    sung: Sequence[Clip] = (),
    report: Callable[[str], None] = print,
    every: int = 250,
) -> Network:
    """Train a network of ``network.baselines``.

    Parameters
    ----------
    model
        As it begins; its class says what it is trained for.
    clips
        Clips in sync to learn from.
    config
        Steps, rates, batches and seed, as for our own network.
    music
        Mel powers (columns, 80) of music to lay beneath voices.
    sung
        Sung variants of clips, by the clips' names (``singing_clips``).
    report
        Called with a line now and then.

    Returns
    -------
    Module
        The running mean of the network, in evaluation mode.
    """
    method = _METHODS[type(model)]
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    averaged = copy.deepcopy(model).eval()
    optimiser = optimiser_of(model, config)
    sampler = Sampler(clips, config, rng, sung)
    began, running = time.monotonic(), 0.0
    for step in range(config.steps):
        set_rate(optimiser, config, step)
        is_long, length = sampler.window(step)
        batch = changed_batch(sampler.sample(is_long), length, method.augment, rng, music)
        model.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = method.loss(model, batch, rng)
        descend(optimiser, model, loss)
        update_average(averaged, model, min(config.average, (step + 1) / (step + 10)))
        running += float(loss.detach())
        if (step + 1) % every == 0:
            seconds = time.monotonic() - began
            report(f"step {step + 1} {seconds:.0f} s  loss {running / every:.3f}")
            running = 0.0
    return averaged


def _contrast_towers(model: nn.Module, batch: Batch, rng: np.random.Generator) -> Tensor:
    """InfoNCE between the moments of a clip, as for our own embeddings."""
    assert isinstance(model, SyncNet)
    mouths, sounds = model.embed_mouth(batch.crops), model.embed_sound(batch.mel)
    return contrast(model.similarity(mouths, sounds).float())


def _offset_error(model: nn.Module, batch: Batch, rng: np.random.Generator) -> Tensor:
    """Error in frames of offsets drawn evenly, over windows of a length drawn for the batch."""
    assert isinstance(model, OffsetNetwork)
    length = batch.crops.shape[1]
    # A window must leave room to be moved: half a dozen frames in short clips, all 15 in long.
    room = min(MOST_OFFSET, (length - SHORTEST) // 2)
    window = int(rng.integers(SHORTEST, length - room + 1))
    furthest = min(MOST_OFFSET, length - window)
    model.visual.eval()
    model.sound.eval()
    with torch.no_grad():
        visual, sound = model.visual(batch.crops, batch.shape), model.sound(batch.mel)
    encoded = window - 2 * REACH
    mouths, sounds, offsets = [], [], []
    for clip in range(len(visual)):
        for offset in rng.integers(-furthest, furthest + 1, _DRAWS):
            start = int(rng.integers(max(0, -offset), length - window - max(0, offset) + 1))
            mouths.append(visual[clip, :, start : start + encoded])
            sounds.append(sound[clip, :, start + offset :][:, :encoded])
            offsets.append(float(offset))
    guessed = model.offset(torch.stack(mouths), torch.stack(sounds))
    return F.smooth_l1_loss(guessed.float(), torch.tensor(offsets))


def _shape_error(model: nn.Module, batch: Batch, rng: np.random.Generator) -> Tensor:
    """Squared error of the lip shapes where a voice sounds, in units of how far these move."""
    assert isinstance(model, ShapeFromSound)
    seen = batch.shape[:, REACH:-REACH]
    seen = seen - seen.mean(dim=1, keepdim=True)
    voiced = batch.voiced[:, REACH:-REACH, None]
    predicted = model(batch.mel).transpose(1, 2).float()
    error: Tensor = ((predicted - seen) ** 2 * voiced).sum()
    size: Tensor = (seen**2 * voiced).sum()
    return error / (size + 1e-6)


_METHODS: dict[type[nn.Module], _Method] = {
    SyncNet: _Method(_contrast_towers, AugmentConfig(withhold=0.0)),
    OffsetNetwork: _Method(_offset_error, AugmentConfig()),
    # What is to be predicted stays as it was seen; only the sound is changed.
    ShapeFromSound: _Method(_shape_error, AugmentConfig(picture=False)),
}
