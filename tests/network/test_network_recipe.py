"""The recipe of the shipped weights, from its first stage to its last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from noise_clips import clip_of_noise
from program import Program

from lipsyncer.network.training.material import Material
from lipsyncer.network.training.stages import SECOND, THIRD, made_by_recipe
from lipsyncer.network.weights import load_weights


@pytest.fixture(scope="module")
def material() -> Material:
    clips = [clip_of_noise(seed) for seed in range(4)]
    # Sung variants under the clips' names; what singing sounds like is tested elsewhere.
    sung = [replace(clip_of_noise(9 + seed), name=clips[seed].name) for seed in range(4)]
    return Material(clips[:3], clips[3:], None, sung[:3], sung[3:])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stages")


def test_it_goes_through_all_stages_and_goes_on_where_it_was_stopped(
    material: Material, folder: Path
) -> None:
    said: list[str] = []
    made = made_by_recipe(material, folder, said.append, share=0.0001)
    stages = [line.removeprefix("stage: ") for line in said if line.startswith("stage: ")]
    assert stages == [
        *("1-speech", "2-singing", "3-towers", "4-sung-towers", "5-joined", "6-more-singing"),
        "7-joined",
    ]
    assert made.model.towers is not None
    third = made.recipe["from"]
    assert (third["singing"], third["seed"]) == (THIRD.singing, THIRD.seed)
    assert third["from"]["from"]["singing"] == SECOND.singing
    assert third["from"]["from"]["from"]["singing"] == 0
    assert made.recipe["towers"]["from"]["seed"] == 1

    # The last two stages are lost; what was there before them is not made again.
    (folder / "6-more-singing.safetensors").unlink()
    (folder / "7-joined.safetensors").unlink()
    said.clear()
    again = made_by_recipe(material, folder, said.append, share=0.0001)
    assert [line for line in said if line.startswith("stage: ")] == [
        "stage: 6-more-singing",
        "stage: 7-joined",
    ]
    for name, values in again.model.state_dict().items():
        np.testing.assert_array_equal(values, made.model.state_dict()[name], err_msg=name)


def test_the_shipped_weights_name_the_stages_of_this_recipe() -> None:
    recipe = load_weights().recipe
    third, second = recipe["from"], recipe["from"]["from"]
    for made, wished in ((third, THIRD), (second, SECOND)):
        for name in ("steps", "learning_rate", "weight_decay", "average", "singing", "seed"):
            assert made[name] == getattr(wished, name), name


def test_the_first_stage_alone_begins_from_chance(lipsyncer: Program, tmp_path: Path) -> None:
    outcome = lipsyncer(
        *("train", tmp_path, "-o", tmp_path / "own.safetensors"),
        *("--first", "--from", "weights.safetensors"),
    )
    assert outcome.code == 2
    assert "--from" in outcome.err
