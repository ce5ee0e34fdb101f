"""By lips, by sound or by both, on the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # analysing takes too long to load for a mere --help
    from lipsyncer.cut.analysis import Analysis

_GUIDES = ("lips", "sound", "both")


def add_guide_option(command: argparse.ArgumentParser) -> None:
    """Let a command choose what says where the song is in a take."""
    command.add_argument(
        "--guide",
        choices=_GUIDES,
        default="both",
        help="what to align by: the lips; the song in the sound that the camera recorded; or both, "
        "the lips searched near where the sound says (default: %(default)s)",
    )


def mismatch(analysis: Analysis, song: str, guide: str) -> str:
    """Say that no take seems to belong to the song, what to check, and what else could help."""
    takes = analysis.document.takes
    who = f"{takes[0].path.name} does not seem" if len(takes) == 1 else "None of the takes seems"
    sings = "the song can be heard in the take" if guide == "sound" else "the lips sing this song"
    said = f"{who} to match {song} (confidence {analysis.confidence:.0%}); check that {sings}"
    if guide == "both" and any(
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
            print(
                f"{take.take.path.name}: its own sound holds the song, {abs(offset):.0f} ms "
                f"{'later' if offset > 0 else 'earlier'} than in the song, "
                f"drift {drift:+.0f} ppm."
            )
