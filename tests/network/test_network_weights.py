"""Weight files: what is saved comes back, and what is not ours is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.network.model import Lipsync
from lipsyncer.network.weights import Calibration, load_weights, save_weights
from lipsyncer.training.baseline_weights import load_paper, save_paper
from lipsyncer.training.paper_network import PaperNetwork


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "weights.safetensors"
    save_weights(path, Lipsync(), Calibration(head_scale=0.25), {"seed": 7})
    return path


def test_what_is_saved_comes_back(saved: Path) -> None:
    torch.manual_seed(0)
    original = Lipsync().state_dict()
    weights = load_weights(saved)
    assert weights.calibration.head_scale == 0.25
    assert weights.recipe == {"seed": 7}
    assert not weights.model.training
    for name, value in weights.model.state_dict().items():
        assert torch.equal(value, original[name])
    assert [p.name for p in saved.parent.iterdir()] == [saved.name]


def test_shipped_weights_load_and_name_their_recipe() -> None:
    weights = load_weights()
    for part in (weights.recipe["towers"], weights.recipe["from"]):
        assert {"steps", "seed"} <= set(part)


def test_a_changed_number_is_noticed(saved: Path, tmp_path: Path) -> None:
    with safe_open(saved, framework="pt") as file:
        header = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    tensors["temperature"] += 0.01
    tampered = tmp_path / "tampered.safetensors"
    save_file(tensors, tampered, metadata=header)
    with pytest.raises(InputError, match="damaged"):
        load_weights(tampered)


def test_weights_for_other_inputs_are_refused(saved: Path, tmp_path: Path) -> None:
    with safe_open(saved, framework="pt") as file:
        header = {**file.metadata(), "lipsyncer_input": "999"}
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    other = tmp_path / "other.safetensors"
    save_file(tensors, other, metadata=header)
    with pytest.raises(InputError, match="another version"):
        load_weights(other)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("model", None),
        ("model", "no JSON"),
        ("model", "[]"),
        ("model", '{"channels": 1000000000}'),
        ("model", '{"channels": "256"}'),
        ("model", '{"pixels": false, "landmarks": false}'),
        ("model", '{"dropout": NaN}'),
        ("calibration", '{"head_scale": "high"}'),
        ("calibration", '{"head_scale": Infinity}'),
        ("recipe", "[" * 100_000),
        ("recipe", "7"),
    ],
)
def test_a_header_that_makes_no_sense_is_refused(
    saved: Path, tmp_path: Path, key: str, text: str | None
) -> None:
    with safe_open(saved, framework="pt") as file:
        header = {name: value for name, value in file.metadata().items() if name != key}
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    if text is not None:
        header[key] = text
    crafted = tmp_path / "crafted.safetensors"
    save_file(tensors, crafted, metadata=header)
    with pytest.raises(InputError, match="is not a readable weight file"):
        load_weights(crafted)


def test_numbers_of_other_kinds_are_refused(saved: Path, tmp_path: Path) -> None:
    with safe_open(saved, framework="pt") as file:
        header = file.metadata()
        tensors = {name: file.get_tensor(name).bfloat16() for name in file.keys()}  # noqa: SIM118
    crafted = tmp_path / "crafted.safetensors"
    save_file(tensors, crafted, metadata=header)
    with pytest.raises(InputError, match="is not a readable weight file"):
        load_weights(crafted)


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "sprung",))

    path = tmp_path / "weights.pt"
    torch.save({"model": Trap()}, path)
    with pytest.raises(InputError, match="not a readable weight file"):
        load_weights(path)
    assert not (tmp_path / "sprung").exists()


def test_the_paper_s_network_comes_back_and_is_not_mistaken_for_ours(tmp_path: Path) -> None:
    torch.manual_seed(0)
    original = PaperNetwork()
    path = tmp_path / "paper.safetensors"
    save_paper(path, original, {"seed": 1})
    for name, value in load_paper(path).state_dict().items():
        assert torch.equal(value, original.state_dict()[name])
    with pytest.raises(InputError, match="another network"):
        load_weights(path)


def test_our_weights_are_not_mistaken_for_the_paper_s(saved: Path) -> None:
    with pytest.raises(InputError, match="paper"):
        load_paper(saved)
