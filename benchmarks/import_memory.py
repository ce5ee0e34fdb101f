"""How much memory the import of a long 4K take needs: probe and track, each to the end.

    python -m benchmarks.import_memory [--minutes 1 3 10] [--folder FOLDER]

The take is the demo's portrait in 3840x2160 at 30 frames per second, two seconds of it over and
over: cheap to make, and as many frames to decode as in any. Each length is imported by a process of
its own, whose most memory is read after every stage.
The folder, a temporary one by default, needs room for the take.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av
import cv2
import imageio_ffmpeg
import numpy as np

from benchmarks.job import peak_gigabytes
from lipsyncer.allocator import share_arenas
from lipsyncer.features.tracking import track_take
from lipsyncer.media import probe
from lipsyncer.progress import finish
from lipsyncer.resources import resource

SIZE = (3840, 2160)
RATE = 30
LOOP = 2  # s
AIM = 1.5  # GB


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.import_memory")
    parser.add_argument("--minutes", type=float, nargs="+", default=[1.0, 3.0, 10.0])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--import", dest="take", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.take:
        print(json.dumps(imported(arguments.take)))
        return
    stages = ("start", "probe", "track")
    print(f"| minutes | {' | '.join(stages)} | take's seconds per second | frames with a face |")
    print(f"|{'---|' * (len(stages) + 3)}")
    most = 0.0
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        loop = filmed(Path(name) / "loop.mp4")
        for minutes in arguments.minutes:
            take = looped(loop, Path(name) / "take.mp4", minutes)
            began = time.perf_counter()
            command = [sys.executable, "-m", "benchmarks.import_memory", "--import", str(take)]
            ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            spent = time.perf_counter() - began
            figures = json.loads(ended.stdout)
            most = max(most, figures["track"])
            memory = " | ".join(f"{figures[stage]:.2f}" for stage in stages)
            speed = 60 * minutes / spent
            print(f"| {minutes:g} | {memory} | {speed:.2f} | {figures['seen']:.0%} |", flush=True)
    print(f"most memory {most:.2f} GB (aim {AIM:g})")


def imported(take: Path) -> dict[str, float]:
    """Import a take as the program does; the most gigabytes held at the end of each stage."""
    share_arenas()
    most = {"start": peak_gigabytes()}
    info = probe(take)
    most["probe"] = peak_gigabytes()
    _, track = finish(track_take(info))
    most["track"] = peak_gigabytes()
    return {**most, "seen": track.seen}


def filmed(path: Path) -> Path:
    """Write the few seconds that are repeated."""
    portrait = cv2.imread(str(resource("assets", "portrait.jpg")))
    height = SIZE[1]
    width = round(portrait.shape[1] * height / portrait.shape[0])
    wide = np.full((height, SIZE[0], 3), 90, np.uint8)
    left = (SIZE[0] - width) // 2
    wide[:, left : left + width] = cv2.resize(portrait, (width, height))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "20", "bf": "2"}
        for number in range(LOOP * RATE):
            swayed = np.roll(wide, round(8 * np.sin(2 * np.pi * number / LOOP / RATE)), axis=1)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(swayed), format="bgr24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def looped(source: Path, target: Path, minutes: float) -> Path:
    """Repeat a take without encoding it anew."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-stream_loop", "-1"]
    command += ["-i", str(source), "-c", "copy", "-t", f"{60 * minutes:g}", str(target)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return target


if __name__ == "__main__":
    main()
