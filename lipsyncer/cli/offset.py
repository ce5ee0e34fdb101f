"""By how much a video's own lips and sound are apart, and a copy in which they are not."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TextIO

from lipsyncer.align import REFUSAL_THRESHOLD
from lipsyncer.align.own_offset import OwnOffset, own_offset
from lipsyncer.align.scores import gather_evidence
from lipsyncer.cli.progress import follow
from lipsyncer.diagnostics.errors import InputError, MismatchError, OutputError
from lipsyncer.features.log_mel import SAMPLE_RATE, log_mel
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.jobs import Job, check_place, timed
from lipsyncer.media import MediaInfo, conform, is_silent, probe, read_audio, require_take
from lipsyncer.media.shift import MOST_SKIPPED, shift_picture
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import Stage, part
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
    found = follow(measure(info), person)
    if found.confidence < REFUSAL_THRESHOLD:
        raise MismatchError(
            f"{video.name}: lips and sound could not be matched (confidence "
            f"{found.confidence:.0%}); choose ten seconds or more that show the speaker or singer "
            "from the front."
        )
    if arguments.json:
        values = {"file": video.name, "offset_ms": round(1000 * found.seconds, 1)}
        print(json.dumps({**values, "confidence": round(found.confidence, 4)}))
    else:
        print(f"{video.name}: {in_words(found)}")
    if target is not None:
        print(_mend(info, target, found.seconds), file=person if arguments.json else None)
    return 0


def in_words(found: OwnOffset) -> str:
    """Say the offset: a positive one means that the lips are late."""
    ms = 1000 * found.seconds
    if abs(ms) < 0.5:
        said = "lips and sound are in sync"
    else:
        said = (
            f"the lips are {abs(ms):.0f} ms {'late' if ms > 0 else 'early'} relative to the sound"
        )
    return f"{ms + 0.0:+.0f} ms ({said}), confidence {found.confidence:.0%}"


def measure(info: MediaInfo) -> Job[OwnOffset]:
    """Watch the lips of a video and hold them against its own sound.

    Raises
    ------
    InputError
        When it has no sound or no face.
    """
    timings: dict[str, float] = {}
    if info.audio is None:
        raise InputError(
            info.path, "it has no sound to compare its lips with; choose another video."
        )
    samples = read_audio(info, rate=SAMPLE_RATE)
    if is_silent(samples):
        raise InputError(info.path, "its sound is silent; choose a video with a voice.")
    proxy = yield from timed("conform", conform(info.path, info), timings)
    track = yield from timed("track", track_or_recall(info.path, proxy), timings)
    if track.seen == 0:
        raise InputError(info.path, "no face was found in it; choose a video that shows the lips.")
    weights = load_weights()

    def score() -> Stage[OwnOffset]:
        sound = yield from part(encode_song(weights.model, log_mel(samples)), 0.0, 0.4)
        lips = yield from part(encode_take(weights.model, track.crops, track.shape), 0.4, 0.8)
        evidence = yield from part(gather_evidence(sound, lips, track, weights), 0.8, 1.0)
        return own_offset(evidence)

    return (yield from timed("score", score(), timings))


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
