"""Other methods beside ours: they learn, their files come back, and they are measured alike."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from program import Program

from lipsyncer.cli.values import BASELINES as TYPED
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.features.log_mel import compress
from lipsyncer.network.model import Lipsync, standardise_crops
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.weights import Calibration, Weights
from lipsyncer.progress import Stage, finish
from lipsyncer.training import comparison
from lipsyncer.training.baseline_networks import BASELINES, OffsetNetwork, ShapeFromSound
from lipsyncer.training.baseline_scores import offset_errors, shape_scores, syncnet_scores
from lipsyncer.training.baseline_trainer import train_baseline
from lipsyncer.training.baseline_weights import load_baseline, save_baseline
from lipsyncer.training.clips import Clip
from lipsyncer.training.comparison_table import as_text
from lipsyncer.training.measures import MOST_OFFSET, WINDOWS, error_accuracy
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.paper_network import PaperNetwork
from lipsyncer.training.paper_trainer import paper_scores
from lipsyncer.training.recipe import TrainConfig

N = 60
OFFSETS = np.arange(-MOST_OFFSET, MOST_OFFSET + 1)
SMALL = TrainConfig(steps=24, short=(28, 6), long=(56, 3), average=0.9, seed=1)


def opening_mouth(rng: np.random.Generator, name: str) -> Clip:
    """A mouth that is as far open as its sound is loud."""
    loud = np.interp(np.arange(4 * N) / 16, np.arange(17), rng.uniform(0, 1, 17))
    opening = loud[::4, None, None]
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    inside = (x / 0.6) ** 2 + (y / (0.1 + 0.6 * opening)) ** 2 < 1
    crops = np.where(inside, 40, 170) + rng.normal(0, 4, (N, 64, 64))
    moves = np.linspace(-0.5, 0.5, 56)[:, None] * np.array([0.0, 1.0, 0.0])
    power = loud[:, None] ** 2 * np.exp(-np.arange(80) / 30) / 20 + 1e-5
    return Clip(
        name,
        name,
        "made up",
        crops.clip(0, 255).astype(np.uint8),
        (rng.normal(0, 1, (56, 3)) + opening * moves).astype(np.float32),
        np.ones(N, np.float32),
        power.astype(np.float32),
        rng.integers(-999, 999, 640 * N).astype(np.int16),
    )


@pytest.fixture(scope="module")
def clips() -> list[Clip]:
    rng = np.random.default_rng(0)
    return [opening_mouth(rng, f"clip {k}") for k in range(8)]


def made_up_scores(signal: float, look: int = 1) -> list[np.ndarray]:
    """Noise with a signal at the truth; what leaves the clip is unknown."""
    rng = np.random.default_rng(0)
    scores = []
    for _ in range(40):
        rows = 81 - look
        clip = rng.normal(0, 1, (rows, len(OFFSETS))).astype(np.float32)
        clip[:, MOST_OFFSET] += signal
        at = np.arange(rows)[:, None] + OFFSETS
        clip[(at < 0) | (at >= rows)] = np.nan
        scores.append(clip)
    return scores


def clips_of(scores: list[np.ndarray]) -> list[Clip]:
    """Clips to go with scores: 30 of one source, the rest of others."""
    clip = opening_mouth(np.random.default_rng(0), "clip")
    return [replace(clip, source="one" if k < 30 else f"other {k}") for k in range(len(scores))]


@pytest.mark.parametrize("name", BASELINES)
def test_a_short_training_lowers_the_loss(name: str, clips: list[Clip]) -> None:
    lines: list[str] = []
    torch.manual_seed(0)
    model = train_baseline(BASELINES[name](), clips, SMALL, report=lines.append, every=8)
    first, *_, last = (float(line.rsplit(" ", 1)[1]) for line in lines)
    assert last < 0.97 * first
    assert not model.training


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_s_file_comes_back(name: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    original, path = BASELINES[name](), tmp_path / "baseline.safetensors"
    save_baseline(path, name, original, {"seed": 3})
    model, recipe = load_baseline(path, name)
    assert recipe == {"seed": 3}
    assert not model.training
    for key, value in model.state_dict().items():
        assert torch.equal(value, original.state_dict()[key])


def test_a_file_of_another_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "towers.safetensors"
    save_baseline(path, "syncnet", SyncNet(), {})
    with pytest.raises(InputError, match="“offset”"):
        load_baseline(path, "offset")
    with pytest.raises(InputError, match=r"towers\.safetensors: does not hold the paper's network"):
        finish(comparison.compare(untrained(), {"paper": path}, tmp_path))


def test_a_missing_file_and_an_unknown_name_are_one_sentence(
    lipsyncer: Program, tmp_path: Path
) -> None:
    missing = lipsyncer("evaluate", tmp_path, "--baseline", f"syncnet={tmp_path / 'none.st'}")
    assert missing.code == 3
    assert re.search(r"none\.st: is not a readable weight file; .*\.$", missing.err.strip())
    unknown = lipsyncer("evaluate", tmp_path, "--baseline", "nonsense=x.safetensors")
    assert unknown.code == 2
    assert "paper, syncnet, offset, shape" in unknown.err


def test_what_can_be_typed_is_what_can_be_measured() -> None:
    assert TYPED == comparison.NAMES


@pytest.mark.parametrize("look", [1, 16])
def test_a_perfect_scorer_is_always_right(look: int) -> None:
    scores = made_up_scores(100.0, look)
    line = comparison.line("perfect", scores, clips_of(scores), look=look, above=50.0)
    assert line.accuracy == {k: 1.0 for k in WINDOWS if k >= look}
    assert line.auc == line.bin16 == 1.0
    assert line.parts == (1.0, 1.0)


def test_a_scorer_that_knows_nothing_has_an_area_of_one_half() -> None:
    scores = made_up_scores(0.0)
    line = comparison.line("random", scores, clips_of(scores))
    assert line.auc == pytest.approx(0.5, abs=0.03)


def test_the_threshold_of_a_match_is_that_of_other_people_s_clips() -> None:
    scores = made_up_scores(6.0)
    above = comparison.threshold([clip + np.float32(10) for clip in scores])
    # Pairs are means over 16 positions: true ones lie about 16, wrong ones about 10.
    assert above == pytest.approx(13.0, abs=1.0)
    shifted = [clip + np.float32(10) for clip in scores]
    assert comparison.line("sure", shifted, clips_of(scores), above=above).bin16 == 1.0
    assert comparison.line("sure", scores, clips_of(scores), above=above).bin16 == 0.5


def test_without_training_clips_nothing_is_said_of_the_match(
    clips: list[Clip], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(data: Path, split: str, corpus: str, lags: Path | None) -> Stage[list[Clip]]:
        yield 1.0
        if split == "train":
            raise InputError(data, "holds no videos.")
        return clips[:2]

    monkeypatch.setattr(comparison, "read_clips_in_sync", read)
    first, *_ = finish(comparison.compare(untrained(), {}, tmp_path))["lines"]
    assert first.bin16 is None


def test_sources_are_told_apart() -> None:
    scores = [*made_up_scores(100.0)[:30], *made_up_scores(0.0)[30:]]
    sure, guessing = comparison.line("half", scores, clips_of(scores)).parts or (0.0, 0.0)
    assert sure == 1.0
    assert guessing < 0.4


def test_guesses_are_right_within_a_frame() -> None:
    at = np.arange(66)[:, None] + OFFSETS
    outside = (at < 0) | (at >= 66)
    near = np.where(outside, np.nan, 1.4).astype(np.float32)
    always_zero = np.where(outside, np.nan, -OFFSETS).astype(np.float32)
    assert error_accuracy([near, near]) == (1.0, 132)
    assert error_accuracy([always_zero[MOST_OFFSET:-MOST_OFFSET]])[0] == pytest.approx(3 / 31)


def test_every_method_judges_the_same_offsets(clips: list[Clip]) -> None:
    torch.manual_seed(0)
    clip = clips[0]
    embedded, paired = clip_scores(Lipsync().eval(), clip)
    alone = [syncnet_scores(SyncNet().eval(), clip), shape_scores(ShapeFromSound().eval(), clip)]
    for scores in alone:
        np.testing.assert_array_equal(np.isnan(scores), np.isnan(embedded))
    windows = [
        comparison.inside_looks(paired),
        offset_errors(OffsetNetwork().eval(), clip, 16),
    ]
    for scores in windows:
        theirs = paper_scores(PaperNetwork().eval(), clip)
        np.testing.assert_array_equal(np.isnan(scores), np.isnan(theirs))


def test_a_look_inside_the_window_sees_nothing_beyond_it(clips: list[Clip]) -> None:
    torch.manual_seed(0)
    clip, model = clips[0], Lipsync().eval()
    looks = comparison.inside_looks(clip_scores(model, clip)[1])
    start, offset = 20, -7
    mouth, heard = slice(start, start + 16), slice(4 * (start + offset), 4 * (start + offset + 16))
    with torch.inference_mode():
        visual = model.visual(
            standardise_crops(torch.from_numpy(clip.crops[mouth]))[None],
            torch.from_numpy(clip.shape[mouth]).flatten(1)[None],
        )
        sound = model.sound(torch.from_numpy(compress(clip.power[heard]))[None])
        alone = model.head(model.head.visual_half(visual), model.head.sound_half(sound))
    assert alone.shape == (1, 1)
    assert looks[start, offset + MOST_OFFSET] == pytest.approx(float(alone), abs=1e-4)


def test_a_guess_never_leaves_the_clip(clips: list[Clip]) -> None:
    torch.manual_seed(0)
    model = OffsetNetwork().eval()
    model.linear2.bias.data.fill_(100.0)  # far beyond the end
    errors = offset_errors(model, clips[0], 50)
    # The true sound can begin at position 0 at the earliest: mouth t, sound t + d, guess t + d.
    t = np.arange(len(errors))[:, None]
    np.testing.assert_allclose(errors, np.where(np.isnan(errors), np.nan, t), rtol=0, atol=1e-4)


def test_a_window_too_short_to_regress_is_refused(clips: list[Clip]) -> None:
    with pytest.raises(ValueError, match="16 positions or more"):
        offset_errors(OffsetNetwork().eval(), clips[0], 10)


def test_the_table_has_a_line_for_each_method_and_names_those_without_weights(
    clips: list[Clip], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(data: Path, split: str, corpus: str, lags: Path | None) -> Stage[list[Clip]]:
        yield 1.0
        held_out = [replace(clip, speaker="grid_s7") for clip in clips[4:6]]
        return clips[:2] if split == "test" else [*clips[2:4], *held_out]

    monkeypatch.setattr(comparison, "read_clips_in_sync", read)
    files = {name: tmp_path / f"{name}.safetensors" for name in ("syncnet", "offset")}
    for name, path in files.items():
        save_baseline(path, name, BASELINES[name](), {"threshold": 0.0})
    table = finish(comparison.compare(untrained(), files, tmp_path))
    text = as_text(table)
    assert table["missing"] == ["paper", "shape"]
    assert [line.method.split()[0] for line in table["lines"][-4:]] == [
        "SyncNet-style",
        "direct",
        "mouth",
        "guessing",
    ]
    assert len({line.windows[25] for line in table["lines"]}) == 1
    assert "nan" not in text
    without_threshold = {line.method for line in table["lines"] if line.bin16 is None}
    assert without_threshold == {
        "direct offset regression",
        "guessing among the offsets in the clip",
    }
    assert re.search(
        r"Not measured, because the weights are missing: .*\(paper\), .*\(shape\); .*\.$", text
    )


def untrained() -> Weights:
    """Our network before it has learned anything."""
    torch.manual_seed(0)
    return Weights(Lipsync().eval(), Calibration(), {})
