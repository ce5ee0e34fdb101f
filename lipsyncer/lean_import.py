"""Imports of heavy libraries, without what they would load or do for nothing."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator
from types import ModuleType


@contextlib.contextmanager
def lean_import(*unneeded: str) -> Iterator[None]:
    """Let what is imported meanwhile find empty modules in the place of some.

    Meanwhile no garbage is looked for: what is imported stays, and looking through it again and
    again takes a tenth of the time.
    """
    collecting = gc.isenabled()
    empty = set(unneeded) - sys.modules.keys()
    sys.modules.update((name, ModuleType(name)) for name in empty)
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
        for name in empty:
            del sys.modules[name]
