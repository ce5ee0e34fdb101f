"""What each command does, in the order a person sees it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TextIO

from lipsyncer.align import AlignSettings, stretched, tightened
from lipsyncer.cli.check import check_file
from lipsyncer.cli.demo import demo
from lipsyncer.cli.encoder import say_warnings
from lipsyncer.cli.export import (
    check_span,
    export_project,
    rendering_of,
    say_limits,
    trimmed,
)
from lipsyncer.cli.extras import check_extras, extra_files
from lipsyncer.cli.guide import mismatch, say_camera_sound
from lipsyncer.cli.handoff import check_otio, write_otio
from lipsyncer.cli.inspect import inspect
from lipsyncer.cli.network import evaluate, train
from lipsyncer.cli.offset import offset
from lipsyncer.cli.progress import follow
from lipsyncer.cli.retime import check_retime
from lipsyncer.cli.sound import say_loudness
from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.realign import Solvers, pinned
from lipsyncer.diagnostics.errors import MismatchError, UsageError
from lipsyncer.edit.document import Pin
from lipsyncer.handoff.report import report, write_report
from lipsyncer.jobs import Export, analyse, check_output, check_place, export
from lipsyncer.render.overlays.vocal_onset import first_word
from lipsyncer.render.presets import PRESETS
from lipsyncer.settings.job import Settings

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


def align(arguments: argparse.Namespace, person: TextIO) -> int:
    """Bring one take, or the best of several, in time with a song."""
    song, takes, output = arguments.song, arguments.takes, arguments.output
    settings = _settings(arguments)
    check_retime(arguments)
    check_span(arguments)
    inputs = [song, *takes, *extra_files(arguments)]
    check_output(output, inputs)
    if arguments.report:
        check_place(arguments.report, [*inputs, output])
    check_otio(arguments.otio, [*inputs, output])
    check_extras(arguments)
    analysis = follow(analyse(song, takes, settings), person)
    if not (analysis.matches or arguments.force):
        reason = mismatch(analysis, song.name, arguments.guide)
        raise MismatchError(f"{reason}, or write it anyway with --force.")
    analysis = with_pins(analysis, arguments.pin, settings)
    analysis = replace(analysis, document=trimmed(analysis.document, arguments))
    for warning in analysis.warnings:
        print(f"warning: {warning}", file=person)
    preset = PRESETS[arguments.preset]
    say_limits(analysis.document, preset, person)
    sung = first_word([take.evidence.voice for take in analysis.takes], analysis.document.span[0])
    rendering = replace(settings, render=rendering_of(preset, arguments, sung))
    exported = follow(export(analysis.document, output, rendering), person)
    say_warnings(exported, person)
    if arguments.report:
        timings = {**analysis.timings, **exported.timings}
        write_report(
            arguments.report, report(analysis, timings, exported.loudness, exported.fitted)
        )
    said = summary(analysis) if exported.fitted is None else summary_of_fit(analysis, exported)
    print(f"{output}: {said}")
    say_camera_sound(analysis)
    say_loudness(exported.loudness)
    write_otio(arguments.otio, analysis.document, analysis.findings, exported.fitted)
    return 0


def _settings(arguments: argparse.Namespace) -> Settings:
    """Collect the choices, and make sure that they go together before any work is done."""
    count = len(arguments.takes)
    given = f"there {'is one take' if count == 1 else f'are {count} takes'}"
    if arguments.prefer_take is not None and arguments.prefer_take > count:
        raise UsageError(f"--prefer-take {arguments.prefer_take}: {given}.")
    pins = sorted(arguments.pin, key=lambda pin: pin.song)
    for pin in pins:
        if pin.take >= count:
            raise UsageError(f"{_named(pin)}: {given}.")
    for take in range(count):
        for before, after in pairwise(pin for pin in pins if pin.take == take):
            if not (before.song < after.song and before.source < after.source):
                raise UsageError(
                    f"{_named(before)} and {_named(after)} contradict each other: what comes "
                    "later in the song must come later in the take."
                )
    chosen = tightened(AlignSettings(max_cuts=arguments.max_cuts), arguments.tightness)
    if arguments.max_stretch is not None:
        chosen = stretched(chosen, arguments.max_stretch)
    return Settings(
        weights=arguments.weights,
        guide=arguments.guide,
        align=chosen,
        retime=arguments.retime,
        gaps=arguments.gaps,
        broken_source=arguments.broken_source,
        prefer_take=None if arguments.prefer_take is None else arguments.prefer_take - 1,
    )


def with_pins(analysis: Analysis, pins: Sequence[Pin], settings: Settings) -> Analysis:
    """Let the cut that was found pass through the moments that the user has given.

    Raises
    ------
    UsageError
        When one of them leaves the song or its take.
    """
    document, solvers = analysis.document, Solvers(analysis.takes, settings.align)
    for pin in pins:
        try:
            document = pinned(document, pin, solvers[pin.take])
        except ValueError as error:
            raise UsageError(f"{_named(pin)}: {error}.") from error
    return replace(analysis, document=document)


def _named(pin: Pin) -> str:
    take = f":{pin.take + 1}" if pin.take else ""
    return f"--pin {pin.song:g}:{pin.source:g}{take}"


def summary(analysis: Analysis) -> str:
    """Say in one sentence what was done to the picture."""
    start, end = analysis.document.span
    count = len(analysis.document.segments)
    pieces = f"in {count} {'piece' if count == 1 else 'pieces'}"
    if len(analysis.takes) > 1:
        # Takes begin anywhere in the song; how far one of them was moved says nothing.
        shown = {segment.take for segment in analysis.document.segments}
        picture = f"{len(shown)} of {len(analysis.takes)} takes are shown {pieces}"
    else:
        offset = analysis.alignment.offset_ms
        moved = f"shown {abs(offset):.0f} ms {'earlier' if offset > 0 else 'later'} (median)"
        picture = f"the picture is {moved if round(offset) else 'shown as it was'}, {pieces}"
    return (
        f"{end - start:.1f} s of the song, starting at {start:.1f} s; {picture}; "
        f"confidence {analysis.confidence:.0%}."
    )


def summary_of_fit(analysis: Analysis, exported: Export) -> str:
    """Say in one sentence what was done to the song."""
    assert exported.fitted is not None
    start, end = exported.fitted.span
    count = sum(segment.kind == "matched" for segment in exported.fitted.segments)
    pieces = f"in {count} {'piece' if count == 1 else 'pieces'}"
    return (
        f"{end - start:.1f} s of picture as it was filmed, with the song fitted to it {pieces}, "
        f"confidence {analysis.confidence:.0%}."
    )
