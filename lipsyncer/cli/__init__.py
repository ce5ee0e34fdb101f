"""The command line: one of the two faces over the jobs."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from lipsyncer.cli.parser import build_parser
from lipsyncer.diagnostics.errors import FULL, LipsyncerError, OutputError
from lipsyncer.diagnostics.log import log_fault, log_path, logging_to
from lipsyncer.lean_import import lean_import
from lipsyncer.whole_file import why_unwritten

STOPPED = 130
"""What a shell expects of a program that Ctrl-C ended: 128 and the number of SIGINT."""

UNREAD = 141
"""The same for SIGPIPE: whoever read the output, ``head`` say, has ended."""

FAULT = 1


def run(argv: Sequence[str]) -> int:
    """Run one command and turn its outcome into an exit code and one sentence.

    Parameters
    ----------
    argv
        Arguments without the program's name.
    """
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as wish:  # --help, --version, or wrong usage, already said
        return wish.code if isinstance(wish.code, int) else 2
    log = log_path()
    with logging_to(log) as person:
        try:
            # Heavy libraries are loaded here, when stderr no longer shows their messages.
            with lean_import():
                from lipsyncer.cli import commands

            with _output():
                return commands.run(arguments, person)
        except LipsyncerError as error:
            _say(person, f"lipsyncer: {error}")
            return error.exit_code
        except KeyboardInterrupt:
            _say(person, "lipsyncer: interrupted; no incomplete file is left.")
            return STOPPED
        except BrokenPipeError:
            return UNREAD
        except Exception as error:
            if log_fault(log, f"lipsyncer {' '.join(argv)}"):
                described = f"; the log {log} describes it."
            else:
                kind = f"{type(error).__name__}: {error}".removesuffix(": ")
                described = (
                    f" ({kind}), and the log {log} can't be written; free some space for it."
                )
            _say(person, f"lipsyncer: an unexpected error occurred{described}")
            return FAULT


@contextlib.contextmanager
def _output() -> Iterator[None]:
    """Let a command print whatever names it meets, and hear it when that can't be written.

    Raises
    ------
    BrokenPipeError
        When nobody reads the output.
    OutputError
        When the disk under it is full.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield
        print(end="", flush=True)
    except OSError as error:
        unread = isinstance(error, BrokenPipeError)
        if not unread and error.errno not in FULL:
            raise
        with contextlib.suppress(OSError):  # Python flushes once more at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if unread:
            raise
        raise OutputError("the output", why_unwritten(error)) from error


def _say(person: TextIO, sentence: str) -> None:
    print(" ".join(sentence.split()), file=person, flush=True)
