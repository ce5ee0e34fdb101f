"""``--retime song``: the picture stays as it is, and the song is fitted to it."""

from __future__ import annotations

import argparse

from lipsyncer.diagnostics.errors import UsageError


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
