"""What may stand after an option, and what is said where it can't."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path

from lipsyncer.edit.document import Pin
from lipsyncer.settings.limits import Limits

TIGHTNESSES = ("loose", "relaxed", "normal", "close", "tight")
"""As ``lipsyncer.alignment`` knows them; that room takes too long to load for a mere ``--help``."""

PLATFORMS = (
    *("tiktok", "reels", "stories", "feed", "shorts"),
    *("douyin", "kuaishou", "xiaohongshu", "bilibili"),
    "master",
)
"""As ``lipsyncer.render.presets`` knows them, which takes long to load as well."""


BASELINES = ("paper", "syncnet", "offset", "shape")
"""As ``lipsyncer.training.comparison`` knows them, likewise."""


CONDITIONS = ("speech", "music", "loud-music", "singing", "singing-music")
"""As ``lipsyncer.training.conditions`` knows them, likewise."""

DEFAULT_CONDITIONS = ("speech",)

CORPORA = ("folder", "ursing", "ursing-mixture")
"""As ``lipsyncer.training.corpora`` knows them, likewise."""


def seconds(text: str) -> float:
    """Read a moment in seconds, or as minutes and seconds: 75.5 or 1:15.5."""
    minutes, _, rest = text.rpartition(":")
    moment = number(rest) + 60 * (number(minutes) if minutes else 0)
    if moment < 0:
        raise ArgumentTypeError(f"{text} lies before the start of the song")
    return moment


def baseline_file(text: str) -> tuple[str, Path]:
    """Read ``NAME=FILE``, the weights of a baseline."""
    name, _, file = text.partition("=")
    if name not in BASELINES or not file:
        raise ArgumentTypeError(f"{text!r} is not NAME=FILE with one of {', '.join(BASELINES)}")
    return name, Path(file)


def conditions(text: str) -> tuple[str, ...]:
    """Read conditions with commas between them; ``all`` stands for each of them."""
    names = CONDITIONS if text == "all" else tuple(dict.fromkeys(text.split(",")))
    for name in names:
        if name not in CONDITIONS:
            raise ArgumentTypeError(f"{name!r} is not one of {', '.join(CONDITIONS)}")
    return names


def at_least(least: int) -> Callable[[str], int]:
    """Read a whole number that is not below another one."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise ArgumentTypeError(f"{text!r} is not a whole number") from None
        if number < least:
            raise ArgumentTypeError(f"{number} is too small; it must be {least} or more")
        return number

    return read


def within(limits: Limits, unit: str = "") -> Callable[[str], float]:
    """Read a number within limits."""

    def read(text: str) -> float:
        value = number(text)
        if value not in limits:
            span = f"{limits.least:g} to {limits.most:g}{unit}"
            raise ArgumentTypeError(f"{text} is out of range; it must be {span}")
        return value

    return read


def whole_within(limits: Limits) -> Callable[[str], int]:
    """Read a whole number within limits."""

    def read(text: str) -> int:
        whole = at_least(int(limits.least))(text)
        return int(within(limits)(str(whole)))

    return read


def per_cent(limits: Limits) -> Callable[[str], float]:
    """Read per cent within limits, as a share."""
    return lambda text: within(limits, " %")(text.removesuffix("%")) / 100


def pin(text: str) -> Pin:
    """Read ``SONG:TAKE`` or ``SONG:TAKE:N``: seconds, seconds and the take's number from 1."""
    parts = text.split(":")
    if len(parts) not in (2, 3):
        raise ArgumentTypeError(
            f"{text!r} is not SONG:TAKE, two moments in seconds, like 12.5:14.0"
        )
    song, source = (number(part) for part in parts[:2])
    return Pin(song, at_least(1)(parts[2]) - 1 if len(parts) == 3 else 0, source)


def number(text: str) -> float:
    """Read a number that is not infinite."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ArgumentTypeError(f"{text!r} is not a number")
    return value
