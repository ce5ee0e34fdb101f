"""What windows borrow from each other leaves what lips and sound have in common."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from lipsyncer.training.speaker_mixing import (
    babbled,
    blended_crops,
    masked,
    mixed_faces,
    mixed_voices,
    without_modality,
)

BATCH, N = 8, 30


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def points(rng: np.random.Generator) -> torch.Tensor:
    """Mouths that differ by much more than they move."""
    rest = rng.normal(0, 1, (BATCH, 1, 56, 3))
    return torch.from_numpy((rest + rng.normal(0, 0.1, (BATCH, N, 56, 3))).astype(np.float32))


@pytest.fixture
def powers(rng: np.random.Generator) -> list[np.ndarray]:
    """Sounds of one loudness over time, each with most of its power in bands of its own."""
    syllables = 1.1 + np.sin(np.arange(4 * N) / 5)[:, None]
    spectra = np.exp(-(((np.arange(80) - 8 * np.arange(BATCH)[:, None]) / 12) ** 2)) + 1e-3
    return [(syllables * spectrum).astype(np.float32) for spectrum in spectra]


def test_a_lent_face_moves_as_the_mouth_did(points: torch.Tensor, rng: np.random.Generator) -> None:
    changed = mixed_faces(points, 1.0, rng)
    assert (changed.mean(1) - points.mean(1)).abs().mean() > 0.2
    before = (points - points.mean(1, keepdim=True)).flatten(1)
    after = (changed - changed.mean(1, keepdim=True)).flatten(1)
    alike = torch.nn.functional.cosine_similarity(before, after)
    assert alike.min() == pytest.approx(1.0, abs=1e-3)


def test_a_share_of_nothing_changes_nothing(
    points: torch.Tensor, powers: list[np.ndarray], rng: np.random.Generator
) -> None:
    crops = torch.randn(BATCH, N, 64, 64)
    assert torch.allclose(mixed_faces(points, 0.0, rng), points, atol=1e-5)
    assert torch.equal(blended_crops(crops, 0.0, rng), crops)
    assert all(map(np.array_equal, mixed_voices(powers, 0.0, rng), powers))
    assert all(map(np.array_equal, babbled(powers, 0.0, rng), powers))
    assert np.array_equal(masked(powers[0], 0.0, rng), powers[0])
    for kept, view in zip(without_modality(crops, points, 0.0, rng), (crops, points), strict=True):
        assert torch.equal(kept, view)


def test_a_blended_crop_stands_still(rng: np.random.Generator) -> None:
    crops = torch.randn(BATCH, N, 64, 64)
    moved = blended_crops(crops, 1.0, rng) - crops
    assert moved.std(dim=1).max() < 1e-5
    assert moved.abs().mean() > 0


def test_a_lent_voice_keeps_its_rhythm_and_loses_its_spectrum(
    powers: list[np.ndarray], rng: np.random.Generator
) -> None:
    changed = mixed_voices(powers, 1.0, rng)
    moved = 0
    for before, after in zip(powers, changed, strict=True):
        gain = after / before
        assert gain.std(axis=0).max() < 1e-3  # one gain for each band, whenever
        moved += bool(np.ptp(np.log10(gain[0])) > 0.2)
    assert moved > BATCH // 2


def test_babble_stays_softer_than_the_voice(
    powers: list[np.ndarray], rng: np.random.Generator
) -> None:
    for before, after in zip(powers, babbled(powers, 1.0, rng), strict=True):
        added = (after - before).sum(1)
        assert np.percentile(added, 90) <= 10**-0.29 * np.percentile(before.sum(1), 90)


def test_never_are_both_views_hidden_at_once(rng: np.random.Generator) -> None:
    crops, shape = without_modality(torch.ones(64, N, 4, 4), torch.ones(64, N, 168), 1.0, rng)
    no_crops, no_shape = crops.amax((2, 3)) == 0, shape.amax(2) == 0
    assert no_crops.any() and no_shape.any()
    assert not (no_crops & no_shape).any()
    assert (no_crops | no_shape).sum(1).max() < 10


def test_masked_bands_are_silent_throughout(rng: np.random.Generator) -> None:
    mel = rng.normal(0, 1, (4 * N, 80)).astype(np.float32)
    hidden = (masked(mel, 1.0, rng) == mel.min()).all(axis=0)
    assert 3 <= hidden.sum() <= 28
