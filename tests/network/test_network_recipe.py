"""The recipe of the shipped weights, from its first stage to its last."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from noise_clips import clip_of_noise
from program import Program

from lipsyncer.cli import network_commands
from lipsyncer.network.model import Lipsync
from lipsyncer.network.weights import SHIPPED, load_weights
from lipsyncer.progress import Stage
from lipsyncer.resources import resource
from lipsyncer.training import stages
from lipsyncer.training.clips import Clip
from lipsyncer.training.datasets import Material
from lipsyncer.training.lags import read_lags, write_lags
from lipsyncer.training.recipe import TrainConfig
from lipsyncer.training.stages import (
    FIRST,
    LAG_ESTIMATORS,
    SECOND,
    SUNG_TOWERS,
    TOWERS,
    Recipe,
)


@pytest.fixture(scope="module")
def material() -> Material:
    clips = [clip_of_noise(seed) for seed in range(4)]
    # Sung variants under the clips' names; what singing sounds like is tested elsewhere.
    sung = [replace(clip_of_noise(9 + seed), name=clips[seed].name) for seed in range(4)]
    return Material(clips[:3], clips[3:], None, sung[:3], sung[3:])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stages")


def stages_of(said: list[str]) -> list[str]:
    return [line.removeprefix("stage: ") for line in said if line.startswith("stage: ")]


def test_it_goes_through_all_stages_and_goes_on_where_it_was_stopped(
    material: Material, folder: Path
) -> None:
    said: list[str] = []
    made = Recipe(material, folder, said.append, share=0.0001).weights()
    assert stages_of(said) == ["1-speech", "2-singing", "3-towers", "4-sung-towers", "5-joined"]
    assert made.model.towers is not None
    second = made.recipe["from"]
    assert (second["singing"], second["seed"]) == (SECOND.singing, SECOND.seed)
    assert second["from"]["singing"] == 0
    assert made.recipe["towers"]["from"]["seed"] == 1

    # The last two stages are lost; what was there before them is not made again.
    (folder / "4-sung-towers.safetensors").unlink()
    (folder / "5-joined.safetensors").unlink()
    said.clear()
    again = Recipe(material, folder, said.append, share=0.0001).weights()
    assert stages_of(said) == ["4-sung-towers", "5-joined"]
    for name, values in again.model.state_dict().items():
        np.testing.assert_array_equal(values, made.model.state_dict()[name], err_msg=name)


def test_lags_are_estimated_in_two_rounds_before(material: Material, tmp_path: Path) -> None:
    said: list[str] = []
    recipe = Recipe(material, tmp_path, said.append, share=0.0001)
    lags = recipe.lags()
    names = [f"0-dater-{turn}-{k}" for turn in (1, 2) for k in (1, 2)]
    assert stages_of(said) == names
    # A source of so few clips is taken at its word.
    assert lags == read_lags(tmp_path / "lags.csv") == {}

    (tmp_path / "lags.csv").unlink()
    (tmp_path / "0-dater-2-2.safetensors").unlink()
    said.clear()
    assert recipe.lags() == {}
    assert stages_of(said) == names[-1:]


def test_a_lag_estimator_learns_from_clips_as_far_as_they_are_known(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned_from: list[int] = []

    def train(clips: list[Clip], validation: list[Clip], *_: object, **__: object) -> Lipsync:
        learned_from.extend(map(len, [*clips, *validation]))
        return Lipsync().eval()

    monkeypatch.setattr(stages, "train", train)
    lags = {material.clips[0].name: 2.5, material.validation[0].name: -1.0}
    Recipe(material, tmp_path, lambda said: None).lag_estimator(
        2, 1, LAG_ESTIMATORS[1], material.clips, lags
    )
    assert learned_from == [57, 60, 60, 59]


def test_the_shipped_weights_name_the_stages_of_this_recipe() -> None:
    recipe = load_weights().recipe
    for made, wished in (
        (recipe["from"], SECOND),
        (recipe["from"]["from"], FIRST),
        (recipe["towers"], SUNG_TOWERS),
        (recipe["towers"]["from"], TOWERS),
    ):
        # The header keeps the names of every version, whatever the fields are called here.
        known = json.loads(json.dumps(wished.as_dict()))
        assert {name: made[name] for name in known} == known


def test_the_first_stage_alone_begins_from_chance(lipsyncer: Program, tmp_path: Path) -> None:
    outcome = lipsyncer(
        *("train", tmp_path, "-o", tmp_path / "own.safetensors"),
        *("--first", "--from", "weights.safetensors"),
    )
    assert outcome.code == 2
    assert "--from" in outcome.err


def test_a_stage_asked_for_alone_is_the_recipe_s_on_clips_put_in_sync(
    lipsyncer: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = [clip_of_noise(0), replace(clip_of_noise(1), speaker="grid_s7")]  # held out
    asked: list[tuple[TrainConfig, int]] = []

    def read(*_: object) -> Stage[list[Clip]]:
        yield 1.0
        return clips

    def learned(path: Path, config: TrainConfig, made_of: Material, *_: object) -> None:
        asked.append((config, len(made_of.clips[0])))

    monkeypatch.setattr(network_commands, "read_clips", read)
    monkeypatch.setattr(network_commands, "learned", learned)
    write_lags(tmp_path / "lags.csv", {clips[0].name: 2.0})
    call = ("train", tmp_path, "-o", tmp_path / "own.safetensors", "--no-music")
    shipped = resource("models", SHIPPED)
    assert lipsyncer(*call, "--first").code == 0
    assert lipsyncer(*call, "--from", shipped, "--lags", tmp_path / "lags.csv").code == 0
    assert asked == [(FIRST, 60), (replace(SECOND, singing=0.0), 58)]
