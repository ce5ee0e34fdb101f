"""glibc's allocator, which keeps much of what a program with many threads has given back.

Nothing happens where there is another one: on Windows, on macOS, and on Linux with musl.
"""

from __future__ import annotations

import ctypes
import sys

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_ARENAS = 2


def share_arenas() -> None:
    """Let all threads that begin from now on allocate from the same two arenas.

    Otherwise each has one of its own, and what it has given back serves no other thread.
    """
    _call("mallopt", _ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give the system what is kept for later, which after a long take is most of the memory."""
    _call("malloc_trim", 0)


def _call(name: str, *arguments: int) -> None:
    if sys.platform == "linux":
        function = getattr(ctypes.CDLL(None), name, None)
        if function is not None:
            function(*arguments)
