"""Commands about the network itself: measure it, and train it again."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from typing import TextIO

from lipsyncer.cli.baselines import evaluate_baselines, make_baseline
from lipsyncer.cli.personal import finetune
from lipsyncer.cli.progress import follow
from lipsyncer.cli.values import DEFAULT_CONDITIONS
from lipsyncer.diagnostics import InputError, UsageError
from lipsyncer.jobs import check_place, timed
from lipsyncer.network.training import evaluation, evaluation_table
from lipsyncer.network.training.calibrate import calibrate
from lipsyncer.network.training.clips import hold_out
from lipsyncer.network.training.music import music_bank
from lipsyncer.network.training.offsets import clip_scores
from lipsyncer.network.training.paper_trainer import train_paper
from lipsyncer.network.training.reader import read_clips
from lipsyncer.network.training.singing_clips import sung_clips
from lipsyncer.network.training.trainer import SECOND_STAGE, TrainConfig
from lipsyncer.network.training.trainer import train as learn
from lipsyncer.network.weights import load_paper, load_weights, save_paper, save_weights
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
        measured = evaluation.evaluate_paper(paper, arguments.data, arguments.split)
    else:
        weights = load_weights(arguments.weights)
        measured = evaluation.evaluate(
            weights, arguments.data, arguments.split, arguments.conditions
        )
    table = follow(timed("evaluate", measured, {}), person)
    if arguments.json:
        write_report(arguments.json, evaluation_table.as_json(table))
    print(evaluation_table.as_text(table))
    return 0


def train(arguments: argparse.Namespace, person: TextIO) -> int:
    """Train the network again, on some speakers, and calibrate it on others."""
    check_place(arguments.output)
    if arguments.network != "lipsync":
        if arguments.start is not None:
            raise UsageError("Only our own network goes on from weights; leave --from out.")
        if arguments.finetune:
            raise UsageError("Only our own network learns takes; leave --network out.")
    start = load_weights(arguments.start) if arguments.start is not None else None
    config = TrainConfig()
    if start is not None:
        sizes = replace(start.model.config, dropout=SECOND_STAGE.model.dropout)
        config = replace(SECOND_STAGE, model=sizes)
    if arguments.steps is not None:
        config = replace(config, steps=arguments.steps)
    if arguments.singing is not None:
        if arguments.network != "lipsync" or arguments.finetune:
            raise UsageError("Only our own network's recipe learns singing; leave --singing out.")
        config = replace(config, singing=arguments.singing)
    read = follow(timed("read", read_clips(arguments.data, "train"), {}), person)
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
    if arguments.network != "lipsync":
        make_baseline(arguments, clips, validation, config, music, say)
        print(arguments.output)
        return 0
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
    # What is sung counts as evidence as well as what is spoken.
    scores = [clip_scores(model, clip) for clip in (*validation, *sung_validation)]
    calibration = calibrate([by_embedding for by_embedding, _ in scores], [h for _, h in scores])
    recipe = config.as_dict() | ({} if start is None else {"from": start.recipe})
    save_weights(arguments.output, model, calibration, recipe)
    checkpoint.unlink(missing_ok=True)
    print(arguments.output)
    return 0
