"""By how much a video's own lips and sound are apart, and a copy in which they are not."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TextIO

from lipsyncer.alignment import REFUSAL_THRESHOLD
from lipsyncer.alignment.own_offset import OwnOffset
from lipsyncer.cli.progress_bars import follow
from lipsyncer.diagnostics.errors import MismatchError, OutputError
from lipsyncer.jobs import check_place
from lipsyncer.jobs.offset import measure_offset
from lipsyncer.media import MediaInfo, probe, require_take
from lipsyncer.media.shift import MOST_SKIPPED, shift_picture
from lipsyncer.render.target import writing
from lipsyncer.whole_file import whole_file

_CONTAINERS = (".mp4", ".mov")


def offset(arguments: argparse.Namespace, person: TextIO) -> int:
    """Print a video's own offset between sound and lips, and mend it if asked to."""
    video, target = arguments.file, arguments.fix
    if target is not None:
        _check_target(target, video)
    info = probe(video)
    require_take(info)
    measured = follow(measure_offset(info), person)
    if measured.confidence < REFUSAL_THRESHOLD:
        raise MismatchError(
            f"{video.name}: lips and sound could not be matched (confidence "
            f"{measured.confidence:.0%}); choose ten seconds or more that show the speaker or "
            "singer from the front."
        )
    if arguments.json:
        values = {"file": video.name, "offset_ms": round(1000 * measured.seconds, 1)}
        print(json.dumps({**values, "confidence": round(measured.confidence, 4)}))
    else:
        print(f"{video.name}: {in_words(measured)}")
    if target is not None:
        print(_mend(info, target, measured.seconds), file=person if arguments.json else None)
    return 0


def in_words(measured: OwnOffset) -> str:
    """Say the offset: a positive one means that the lips are late."""
    ms = 1000 * measured.seconds
    if abs(ms) < 0.5:
        said = "lips and sound are in sync"
    else:
        said = (
            f"the lips are {abs(ms):.0f} ms {'late' if ms > 0 else 'early'} relative to the sound"
        )
    return f"{ms + 0.0:+.0f} ms ({said}), confidence {measured.confidence:.0%}"


def _check_target(target: Path, video: Path) -> None:
    if target.suffix.lower() not in _CONTAINERS:
        raise OutputError(
            target, "the copy is an MP4 or QuickTime file; end its name in .mp4 or .mov."
        )
    check_place(target, [video])


def _mend(info: MediaInfo, target: Path, late: float) -> str:
    """Write the copy, and say what was done."""
    half = 0.5 / (info.video.rate if info.video else 25.0)
    if abs(late) <= half:
        return f"{target}: not written, because less than half a frame needs no correction."
    with whole_file(target) as partial, writing(target):
        try:
            form = "mov" if target.suffix.lower() == ".mov" else "mp4"
            everywhere = shift_picture(info, partial, -late, form)
        except ValueError as error:  # what PyAV and FFmpeg make of a codec out of place
            raise OutputError(
                target, "MP4 can't hold these streams; convert the video first."
            ) from error
    moved = "earlier" if late > 0 else "later"
    said = f"{target}: the picture comes {1000 * abs(late):.0f} ms {moved}, without re-encoding"
    if everywhere:
        return f"{said}."
    return (
        f"{said}; its sound begins more than {MOST_SKIPPED:g} s after its picture, so players that "
        "ignore edit lists play it out of sync."
    )
