"""Options of how takes are analysed: by what, what is moved, and what damage is accepted."""

from __future__ import annotations

import argparse

from lipsyncer.diagnostics.errors import UsageError


def add_sync_source_option(command: argparse.ArgumentParser) -> None:
    """Let a command choose what says where the song is in a take."""
    command.add_argument(
        "--guide",
        dest="sync_source",
        choices=("lips", "sound", "both"),
        default="both",
        help="what to align by: the lips; the song in the sound that the camera recorded; or both, "
        "the lips searched near where the sound says (default: %(default)s)",
    )


def add_gaps_option(command: argparse.ArgumentParser) -> None:
    """Let a command keep the footage of gaps as it is."""
    command.add_argument(
        "--gaps",
        choices=("close", "keep"),
        default="close",
        help="where the lips move but the song has no voice: show a closed mouth from elsewhere, "
        "if there is one, or keep the footage (default: %(default)s)",
    )


def add_damage_option(command: argparse.ArgumentParser) -> None:
    """Let a command refuse damaged takes instead of delivering the rest."""
    command.add_argument(
        "--broken-source",
        dest="damaged_source",
        choices=("deliver", "refuse"),
        default="deliver",
        help="what to do with a take that can't be decoded in places: deliver the rest with a "
        "warning and freeze the picture there, or refuse it (default: %(default)s)",
    )


def add_retime_option(command: argparse.ArgumentParser) -> None:
    """Let a command move the song instead of the picture."""
    command.add_argument(
        "--retime",
        choices=("picture", "song"),
        default="picture",
        help="what to move: the picture, or, for dubbing, the song to fit a picture that stays as "
        "it is (default: %(default)s)",
    )


def check_retime(arguments: argparse.Namespace) -> None:
    """Make sure that the options go together before any work is done.

    Raises
    ------
    UsageError
        When one of them means nothing for a song that is moved.
    """
    if arguments.retime != "song":
        return
    if len(arguments.takes) > 1:
        raise UsageError("--retime song works on one take; name only one.")
    meaningless = {
        "--from": arguments.start,
        "--to": arguments.end,
        "--camera-sound": arguments.camera_sound,
        "--otio": arguments.otio,
    }
    for option, value in meaningless.items():
        if value is not None:
            raise UsageError(
                f"{option} can't be combined with --retime song; leave one of them out."
            )
