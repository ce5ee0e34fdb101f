"""Commands about the network itself: measure it, and train it again."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from lipsyncer.cli.baselines import evaluate_baselines, make_baseline
from lipsyncer.cli.personal import finetune
from lipsyncer.cli.progress import follow
from lipsyncer.cli.values import DEFAULT_CONDITIONS
from lipsyncer.diagnostics import InputError, UsageError
from lipsyncer.jobs import check_place, timed
from lipsyncer.network.model import Lipsync
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.training import evaluation, evaluation_table
from lipsyncer.network.training.calibrate import calibrate
from lipsyncer.network.training.clips import Clip, hold_out
from lipsyncer.network.training.joined import joined
from lipsyncer.network.training.music import music_bank
from lipsyncer.network.training.offsets import clip_scores
from lipsyncer.network.training.paper_trainer import train_paper
from lipsyncer.network.training.reader import read_clips
from lipsyncer.network.training.recipe import SECOND_STAGE, TrainConfig
from lipsyncer.network.training.singing_clips import sung_clips
from lipsyncer.network.training.trainer import train as learn
from lipsyncer.network.weights import (
    load_baseline,
    load_paper,
    load_weights,
    save_paper,
    save_weights,
)
from lipsyncer.report import write_report

MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED = 60, 30.0, 7
SINGING_SEED = 7


def evaluate(arguments: argparse.Namespace, person: TextIO) -> int:
    """Measure a network on clips that are in sync, and print the table."""
    if arguments.json:
        check_place(arguments.json)
    others = arguments.network != "lipsync" or arguments.baselines or arguments.baseline
    if others and arguments.conditions != DEFAULT_CONDITIONS:
        raise UsageError("Other methods are measured in speech alone; leave --conditions out.")
    if arguments.baselines or arguments.baseline:
        return evaluate_baselines(arguments, person)
    if arguments.network == "paper":
        if arguments.weights is None:
            raise UsageError("The paper's network is not shipped; name its file with --weights.")
        paper = load_paper(arguments.weights)
        measured = evaluation.evaluate_paper(
            paper, arguments.data, arguments.split, arguments.corpus
        )
    else:
        weights = load_weights(arguments.weights)
        measured = evaluation.evaluate(
            weights, arguments.data, arguments.split, arguments.conditions, arguments.corpus
        )
    table = follow(timed("evaluate", measured, {}), person)
    if arguments.json:
        write_report(arguments.json, evaluation_table.as_json(table))
    print(evaluation_table.as_text(table))
    return 0


def train(arguments: argparse.Namespace, person: TextIO) -> int:
    """Train the network again, on some speakers, and calibrate it on others."""
    check_place(arguments.output)
    ours = arguments.network == "lipsync"
    if arguments.network == "paper" and (arguments.start is not None or arguments.singing):
        raise UsageError(
            "The paper's network is trained as it was; leave --from and --singing out."
        )
    if (arguments.finetune or arguments.join) and not ours:
        raise UsageError("--finetune and --join are for our own network; leave --network out.")
    if arguments.finetune and arguments.join:
        raise UsageError("Join first and fine-tune then; leave --finetune or --join out.")
    if arguments.finetune and arguments.singing is not None:
        raise UsageError("Takes are learned as they are; leave --singing out.")
    start = None
    if ours and (arguments.start is not None or arguments.join is not None):
        start = load_weights(arguments.start)
    towers = load_baseline(arguments.join, "syncnet") if arguments.join is not None else None
    config = TrainConfig()
    if arguments.start is not None and not ours:
        config = replace(config, learning_rate=SECOND_STAGE.learning_rate, seed=SECOND_STAGE.seed)
    if start is not None:
        sizes = replace(start.model.config, dropout=SECOND_STAGE.model.dropout)
        config = replace(SECOND_STAGE, model=sizes)
    if arguments.steps is not None:
        config = replace(config, steps=arguments.steps)
    if arguments.seed is not None:
        config = replace(config, seed=arguments.seed)
    if arguments.singing is not None:
        config = replace(config, singing=arguments.singing)
    reading = read_clips(arguments.data, "train", arguments.corpus)
    read = follow(timed("read", reading, {}), person)
    clips, validation = hold_out(read)
    if not clips or not validation:
        raise InputError(
            arguments.data,
            "training needs some speakers to learn from and others to check it with.",
        )
    say = partial(print, file=person, flush=True)
    if arguments.network == "paper":
        paper = train_paper(clips, steps=config.steps, seed=config.seed, report=say)
        save_paper(arguments.output, paper, {"steps": config.steps, "seed": config.seed})
        print(arguments.output)
        return 0
    music = None
    if not arguments.no_music:
        music = music_bank(MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED)
    if arguments.finetune:
        finetune(arguments, clips, validation, music, person, say)
        print(arguments.output)
        return 0
    sung, sung_validation = [
        follow(timed("sing", sung_clips(spoken, SINGING_SEED), {}), person)
        if config.singing
        else []
        for spoken in (clips, validation)
    ]
    if not ours:
        make_baseline(arguments, clips, validation, config, music, sung, say)
        print(arguments.output)
        return 0
    if start is not None and towers is not None:
        second, made = towers
        assert isinstance(second, SyncNet)
        model = joined(start.model, second, [*validation, *sung_validation])
        recipe = {"towers": made, "from": start.recipe}
        return _finish(arguments.output, model, [*validation, *sung_validation], recipe)
    checkpoint = arguments.output.with_name(arguments.output.name + ".checkpoint")
    model = learn(
        clips,
        validation,
        config,
        music=music,
        sung=sung,
        sung_validation=sung_validation,
        start=start.model if start is not None else None,
        checkpoint=checkpoint,
        report=say,
    )
    recipe = config.as_dict() | ({} if start is None else {"from": start.recipe})
    code = _finish(arguments.output, model, [*validation, *sung_validation], recipe)
    checkpoint.unlink(missing_ok=True)
    return code


def _finish(output: Path, model: Lipsync, clips: list[Clip], recipe: dict[str, Any]) -> int:
    """Calibrate and write; what is sung counts as evidence as well as what is spoken."""
    scores = [clip_scores(model, clip) for clip in clips]
    calibration = calibrate([by_embedding for by_embedding, _ in scores], [h for _, h in scores])
    save_weights(output, model, calibration, recipe)
    print(output)
    return 0
