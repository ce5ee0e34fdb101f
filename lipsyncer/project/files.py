"""Project files: written whole or not at all, with the generations before at hand."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from lipsyncer.diagnostics.errors import InputError, is_file
from lipsyncer.project.data import (
    FORMAT,
    FormatError,
    Project,
    format_of,
    from_values,
    to_values,
)
from lipsyncer.whole_file import write_text

SUFFIX = ".lipsync"
GENERATIONS = 3
"""Earlier states of a file that are kept beside it, the newest with the lowest number."""

_LARGEST = 64 * 2**20
"""Bytes beyond which a file is no project."""
_FARTHEST = 4
"""Folders up to which a relative path may climb; beyond that the absolute one is clearer."""


def save_project(project: Project, path: Path, *, generations: int = GENERATIONS) -> None:
    """Write a project file; what was there before becomes its first earlier generation.

    Paths of media are written relative to the file where they lie near it, so that a folder can
    be moved or handed on as a whole, and nobody learns where it lay.

    Raises
    ------
    OutputError
        When it can't be written; the file is left as it was.
    """
    folder = path.absolute().parent
    values = to_values(project, lambda media: _name(media, folder))
    text = json.dumps(values, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_text(path, text, lambda: _shift_generations(path, generations))


def load_project(path: Path) -> Project:
    """Read a project file.

    Raises
    ------
    InputError
        When it is missing, damaged, from a newer program, or no project at all.
    """
    try:
        status = path.stat()
        # Reading a pipe would wait for ever.
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            raise InputError(path, "this is not a Lipsyncer project; choose a .lipsync file.")
        values = json.loads(path.read_bytes().decode("utf-8"), parse_constant=_no_number)
        number = format_of(values)
    except FileNotFoundError as error:
        raise InputError(path, "there is no such project; was it moved or renamed?") from error
    except OSError as error:
        raise InputError(path, "it can't be read; check the permissions of the file.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, _damaged(path)) from error
    if number > FORMAT:
        raise InputError(path, "it was made by a newer Lipsyncer; update this one to open it.")
    folder = path.absolute().parent
    try:
        return from_values(values, lambda name: _locate(name, folder))
    except FormatError as error:
        raise InputError(path, _damaged(path)) from error


def generation(path: Path, number: int) -> Path:
    """Where an earlier state of a file is kept; hidden, as nobody wants to see it every day."""
    return path.with_name(f".{path.name}.{number}")


def _shift_generations(path: Path, count: int) -> None:
    """Make room for the present file as generation 1; it stays in its own place meanwhile."""
    if not count or not is_file(path):
        return
    for number in range(count - 1, 0, -1):
        if is_file(generation(path, number)):
            generation(path, number).replace(generation(path, number + 1))
    copy = generation(path, 1)
    copy.unlink(missing_ok=True)
    try:
        os.link(path, copy)
    except OSError:  # a file system without links
        copy.write_bytes(path.read_bytes())


def _name(media: Path, folder: Path) -> str:
    media = media.absolute()
    try:
        relative = Path(os.path.relpath(media, folder))
    except ValueError:  # another drive
        return media.as_posix()
    if relative.parts.count("..") > _FARTHEST:
        return media.as_posix()
    return relative.as_posix()


def _locate(name: str, folder: Path) -> Path:
    return Path(os.path.normpath(folder / name))


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _damaged(path: Path) -> str:
    earlier = [n for n in range(1, GENERATIONS + 1) if is_file(generation(path, n))]
    if earlier:
        return (
            "it is damaged or not a Lipsyncer project; "
            f"open its earlier version, {generation(path, earlier[0]).name}."
        )
    return "it is damaged or not a Lipsyncer project; choose another file."
