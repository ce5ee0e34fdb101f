"""The recipe that makes the shipped weights."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.arrays import Float32s
from lipsyncer.diagnostics.errors import is_file
from lipsyncer.network.model import REACH, Lipsync
from lipsyncer.training.augment import changed_batch, music_batch
from lipsyncer.training.clips import Clip
from lipsyncer.training.losses import contrast, contrast_between_clips, pair_losses
from lipsyncer.training.measures import WINDOWS, offset_accuracy, whole_clip_accuracy
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.recipe import TrainConfig
from lipsyncer.training.sampler import Sampler
from lipsyncer.training.steps import descend, optimiser_of, set_rate, update_average
from lipsyncer.whole_file import whole_file

_SHORT_OFFSETS, _LONG_OFFSETS = 5, 15  # as far as the pair head can look in a window
_VOICELESS = 6  # windows of music alone in a batch


def train(
    clips: list[Clip],
    validation: list[Clip],
    config: TrainConfig,
    *,
    music: Float32s | None = None,
    sung: Sequence[Clip] = (),
    sung_validation: Sequence[Clip] = (),
    start: Lipsync | None = None,
    checkpoint: Path | None = None,
    report: Callable[[str], None] = print,
    every: int = 500,
) -> Lipsync:
    """Train a network.

    Parameters
    ----------
    clips
        Clips in sync to learn from.
    validation
        Clips of other speakers, only measured.
    config
        The recipe.
    music
        Mel powers (columns, 80) of music to lay beneath voices.
    sung
        Sung variants of clips, by the clips' names (``singing_clips``).
    sung_validation
        Sung variants of validation clips, measured beside them.
    start
        A trained network of the same sizes to start from, instead of random weights.
    checkpoint
        Written every ``every`` steps; training resumes from it if it exists.
    report
        Called with a line now and then.

    Returns
    -------
    Lipsync
        The averaged network, in evaluation mode.
    """
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    model = Lipsync(config.model)
    if start is not None:
        model.load_state_dict(start.state_dict())
    averaged = copy.deepcopy(model).eval()
    optimiser = optimiser_of(model, config)
    first = 0
    if checkpoint is not None and is_file(checkpoint):
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        first = int(state["step"])
        rng = np.random.default_rng((config.seed, first))
        report(f"resuming at step {first}")
    sampler = Sampler(clips, config, rng, sung)
    began = time.monotonic()
    running = np.zeros(5)
    for step in range(first, config.steps):
        set_rate(optimiser, config, step)
        is_long, length = sampler.window(step)
        batch = changed_batch(sampler.sample(is_long), length, config.augment, rng, music)
        model.train()
        reach = _LONG_OFFSETS if is_long else _SHORT_OFFSETS
        offsets = [0, *rng.choice(_wrong_offsets(reach), size=6, replace=False).tolist()]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            visual = model.visual(batch.crops, batch.shape)
            mel, voiced = batch.mel, batch.voiced[:, REACH:-REACH]
            if music is not None:  # what no voice is in teaches only where voices are
                mel = torch.cat((mel, music_batch(music, _VOICELESS, length, rng)))
                voiced = torch.cat((voiced, torch.zeros(_VOICELESS, voiced.shape[1])))
            encoded = model.sound(mel)
            voice = F.binary_cross_entropy_with_logits(model.voice_logit(encoded).float(), voiced)
            sound = encoded[: len(visual)]
            near = contrast(model.similarity(visual, sound).float())
            between = contrast_between_clips(visual, sound, model)
            choice, match = pair_losses(model, visual, sound, offsets)
        loss = near + 0.2 * between + choice + match + 0.3 * voice
        descend(optimiser, model, loss)
        update_average(averaged, model, min(config.average, (step + 1) / (step + 10)))
        running += [float(x.detach()) for x in (near, between, choice, match, voice)]
        if (step + 1) % every == 0 or step + 1 == config.steps:
            losses = " ".join(f"{x:.3f}" for x in running / every)
            running[:] = 0
            line = f"step {step + 1} {time.monotonic() - began:.0f} s  losses {losses}  "
            line += validation_line(averaged, validation)
            if sung_validation:
                line += "; sung: " + validation_line(averaged, sung_validation)
            report(line)
            if checkpoint is not None:
                _save_checkpoint(checkpoint, model, averaged, optimiser, step + 1)
    return averaged


def validation_line(model: Lipsync, clips: Sequence[Clip]) -> str:
    """Offset accuracies on validation clips, of embeddings and of the pair head."""
    embedded, paired = [], []
    for clip in clips:
        e, p = clip_scores(model, clip)
        embedded.append(e)
        paired.append(p)
    parts = []
    for name, scores in (("embedding", embedded), ("pair head", paired)):
        figures = [f"{100 * offset_accuracy(scores, k)[0]:.1f}" for k in WINDOWS]
        parts.append(f"{name} {' '.join(figures)} clips {100 * whole_clip_accuracy(scores):.1f}")
    return "; ".join(parts)


def _wrong_offsets(reach: int) -> list[int]:
    return [d for d in range(-reach, reach + 1) if abs(d) > 1]


def _save_checkpoint(
    path: Path, model: Lipsync, averaged: Lipsync, optimiser: torch.optim.Optimizer, step: int
) -> None:
    state = {
        "model": model.state_dict(),
        "averaged": averaged.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
    }
    with whole_file(path) as partial:
        torch.save(state, partial)
