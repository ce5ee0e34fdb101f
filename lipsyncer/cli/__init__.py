"""The command line: one of the two faces over the jobs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TextIO

from lipsyncer.cli.parser import build_parser
from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.diagnostics.log import log_path, logging_to

STOPPED = 130
"""What a shell expects of a program that Ctrl-C ended: 128 and the number of SIGINT."""

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
            from lipsyncer.cli import commands

            return commands.run(arguments, person)
        except LipsyncerError as error:
            _say(person, f"lipsyncer: {error}")
            return error.exit_code
        except KeyboardInterrupt:
            _say(person, "lipsyncer: interrupted; no incomplete file is left.")
            return STOPPED
        except Exception:
            logging.getLogger(__name__).exception("lipsyncer %s", " ".join(argv))
            _say(person, f"lipsyncer: an unexpected error occurred; the log {log} describes it.")
            return FAULT


def _say(person: TextIO, sentence: str) -> None:
    print(" ".join(sentence.split()), file=person, flush=True)
