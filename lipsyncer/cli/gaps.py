"""``--gaps``: what to show where the lips move without a voice in the song."""

from __future__ import annotations

import argparse


def add_gaps_option(command: argparse.ArgumentParser) -> None:
    """Let a command keep the footage of gaps as it is."""
    command.add_argument(
        "--gaps",
        choices=("close", "keep"),
        default="close",
        help="where the lips move but the song has no voice: show a closed mouth from elsewhere, "
        "if there is one, or keep the footage (default: %(default)s)",
    )
