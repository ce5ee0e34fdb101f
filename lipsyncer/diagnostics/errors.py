"""Errors that a person can act on: one sentence that says what is wrong and what to do.

The command line turns the class into its exit code, the window shows the sentence in its error bar.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Error numbers of a full disk, an exhausted quota and a limit on file sizes."""


class LipsyncerError(Exception):
    """Something a person can act on; ``str(error)`` is the sentence to show them."""

    exit_code = 3


class InputError(LipsyncerError):
    """A file given by the user can't be used.

    Parameters
    ----------
    path
        The file, as the user named it.
    problem
        What is wrong with it and what to do, completing "NAME: ...".
    """

    def __init__(self, path: str | Path, problem: str) -> None:
        self.path = Path(path)
        self.problem = problem
        super().__init__(f"{self.path.name or self.path}: {problem}")


def require_file(path: Path) -> os.stat_result:
    """Return the status of a file that is to be read; only regular files are.

    Parameters
    ----------
    path
        The file, as the user named it.

    Raises
    ------
    InputError
        When there is no such file, its name is none, or it is a folder, a pipe or a device.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(path, "there is no such file; check the name and the folder.") from error
    except PermissionError as error:
        raise InputError(
            path, "the file can't be opened; check that you are allowed to read it."
        ) from error
    except (OSError, ValueError) as error:  # too long, a loop of links, or a NUL in the name
        raise InputError(path, "the file can't be opened; check its name.") from error
    if stat.S_ISDIR(status.st_mode):
        raise InputError(path, "this is a folder; name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(path, "this is a pipe or a device; choose a file.")
    return status


def is_file(path: Path) -> bool:
    """Whether a path names a regular file; not so where a folder on the way may not be searched."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether a path names a folder; like `is_file`."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


class OutputError(LipsyncerError):
    """A file that was asked for can't be written; nothing is left under its name."""

    def __init__(self, path: str | Path, problem: str) -> None:
        self.path = Path(path)
        self.problem = problem
        super().__init__(f"{self.path}: {problem}")


class UsageError(LipsyncerError):
    """The command's words do not go together."""

    exit_code = 2


class MismatchError(LipsyncerError):
    """The take does not seem to belong to the song, so nothing was written."""

    exit_code = 4
