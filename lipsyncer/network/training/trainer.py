"""The recipe that makes the shipped weights."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.network.model import REACH, Lipsync, ModelConfig
from lipsyncer.network.training.augment import AugmentConfig, changed_batch, music_batch
from lipsyncer.network.training.clips import Clip
from lipsyncer.network.training.losses import contrast, contrast_between_clips, pair_losses
from lipsyncer.network.training.measures import WINDOWS, offset_accuracy, whole_clip_accuracy
from lipsyncer.network.training.offsets import clip_scores
from lipsyncer.network.training.strangers import StrangerConfig

Float = npt.NDArray[np.float32]


@dataclass(frozen=True)
class TrainConfig:
    """The recipe, kept in the header of the weights it makes.

    Attributes
    ----------
    steps
        Optimiser steps.
    learning_rate, weight_decay
        Of AdamW; the rate falls along a cosine after a short warm-up.
    short, long
        Window lengths in positions and clips in a batch: most clips are little over a second,
        the long windows of the others hold the far offsets.
    average
        Decay of the running mean of the weights, which is what is shipped.
    singing
        Share of windows cut from a clip's sung variant, where there are some.
    seed
        Of everything left to chance.
    """

    steps: int = 4000
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    short: tuple[int, int] = (28, 24)
    long: tuple[int, int] = (56, 12)
    average: float = 0.998
    singing: float = 0.0
    seed: int = 1
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    model: ModelConfig = field(default_factory=ModelConfig)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a header."""
        return asdict(self)


SECOND_STAGE = TrainConfig(
    steps=1500,
    learning_rate=7e-4,
    weight_decay=0.1,
    average=0.997,
    seed=4,
    augment=AugmentConfig(
        strangers=StrangerConfig(
            faces=0.6, ghosts=0.25, voices=0.5, babble=0.2, lapses=0.35, masks=0.4
        )
    ),
    model=ModelConfig(dropout=0.3),
)
"""For a network that has learned by the recipe and begins to know its training clips by heart."""

_SHORT_OFFSETS, _LONG_OFFSETS = 6, 15
_VOICELESS = 6  # windows of music alone in a batch


def train(
    clips: list[Clip],
    validation: list[Clip],
    config: TrainConfig,
    *,
    music: Float | None = None,
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
        A trained network of the same sizes to go on from, instead of chance.
    checkpoint
        Written every ``every`` steps, and continued from when it is there.
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
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay
    )
    first = 0
    if checkpoint is not None and checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        first = int(state["step"])
        rng = np.random.default_rng((config.seed, first))
        report(f"going on from step {first}")
    drawer = Drawer(clips, config, rng, sung)
    began = time.monotonic()
    running = np.zeros(5)
    for step in range(first, config.steps):
        for group in optimiser.param_groups:
            group["lr"] = config.learning_rate * schedule(step, config.steps)
        is_long = step % 2 == 1 and drawer.has_long
        length, _ = config.long if is_long else config.short
        batch = changed_batch(drawer.draw(is_long), length, config.augment, rng, music)
        model.train()
        reach = _LONG_OFFSETS if is_long else _SHORT_OFFSETS
        offsets = [0, *rng.choice(_wrong_offsets(reach), size=6, replace=False).tolist()]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            visual = model.visual(batch.crops, batch.shape)
            mel, voiced = batch.mel, batch.voiced[:, REACH:-REACH]
            if music is not None:  # what no voice is in teaches only where voices are
                mel = torch.cat((mel, music_batch(music, _VOICELESS, length, rng)))
                voiced = torch.cat((voiced, torch.zeros(_VOICELESS, voiced.shape[1])))
            heard = model.sound(mel)
            voice = F.binary_cross_entropy_with_logits(model.voice_logit(heard).float(), voiced)
            sound = heard[: len(visual)]
            near = contrast(model.similarity(visual, sound).float())
            between = contrast_between_clips(visual, sound, model)
            choice, match = pair_losses(model, visual, sound, offsets)
        loss = near + 0.2 * between + choice + match + 0.3 * voice
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
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


def schedule(step: int, steps: int) -> float:
    """Share of the learning rate at a step: a warm-up, then a cosine."""
    warm = min(300, steps // 10)
    if step < warm:
        return (step + 1) / warm
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(steps - warm, 1)))


def _wrong_offsets(reach: int) -> list[int]:
    return [d for d in range(-reach, reach + 1) if abs(d) > 1]


@torch.no_grad()
def update_average(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    """Draw a running mean of the weights towards a model's."""
    for mean, value in zip(
        averaged.state_dict().values(), model.state_dict().values(), strict=True
    ):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)


def _save_checkpoint(
    path: Path, model: Lipsync, averaged: Lipsync, optimiser: torch.optim.Optimizer, step: int
) -> None:
    partial = path.with_name(path.name + ".partial")
    torch.save(
        {
            "model": model.state_dict(),
            "averaged": averaged.state_dict(),
            "optimiser": optimiser.state_dict(),
            "step": step,
        },
        partial,
    )
    partial.replace(path)


class Drawer:
    """Draws the clips of a batch so that no source drowns the others, some of them sung."""

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

    def draw(self, is_long: bool) -> list[Clip]:
        """Clips of a batch of long or short windows."""
        clips = self._long if is_long else self._short
        weights = self._long_weights if is_long else self._short_weights
        count = (self._config.long if is_long else self._config.short)[1]
        chosen = self._rng.choice(len(clips), min(count, len(clips)), replace=False, p=weights)
        drawn = [clips[i] for i in chosen]
        if not self._sung:
            return drawn
        sing = self._rng.random(len(drawn)) < self._config.singing
        # What is sung is never shorter, so a window fits into it as well.
        return [
            self._sung.get(clip.name, clip) if sung else clip
            for clip, sung in zip(drawn, sing, strict=True)
        ]


def _weights(clips: list[Clip]) -> npt.NDArray[np.float64]:
    """A clip counts by its length, a source by the root of its length."""
    lengths = np.array([len(c) for c in clips], float)
    total: dict[str, float] = {}
    for clip, length in zip(clips, lengths, strict=True):
        total[clip.source] = total.get(clip.source, 0.0) + length
    weights = np.array([n / np.sqrt(total[c.source]) for c, n in zip(clips, lengths, strict=True)])
    return weights / weights.sum() if len(weights) else weights
