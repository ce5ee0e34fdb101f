"""How jumps and slowed stretches are hidden, by options that every command with a video has."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # rendering takes too long to load for a mere --help
    from lipsyncer.render import RenderSettings


def add_transition_options(command: argparse.ArgumentParser) -> None:
    """Let a command show cuts as they are, or hide them."""
    transitions = command.add_argument_group(
        "transitions", "how to hide jumps and slowed stretches"
    )
    transitions.add_argument(
        "--jumps",
        choices=("morph", "punch-in", "cut"),
        default="morph",
        help="how to hide a jump of 0.3 s or more within a take: a short morph where the motion "
        "can be estimated, a slightly closer picture until the next jump, or a plain cut (default: "
        "%(default)s)",
    )
    transitions.add_argument(
        "--only-filmed",
        action="store_true",
        help="show only frames that were filmed; without it, stretches slowed by more than 4 %% "
        "get interpolated frames where the motion can be estimated",
    )


def with_transitions(settings: RenderSettings, arguments: argparse.Namespace) -> RenderSettings:
    """Add how transitions are to be hidden to the settings of a render."""
    from lipsyncer.render.transitions import TransitionSettings

    transitions = TransitionSettings(arguments.jumps, interpolate=not arguments.only_filmed)
    return replace(settings, transitions=transitions)
