"""Commands about the network itself: measure it, and train it again."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TextIO

from lipsyncer.cli.progress import follow
from lipsyncer.diagnostics import InputError
from lipsyncer.jobs import check_place, timed
from lipsyncer.network.training import evaluation
from lipsyncer.network.training.calibrate import calibrate
from lipsyncer.network.training.clips import hold_out
from lipsyncer.network.training.music import music_bank
from lipsyncer.network.training.offsets import clip_scores
from lipsyncer.network.training.reader import read_clips
from lipsyncer.network.training.trainer import TrainConfig
from lipsyncer.network.training.trainer import train as learn
from lipsyncer.network.weights import load_weights, save_weights
from lipsyncer.report import write_report

MUSIC_PIECES, MUSIC_SECONDS = 60, 30.0


def evaluate(arguments: argparse.Namespace, person: TextIO) -> int:
    """Measure a network on clips that are in sync, and print the table."""
    if arguments.json:
        check_place(arguments.json)
    weights = load_weights(arguments.weights)
    measured = evaluation.evaluate(weights, arguments.data, arguments.split)
    table = follow(timed("evaluate", measured, {}), person)
    if arguments.json:
        write_report(arguments.json, evaluation.as_json(table))
    print(evaluation.as_text(table))
    return 0


def train(arguments: argparse.Namespace, person: TextIO) -> int:
    """Train the network again, on some speakers, and calibrate it on others."""
    check_place(arguments.output)
    config = TrainConfig() if arguments.steps is None else TrainConfig(steps=arguments.steps)
    read = follow(timed("read", read_clips(arguments.data, "train"), {}), person)
    clips, validation = hold_out(read)
    if not clips or not validation:
        raise InputError(
            arguments.data,
            "training needs some speakers to learn from and others to check it with.",
        )
    music = None
    if not arguments.no_music:
        music = music_bank(MUSIC_PIECES, MUSIC_SECONDS, config.seed)
    say = partial(print, file=person, flush=True)
    model = learn(clips, validation, config, music=music, report=say)
    scores = [clip_scores(model, clip) for clip in validation]
    calibration = calibrate([by_embedding for by_embedding, _ in scores], [h for _, h in scores])
    save_weights(arguments.output, model, calibration, config.as_dict())
    print(arguments.output)
    return 0
