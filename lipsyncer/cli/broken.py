"""``--broken-source``: what to do with a take whose picture can't be decoded in places."""

from __future__ import annotations

import argparse


def add_broken_option(command: argparse.ArgumentParser) -> None:
    """Let a command refuse damaged takes instead of delivering the rest."""
    command.add_argument(
        "--broken-source",
        choices=("deliver", "refuse"),
        default="deliver",
        help="what to do with a take that can't be decoded in places: deliver the rest with a "
        "warning and freeze the picture there, or refuse it (default: %(default)s)",
    )
