"""Errors that a person can act on, and the log file for those they can't.

Every error that reaches a person is one sentence that says what is wrong and what to do. The
command line turns the class into its exit code, the window shows the sentence in its error bar.
What only a developer understands goes into the log file: tracebacks, and what libraries print.
``diagnostics_report`` sums up what a developer asks for when somebody sends in a fault.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TextIO

import platformdirs

from lipsyncer import __version__
from lipsyncer.resources import resource

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Numbers of the errors that a full disk, an exhausted quota and a limit on file sizes give."""

LARGEST_LOG = 1_000_000
"""Bytes after which a log file is put aside and a new one begun."""


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


def log_path() -> Path:
    """Where the log file lies, in the system's usual place for one user's logs."""
    return platformdirs.user_log_path("lipsyncer", appauthor=False) / "lipsyncer.log"


@contextlib.contextmanager
def logging_to(path: Path) -> Iterator[TextIO]:
    """Send Python's log and everything that libraries print to stderr into a log file.

    Libraries in C, mediapipe above all, write to file descriptor 2 without asking anyone, so the
    descriptor itself is turned. Without a place to write to, their words are dropped.

    Yields
    ------
    TextIO
        The stderr that still reaches the person.
    """
    log = _opened(path)
    handler = logging.StreamHandler(log)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with _descriptor_2_to(log) as person:
            yield person
    finally:
        root.removeHandler(handler)
        log.close()


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".old.log"))
        return path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError:
        return Path(os.devnull).open("a", encoding="utf-8")


@contextlib.contextmanager
def _descriptor_2_to(log: TextIO) -> Iterator[TextIO]:
    try:
        kept = os.dup(2)
    except OSError:  # the program was started without a stderr
        yield sys.stderr or log
        return
    try:
        is_descriptor_2 = sys.stderr.fileno() == 2
    except (AttributeError, OSError):  # a window without a console, or a test that captures
        is_descriptor_2 = False
    person: contextlib.AbstractContextManager[TextIO]
    if is_descriptor_2:
        sys.stderr.flush()
        copy = os.fdopen(os.dup(2), "w", 1, sys.stderr.encoding, errors="backslashreplace")
        person = contextlib.closing(copy)
    else:
        person = contextlib.nullcontext(sys.stderr or log)
    with person as stream:
        os.dup2(log.fileno(), 2)
        try:
            yield stream
        finally:
            if is_descriptor_2:
                sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)


# ---------------------------------------------------------------------------------- for a report

_LOG_LINES = 200
_PACKAGES = ("torch", "mediapipe", "numpy", "av", "opencv-contrib-python", "PyQt6", "moviepy")


def diagnostics_report() -> str:
    """Give what a developer asks for first, as text to paste: no name of the user is in it.

    Returns
    -------
    str
        Versions, the device, the weights, and the end of the log, with the home folder as ``~``.
    """
    versions = [f"{name} {_version(name)}" for name in _PACKAGES]
    lines = [
        f"Lipsyncer {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        *versions,
        f"device: {device_name()}; {os.cpu_count()} processors",
        f"weights: {_weights_name(whole_hash=True)}",
        "",
        f"The last {_LOG_LINES} lines of {log_path()}:",
        *_end_of_log(log_path()),
    ]
    return without_home("\n".join(lines)) + "\n"


def weights_and_device() -> str:
    """Name the weights and the device in a few words, for the corner of a window."""
    return f"{_weights_name()} · {device_name().split(' ')[0]}"


def device_name() -> str:
    """Name what the networks run on, the processor, and what else torch could use here."""
    import torch  # only here: whoever just wants an error class should not wait for torch

    if torch.cuda.is_available():
        return f"CPU (there is also CUDA: {torch.cuda.get_device_name()})"
    if torch.backends.mps.is_available():
        return "CPU (there is also MPS)"
    return "CPU"


def without_home(text: str) -> str:
    """Write ``~`` for the home folder, in whichever way a path was written down."""
    home = Path.home()
    if home == Path(home.anchor):
        return text
    for form in (str(home), home.as_posix(), str(home).replace("\\", "\\\\")):
        text = re.sub(re.escape(form) + r"(?![\w.-])", "~", text)
    return text


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "is not installed"


def _weights_name(*, whole_hash: bool = False) -> str:
    """Name the shipped weights by file and hash, from the header of the safetensors file.

    The file begins with the header's length as 8 bytes, little-endian, and the header as JSON.
    """
    try:
        path = resource("models", "lipsync.safetensors")
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(min(length, LARGEST_LOG)))
        digest = str(header["__metadata__"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return "no weights that can be read"
    return f"{path.name} {digest}" if whole_hash else f"{path.stem} {digest[:6]}"


def _end_of_log(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ["(there is no log)"]
    return text.splitlines()[-_LOG_LINES:]
