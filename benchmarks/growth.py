"""How time and memory of an analysis grow with the length of the take and of the song.

    python -m benchmarks.growth [--takes 10,60,600] [--songs 180,600] [--plot FILE]

One minute is filmed by the demo's camera at 1080x1920, and repeated or cut to the other lengths:
a take that is longer than the song holds it, or a part of it, again and again. Each analysis runs
in a process of its own with an empty cache, after a very short one has let the compiled parts be
compiled. Seconds of processor time are less disturbed by other work than seconds by the clock.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.__main__ import ANALYSIS, Cost, ffmpeg, make_material, run_job, say
from benchmarks.render_paths import RATE, SIZE
from lipsyncer.demo import make_demo
from lipsyncer.media import probe
from lipsyncer.progress import finish

FILMED = 60.0  # s


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--takes", default="10,60,600", help="seconds of the takes")
    parser.add_argument("--songs", default="180,600", help="seconds of the songs")
    parser.add_argument("--plot", type=Path, help="picture of the processor seconds, to write")
    arguments = parser.parse_args()
    drawn: dict[float, list[tuple[float, float]]] = {}
    print(f"takes of {SIZE[0]}x{SIZE[1]} at {RATE} frames per second")
    print(
        f"{'song (s)':>8}{'take (s)':>9}{'analysis (s)':>14}{'of the take':>13}"
        f"{'processor (s)':>15}{'of the take':>13}{'peak GB':>9}"
    )
    with tempfile.TemporaryDirectory(prefix="lipsyncer-growth-") as name:
        folder = Path(name)
        small = finish(make_demo(folder / "small", seconds=4.0, size=(360, 640)))
        run_job(small.song_path, small.take_path, folder / "small", rendered=False)
        for song_seconds in map(float, arguments.songs.split(",")):
            say("filming ...")
            song, filmed = make_material(folder, min(FILMED, song_seconds / 2), song_seconds)
            for seconds in map(float, arguments.takes.split(",")):
                take = folder / "long.mp4"
                repeat(filmed, take, seconds)
                length = probe(take).duration
                with tempfile.TemporaryDirectory(dir=folder) as cache:
                    stages = run_job(song, take, Path(cache), rendered=False)
                spent = sum((stages[stage] for stage in ANALYSIS), Cost())
                drawn.setdefault(song_seconds, []).append((length, spent.processor))
                print(
                    f"{song_seconds:8.0f}{length:9.0f}{spent.clock:14.1f}"
                    f"{spent.clock / length:12.2f}x{spent.processor:15.1f}"
                    f"{spent.processor / length:12.2f}x{spent.memory:9.2f}",
                    flush=True,
                )

    if arguments.plot:
        draw(drawn, arguments.plot)


def draw(drawn: Mapping[float, Sequence[tuple[float, float]]], target: Path) -> None:
    """Draw the processor seconds of an analysis over the take's, a line for each song."""
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    for song, points in drawn.items():
        axes.loglog(*zip(*points, strict=True), "o-", label=f"song of {song:g} s")
    ends = [
        min(points[0][0] for points in drawn.values()),
        max(points[-1][0] for points in drawn.values()),
    ]
    axes.loglog(ends, [end / 2 for end in ends], ":", color="grey", label="half of the take")
    axes.set_xlabel("take (s)")
    axes.set_ylabel("analysis (processor seconds)")
    axes.legend()
    figure.savefig(target)


def repeat(source: Path, target: Path, seconds: float) -> None:
    """Repeat a take without encoding it anew, or cut it, to a length."""
    source_options = ffmpeg(source)
    before = source_options.index("-i")
    options = [*source_options[:before], "-stream_loop", "-1", *source_options[before:]]
    subprocess.run([*options, "-t", str(seconds), "-c", "copy", str(target)], check=True)


if __name__ == "__main__":
    main()
