"""What a script asks for, checked before any work is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from typing import TypeAlias

from lipsyncer.diagnostics.errors import UsageError
from lipsyncer.jobs import Progress
from lipsyncer.render.presets import PRESETS, Preset

Name: TypeAlias = "str | os.PathLike[str]"
"""A file's name."""

Hear: TypeAlias = Callable[[Progress], object] | None
"""Is told how far a job is; it may raise, which ends the job."""


def one_of(name: str, value: str, allowed: Collection[str]) -> None:
    """Refuse a value that is not allowed.

    Raises
    ------
    UsageError
    """
    if value not in allowed:
        raise UsageError(f"{name} is one of {', '.join(allowed)}, not {value!r}.")


def preset_of(name: str) -> Preset:
    """Give a platform by its name.

    Raises
    ------
    UsageError
        When there is none.
    """
    one_of("preset", name, PRESETS)
    return PRESETS[name]
