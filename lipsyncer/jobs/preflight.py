"""Whether files can be written where they are asked for, before any work is done for them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from lipsyncer.diagnostics.errors import OutputError, is_folder
from lipsyncer.render.target import check_target, writing


def check_output(target: Path, inputs: Iterable[Path]) -> None:
    """Make sure that a video can be written before any work is done for it.

    Raises
    ------
    OutputError
        When it can't.
    """
    check_target(target, inputs)
    _try_folder(target)


def check_place(path: Path, others: Iterable[Path] = ()) -> None:
    """Make sure that a file beside the video can be written before any work is done for it.

    Raises
    ------
    OutputError
        When it can't, or would take the place of another file of this run.
    """
    if is_folder(path):
        raise OutputError(path, "this is a folder; name a file in it.")
    if any(path.resolve() == other.resolve() for other in others):
        raise OutputError(path, "this is one of the input files; choose another name.")
    _try_folder(path)


def _try_folder(path: Path) -> None:
    folder = path.absolute().parent
    if not is_folder(folder):
        raise OutputError(path, f"there is no folder {folder}; create it or choose another one.")
    with writing(path), tempfile.TemporaryFile(dir=folder):
        pass
