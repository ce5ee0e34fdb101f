"""Weights of the networks that ours is compared with, in the files of ``network.weights``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.network.weights import fill_network, read_network, write_network
from lipsyncer.training.baseline_networks import BASELINES, Baseline
from lipsyncer.training.paper_network import PaperNetwork


def save_paper(path: Path, model: PaperNetwork, recipe: dict[str, Any]) -> None:
    """Write the paper's network; the file appears when it is whole."""
    write_network(path, model, {"network": "paper", "recipe": json.dumps(recipe)})


def load_paper(path: Path) -> PaperNetwork:
    """Load and verify the paper's network; errors as of ``load_weights``."""
    header, tensors = read_network(path)
    if header.get("network") != "paper":
        raise InputError(path, "does not hold the paper's network; name another file.")
    model = PaperNetwork()
    fill_network(path, model, tensors)
    return model.eval()


def save_baseline(path: Path, name: str, model: Baseline, recipe: dict[str, Any]) -> None:
    """Write one of ``BASELINES``; the file appears when it is whole."""
    write_network(path, model, {"network": name, "recipe": json.dumps(recipe)})


def load_baseline(path: Path, name: str) -> tuple[Baseline, dict[str, Any]]:
    """Load and verify one of ``BASELINES`` and its recipe; errors as of ``load_weights``."""
    header, tensors = read_network(path)
    if header.get("network") != name:
        raise InputError(
            path, f"does not hold the baseline “{name}”; make it with train --network {name}."
        )
    model = BASELINES[name]()
    fill_network(path, model, tensors)
    return model.eval(), json.loads(header["recipe"])
