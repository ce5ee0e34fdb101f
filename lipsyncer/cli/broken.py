"""``--broken-source``: what becomes of a take whose picture can't be decoded in places."""

from __future__ import annotations

import argparse


def add_broken_option(command: argparse.ArgumentParser) -> None:
    """Let a command refuse damaged takes instead of delivering the rest."""
    command.add_argument(
        "--broken-source",
        choices=("deliver", "refuse"),
        default="deliver",
        help="what becomes of a take that can't be decoded in places: the rest is delivered with "
        "a warning, the picture standing still there, or it is refused (default: %(default)s)",
    )
