"""Distort a real take in known ways and see what the whole program says of it.

    python -m benchmarks.distorted_take TAKE [--keep FOLDER]

The song is the take's own sound, which the program is then not given: the distorted takes are
silent. Three faults are tried: the picture 0.48 s late; 0.2 s late and 1.5 % slow; and four pieces
shifted apart, whose jumps lie in the quietest moments. The report's map is compared with the
truth twenty-five times a second wherever the song is not silent.

Columns: mean |error| before and after in ms, if the take itself was in sync; how far the answer
lies from the one for the undistorted take, which needs no such belief (mean in ms, and the share
within -125/+45 and -60/+40 ms); the report's offset, confidence and number of pieces.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import soundfile

from lipsyncer.__main__ import main as lipsyncer
from lipsyncer.arrays import UInt8s
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, mel_power
from lipsyncer.media import FrameReader, conform, probe, read_audio
from lipsyncer.progress import finish

Times = npt.NDArray[np.float64]

CLOCK = 90000
LATE = 0.48
DRIFT = 0.015
SHIFTS = (0.1, 0.45, -0.2, 0.3)  # seconds late, piece by piece


def main() -> None:
    measure_take("distorted_take", measure)


def measure_take(program: str, measure: Callable[[Path, Path], None]) -> None:
    """Read the command line of a measurement, and call it with the take and a folder to use."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{program}")
    parser.add_argument("take", type=Path)
    parser.add_argument("--keep", type=Path, help="leave the files here to look at")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measure(arguments.take, folder)


def measure(take: Path, folder: Path) -> None:
    """Print a line for the undistorted take and one for each fault."""
    song = folder / "song.wav"
    samples = read_audio(take, rate=48000, mono=False)
    soundfile.write(song, samples, 48000)
    heard = heard_times(take)
    stamps = finish(conform(take, probe(take))).source_times
    print(
        f"{'fault':10s}{'before':>8s}{'after':>7s}{'to own':>8s}{'-125/+45':>10s}{'-60/+40':>9s}"
        f"{'offset':>8s}{'sure':>6s}{'pieces':>8s}"
    )
    own: Times | None = None
    faults: dict[str, Callable[[Times], Times]] = {
        "none": lambda times: times,
        "offset": lambda times: times + LATE,
        "drift": lambda times: 0.2 + times * (1 + DRIFT),
        "pieces": pieces(take, stamps[-1]),
    }
    for name, shown_at in faults.items():
        distorted = folder / f"{name}.mp4"
        write_distorted(take, distorted, stamps, shown_at(stamps))
        report = folder / f"{name}.json"
        output = folder / f"{name}-aligned.mp4"
        code = lipsyncer(
            [
                "align",
                str(song),
                str(distorted),
                "-o",
                str(output),
                "--report",
                str(report),
                "--force",
                "--gaps",
                "keep",
            ]
        )
        if code != 0:
            print(f"{name:12s} exit code {code}")
            continue
        said = json.loads(report.read_text(encoding="utf-8"))
        # The moment the map shows at each song time, on the undistorted take's clock.
        source = mapped(said["map"], heard)
        covered = np.isfinite(source)
        error = np.full(len(heard), np.nan)
        shown = np.interp(source[covered], shown_at(stamps), stamps)
        error[covered] = (heard[covered] - shown) * 1000
        if own is None:
            own = error
        after = error[covered]
        distance = (error - own)[np.isfinite(error - own)]
        before = (heard - np.interp(heard, shown_at(stamps), stamps)) * 1000
        print(
            f"{name:10s}{np.abs(before).mean():8.0f}{np.abs(after).mean():7.0f}"
            f"{np.abs(distance).mean():8.0f}{share(distance, -125, 45):10.1f}"
            f"{share(distance, -60, 40):9.1f}{said['offset_ms']:8.0f}{said['confidence']:6.2f}"
            f"{len(said['map']):8d}"
        )


def heard_times(take: Path) -> Times:
    """Moments at 25 per second at which the sound is within 25 dB of its loud parts."""
    power = mel_power(read_audio(take, rate=16000)).sum(axis=1)
    power = power[: len(power) // COLUMNS_PER_POSITION * COLUMNS_PER_POSITION]
    loud = power.reshape(-1, COLUMNS_PER_POSITION).max(axis=1) > 10**-2.5
    return np.flatnonzero(loud) / 25.0


def pieces(take: Path, duration: float) -> Callable[[Times], Times]:
    """A fault of four pieces; where one would overlap the next, the picture waits."""
    power = mel_power(read_audio(take, rate=16000)).sum(axis=1)
    quiet = np.convolve(power, np.ones(20) / 20, mode="same")
    cuts = []
    for k in (1, 2, 3):
        middle = int(k / 4 * duration * 100)
        window = quiet[middle - 300 : middle + 300]
        cuts.append((middle - 300 + int(np.argmin(window))) / 100)

    def shown_at(times: Times) -> Times:
        late = np.array(SHIFTS)[np.searchsorted(cuts, times, side="right")]
        return np.maximum.accumulate(times + late + np.arange(len(times)) * 1e-6)

    return shown_at


def write_distorted(take: Path, target: Path, stamps: Times, shown_at: Times) -> None:
    """Write the take's frames, silent, at other times; what would come before 0 is dropped."""
    with FrameReader(take, max_height=960) as reader, av.open(str(target), "w") as container:
        width, height = reader.frame_size
        stream = container.add_stream("libx264", rate=Fraction(30), options={"crf": "18"})
        stream.width, stream.height = width // 2 * 2, height // 2 * 2
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, CLOCK)
        last = -1
        for stamp, time in zip(stamps, shown_at, strict=True):
            tick = round(float(time) * CLOCK)
            if tick <= last or tick < 0:
                continue
            if last < 0 and tick > 0:  # the file's clock must begin at 0 for the fault to be one
                _encode(container, stream, reader.frame_at(float(stamp)), 0)
            _encode(container, stream, reader.frame_at(float(stamp)), tick)
            last = tick
        container.mux(stream.encode(None))


def _encode(
    container: av.container.OutputContainer,
    stream: av.VideoStream,
    picture: UInt8s,
    tick: int,
) -> None:
    picture = np.ascontiguousarray(picture[: stream.height, : stream.width])
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    frame.pts, frame.time_base = tick, Fraction(1, CLOCK)
    container.mux(stream.encode(frame))


def mapped(segments: list[dict[str, float]], song_times: Times) -> Times:
    """Source times of the report's map; NaN where it covers nothing."""
    source = np.full(len(song_times), np.nan)
    for s in segments:
        inside = (song_times >= s["song_start"]) & (song_times < s["song_end"])
        share_done = (song_times[inside] - s["song_start"]) / (s["song_end"] - s["song_start"])
        source[inside] = s["source_start"] + share_done * (s["source_end"] - s["source_start"])
    return source


def share(errors: Times, low: float, high: float) -> float:
    return float(100 * ((errors >= low) & (errors <= high)).mean())


if __name__ == "__main__":
    main()
