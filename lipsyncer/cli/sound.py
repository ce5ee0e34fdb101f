"""What the output sounds like, by options that every command that writes a video has."""

from __future__ import annotations

import argparse
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lipsyncer.cli.values import number

if TYPE_CHECKING:  # rendering takes too long to load for a mere --help
    from lipsyncer.render import RenderSettings
    from lipsyncer.render.loudness import Loudness


def add_sound_options(command: argparse.ArgumentParser) -> None:
    """Let a command fade, turn down, and lay the camera's sound under the song."""
    sound = command.add_argument_group("sound", "changes to the song's sound")
    sound.add_argument(
        "--fade-in",
        type=_within(0, 60),
        default=0.0,
        metavar="SECONDS",
        help="fade the sound in, 0 to 60 s",
    )
    sound.add_argument(
        "--fade-out",
        type=_within(0, 60),
        default=0.0,
        metavar="SECONDS",
        help="fade the sound out, 0 to 60 s",
    )
    sound.add_argument(
        "--turn-down",
        action="store_true",
        help="turn a louder song down to -14 LUFS and -1 dBTP, the level at which platforms play; "
        "never up",
    )
    sound.add_argument(
        "--camera-sound",
        type=_within(-60, 6),
        metavar="DB",
        help="mix in the take's own sound, breaths and room, at this level, for example -12",
    )


def with_sound(settings: RenderSettings, arguments: argparse.Namespace) -> RenderSettings:
    """Add the sound that was asked for to the settings of a render."""
    from lipsyncer.render import SoundSettings

    sound = SoundSettings(
        fade_in=arguments.fade_in,
        fade_out=arguments.fade_out,
        camera=arguments.camera_sound,
        turn_down=arguments.turn_down,
    )
    return replace(settings, sound=sound)


def say_loudness(loudness: Loudness) -> None:
    """Print how loud the output is, in one line."""
    print(f"sound: {loudness}")


def _within(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = number(text)
        if not least <= value <= most:
            raise ArgumentTypeError(f"{text} is out of range; it must be {least:g} to {most:g}")
        return value

    return read
