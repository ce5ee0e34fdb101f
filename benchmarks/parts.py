"""Where the processor time of an analysis goes, and how near its largest parts are to their bounds.

    python -m benchmarks.parts [SONG TAKE]

Without files the song and the take of ``python3 dev.py bench`` are made first. Each part is run by
itself, on some frames where that will do, and counted up to the whole take. In an analysis they
take longer: they run at the same time, and push one another out of the caches. The bound of
decoding is ffmpeg decoding the same take to nothing, that of the network multiplying large
matrices, for as many operations.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.__main__ import ffmpeg, make_material, measure
from lipsyncer.alignment.attempts import align_attempts
from lipsyncer.alignment.scores import evidence_for
from lipsyncer.cut.sync_source import listen_to_takes
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, MEL_BANDS, log_mel
from lipsyncer.features.mouth import CROP_SIZE, Mouth
from lipsyncer.features.tracking import OFTEN, track_take
from lipsyncer.jobs.reading import read_files
from lipsyncer.media import MediaInfo
from lipsyncer.media.audio import mono_mix
from lipsyncer.media.proxy import ProxyFrames
from lipsyncer.media.small_pictures import pack
from lipsyncer.media.streams import open_media, picture_stream
from lipsyncer.media.upright import Upright
from lipsyncer.network.model import REACH, Lipsync
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish

TAKE_SECONDS, SONG_SECONDS = 60.0, 180.0
FRAMES = 300
SIDE = 1024  # of the matrices that are multiplied
POSITIONS = 128

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parts")
    parser.add_argument("files", nargs="*", type=Path, metavar="SONG TAKE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lipsyncer-bench-") as folder:
        song, take = arguments.files or make_material(Path(folder), TAKE_SECONDS, SONG_SECONDS)
        with one_thread_each():
            measure_parts(song, take)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Let OpenCV and torch work in one thread each, so that none of theirs waits by going round."""
    before = cv2.getNumThreads(), torch.get_num_threads()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before[0])
        torch.set_num_threads(before[1])


def measure_parts(song_path: Path, take_path: Path) -> None:
    preload = "from lipsyncer.jobs.analyse import preload; preload()"
    loading = measure([sys.executable, "-c", preload]).processor
    plain = measure([*ffmpeg(take_path), "-map", "0:v", "-f", "null", "-"]).processor
    model = load_weights().model
    rate = operations_a_second()
    read, reading = spent(lambda: finish(read_files(song_path, [take_path])))
    (info,) = read.takes
    song = mono_mix(read.samples)
    rows: dict[str, tuple[float, float | None]] = {
        "loading libraries": (loading, None),
        "reading the files": (reading, None),
        "decoding": (decoding(info), plain),
        **{part: (seconds, None) for part, seconds in of_frames(info).items()},
    }
    mel, rows["the song's spectra"] = without_bound(lambda: log_mel(song))
    _, rows["looking for the song in the take's sound"] = without_bound(
        lambda: finish(listen_to_takes(song, read.takes, "both", song_path))
    )
    (_, track), watching = spent(lambda: finish(track_take(info)))
    heard, seen = operations_a_position(model)
    sound, seconds = spent(lambda: finish(encode_song(model, mel)))
    rows["encoding the song"] = seconds, heard * (len(mel) // COLUMNS_PER_POSITION) / rate
    visual, seconds = spent(lambda: finish(encode_take(model, track.crops, track.shape)))
    rows["encoding the mouth"] = seconds, seen * len(track) / rate
    evidence, rows["comparing all pairs"] = without_bound(
        lambda: evidence_for(sound, visual, track, load_weights())
    )
    _, rows["aligning, with the pair head"] = without_bound(lambda: align_attempts(evidence))
    whole = sum(seconds for seconds, _ in rows.values())
    print(f"{'':42}{'seconds':>8}{'share':>8}{'of its bound':>14}")
    for part, (seconds, bound) in rows.items():
        above = "" if bound is None else f"{seconds / bound:14.2f}"
        print(f"{part:42}{seconds:8.2f}{seconds / whole:8.0%}{above}")
    print(f"{'together':42}{whole:8.2f}{1:8.0%}{whole / plain:14.2f} plain decodes")
    print(f"watching the take, all at once, takes {watching:.2f} s")


def spent(work: Callable[[], T]) -> tuple[T, float]:
    """Do some work; its result and the processor seconds that it took."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def without_bound(work: Callable[[], T]) -> tuple[T, tuple[float, None]]:
    result, seconds = spent(work)
    return result, (seconds, None)


def decoding(take: MediaInfo) -> float:
    with open_media(take.path) as source:
        picture = picture_stream(source)
        assert picture is not None
        picture.thread_type = "AUTO"
        return spent(lambda: sum(1 for _ in source.decode(picture)))[1]


def of_frames(take: MediaInfo) -> dict[str, float]:
    """Seconds for all frames of what is done with each, by some of the first."""
    assert take.video is not None
    shown = ProxyFrames(take)
    spans = np.zeros(4)
    with open_media(take.path) as source, FaceFinder() as finder:
        picture = picture_stream(source)
        assert picture is not None
        picture.thread_type = "NONE"  # or the decoder would be at work meanwhile
        upright = Upright(picture, "rgb24", shown.size)
        count = 0
        for frame in islice(source.decode(picture), FRAMES):
            clock = [time.process_time()]
            rgb = upright(frame).to_ndarray()
            clock.append(time.process_time())
            pack(rgb)
            clock.append(time.process_time())
            faces = finder.find(rgb)
            clock.append(time.process_time())
            for face in faces:
                Mouth.of(face, rgb)
            clock.append(time.process_time())
            spans += np.diff(clock)
            count += 1
    spans *= shown.count / count
    if 1 / take.video.rate < OFTEN:
        spans[2] /= 2
    parts = ("making frames small", "small grey pictures", "finding the face", "cutting the mouth")
    return dict(zip(parts, spans.tolist(), strict=True))


def operations_a_second() -> float:
    """How many operations on floats one core does in a second, where it does nothing else."""
    one = torch.rand(SIDE, SIDE)
    one @ one
    _, seconds = spent(lambda: [one @ one for _ in range(20)])
    return 20 * 2 * SIDE**3 / seconds


@torch.inference_mode()
def operations_a_position(model: Lipsync) -> tuple[float, float]:
    """Operations that encoding a position of a song takes, and one of a mouth."""
    length = POSITIONS + 2 * REACH
    with FlopCounterMode(display=False) as heard:
        model.encode_sound(torch.zeros(1, length * COLUMNS_PER_POSITION, MEL_BANDS))
    with FlopCounterMode(display=False) as seen:
        model.encode_mouth(
            torch.zeros(1, length, CROP_SIZE, CROP_SIZE), torch.zeros(1, length, 56 * 3)
        )
    return heard.get_total_flops() / POSITIONS, seen.get_total_flops() / POSITIONS


if __name__ == "__main__":
    main()
