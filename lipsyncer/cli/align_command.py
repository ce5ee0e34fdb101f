"""``lipsyncer align``: one take, or the best of several, in time with a song."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TextIO

from lipsyncer.alignment import AlignSettings, stretched, tightened
from lipsyncer.cli.analysis_options import check_retime
from lipsyncer.cli.export_command import (
    check_span,
    rendering_of,
    say_limits,
    trimmed,
)
from lipsyncer.cli.output_options import check_otio, say_loudness, say_warnings, write_otio
from lipsyncer.cli.overlay_options import check_overlays, overlay_files
from lipsyncer.cli.progress_bars import follow
from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.realign import Solvers, pinned
from lipsyncer.diagnostics.errors import MismatchError, UsageError
from lipsyncer.edit.document import Pin
from lipsyncer.findings import summary_sentence
from lipsyncer.handoff.report import report, write_report
from lipsyncer.jobs import Export, check_output, check_place, export
from lipsyncer.jobs.analyse import analyse
from lipsyncer.render.overlays.vocal_onset import first_word
from lipsyncer.render.presets import PRESETS
from lipsyncer.settings.job import Settings


def align(arguments: argparse.Namespace, person: TextIO) -> int:
    """Bring one take, or the best of several, in time with a song."""
    song, takes, output = arguments.song, arguments.takes, arguments.output
    settings = _settings(arguments)
    check_retime(arguments)
    check_span(arguments)
    inputs = [song, *takes, *overlay_files(arguments)]
    check_output(output, inputs)
    if arguments.report:
        check_place(arguments.report, [*inputs, output])
    check_otio(arguments.otio, [*inputs, output])
    check_overlays(arguments)
    analysis = follow(analyse(song, takes, settings), person)
    if not (analysis.matches or arguments.force):
        reason = mismatch(analysis, song.name, arguments.sync_source)
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
    write_otio(
        arguments.otio, analysis.document, analysis.findings, exported.fitted, analysis.takes
    )
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
        sync_source=arguments.sync_source,
        align=chosen,
        retime=arguments.retime,
        gaps=arguments.gaps,
        damaged_source=arguments.damaged_source,
        attempts=arguments.attempts,
        turn=None if arguments.turn == "auto" else int(arguments.turn),
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
    """Say what was done to the picture, and what came of it."""
    start, end = analysis.document.span
    count = len(analysis.document.segments)
    pieces = f"{count} {'piece' if count == 1 else 'pieces'}"
    return (
        f"{summary_sentence(analysis.summary)} {end - start:.1f} s of the song from {start:.1f} s, "
        f"in {pieces}, confidence {analysis.confidence:.0%}."
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


def mismatch(analysis: Analysis, song: str, source: str) -> str:
    """Say that no take seems to belong to the song, what to check, and what else could help."""
    takes = analysis.document.takes
    if analysis.too_short:
        longest = max(take.duration for take in takes)
        who = takes[0].path.name if len(takes) == 1 else "The longest take"
        return (
            f"{who} lasts {longest:.1f} s, too short to tell where in {song} it belongs "
            f"(confidence {analysis.confidence:.0%}); film ten seconds or more"
        )
    who = f"{takes[0].path.name} does not seem" if len(takes) == 1 else "None of the takes seems"
    sings = "the song can be heard in the take" if source == "sound" else "the lips sing this song"
    said = f"{who} to match {song} (confidence {analysis.confidence:.0%}); check that {sings}"
    if source == "both" and any(
        take.camera_sound and take.camera_sound.found for take in analysis.takes
    ):
        said += ", or go by the camera's sound, which holds it, with --guide sound"
    return said


def say_camera_sound(analysis: Analysis) -> None:
    """Print what the takes' own sound said, where it said something."""
    for take in analysis.takes:
        sound = take.camera_sound
        if sound is not None and sound.found:
            offset, drift = sound.offset_ms, sound.drift_ppm
            track = "" if sound.track is None else f" (track {sound.track})"
            print(
                f"{take.take.path.name}: its own sound{track} contains the song, "
                f"{abs(offset):.0f} ms "
                f"{'later' if offset > 0 else 'earlier'} than in the song, "
                f"drift {drift:+.0f} ppm."
            )
