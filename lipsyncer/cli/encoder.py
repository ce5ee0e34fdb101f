"""Which encoder writes the picture, by an option that every command with a video has."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from lipsyncer.findings import sentence

if TYPE_CHECKING:  # rendering takes too long to load for a mere --help
    from lipsyncer.jobs import Export
    from lipsyncer.render import RenderSettings


def add_encoder_option(command: argparse.ArgumentParser) -> None:
    """Let a command use the graphics card's encoder."""
    command.add_argument(
        "--encoder",
        choices=("software", "hardware"),
        default="software",
        help="encode in software with x264, which makes the smallest file, or in hardware on the "
        "graphics card if one works (default: %(default)s)",
    )


def with_encoder(settings: RenderSettings, arguments: argparse.Namespace) -> RenderSettings:
    """Add the encoder that was asked for to the settings of a render."""
    return replace(settings, encoder=arguments.encoder)


def say_warnings(exported: Export, person: TextIO) -> None:
    """Say what went otherwise than asked for."""
    for finding in exported.findings:
        print(f"warning: {sentence(finding)}", file=person)
