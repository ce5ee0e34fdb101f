"""Where the output goes: refused early when it can't work, whole or not there at all."""

from __future__ import annotations

import contextlib
import errno
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import av.error

from lipsyncer.diagnostics.errors import FULL, OutputError

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_STEM_LENGTH = 40
_ABANDONED = 600.0
"""Seconds without a write after which a temporary file is a leftover: encoders write steadily."""


def check_target(target: Path, inputs: Iterable[Path]) -> None:
    """Refuse a target before any work is done.

    Raises
    ------
    OutputError
        When it is a folder, lies in a folder that isn't there, is not named as an MP4 file, or
        is one of the inputs, which must never be lost.
    """
    if target.is_dir():
        raise OutputError(target, "this is a folder; name a file in it that ends in .mp4.")
    if target.suffix.lower() != ".mp4":
        raise OutputError(target, "the output is an MP4 file; give it a name that ends in .mp4.")
    if not target.parent.is_dir():
        raise OutputError(
            target, f"there is no folder {target.parent}; create it or choose another one."
        )
    if target.exists() and any(path.exists() and target.samefile(path) for path in inputs):
        raise OutputError(
            target, "this is one of the input files and would be lost; choose another name."
        )


@contextlib.contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Lend a temporary name beside the target, which takes the target's place when all went well.

    Whatever ends the block early, a cancelled render too, removes the temporary file and leaves
    what was there under the target's name as it was.
    """
    # A stem cut short keeps within what file systems allow for a name (255 bytes).
    stem = f".{target.stem[:_STEM_LENGTH]}.partial-"
    # Absolute, so that a name like "-x.mp4" or "a:b.mp4" is never taken for anything but a file.
    partial = target.absolute().with_name(f"{stem}{secrets.token_hex(4)}.mp4")
    _sweep(partial.parent, stem)
    try:
        yield partial
        with writing(target):
            partial.replace(target)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


@contextlib.contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Lend a temporary name for a small file, which takes the target's place when it is written.

    Raises
    ------
    OutputError
        When it can't be written; what was there before is left as it was.
    """
    partial = target.absolute().with_name(f".{target.name}.partial")
    try:
        with writing(target):
            yield partial
            partial.replace(target)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _sweep(folder: Path, stem: str) -> None:
    """Remove what a killed program or a power cut has left of the same file."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            left = path.name.startswith(stem) and path.suffix == ".mp4"
            if left and time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what can go wrong while writing into an ``OutputError`` with a sentence."""
    try:
        yield
    except (OSError, av.error.FFmpegError) as error:
        raise OutputError(target, _sentence(error)) from error


def _sentence(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number in FULL:
        return "the disk is full, so it was not written; free some space or choose another folder."
    if number in _FORBIDDEN:
        return "this place can't be written to; choose another folder."
    if number == errno.ENOENT:
        return "the folder no longer exists, so it was not written; choose another one."
    reason = getattr(error, "strerror", None) or error
    return f"it could not be written ({reason}); try another folder."
