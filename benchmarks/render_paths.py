"""Ways to write the same video, timed beside one another.

    python benchmarks/render_paths.py [--seconds 20] [--rounds 3]

All rows write the same 1080x1920 take and song with the same x264 and AAC settings:

- a plain re-encode by the ffmpeg program, the measure for the others;
- the render as it ships: frames from decoder to encoder in one process;
- the same frames as RGB through moviepy's own writer and its pipe to ffmpeg;
- the same take laid over black by moviepy, as happens to takes of another shape than the output;
- with a watermark, alone and with an effect that costs moviepy next to nothing;
- beside the take as it was filmed, at the same size, by moviepy.

The rounds take turns, and the fastest of each row counts, as other work on the machine only ever
adds time. Seconds of processor time are less disturbed by it than seconds by the clock.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import imageio_ffmpeg
import numpy as np
import soundfile
from moviepy.audio.io.AudioFileClip import AudioFileClip
from moviepy.video.VideoClip import VideoClip
from PIL import Image

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media.frames import FrameReader
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT, RenderSettings, render
from lipsyncer.render.effects import EffectSettings
from lipsyncer.render.mix import SAMPLE_RATE
from lipsyncer.render.overlays.options import ExtrasSettings
from lipsyncer.render.retime import plan_frames

RATE = 30
SIZE = (1080, 1920)
MARGIN = 160
X264 = [
    *("-preset", DEFAULT.x264_preset, "-crf", str(DEFAULT.crf), "-profile:v", "high"),
    *("-bf", "0", "-g", str(round(DEFAULT.key_interval * RATE))),
]
CONTAINER = ["-movflags", "+faststart", "-use_editlist", "0"]


def make_take(path: Path, seconds: float, size: tuple[int, int] = SIZE) -> Path:
    """Film a textured wall by hand: detail at all scales, sway, grain, and a mouth that moves."""
    width, height = size
    random = np.random.default_rng(0)
    wide = (width + MARGIN, height + MARGIN)
    wall = np.full((*wide[::-1], 3), 120, np.float32)
    for scale, contrast in ((8, 30), (24, 30), (96, 45), (400, 60)):
        coarse = random.normal(0, contrast, (wide[1] // scale + 2, wide[0] // scale + 2, 3))
        wall += cv2.resize(coarse.astype(np.float32), wide, interpolation=cv2.INTER_CUBIC)
    wall = np.clip(wall, 0, 255).astype(np.uint8)
    grain = [random.normal(0, 3, (height, width, 1)).astype(np.int16) for _ in range(8)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "20"}
        for number in range(round(seconds * RATE)):
            now = number / RATE
            left = int(MARGIN / 2 + 60 * np.sin(1.3 * now) + 4 * np.sin(9 * now))
            top = int(MARGIN / 2 + 60 * np.cos(0.9 * now) + 4 * np.sin(7 * now))
            seen = wall[top : top + height, left : left + width].astype(np.int16)
            picture = np.clip(seen + grain[number * 5 % 8], 0, 255).astype(np.uint8)
            opening = int(height / 40 * (1 + abs(np.sin(6 * now))))
            mouth = (width // 2, height * 5 // 8)
            cv2.ellipse(picture, mouth, (width // 9, opening), 0, 0, 360, (90, 20, 20), -1)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def make_song(path: Path, seconds: float) -> Path:
    """Record two voices of filtered noise."""
    noise = np.random.default_rng(1).normal(0, 0.2, (round(seconds * SAMPLE_RATE), 2))
    soundfile.write(path, np.clip(noise, -1, 1), SAMPLE_RATE)
    return path


def unchanged(song: Path, seconds: float, *takes: Path) -> Document:
    """Show the last of some takes as it is; the first gives size and rate."""
    segment = Segment(0.0, seconds, len(takes) - 1, 0.0, seconds, "matched", 1.0)
    return Document(song, seconds, tuple(Take(take, seconds) for take in takes), (segment,))


def by_ffmpeg(document: Document, target: Path) -> None:
    command = [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"),
        *("-i", str(document.takes[0].path), "-i", str(document.song)),
        *("-map", "0:v", "-map", "1:a"),
        *("-c:v", "libx264", *X264, "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", "-b:a", str(DEFAULT.audio_bit_rate), *CONTAINER, str(target)),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def by_render(document: Document, target: Path, settings: RenderSettings = DEFAULT) -> None:
    finish(render(document, target, settings))


def by_moviepy(document: Document, target: Path) -> None:
    plan = plan_frames(document, Fraction(RATE))
    with FrameReader(document.takes[0].path) as reader:
        clip = VideoClip(
            lambda now: reader.frame_at(float(plan.sources[round(now * RATE)])),
            duration=float(plan.duration),
        )
        # Half a frame less keeps moviepy from asking for one frame too many.
        clip = clip.with_duration(float(plan.duration) - 0.5 / RATE)
        with AudioFileClip(str(document.song)) as song:
            clip.with_audio(song.with_duration(clip.duration)).write_videofile(
                str(target),
                fps=RATE,
                codec="libx264",
                preset=DEFAULT.x264_preset,
                audio_codec="aac",
                audio_fps=SAMPLE_RATE,
                audio_bitrate=str(DEFAULT.audio_bit_rate),
                temp_audiofile_path=str(target.parent),
                ffmpeg_params=[*X264, *CONTAINER],
                logger=None,
            )


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock and of processor time, this process and its children together."""
    before, clock = os.times(), time.perf_counter()
    work()
    after, clock = os.times(), time.perf_counter() - clock
    return clock, sum(after[:4]) - sum(before[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take = make_take(folder / "take.mp4", options.seconds)
        wide = make_take(folder / "wide.mp4", options.seconds, (1920, 1080))
        song = make_song(folder / "song.wav", options.seconds)
        plain = unchanged(song, options.seconds, take)
        other = unchanged(song, options.seconds, take, wide)
        target, mark = folder / "out.mp4", folder / "mark.png"
        Image.new("RGBA", (200, 100), (255, 255, 255, 160)).save(mark)
        marked = replace(DEFAULT, extras=ExtrasSettings(watermark=mark))
        mirrored = replace(marked, effects=EffectSettings(mirror=True))
        compared = replace(DEFAULT, size=SIZE, effects=EffectSettings(before_after="beside"))
        rows: dict[str, Callable[[], None]] = {
            "ffmpeg re-encode": lambda: by_ffmpeg(plain, target),
            "render": lambda: by_render(plain, target),
            "moviepy's writer": lambda: by_moviepy(plain, target),
            "render, moviepy composing": lambda: by_render(other, target),
            "render, watermark": lambda: by_render(plain, target, marked),
            "render, watermark, mirrored": lambda: by_render(plain, target, mirrored),
            "render, before and after": lambda: by_render(plain, target, compared),
        }
        times: dict[str, list[tuple[float, float]]] = {row: [] for row in rows}
        sizes = {}
        for _ in range(options.rounds):
            for row, work in rows.items():
                times[row].append(timed(work))
                sizes[row] = target.stat().st_size
                target.unlink()
    width, height = SIZE
    print(
        f"{options.seconds:g} s of {width}x{height} at {RATE}/s, x264 {DEFAULT.x264_preset} "
        f"crf {DEFAULT.crf:g}, {os.cpu_count()} cores, fastest of {options.rounds}"
    )
    print(f"{'':28}{'clock':>9}{'ratio':>7}{'processor':>12}{'ratio':>7}{'megabytes':>11}")
    fastest = {
        row: [min(column) for column in zip(*taken, strict=True)] for row, taken in times.items()
    }
    clock_of_ffmpeg, work_of_ffmpeg = fastest["ffmpeg re-encode"]
    for row, (clock, work) in fastest.items():
        print(
            f"{row:28}{clock:8.1f}s{clock / clock_of_ffmpeg:7.2f}"
            f"{work:11.1f}s{work / work_of_ffmpeg:7.2f}{sizes[row] / 1e6:11.1f}"
        )


if __name__ == "__main__":
    main()
