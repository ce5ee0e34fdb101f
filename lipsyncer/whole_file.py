"""Writing a file so that it appears under its name whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lipsyncer.diagnostics.errors import FULL, OutputError

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_STEM_LENGTH = 40
_PARTIAL = re.compile(r"\..*\.partial-[0-9a-f]{8}(\.\w+)?")
_ABANDONED = 600.0
"""Seconds without a write after which a partial file is a leftover: encoders write steadily."""


@contextlib.contextmanager
def whole_file(
    target: Path, before_replacing: Callable[[], object] | None = None
) -> Iterator[Path]:
    """Lend a temporary name beside a file; what is written there takes the file's place at the end.

    It is flushed to disk first, so that a crash at any moment leaves the old file or the new one.
    Whatever ends the block early, a cancelled job too, removes the temporary file and leaves what
    was there under the target's name as it was.

    Parameters
    ----------
    target
        The file to write.
    before_replacing
        Is called once the new file is safe on disk, and before the old one is replaced.

    Raises
    ------
    OutputError
        For any ``OSError`` in the block or while the file is put into its place.
    """
    # A stem cut short keeps within what file systems allow for a name (255 bytes). The suffix
    # stays, as libraries go by it. The path is absolute, so that a name like "-x.mp4" or "a:b.mp4"
    # is never taken for anything but a file.
    name = f".{target.stem[:_STEM_LENGTH]}.partial-{secrets.token_hex(4)}{target.suffix}"
    partial = target.absolute().with_name(name)
    _sweep(partial.parent)
    try:
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        if before_replacing is not None:
            before_replacing()
        partial.replace(target)
    except OSError as error:
        raise OutputError(target, why_unwritten(error)) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def write_text(
    target: Path, text: str, before_replacing: Callable[[], object] | None = None
) -> None:
    """Write a text file as UTF-8, like `whole_file`.

    What UTF-8 can't hold, parts of file names that are no text, is written as ``\\udcff``, which
    JSON reads back as it was.
    """
    with whole_file(target, before_replacing) as partial:
        partial.write_text(text, encoding="utf-8", errors="backslashreplace")


def why_unwritten(error: Exception) -> str:
    """Say what kept a file from being written and what to do, completing "NAME: ..."."""
    number = getattr(error, "errno", None)
    if number in FULL:
        return "the disk is full, so it was not written; free some space or choose another folder."
    if number in _FORBIDDEN:
        return "this place can't be written to; choose another folder."
    if number == errno.ENOENT:
        return "the folder no longer exists, so it was not written; choose another one."
    reason = getattr(error, "strerror", None) or error
    return f"it could not be written ({reason}); try another folder."


def _sweep(folder: Path) -> None:
    """Remove partial files that a killed program or a power cut left in a folder."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _PARTIAL.fullmatch(path.name) and time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink(missing_ok=True)
