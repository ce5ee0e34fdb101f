"""Pretraining without labels: regress lip shapes from pixels alone and from sound alone.

mediapipe's landmarks are there for every frame, so both encoders can learn lip movement before they
learn which sound goes with which mouth (the sound's half is Kikuchi and Ozasa's regression).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from lipsyncer.arrays import Float32s
from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.network.model import REACH, Lipsync
from lipsyncer.training.augment import changed_batch
from lipsyncer.training.clips import Clip
from lipsyncer.training.recipe import TrainConfig
from lipsyncer.training.sampler import Sampler
from lipsyncer.training.steps import descend, optimiser_of, set_rate


def pretrained(
    clips: list[Clip],
    config: TrainConfig,
    *,
    music: Float32s | None = None,
    report: Callable[[str], None] = print,
    every: int = 100,
) -> Lipsync:
    """Let both encoders predict how the lips move, and return the network for ``train``'s start.

    Parameters
    ----------
    clips
        Clips in sync to learn from.
    config
        Steps of this lesson, and rates, batches and changes as for the training that follows.
    music
        Mel powers (columns, 80) of music to lay beneath voices.
    report
        Called with a line now and then.
    """
    torch.manual_seed(config.seed)
    rng = np.random.default_rng((config.seed, 1))
    model = Lipsync(config.model)
    points = 3 * len(SHAPE_POINTS)
    from_pixels = nn.Conv1d(config.model.channels, points, 1)
    from_sound = nn.Conv1d(config.model.channels, points, 1)
    learning = nn.ModuleList((model.visual, model.sound, from_pixels, from_sound))
    optimiser = optimiser_of(learning, config)
    sampler = Sampler(clips, config, rng)
    began, running = time.monotonic(), np.zeros(2)
    for step in range(config.steps):
        set_rate(optimiser, config, step)
        is_long, length = sampler.window(step)
        batch = changed_batch(sampler.sample(is_long), length, config.augment, rng, music)
        learning.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            # The landmarks are the answer, so the encoder does not get to see them.
            visual = from_pixels(model.visual(batch.crops, torch.zeros_like(batch.shape)))
            from_mel = from_sound(model.sound(batch.mel))
        moves = batch.shape[:, REACH:-REACH].transpose(1, 2)
        moves = moves - moves.mean(dim=2, keepdim=True)
        seen, sounding = _error(visual, moves), _error(from_mel, moves)
        descend(optimiser, learning, seen + sounding)
        running += [float(seen.detach()), float(sounding.detach())]
        if (step + 1) % every == 0:
            errors = " ".join(f"{x:.3f}" for x in running / every)
            running[:] = 0
            report(f"lesson step {step + 1} {time.monotonic() - began:.0f} s  errors {errors}")
    return model


def _error(predicted: Tensor, moves: Tensor) -> Tensor:
    """Squared error in units of how far lips move (batch, points, n); 1 for a mouth at rest."""
    error: Tensor = ((predicted.float() - moves) ** 2).sum() / ((moves**2).sum() + 1e-6)
    return error
