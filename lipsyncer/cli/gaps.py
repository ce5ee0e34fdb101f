"""``--gaps``: what is shown where nobody sings and the footage moves its lips."""

from __future__ import annotations

import argparse


def add_gaps_option(command: argparse.ArgumentParser) -> None:
    """Let a command keep the footage of gaps as it is."""
    command.add_argument(
        "--gaps",
        choices=("close", "keep"),
        default="close",
        help="what is done where lips move though nobody sings: a closed mouth from elsewhere is "
        "shown where there is one, or the footage stays (default: %(default)s)",
    )
