"""Train a baseline and give its recipe; our own network's towers are one too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.weights import load_weights
from lipsyncer.training.baseline_networks import BASELINES, Baseline, OffsetNetwork
from lipsyncer.training.baseline_scores import syncnet_scores
from lipsyncer.training.baseline_trainer import train_baseline
from lipsyncer.training.comparison import threshold
from lipsyncer.training.datasets import Material
from lipsyncer.training.recipe import TrainConfig

Recipe = dict[str, Any]


def made_baseline(
    name: str,
    config: TrainConfig,
    material: Material,
    report: Callable[[str], None],
    start: tuple[Baseline, Recipe] | None = None,
) -> tuple[Baseline, Recipe]:
    """Train a baseline, and fit its threshold on the validation speakers where it has one.

    Parameters
    ----------
    name
        One of ``BASELINES``.
    config
        Steps, rates and seed.
    material
        What it learns from.
    report
        Called with a line now and then.
    start
        Where to start, with the recipe that made it; from random weights if None.

    Returns
    -------
    The network and the recipe for its header.
    """
    torch.manual_seed(config.seed)
    recipe = config.as_dict()
    begun: Baseline
    if start is not None:
        begun, before = start
        recipe |= {"from": before}
    else:
        begun = OffsetNetwork(load_weights().model) if name == "offset" else BASELINES[name]()
    model = train_baseline(
        begun, material.clips, config, music=material.music, sung=material.sung, report=report
    )
    if isinstance(model, SyncNet):
        above = threshold([syncnet_scores(model, clip) for clip in material.validation])
        recipe |= {"threshold": above}
    return model, recipe
