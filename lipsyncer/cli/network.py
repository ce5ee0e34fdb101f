"""Commands about the network itself: measure it."""

from __future__ import annotations

import argparse
from typing import TextIO

from lipsyncer.cli.progress import follow
from lipsyncer.jobs import timed
from lipsyncer.network.training import evaluation
from lipsyncer.network.weights import load_weights
from lipsyncer.report import check_report, write_report


def evaluate(arguments: argparse.Namespace, person: TextIO) -> int:
    """Measure the shipped network on clips that are in sync, and print the table."""
    if arguments.json:
        check_report(arguments.json, [])
    measured = evaluation.evaluate(load_weights(), arguments.data, arguments.split)
    table = follow(timed("evaluate", measured, {}), person)
    if arguments.json:
        write_report(arguments.json, evaluation.as_json(table))
    print(evaluation.as_text(table))
    return 0
