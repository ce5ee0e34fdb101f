"""Where the output goes: refused early when it can't work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import av.error

from lipsyncer.diagnostics.errors import OutputError, is_file, is_folder
from lipsyncer.whole_file import why_unwritten


def check_target(target: Path, inputs: Iterable[Path]) -> None:
    """Refuse a target before any work is done.

    Raises
    ------
    OutputError
        When it is a folder, lies in a folder that isn't there, is not named as an MP4 file, or
        is one of the inputs, which must never be lost.
    """
    if is_folder(target):
        raise OutputError(target, "this is a folder; name a file in it that ends in .mp4.")
    if target.suffix.lower() != ".mp4":
        raise OutputError(target, "the output is an MP4 file; give it a name that ends in .mp4.")
    if not is_folder(target.parent):
        raise OutputError(
            target, f"there is no folder {target.parent}; create it or choose another one."
        )
    if is_file(target) and any(is_file(path) and target.samefile(path) for path in inputs):
        raise OutputError(
            target, "this is one of the input files and would be lost; choose another name."
        )


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what can go wrong while writing into an ``OutputError`` with a sentence."""
    try:
        yield
    except (OSError, av.error.FFmpegError) as error:
        raise OutputError(target, why_unwritten(error)) from error
