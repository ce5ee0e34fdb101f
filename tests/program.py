"""Runs the program as a person does, and looks at what it says and leaves."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lipsyncer.__main__ import main


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.startswith("lipsyncer: ")]


class Program:
    """The command line within this process, which saves loading every library again."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str | Path) -> Outcome:
        self._capture.readouterr()
        before = set(threading.enumerate())
        code = main([str(argument) for argument in arguments])
        for thread in set(threading.enumerate()) - before:  # a process waits for them at its end
            if not thread.daemon:
                thread.join()
        said = self._capture.readouterr()
        return Outcome(code, said.out, said.err)


def start_process(
    *arguments: str | Path,
    folder: Path,
    program: str | None = None,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Start the command line, or a program that calls it, as a process of its own."""
    what = ("-m", "lipsyncer") if program is None else ("-c", program)
    command = [sys.executable, *what, *map(str, arguments)]
    return subprocess.Popen(
        command,
        cwd=folder,
        stdout=stdout,
        stderr=stderr,
        env={**os.environ, **(environment or {})},
        encoding="utf-8",
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
