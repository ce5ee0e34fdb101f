"""``lipsyncer train --finetune``: weights for one's own face, voice and phone."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TextIO

from lipsyncer.cli.progress import follow
from lipsyncer.jobs import timed
from lipsyncer.network.weights import load_weights, save_weights
from lipsyncer.training.datasets import Material
from lipsyncer.training.personal import PERSONAL, tuned
from lipsyncer.training.reader import read_takes


def finetune(
    arguments: argparse.Namespace,
    material: Material,
    person: TextIO,
    say: Callable[[str], None],
) -> None:
    """Go on from the shipped weights with somebody's own takes, and say what that brought."""
    weights = load_weights(arguments.start)
    takes = follow(timed("read", read_takes(arguments.finetune), {}), person)
    config = PERSONAL
    if arguments.steps is not None:
        config = replace(config, steps=arguments.steps)
    own, gain = tuned(
        weights,
        takes,
        material.clips,
        material.validation,
        config,
        music=material.music,
        report=say,
    )
    save_weights(arguments.output, own.model, own.calibration, own.recipe)
    for who, (before, after) in (("these takes", gain.own), ("other people", gain.others)):
        say(f"offsets found within a frame, {who}: {100 * before:.1f} % to {100 * after:.1f} %")
