"""Working files under the user's cache folder, found again by content and limited in size."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from platformdirs import user_cache_dir

from lipsyncer.diagnostics.errors import is_file, is_folder

#: Bytes that the cache may hold; beyond it, what was used longest ago goes.
SIZE_LIMIT = 4 * 2**30

#: What reading a spoilt entry raises: emptied, cut, zeroed, of another kind, or not to be read.
SPOILT = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error)

_CHUNK = 2**20
_UNFINISHED = "unfinished-"


def content_key(path: str | Path, version: str) -> str:
    """Key of a file's content, for finding what was made from it.

    Size and three stretches of one mebibyte (head, middle, tail) are hashed, so that it takes
    milliseconds; renaming, moving or touching the file leaves the key as it is.

    Parameters
    ----------
    path
        The file.
    version
        Names what is made from it and in which format; other versions get other keys.
    """
    path = Path(path)
    size = path.stat().st_size
    digest = hashlib.blake2b(f"{version}:{size}:".encode(), digest_size=16)
    with path.open("rb") as file:
        for offset in sorted({0, max(0, (size - _CHUNK) // 2), max(0, size - _CHUNK)}):
            file.seek(offset)
            digest.update(file.read(_CHUNK))
    return digest.hexdigest()


def cache_folder(cache_dir: str | Path | None = None) -> Path:
    """Folder that working files go to: the one given, or the user's own for this program.

    Where that one can't be written to, there is one that goes when the program ends.
    """
    if cache_dir is not None:
        return Path(cache_dir)
    own = Path(user_cache_dir("lipsyncer", False))
    try:
        own.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=own):
            return own
    except OSError:
        return Path(_passing_folder().name)


@functools.cache
def _passing_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="lipsyncer-")


def lookup(folder: Path, key: str, names: Sequence[str]) -> Path | None:
    """Folder of a finished entry, marked as used now; None when there is none.

    An entry that lacks one of the files named, because somebody tidied up, is removed.
    """
    entry = folder / key
    if not is_folder(entry):
        return None
    try:
        if all(is_file(entry / name) for name in names):
            os.utime(entry)
            return entry
    except OSError:  # an entry that may not be looked into
        pass
    discard(entry)
    return None


@contextmanager
def new_entry(folder: Path, key: str) -> Iterator[Path]:
    """Make an entry: the context's folder becomes the entry when its body ends without error.

    Until then it has a temporary name, and an error, or closing a generator that is inside,
    removes it. Should another process have finished the same entry meanwhile, that one stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        yield unfinished
        try:
            unfinished.rename(folder / key)
        except OSError:
            if not is_folder(folder / key):
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    trim(folder, keep=key)


def trim(folder: Path, limit: int = SIZE_LIMIT, keep: str | None = None) -> None:
    """Remove entries, those used longest ago first, until the rest fits into a limit (bytes)."""
    entries: list[tuple[float, int, Path]] = []
    for entry in folder.iterdir():
        with suppress(OSError):  # another process may be tidying up as well
            size = sum(file.stat().st_size for file in entry.iterdir())
            entries.append((entry.stat().st_mtime, size, entry))
    held = sum(size for _, size, _ in entries)
    for used, size, entry in sorted(entries):
        if entry.name.startswith(_UNFINISHED):
            # Another process may be at work in it; after a day it is a crash's remains.
            if time.time() - used > 86_400:
                shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != keep and held > limit:
            discard(entry)
            held -= size


def discard(entry: Path) -> None:
    """Remove an entry whole, or not at all where a file of it is in use (Windows)."""
    doomed = entry.with_name(f"{_UNFINISHED}{entry.name}")
    with suppress(OSError):
        entry.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
