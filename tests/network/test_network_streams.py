"""Streams through the network: what is encoded once must be what it would be alone."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.network import scoring
from lipsyncer.network.model import PAIR_AFTER, PAIR_BEFORE, REACH, Lipsync, ModelConfig
from lipsyncer.network.scoring import PairScorer, encode_song, encode_take
from lipsyncer.progress import finish
from lipsyncer.training.paper_network import COLUMNS, WINDOW, PaperNetwork

N = 90


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "with towers"])
def model(request: pytest.FixtureRequest) -> Lipsync:
    torch.manual_seed(0)
    return Lipsync(ModelConfig(towers=request.param)).eval()


@pytest.fixture(scope="module")
def take() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    crops = rng.integers(0, 255, (N, 64, 64)).astype(np.uint8)
    return crops, rng.normal(0, 1, (N, len(SHAPE_POINTS), 3)).astype(np.float32)


@pytest.fixture(scope="module")
def mel() -> np.ndarray:
    return np.random.default_rng(1).normal(0, 1, (4 * N, 80)).astype(np.float32)


def test_a_piece_of_a_take_is_encoded_as_within_the_whole(
    model: Lipsync, take: tuple[np.ndarray, np.ndarray]
) -> None:
    crops, shape = take
    whole = finish(encode_take(model, crops, shape))
    piece = finish(encode_take(model, crops[20:60], shape[20:60]))
    assert whole.shape[1] == N
    inner = slice(REACH, 40 - REACH)
    assert torch.allclose(piece[:, inner], whole[:, 20:60][:, inner], atol=1e-4)


def test_a_piece_of_a_song_is_encoded_as_within_the_whole(model: Lipsync, mel: np.ndarray) -> None:
    whole = finish(encode_song(model, mel))
    piece = finish(encode_song(model, mel[80:240]))
    inner = slice(REACH, 40 - REACH)
    assert whole.shape[1] == N
    assert torch.allclose(piece[:, inner], whole[:, 20:60][:, inner], atol=1e-4)


def test_a_long_stream_is_the_same_in_chunks(
    model: Lipsync,
    take: tuple[np.ndarray, np.ndarray],
    mel: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once = finish(encode_take(model, *take)), finish(encode_song(model, mel))
    monkeypatch.setattr(scoring, "_CHUNK", 32)
    in_chunks = finish(encode_take(model, *take)), finish(encode_song(model, mel))
    for once, chunked in zip(at_once, in_chunks, strict=True):
        assert torch.allclose(once, chunked, atol=1e-4)


def test_a_pair_is_sixteen_positions_wide() -> None:
    assert 2 * REACH + 1 + PAIR_BEFORE + PAIR_AFTER == 16


def test_a_pair_far_from_a_change_does_not_see_it(
    model: Lipsync, take: tuple[np.ndarray, np.ndarray], mel: np.ndarray
) -> None:
    crops, shape = take
    changed = shape.copy()
    changed[45] += 3.0
    sound = finish(encode_song(model, mel))
    before = PairScorer(model, finish(encode_take(model, crops, shape)), sound).diagonal(0, 0, N)
    after = PairScorer(model, finish(encode_take(model, crops, changed)), sound).diagonal(0, 0, N)
    differs = np.flatnonzero(np.abs(before - after) > 1e-5)
    assert differs.min() >= 45 - REACH - PAIR_AFTER
    assert differs.max() <= 45 + REACH + PAIR_BEFORE
    assert len(differs) > 8


def test_a_band_holds_the_diagonals_around_its_middle(
    model: Lipsync,
    take: tuple[np.ndarray, np.ndarray],
    mel: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visual, sound = finish(encode_take(model, *take)), finish(encode_song(model, mel))
    scorer = PairScorer(model, visual, sound)
    middle = np.rint(np.arange(N) * 1.1 - 5).astype(np.int64)  # it drifts
    middle[50:70] -= 40  # and jumps back and on again
    seen: list[int] = []
    run = model.head.forward

    def counted(visual: Tensor, sound: Tensor) -> Tensor:
        seen.append(visual.shape[0] * sound.shape[-1])
        return run(visual, sound)

    monkeypatch.setattr(model.head, "forward", counted)
    band = scorer.band(middle, 4)
    monkeypatch.undo()
    assert band.shape == (N, 9)
    assert sum(seen) < 3 * 9 * N, "more is computed than the band holds"
    for i in (0, 3, 40, 55, 89):
        for k in range(9):
            j = int(middle[i]) + k - 4
            alone = scorer.diagonal(j - i, i, i + 1)[0]
            if 0 <= j < N:
                assert band[i, k] == pytest.approx(alone, abs=1e-4)
            else:
                assert np.isnan(band[i, k])


def test_the_network_is_small() -> None:
    assert sum(p.numel() for p in Lipsync().parameters()) < 5_000_000


def test_the_paper_s_network_answers_for_windows_of_sixteen_frames() -> None:
    network = PaperNetwork().eval()
    sound = network.encode_sound(torch.zeros(3, COLUMNS, 128))
    visual = network.encode_visual(torch.zeros(3, WINDOW, 64, 64))
    assert network.match(sound, visual).shape == (3,)
