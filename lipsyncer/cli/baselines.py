"""Other methods beside our network: measured by ``evaluate --baselines``, made by ``train``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TextIO

import torch

from lipsyncer.cli.progress import follow
from lipsyncer.diagnostics import UsageError
from lipsyncer.jobs import timed
from lipsyncer.network.baselines import BASELINES, Baseline, OffsetNetwork
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.training import comparison, comparison_table
from lipsyncer.network.training.baseline_scores import syncnet_scores
from lipsyncer.network.training.baseline_trainer import train_baseline
from lipsyncer.network.training.calibrate import fit_match
from lipsyncer.network.training.clips import Clip
from lipsyncer.network.training.recipe import TrainConfig
from lipsyncer.network.weights import load_baseline, load_weights, save_baseline
from lipsyncer.report import write_report


def evaluate_baselines(arguments: argparse.Namespace, person: TextIO) -> int:
    """Print our network and the baselines in one table."""
    if arguments.network != "lipsync":
        raise UsageError("Baselines are measured beside our network; leave --network out.")
    weights = load_weights(arguments.weights)
    measured = comparison.compare(
        weights, dict(arguments.baseline), arguments.data, arguments.split, arguments.corpus
    )
    table = follow(timed("evaluate", measured, {}), person)
    if arguments.json:
        write_report(arguments.json, comparison_table.as_json(table))
    print(comparison_table.as_text(table))
    return 0


def make_baseline(
    arguments: argparse.Namespace,
    clips: list[Clip],
    validation: list[Clip],
    config: TrainConfig,
    music: comparison.Float | None,
    sung: Sequence[Clip],
    say: Callable[[str], None],
) -> None:
    """Train a baseline and write its weights, with the threshold fitted on other speakers."""
    name = arguments.network
    torch.manual_seed(config.seed)
    recipe = config.as_dict()
    begun: Baseline
    if arguments.start is not None:
        begun, before = load_baseline(arguments.start, name)
        recipe |= {"from": before}
    else:
        begun = OffsetNetwork(load_weights().model) if name == "offset" else BASELINES[name]()
    model = train_baseline(begun, clips, config, music=music, sung=sung, report=say)
    if isinstance(model, SyncNet):
        scale, bias = fit_match(*comparison.pairs16([syncnet_scores(model, c) for c in validation]))
        recipe |= {"threshold": -bias / scale}
    save_baseline(arguments.output, name, model, recipe)
