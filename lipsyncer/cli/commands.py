"""Which function a command is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TextIO

from lipsyncer.cli.align_command import align
from lipsyncer.cli.check_command import check_file
from lipsyncer.cli.demo_command import demo
from lipsyncer.cli.export_command import export_project
from lipsyncer.cli.inspect_command import inspect
from lipsyncer.cli.network_commands import evaluate, train
from lipsyncer.cli.offset_command import offset

Command = Callable[[argparse.Namespace, TextIO], int]


def run(arguments: argparse.Namespace, person: TextIO) -> int:
    """Run the command that was asked for.

    Parameters
    ----------
    arguments
        As the parser gives them.
    person
        Where progress and warnings go.

    Returns
    -------
    int
        The exit code.
    """
    commands: dict[str, Command] = {
        "align": align,
        "export": export_project,
        "check": check_file,
        "inspect": inspect,
        "offset": offset,
        "demo": demo,
        "evaluate": evaluate,
        "train": train,
    }
    return commands[arguments.command](arguments, person)
