"""Large arrays in files instead of memory: the system reads what is looked at, and lets it go."""

from __future__ import annotations

import ctypes
import mmap
import sys
import tempfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lipsyncer.arrays import Array
from lipsyncer.media.cache import cache_folder

_LARGE = 2**24
"""Bytes from which on an array is worth a file."""


def spilled(array: Array) -> Array:
    """Move a large array to a file that goes with it; read-only.

    What is small stays as it is, and what the disk has no room for.
    """
    if array.nbytes < _LARGE:
        return array
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(np.ascontiguousarray(array).data)
            file.flush()
            mapped = mmap.mmap(file.fileno(), array.nbytes, access=mmap.ACCESS_READ)
    except OSError:
        return array
    on_disk: Any = np.frombuffer(mapped, array.dtype).reshape(array.shape)
    return on_disk  # type: ignore[no-any-return]


def let_go(array: NDArray[Any], *, reserve: bool = False) -> None:
    """Let the system have the memory of what was read of a spilled array; reading it works on.

    Parameters
    ----------
    reserve
        Whether to give back as well what the allocator keeps for later, which after a long take is
        most of what the program holds.
    """
    owner: Any = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    if isinstance(owner, memoryview):
        owner = owner.obj
    if isinstance(owner, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        owner.madvise(mmap.MADV_DONTNEED)
        if reserve and sys.platform == "linux":
            trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
            if trim is not None:
                trim(0)
