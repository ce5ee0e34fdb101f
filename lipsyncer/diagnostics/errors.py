"""Errors that a person can act on: one sentence that says what is wrong and what to do.

The command line turns the class into its exit code, the window shows the sentence in its error bar.
"""

from __future__ import annotations

import errno
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
