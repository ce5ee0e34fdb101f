"""Two towers heard beside our network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from noise_clips import clip_of_noise
from program import Program

from lipsyncer.network.model import Lipsync
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.weights import Calibration, load_weights, save_weights
from lipsyncer.training.baseline_scores import syncnet_scores
from lipsyncer.training.clips import Clip
from lipsyncer.training.late_fusion import fused
from lipsyncer.training.offsets import clip_scores


@pytest.fixture(scope="module")
def clips() -> list[Clip]:
    return [clip_of_noise(seed) for seed in range(3)]


@pytest.fixture(scope="module")
def apart() -> tuple[Lipsync, SyncNet]:
    torch.manual_seed(0)
    return Lipsync().eval(), SyncNet().eval()


@pytest.fixture(scope="module")
def together(apart: tuple[Lipsync, SyncNet], clips: list[Clip]) -> Lipsync:
    return fused(*apart, clips)


def test_both_are_heard_by_their_weights(
    apart: tuple[Lipsync, SyncNet], together: Lipsync, clips: list[Clip]
) -> None:
    model, towers = apart
    assert together.towers is not None
    weight = float((together.towers.temperature - towers.temperature).exp().detach())
    embedded, paired = clip_scores(model, clips[0])
    second = syncnet_scores(towers, clips[0])
    both, head = clip_scores(together, clips[0])
    np.testing.assert_allclose(both, embedded + weight * second, atol=1e-3)
    np.testing.assert_allclose(head, paired, atol=1e-4)


def test_joining_again_replaces_the_towers(
    apart: tuple[Lipsync, SyncNet], together: Lipsync, clips: list[Clip]
) -> None:
    again = fused(together, apart[1], clips)
    np.testing.assert_allclose(
        clip_scores(again, clips[1])[0], clip_scores(together, clips[1])[0], atol=1e-3
    )


def test_towers_are_kept_in_the_weights(
    together: Lipsync, clips: list[Clip], tmp_path: Path
) -> None:
    path = tmp_path / "both.safetensors"
    save_weights(path, together, Calibration(), {})
    loaded = load_weights(path).model
    np.testing.assert_array_equal(
        clip_scores(loaded, clips[2])[0], clip_scores(together, clips[2])[0]
    )


def test_another_file_is_not_taken_for_towers(lipsyncer: Program, tmp_path: Path) -> None:
    path = tmp_path / "ours.safetensors"
    save_weights(path, Lipsync(), Calibration(), {})
    outcome = lipsyncer("train", tmp_path, "-o", tmp_path / "both.safetensors", "--join", path)
    assert outcome.code == 3
    assert "--network syncnet" in outcome.err
    assert not (tmp_path / "both.safetensors").exists()
