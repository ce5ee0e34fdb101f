"""The log file: tracebacks, and what libraries print."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import platformdirs

from lipsyncer.diagnostics.errors import is_file

LARGEST_LOG = 1_000_000
"""Bytes after which a log file is put aside and a new one begun."""


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
    handler = _Handler(log)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    stderr, sys.stderr = sys.stderr, sys.stderr or log  # a window without a console has none
    try:
        with _descriptor_2_to(log) as person:
            yield person
    finally:
        sys.stderr = stderr
        root.removeHandler(handler)
        with contextlib.suppress(OSError):  # the disk is full
            log.close()


class _Handler(logging.StreamHandler[TextIO]):
    """Drops what can't be written, instead of complaining about it to the person."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Say nothing."""


def log_fault(path: Path, doing: str) -> bool:
    """Log the exception that is being handled; whether it is in the log file now."""
    before = _size(path)
    logging.getLogger(__name__).exception("%s", doing)
    return _size(path) > before


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_file(path) and path.stat().st_size > LARGEST_LOG:
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
                with contextlib.suppress(OSError):
                    sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
