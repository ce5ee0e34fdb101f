"""Loads mediapipe without the plots that it could draw, which take as long as all else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from types import ModuleType


@contextlib.contextmanager
def without_plots() -> Iterator[None]:
    """Let what is imported meanwhile find an empty matplotlib."""
    plots = {"matplotlib", "matplotlib.pyplot"} - sys.modules.keys()
    sys.modules.update((name, ModuleType(name)) for name in plots)
    try:
        yield
    finally:
        for name in plots:
            del sys.modules[name]
