"""What each command does, in the order a person sees it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TextIO

from lipsyncer.cli.demo import demo
from lipsyncer.cli.inspect import inspect
from lipsyncer.cli.network import evaluate, train
from lipsyncer.cli.progress import follow
from lipsyncer.diagnostics import MismatchError
from lipsyncer.jobs import Analysis, analyse, check_output, check_place, export
from lipsyncer.report import report, write_report
from lipsyncer.settings import Settings

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
        "inspect": inspect,
        "demo": demo,
        "evaluate": evaluate,
        "train": train,
    }
    return commands[arguments.command](arguments, person)


def align(arguments: argparse.Namespace, person: TextIO) -> int:
    """Bring one take in time with a song."""
    song, take, output = arguments.song, arguments.take, arguments.output
    check_output(output, [song, take])
    if arguments.report:
        check_place(arguments.report, [song, take, output])
    settings = Settings(emphasise_vocals=arguments.emphasise_vocals)
    analysis = follow(analyse(song, [take], settings), person)
    if not analysis.matches:
        mismatch = (
            f"{take.name} does not seem to match {song.name} "
            f"(confidence {analysis.confidence:.0%}); check that the lips sing this song"
        )
        if not arguments.force:
            raise MismatchError(f"{mismatch}, or write it all the same with --force.")
        analysis = replace(analysis, warnings=(*analysis.warnings, f"{mismatch}."))
    for warning in analysis.warnings:
        print(f"warning: {warning}", file=person)
    exported = follow(export(analysis.document, output), person)
    if arguments.report:
        timings = {**analysis.timings, **exported.timings}
        write_report(arguments.report, report(analysis, timings))
    print(f"{output}: {summary(analysis)}")
    return 0


def summary(analysis: Analysis) -> str:
    """Say in one sentence what was done to the picture."""
    start, end = analysis.document.span
    count = len(analysis.document.segments)
    offset = analysis.alignment.offset_ms
    moved = f"shown {abs(offset):.0f} ms {'earlier' if offset > 0 else 'later'} (median)"
    return (
        f"{end - start:.1f} s of the song from {start:.1f} s on, the picture is "
        f"{moved if round(offset) else 'shown as it was'}, "
        f"in {count} {'piece' if count == 1 else 'pieces'}, "
        f"confidence {analysis.confidence:.0%}."
    )
