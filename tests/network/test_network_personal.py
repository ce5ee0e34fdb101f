"""Personal weights: fitted to one's own takes, and refused where others would lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from program import Program

from lipsyncer.demo import Demo
from lipsyncer.diagnostics.errors import InputError, LipsyncerError
from lipsyncer.network.model import Lipsync
from lipsyncer.network.weights import Calibration, Weights
from lipsyncer.progress import finish
from lipsyncer.training import personal
from lipsyncer.training.clips import Clip
from lipsyncer.training.personal import PERSONAL, pieces, tuned
from lipsyncer.training.reader import read_takes
from lipsyncer.training.sampler import Drawer

FEW = replace(PERSONAL, steps=2, short=(28, 4), long=(56, 2))


def talking(seed: int, length: int) -> Clip:
    """Noise in the shape of a clip."""
    rng = np.random.default_rng(seed)
    return Clip(
        f"clip {seed}",
        f"speaker {seed}",
        "others",
        rng.integers(0, 255, (length, 64, 64)).astype(np.uint8),
        rng.normal(0, 1, (length, 56, 3)).astype(np.float32),
        np.ones(length, np.float32),
        rng.random((4 * length, 80)).astype(np.float32),
        rng.integers(-999, 999, 640 * length).astype(np.int16),
    )


@pytest.fixture
def weights() -> Weights:
    torch.manual_seed(0)
    return Weights(Lipsync().eval(), Calibration(), {"seed": 1})


def test_pieces_hold_the_whole_take_in_order() -> None:
    take = talking(1, 240)
    cut = pieces(take)
    assert [len(piece) for piece in cut] == [100, 100]
    np.testing.assert_array_equal(np.concatenate([p.crops for p in cut]), take.crops[:200])
    np.testing.assert_array_equal(np.concatenate([p.power for p in cut]), take.power[:800])
    np.testing.assert_array_equal(np.concatenate([p.sound for p in cut]), take.sound[:128000])
    assert [len(piece) for piece in pieces(talking(1, 260))] == [100, 100, 60]
    assert [len(piece) for piece in pieces(talking(1, 30))] == [30]


def test_a_person_s_own_pieces_are_a_fair_share_of_a_batch() -> None:
    others = [talking(k, 60) for k in range(2, 62)]
    own = pieces(talking(1, 1500))
    drawer = Drawer([*others, *own], FEW, np.random.default_rng(0))
    drawn = [clip.speaker for _ in range(100) for clip in drawer.draw(is_long=True)]
    assert 0.2 < drawn.count("speaker 1") / len(drawn) < 0.9


def test_what_was_learned_is_another_network_that_says_where_it_is_from(weights: Weights) -> None:
    own, gain = tuned(
        weights,
        [talking(1, 500)],
        [talking(k, 60) for k in range(2, 6)],
        [talking(k, 60) for k in range(6, 9)],
        FEW,
        report=lambda line: None,
    )
    assert own.recipe["from"] == {"seed": 1}
    assert own.recipe["pieces"] == 4  # of five; the fourth was kept for measuring
    assert not torch.equal(own.model.temperature, weights.model.temperature)
    assert all(0 <= share <= 1 for share in (*gain.own, *gain.others))


def test_a_loss_of_more_than_a_point_for_others_is_refused(
    weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    def figure(measured: Weights, clips: Sequence[Clip]) -> float:
        return 0.70 if measured is weights else 0.689

    monkeypatch.setattr(personal, "found", figure)
    with pytest.raises(LipsyncerError, match=r"worse for other people \(70.0 % to 68.9 %\)"):
        tuned(
            weights,
            [talking(1, 500)],
            [talking(k, 60) for k in range(2, 6)],
            [talking(k, 60) for k in range(6, 9)],
            FEW,
            report=lambda line: None,
        )


def test_too_little_to_learn_from_is_said_before_any_training(weights: Weights) -> None:
    with pytest.raises(LipsyncerError, match="less than 16 s"):
        tuned(weights, [talking(1, 300)], [], [], report=lambda line: None)


def test_somebody_s_own_take_is_read_whole(demo: Demo) -> None:
    (take,) = finish(read_takes([demo.take_path]))
    assert len(take) > 50
    assert len(take.power) == 4 * len(take)
    assert take.speaker == "own"


def test_a_take_that_can_t_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.mp4"
    path.write_text("no film")
    with pytest.raises(InputError, match=r"notes\.mp4: can't be read"):
        finish(read_takes([path]))


def test_takes_are_for_our_network_alone(lipsyncer: Program, tmp_path: Path) -> None:
    output = tmp_path / "own.safetensors"
    outcome = lipsyncer(
        *("train", tmp_path, "-o", output, "--network", "paper", "--finetune", "take.mp4")
    )
    assert outcome.code == 2
    assert "leave --network out" in outcome.err


def test_a_take_is_watched_with_the_weights_that_were_named(
    lipsyncer: Program, demo: Demo, tmp_path: Path
) -> None:
    output = tmp_path / "out.mp4"
    outcome = lipsyncer(
        *("align", demo.song_path, demo.take_path, "-o", output),
        *("--weights", tmp_path / "none.safetensors"),
    )
    assert outcome.code == 3
    assert "none.safetensors" in outcome.err
    assert not output.exists()
