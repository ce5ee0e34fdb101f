"""Other methods beside our network: measured by ``evaluate --baselines``, made by ``train``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TextIO

from lipsyncer.cli.progress import follow
from lipsyncer.diagnostics.errors import UsageError
from lipsyncer.handoff.report import write_report
from lipsyncer.jobs import timed
from lipsyncer.network.weights import load_weights
from lipsyncer.training import comparison, comparison_table
from lipsyncer.training.baseline_recipe import made_baseline
from lipsyncer.training.baseline_weights import load_baseline, save_baseline
from lipsyncer.training.datasets import Material
from lipsyncer.training.recipe import TrainConfig


def evaluate_baselines(arguments: argparse.Namespace, person: TextIO) -> int:
    """Print our network and the baselines in one table."""
    if arguments.network != "lipsync":
        raise UsageError("Baselines are compared with our network; leave --network out.")
    weights = load_weights(arguments.weights)
    measured = comparison.compare(
        weights,
        dict(arguments.baseline),
        arguments.data,
        arguments.split,
        arguments.corpus,
        arguments.lags,
    )
    table = follow(timed("evaluate", measured, {}), person)
    if arguments.json:
        write_report(arguments.json, comparison_table.as_json(table))
    print(comparison_table.as_text(table))
    return 0


def make_baseline(
    arguments: argparse.Namespace,
    material: Material,
    config: TrainConfig,
    say: Callable[[str], None],
) -> None:
    """Train a baseline and write its weights."""
    name = arguments.network
    start = load_baseline(arguments.start, name) if arguments.start is not None else None
    model, recipe = made_baseline(name, config, material, say, start)
    save_baseline(arguments.output, name, model, recipe)
