"""How long the main job takes and how much memory, beside what ffmpeg needs for the same take.

    python3 dev.py bench [--seconds 60] [--song 180] [--uhd] [--cores 1,2,4]

The take is filmed by the demo's camera at 1080x1920, from the middle of a song that is longer. The
whole job runs in a process of its own with an empty cache, after a very short job has let the
compiled parts be compiled, as they are once on each machine. Two plain references follow in the
same call: ffmpeg decoding the take to nothing, and ffmpeg encoding it anew with the song and the
settings of the render. Seconds of processor time are less disturbed by other work on the machine
than seconds by the clock. With ``--uhd`` the take is of 2160x3840 at 60 frames per second in HEVC,
and is analysed alone. With ``--cores`` it is analysed once more for each of some numbers of cores:
on fewer than the machine has, or with the threads that would be started if it had more.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import imageio_ffmpeg
import soundfile

from benchmarks.render_paths import CONTAINER, SIZE, X264
from lipsyncer.demo import Truth, make_demo, make_song
from lipsyncer.demo.selfie import film
from lipsyncer.demo.voice import RATE as SOUND_RATE
from lipsyncer.media import probe, require_take
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT

ANALYSIS = ("probe", "track", "encode", "score", "align")

ANALYSIS_AIM = 0.25  # of the take's length
DECODE_AIM = 3.0  # of ffmpeg's plain decode, in processor time
UHD_AIM = 1.6  # of ffmpeg's plain decode, by the clock
RENDER_AIM = 1.3  # of the plain re-encode
MEMORY_AIM = 1.5  # GB


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of processor time, and the most memory held by then (GB)."""

    clock: float = 0.0
    processor: float = 0.0
    memory: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.clock + other.clock,
            self.processor + other.processor,
            max(self.memory, other.memory),
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the take")
    parser.add_argument("--song", type=float, default=180.0, help="length of the song")
    parser.add_argument("--uhd", action="store_true", help="a take of 4K at 60 frames per second")
    parser.add_argument("--cores", type=numbers, default=(), help="such as 1,2,4")
    arguments = parser.parse_args()
    if not 1 <= arguments.seconds < arguments.song:
        parser.error("the take must last a second at least and be shorter than the song")
    with tempfile.TemporaryDirectory(prefix="lipsyncer-bench-") as name:
        folder = Path(name)
        say("making the song and the take ...")
        song, take = make_material(folder, arguments.seconds, arguments.song)
        if arguments.uhd:
            say("making the take larger ...")
            take = enlarged(take, folder / "uhd.mp4")
        video = require_take(probe(take))
        length = video.duration
        say("letting the compiled parts be compiled ...")
        small = finish(make_demo(folder / "small", seconds=4.0, size=(360, 640)))
        run_job(small.song_path, small.take_path, folder / "small")
        say("aligning ...")
        stages = run_job(song, take, folder, rendered=not arguments.uhd)
        cores = {count: run_on(count, song, take, folder) for count in arguments.cores}
        say("ffmpeg ...")
        decode = measure([*ffmpeg(take), "-f", "null", "-"])
        encode = None if arguments.uhd else measure(plain_encode(song, take, folder, length))
    print(f"take {length:.1f} s of {video.width}x{video.height} at {video.rate:g} ", end="")
    print(f"frames per second in {video.codec}, ", end="")
    print(f"song {arguments.song:.0f} s, {os.cpu_count()} cores")
    print_table(stages, length, decode, encode)
    for count, cost in cores.items():
        print(
            f"cores {count:2d}: analysis {cost.clock:.1f} s, {cost.processor:.1f} s of the "
            f"processor, {cost.memory:.2f} GB"
        )


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(word) for word in text.split(","))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def make_material(folder: Path, seconds: float, song_seconds: float) -> tuple[Path, Path]:
    """Write a song, and a take of a part from its middle with the demo's fault."""
    song = make_song(song_seconds)
    soundfile.write(folder / "song.wav", song.samples, SOUND_RATE)
    first = (song_seconds - seconds) / 2
    # The camera runs for a second after what it takes to be the song's end.
    last = first + (seconds - 1.4) / 1.01
    until = round(last * SOUND_RATE)
    sung = replace(song, samples=song.samples[:until], voice=song.voice[:until])
    truth = Truth(late=0.4 - 1.01 * first, drift=0.01)
    finish(film(folder / "take.mp4", sung, truth, size=SIZE))
    return folder / "song.wav", folder / "take.mp4"


def run_on(cores: int, song: Path, take: Path, folder: Path) -> Cost:
    """Cost of the analysis on so many cores."""
    say(f"aligning for {cores} cores ...")
    own = folder / f"cores {cores}"
    own.mkdir()
    stages = run_job(song, take, own, "--cores", str(cores), rendered=False)
    return sum((stages[stage] for stage in ANALYSIS), Cost())


def run_job(
    song: Path, take: Path, folder: Path, *options: str, rendered: bool = True
) -> dict[str, Cost]:
    """Run analysis, and export if it is to be rendered, in a process of its own: costs by stage."""
    command = [sys.executable, "-m", "benchmarks.job", *map(str, (song, take, folder)), *options]
    if not rendered:
        command.append("--analysis")
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return {stage: Cost(*spent) for stage, spent in json.loads(ended.stdout).items()}


def ffmpeg(take: Path) -> list[str]:
    return [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(take)]


def enlarged(take: Path, target: Path) -> Path:
    """Write a take anew as the largest that phones film."""
    look = ("-vf", "scale=2160:3840,fps=60", "-c:v", "libx265", "-x265-params", "log-level=none")
    command = [*ffmpeg(take), *look, "-preset", "ultrafast", "-c:a", "copy", str(target)]
    subprocess.run(command, check=True)
    return target


def plain_encode(song: Path, take: Path, folder: Path, length: float) -> list[str]:
    return [
        *(*ffmpeg(take), "-i", str(song), "-map", "0:v", "-map", "1:a", "-t", str(length)),
        *("-c:v", "libx264", *X264, "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", "-b:a", str(DEFAULT.audio_bit_rate), "-ar", "48000"),
        *(*CONTAINER, str(folder / "plain.mp4")),
    ]


def measure(command: list[str]) -> Cost:
    """Cost of a command."""
    clock, processor = time.perf_counter(), os.times()
    subprocess.run(command, check=True)
    spent = os.times()
    used = spent.children_user - processor.children_user
    used += spent.children_system - processor.children_system
    return Cost(time.perf_counter() - clock, used)


def print_table(stages: dict[str, Cost], length: float, decode: Cost, encode: Cost | None) -> None:
    analysis = sum((stages[stage] for stage in ANALYSIS), Cost())
    rows = [*stages.items(), ("analysis", analysis), ("ffmpeg: decode", decode)]
    if encode is not None:
        rows[-1:-1] = [("analysis and render", analysis + stages["render"])]
        rows.append(("ffmpeg: re-encode", encode))
    print(f"{'':22}{'seconds':>9}{'of the take':>13}{'processor seconds':>19}{'peak GB':>9}")
    for name, cost in rows:
        memory = f"{cost.memory:9.2f}" if cost.memory else ""
        print(
            f"{name:22}{cost.clock:9.1f}{cost.clock / length:12.2f}x{cost.processor:19.1f}{memory}"
        )
    by_processor = analysis.processor / decode.processor
    if encode is None:
        print(
            f"analysis takes {analysis.clock / decode.clock:.2f} of a plain decode "
            f"(aim {UHD_AIM}), in processor time {by_processor:.2f}"
        )
    else:
        print(
            f"analysis takes {analysis.clock / length:.2f} of the take's length "
            f"(aim {ANALYSIS_AIM}), in processor time {by_processor:.1f} "
            f"of a plain decode (aim {DECODE_AIM:g})"
        )
        render = stages["render"]
        print(
            f"render takes {render.clock / encode.clock:.2f} of the plain re-encode "
            f"(aim {RENDER_AIM}), in processor time {render.processor / encode.processor:.2f}"
        )
    most = max(cost.memory for cost in stages.values())
    print(f"peak memory {most:.2f} GB (aim {MEMORY_AIM})")


if __name__ == "__main__":
    main()
