"""A saved project as a finished video, without the window."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TextIO

from lipsyncer.cli.output_options import (
    check_otio,
    say_loudness,
    say_warnings,
    with_effects,
    with_encoder,
    with_sound,
    with_transitions,
    write_otio,
)
from lipsyncer.cli.overlay_options import check_overlays, overlay_files, with_overlays
from lipsyncer.cli.progress_bars import follow
from lipsyncer.diagnostics.errors import UsageError
from lipsyncer.edit import edits
from lipsyncer.edit.document import Document
from lipsyncer.jobs import check_output, export
from lipsyncer.project import changed_media, open_with_media
from lipsyncer.render.presets import PRESETS, Preset, RenderSettings
from lipsyncer.settings.job import Settings


def export_project(arguments: argparse.Namespace, person: TextIO) -> int:
    """Write the video that a project describes."""
    check_span(arguments)
    check_overlays(arguments)
    project = open_with_media(arguments.project)
    for changed in changed_media(project):
        print(
            f"warning: {changed.name} has changed since the project was saved; the cut may not fit "
            "it.",
            file=person,
        )
    document = trimmed(project.document, arguments)
    preset = PRESETS[arguments.preset]
    inputs = [arguments.project, *project.paths, *overlay_files(arguments)]
    check_output(arguments.output, inputs)
    check_otio(arguments.otio, [arguments.output, *inputs])
    say_limits(document, preset, person)
    settings = Settings(
        render=rendering_of(preset, arguments), damaged_source=arguments.damaged_source
    )
    exported = follow(export(document, arguments.output, settings), person)
    say_warnings(exported, person)
    start, end = document.span
    print(f"{arguments.output}: {end - start:.1f} s of the song for {preset.name}.")
    say_loudness(exported.loudness)
    write_otio(arguments.otio, document)
    return 0


def rendering_of(
    preset: Preset, arguments: argparse.Namespace, first_word: float | None = None
) -> RenderSettings:
    """Give what to ask of the encoders: as the platform wants it, and as the options say."""
    settings = with_transitions(with_sound(preset.settings, arguments), arguments)
    settings = with_effects(with_overlays(settings, arguments, first_word), arguments)
    return with_encoder(replace(settings, reframe=arguments.reframe), arguments)


def check_span(arguments: argparse.Namespace) -> None:
    """Make sure that ``--from`` and ``--to`` go together before any work is done."""
    start, end = arguments.start, arguments.end
    if start is not None and end is not None and end <= start:
        raise UsageError(f"--to {end:g} must come after --from {start:g}.")


def trimmed(document: Document, arguments: argparse.Namespace) -> Document:
    """Keep the part of the song that ``--from`` and ``--to`` name."""
    first, last = document.span
    start = first if arguments.start is None else arguments.start
    end = last if arguments.end is None else arguments.end
    try:
        return edits.trim(document, start, end)
    except ValueError as error:
        raise UsageError(f"--from and --to: {error}.") from error


def say_limits(document: Document, preset: Preset, person: TextIO) -> None:
    """Warn where a platform does not take a video of this length."""
    start, end = document.span
    length = end - start
    if preset.max_duration is not None and length > preset.max_duration:
        print(
            f"warning: {preset.name} accepts at most {preset.max_duration:g} s, this is "
            f"{length:.1f} s; choose a part of the song with --from and --to.",
            file=person,
        )
    if length < preset.min_duration:
        print(
            f"warning: {preset.name} accepts no less than {preset.min_duration:g} s, this is "
            f"{length:.1f} s.",
            file=person,
        )
