"""What a crop that moves all the time costs, beside ffmpeg cropping and scaling the same way.

    python -m benchmarks.crop_speed [--seconds 10] [--rounds 2]

A wide take of 1920x1080 becomes 1080x1920 as for TikTok, once with a face that walks to and fro so
that the crop never stands still for long, once by the middle. Beside each, the ffmpeg program crops
along the same kind of path and scales, with the same x264 and AAC settings. The rounds take turns
and the fastest of each row counts. Seconds of processor time are less disturbed by other work.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np

from benchmarks.render_paths import CONTAINER, RATE, make_song, make_take, timed, unchanged
from lipsyncer.edit.document import Document
from lipsyncer.progress import finish
from lipsyncer.render import PRESETS, Faces, render

WIDE = (1920, 1080)
SETTINGS = PRESETS["tiktok"].settings
AIM = 1.2  # of ffmpeg


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crop_speed")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take = make_take(folder / "take.mp4", options.seconds, WIDE)
        song = make_song(folder / "song.wav", options.seconds)
        document = unchanged(song, options.seconds, take)
        target = folder / "out.mp4"
        left, sway = (WIDE[0] - crop_width()) // 2, round(0.21 * WIDE[0])
        rows: dict[str, Callable[[], None]] = {
            "ffmpeg, moving": lambda: by_ffmpeg(document, target, f"{left}+{sway}*sin(t*1.1)"),
            "render, moving": lambda: by_render(document, target, walking(options.seconds)),
            "ffmpeg, middle": lambda: by_ffmpeg(document, target, str(left)),
            "render, middle": lambda: by_render(document, target, None),
        }
        times: dict[str, list[tuple[float, float]]] = {row: [] for row in rows}
        sizes = {}
        for _ in range(options.rounds):
            for row, work in rows.items():
                times[row].append(timed(work))
                sizes[row] = target.stat().st_size
    print(
        f"{options.seconds:g} s of {WIDE[0]}x{WIDE[1]} at {RATE}/s to 1080x1920, "
        f"{os.cpu_count()} cores, fastest of {options.rounds}"
    )
    print(f"{'':18}{'clock':>9}{'ratio':>7}{'processor':>12}{'ratio':>7}{'megabytes':>11}")
    fastest = {row: [min(c) for c in zip(*taken, strict=True)] for row, taken in times.items()}
    for row, (clock, work) in fastest.items():
        plain = fastest[row.replace("render", "ffmpeg")]
        print(
            f"{row:18}{clock:8.1f}s{clock / plain[0]:7.2f}{work:11.1f}s{work / plain[1]:7.2f}"
            f"{sizes[row] / 1e6:11.1f}"
        )
    print(f"aim: {AIM} of ffmpeg")


def walking(seconds: float) -> Faces:
    """Walk through most of the width and back in six seconds, all the time."""
    times = np.arange(0, seconds, 0.04)
    place = 0.5 + 0.21 * np.sin(1.1 * times)
    return Faces(times, place, np.full(len(times), 0.4), np.full(len(times), 0.06))


def crop_width() -> int:
    """Width of the upright part of the take, an even number of pixels."""
    return 2 * round(WIDE[1] * 9 / 32)


def by_render(document: Document, target: Path, faces: Faces | None) -> None:
    finish(render(document, target, SETTINGS, faces={0: faces} if faces else {}))


def by_ffmpeg(document: Document, target: Path, left: str) -> None:
    crop = f"crop={crop_width()}:{WIDE[1]}:'{left}':0"
    filters = f"{crop},scale=1080:1920:flags=bicubic"
    rate = SETTINGS.max_bit_rate or 0
    command = [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"),
        *("-i", str(document.takes[0].path), "-i", str(document.song)),
        *("-map", "0:v", "-map", "1:a"),
        *("-vf", filters, "-c:v", "libx264", "-preset", SETTINGS.x264_preset),
        *("-crf", str(SETTINGS.crf), "-profile:v", "high", "-bf", "0", "-pix_fmt", "yuv420p"),
        *("-g", str(round(SETTINGS.key_interval * RATE))),
        *("-maxrate", str(rate), "-bufsize", str(rate // 2)),
        *("-c:a", "aac", "-b:a", str(SETTINGS.audio_bit_rate), *CONTAINER, str(target)),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
