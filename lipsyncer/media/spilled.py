"""Large arrays in files instead of memory: the system reads what is looked at, and lets it go."""

from __future__ import annotations

import mmap
import tempfile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from lipsyncer.allocator import give_back
from lipsyncer.arrays import Array, Float32s
from lipsyncer.media.cache import cache_folder

_LARGE = 2**24
"""Bytes from which on an array is worth a file."""
_BLOCK = 2**20  # numbers that are written at a time


def filled(shape: tuple[int, int], value: float) -> Float32s:
    """Give an array of one value to write to; a large one lies in a file that goes with it."""
    size = 4 * shape[0] * shape[1]
    if size < _LARGE:
        return np.full(shape, value, np.float32)
    try:
        with _file() as file:
            # Written and not just made long: the disk must have the room before it is mapped.
            block = np.full(_BLOCK, value, np.float32).data.cast("B")
            for start in range(0, size, len(block)):
                file.write(block[: size - start])
            file.flush()
            mapped = mmap.mmap(file.fileno(), size)
    except OSError:
        return np.full(shape, value, np.float32)
    return np.frombuffer(mapped, np.float32).reshape(shape)


def spilled(array: Array) -> Array:
    """Move a large array to a file that goes with it; read-only.

    What is small stays as it is, and what the disk has no room for.
    """
    if array.nbytes < _LARGE:
        return array
    try:
        with _file() as file:
            file.write(np.ascontiguousarray(array).data)
            file.flush()
            mapped = mmap.mmap(file.fileno(), array.nbytes, access=mmap.ACCESS_READ)
    except OSError:
        return array
    on_disk: Any = np.frombuffer(mapped, array.dtype).reshape(array.shape)
    return on_disk  # type: ignore[no-any-return]


def _file() -> IO[bytes]:
    """Open a file without a name."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder)


def let_go(array: NDArray[Any], *, reserve: bool = False) -> None:
    """Let the system have the memory of what was read of a spilled array; reading it works on.

    Parameters
    ----------
    reserve
        Whether to give back as well what the allocator keeps for later.
    """
    owner: Any = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    if isinstance(owner, memoryview):
        owner = owner.obj
    if isinstance(owner, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        owner.madvise(mmap.MADV_DONTNEED)
        if reserve:
            give_back()
