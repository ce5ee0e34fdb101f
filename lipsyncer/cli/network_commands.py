"""Commands about the network itself: measure it, and train it again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TextIO

from lipsyncer.cli.progress_bars import follow
from lipsyncer.cli.values import DEFAULT_CONDITIONS
from lipsyncer.diagnostics.errors import InputError, UsageError
from lipsyncer.handoff.report import write_report
from lipsyncer.jobs import check_place, timed
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.weights import Weights, load_weights, save_weights
from lipsyncer.training import comparison, comparison_table, evaluation, evaluation_table
from lipsyncer.training.baseline_recipe import made_baseline
from lipsyncer.training.baseline_weights import load_baseline, load_paper, save_baseline, save_paper
from lipsyncer.training.clips import hold_out
from lipsyncer.training.datasets import Material
from lipsyncer.training.lags import read_lags
from lipsyncer.training.music import music_bank
from lipsyncer.training.paper_trainer import train_paper
from lipsyncer.training.reader import read_clips
from lipsyncer.training.recipe import SECOND_STAGE, TrainConfig
from lipsyncer.training.stages import FIRST, Recipe, add_towers, learned

MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED = 60, 30.0, 7


def evaluate(arguments: argparse.Namespace, person: TextIO) -> int:
    """Measure a network on clips that are in sync, and print the table."""
    if arguments.json:
        check_place(arguments.json)
    others = arguments.network != "lipsync" or arguments.baselines or arguments.baseline
    if others and arguments.conditions != DEFAULT_CONDITIONS:
        raise UsageError("Baselines are measured in speech only; leave --conditions out.")
    if arguments.baselines or arguments.baseline:
        return evaluate_baselines(arguments, person)
    if arguments.network == "paper":
        if arguments.weights is None:
            raise UsageError("The paper's network is not shipped; name its file with --weights.")
        paper = load_paper(arguments.weights)
        measured = evaluation.evaluate_paper(
            paper, arguments.data, arguments.split, arguments.corpus, arguments.lags
        )
    else:
        weights = load_weights(arguments.weights)
        measured = evaluation.evaluate(
            weights,
            arguments.data,
            arguments.split,
            arguments.conditions,
            arguments.corpus,
            arguments.lags,
        )
    table = follow(timed("evaluate", measured, {}), person)
    if arguments.json:
        write_report(arguments.json, evaluation_table.as_json(table))
    print(evaluation_table.as_text(table))
    return 0


def train(arguments: argparse.Namespace, person: TextIO) -> int:
    """Train the network again, on some speakers, and calibrate it on others."""
    if getattr(sys, "frozen", False):  # packaging/lipsyncer.spec
        raise UsageError("Networks are trained with Lipsyncer's source code; install from that.")
    check_place(arguments.output)
    _check(arguments)
    start = towers = None
    if arguments.network == "lipsync":
        if arguments.start is not None or arguments.join is not None:
            start = load_weights(arguments.start)
        if arguments.join is not None:
            towers = load_baseline(arguments.join, "syncnet")
    say = partial(print, file=person, flush=True)
    material = _material(arguments, person)
    config = _config(arguments, start)
    whole = _is_whole(arguments)
    stages = arguments.output.with_name(arguments.output.name + ".stages")
    if arguments.lags is not None:
        material = material.in_sync(read_lags(arguments.lags))
    elif whole:
        material = material.in_sync(Recipe(material, stages, say).lags())
    if arguments.network == "paper":
        paper = train_paper(material.clips, steps=config.steps, seed=config.seed, report=say)
        save_paper(arguments.output, paper, {"steps": config.steps, "seed": config.seed})
    else:
        if config.singing or whole:
            material = follow(timed("sing", material.with_singing(), {}), person)
        if whole:
            made = Recipe(material, stages, say).weights()
            save_weights(arguments.output, made.model, made.calibration, made.recipe)
        elif arguments.network != "lipsync":
            make_baseline(arguments, material, config, say)
        elif start is not None and towers is not None:
            assert isinstance(towers[0], SyncNet)
            add_towers(arguments.output, start, (towers[0], towers[1]), material)
        else:
            learned(arguments.output, config, material, say, start)
    print(arguments.output)
    return 0


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


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what does not go together before any work is done."""
    ours = arguments.network == "lipsync"
    if arguments.network == "paper" and (arguments.start is not None or arguments.singing):
        raise UsageError("The paper's network has its own recipe; leave --from and --singing out.")
    if (arguments.join or arguments.first) and not ours:
        raise UsageError("--join and --first are for our own network; leave --network out.")
    if arguments.first and (arguments.start is not None or arguments.join):
        raise UsageError("The first stage starts from random weights; leave --from and --join out.")


def _is_whole(arguments: argparse.Namespace) -> bool:
    """Whether all stages are wanted: nothing was said that belongs to a single one."""
    single = (
        *(arguments.first, arguments.no_music),
        *(arguments.start is not None, arguments.join is not None),
        *(arguments.steps is not None, arguments.seed is not None, arguments.singing is not None),
    )
    return arguments.network == "lipsync" and not any(single)


def _config(arguments: argparse.Namespace, start: Weights | None) -> TrainConfig:
    """One stage, as it is asked for."""
    config = FIRST if arguments.network == "lipsync" else TrainConfig()
    if arguments.start is not None and start is None:
        config = replace(config, learning_rate=SECOND_STAGE.learning_rate, seed=SECOND_STAGE.seed)
    if start is not None:
        config = SECOND_STAGE
    changes = {name: getattr(arguments, name) for name in ("steps", "seed", "singing")}
    return replace(config, **{name: value for name, value in changes.items() if value is not None})


def _material(arguments: argparse.Namespace, person: TextIO) -> Material:
    """Read the clips and play the music."""
    reading = read_clips(arguments.data, "train", arguments.corpus)
    clips, validation = hold_out(follow(timed("read", reading, {}), person))
    if not clips or not validation:
        raise InputError(
            arguments.data,
            "training needs speakers to learn from and others for validation; add clips.",
        )
    music = None
    if not arguments.no_music and arguments.network != "paper":
        music = music_bank(MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED)
    return Material(clips, validation, music)
