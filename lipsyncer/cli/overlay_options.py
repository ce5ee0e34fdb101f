"""Options of what is laid over the picture: lyrics, a countdown and a watermark."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lipsyncer.cli.values import per_cent, whole_within
from lipsyncer.diagnostics.errors import UsageError
from lipsyncer.settings.limits import COUNTDOWN, WATERMARK

if TYPE_CHECKING:  # rendering takes too long to load for a mere --help
    from lipsyncer.render import RenderSettings
    from lipsyncer.render.overlays.options import ExtrasSettings

_CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")


def add_overlay_options(command: argparse.ArgumentParser) -> None:
    """Let a command burn lyrics, a countdown and a watermark into the picture."""
    extras = command.add_argument_group(
        "extras",
        "what to burn into the picture, clear of the platform's buttons",
    )
    extras.add_argument(
        "--lyrics",
        type=Path,
        metavar="FILE",
        help="show the words of an .lrc or .srt file, timed to the song",
    )
    extras.add_argument(
        "--lyrics-place",
        choices=("bottom", "top"),
        help="where to put them, unless a line would cover the mouth (default: bottom)",
    )
    extras.add_argument(
        "--lyrics-size",
        choices=("small", "medium", "large"),
        help="size of the letters (default: medium)",
    )
    extras.add_argument(
        "--countdown",
        type=whole_within(COUNTDOWN),
        nargs="?",
        const=3,
        default=0,
        metavar="SECONDS",
        help=f"count down to the first word, {COUNTDOWN.least:g} to {COUNTDOWN.most:g} s "
        "(3 without a number)",
    )
    extras.add_argument(
        "--watermark",
        type=Path,
        metavar="PICTURE",
        help="show a picture, usually a PNG, in a corner",
    )
    extras.add_argument(
        "--watermark-corner", choices=_CORNERS, help="which corner (default: top-right)"
    )
    extras.add_argument(
        "--watermark-size",
        type=per_cent(WATERMARK),
        metavar="PERCENT",
        help="its longer side as a share of the picture's shorter side (default: 18)",
    )
    extras.add_argument(
        "--watermark-opacity",
        type=per_cent(WATERMARK),
        metavar="PERCENT",
        help="its opacity (default: 80)",
    )


def overlay_files(arguments: argparse.Namespace) -> list[Path]:
    """Name the files that are read for what is burned in."""
    return [path for path in (arguments.lyrics, arguments.watermark) if path is not None]


def check_overlays(arguments: argparse.Namespace) -> None:
    """Make sure that the files can be used before any work is done.

    Raises
    ------
    UsageError
        When an option means nothing without another one.
    InputError
        When a file can't be used.
    """
    for name in ("place", "size"):
        if arguments.lyrics is None and getattr(arguments, f"lyrics_{name}") is not None:
            raise UsageError(f"--lyrics-{name} needs --lyrics FILE.")
    for name in ("corner", "size", "opacity"):
        value = getattr(arguments, f"watermark_{name}")
        if arguments.watermark is None and value is not None:
            raise UsageError(f"--watermark-{name} needs --watermark PICTURE.")
    if overlay_files(arguments):
        from lipsyncer.render.overlays.burn import read_extras

        read_extras(_overlays(arguments))


def with_overlays(
    settings: RenderSettings, arguments: argparse.Namespace, first_word: float | None = None
) -> RenderSettings:
    """Add what is to be burned in to the settings of a render.

    Parameters
    ----------
    first_word
        See ``ExtrasSettings``.
    """
    return replace(settings, extras=replace(_overlays(arguments), first_word=first_word))


def _overlays(arguments: argparse.Namespace) -> ExtrasSettings:
    from lipsyncer.render.overlays.options import ExtrasSettings

    chosen = {
        "lyrics_place": arguments.lyrics_place,
        "lyrics_size": arguments.lyrics_size,
        "watermark_corner": arguments.watermark_corner,
        "watermark_size": arguments.watermark_size,
        "watermark_opacity": arguments.watermark_opacity,
    }
    return ExtrasSettings(
        lyrics=arguments.lyrics,
        countdown=arguments.countdown,
        watermark=arguments.watermark,
        **{name: value for name, value in chosen.items() if value is not None},
    )
