"""``--otio FILE``: the cut for an editing program, beside the video."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from lipsyncer.edit.document import Document
from lipsyncer.findings import Finding


def add_handoff_option(command: argparse.ArgumentParser) -> None:
    """Let a command that writes a video write the cut too."""
    command.add_argument(
        "--otio",
        type=Path,
        metavar="FILE",
        help="also write the cut on the original footage for an editing program: .otio, .fcpxml "
        "(Final Cut Pro), .xml (Premiere) or .edl",
    )


def check_otio(target: Path | None, others: Sequence[Path]) -> None:
    """Refuse a cut that can't be written, before any work is done for it.

    Parameters
    ----------
    others
        Files of this run that must not be lost.

    Raises
    ------
    OutputError
        When the ending is none that can be written, or the place can't be written to.
    """
    if target is None:
        return
    from lipsyncer.handoff import check_handoff
    from lipsyncer.jobs import check_place

    check_handoff(target)
    check_place(target, others)


def write_otio(
    target: Path | None,
    document: Document,
    findings: Sequence[Finding] | None = None,
    fitted: Document | None = None,
) -> None:
    """Write the cut where it was asked for, and say so; ``fitted`` is ``Export.fitted``.

    Raises
    ------
    OutputError
        When it can't be written.
    """
    if target is None:
        return
    from lipsyncer.handoff import write_handoff

    written = write_handoff(document, target, findings, fitted)
    beside = "" if written.song is None else f" (and the song as {written.song.name})"
    print(f"{written.path}: the cut for an editing program{beside}.")
