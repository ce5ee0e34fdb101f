"""Compilation of the inner loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a loop over arrays to machine code, kept on disk where that is possible."""
    try:
        kernel: F = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in can be written
        kernel = numba.njit(nogil=True)(function)
    return kernel
