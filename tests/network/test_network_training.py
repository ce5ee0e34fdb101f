"""The trainer on made-up mouths that open as their sound swells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from lipsyncer.network.model import Lipsync
from lipsyncer.training.augment import AugmentConfig, changed_batch
from lipsyncer.training.clips import Clip
from lipsyncer.training.measures import offset_accuracy
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.pretrain import pretrained
from lipsyncer.training.recipe import SECOND_STAGE, TrainConfig
from lipsyncer.training.trainer import train

N = 60


def swelling(rng: np.random.Generator, name: str) -> Clip:
    """A mouth whose height is the loudness of its sound, of another size in every clip."""
    knots = rng.uniform(0, 1, N // 4 + 2)
    loud = np.interp(np.arange(4 * N) / 16, np.arange(len(knots)), knots).astype(np.float32)
    opening = loud[::4]
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    width = rng.uniform(0.4, 0.8)
    inside = (x / width) ** 2 + (y / (0.1 + 0.6 * opening[:, None, None])) ** 2 < 1
    crops = np.where(inside, 40, 170) + rng.normal(0, 4, (N, 64, 64))
    rest = rng.normal(0, 1, (56, 3))
    moves = np.linspace(-0.5, 0.5, 56)[:, None] * np.array([0.0, 1.0, 0.0])
    power = loud[:, None] ** 2 * np.exp(-np.arange(80) / 30) / 20 + 1e-5
    return Clip(
        name,
        name,
        "made up",
        crops.clip(0, 255).astype(np.uint8),
        (rest + opening[:, None, None] * moves).astype(np.float32),
        np.ones(N, np.float32),
        power.astype(np.float32),
        np.zeros(640 * N, np.int16),
    )


@pytest.fixture(scope="module")
def clips() -> list[Clip]:
    rng = np.random.default_rng(0)
    return [swelling(rng, f"clip {k}") for k in range(16)]


SMALL = TrainConfig(steps=40, short=(28, 8), long=(56, 4), average=0.9, seed=1)


def silent(line: str) -> None:
    """Take a report and keep it to oneself."""


def test_a_network_learns_what_holds_for_clips_it_never_saw(clips: list[Clip]) -> None:
    model = train(clips[:12], clips[12:], SMALL, report=silent, every=1000)
    unseen = [clip_scores(model, clip)[0] for clip in clips[12:]]
    torch.manual_seed(SMALL.seed)
    untrained = Lipsync().eval()
    before = [clip_scores(untrained, clip)[0] for clip in clips[12:]]
    assert offset_accuracy(unseen, 16)[0] > 0.6
    assert offset_accuracy(before, 16)[0] < 0.4


def test_a_second_stage_begins_where_the_first_ended(clips: list[Clip]) -> None:
    torch.manual_seed(5)
    first = Lipsync()
    config = replace(SECOND_STAGE, steps=0)
    second = train(clips[:12], clips[12:], config, start=first, report=silent)
    for name, value in second.state_dict().items():
        assert torch.equal(value, first.state_dict()[name])


def test_a_lesson_in_lip_shapes_is_learned_from_pixels_and_from_sound(clips: list[Clip]) -> None:
    said: list[str] = []
    config = replace(SMALL, steps=20, augment=AugmentConfig(withhold=0.0, picture=False))
    model = pretrained(clips[:12], config, report=said.append, every=10)
    first, last = ([float(x) for x in line.split()[-2:]] for line in (said[0], said[-1]))
    assert all(after < 0.8 * before for before, after in zip(first, last, strict=True))
    train(clips[:12], clips[12:], replace(SMALL, steps=0), start=model, report=silent)


def test_borrowing_from_others_leaves_the_batch_in_shape(clips: list[Clip]) -> None:
    rng = np.random.default_rng(0)
    batch = changed_batch(clips, 28, SECOND_STAGE.augment, rng, None)
    plain = changed_batch(clips, 28, AugmentConfig(), rng, None)
    for changed, usual in zip(vars(batch).values(), vars(plain).values(), strict=True):
        assert changed.shape == usual.shape
        assert changed.dtype == usual.dtype
        assert torch.isfinite(changed).all()
