"""Whether the closed mouths that are put into rests can be seen.

    python -m benchmarks.inserts TAKE [TAKE ...]

The song is each take's own sound, of which the first 283 ms are missing, so that the picture is
late; every eight seconds its voice is silent for 1.8 s, while the lips move on. Printed for each
closed mouth that the program puts in: the rest of the song, and the step of the picture at its
entry and exit, by the median step between neighbouring frames of the take, of the whole picture or
of the head; and how many segments the cut has.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from lipsyncer.arrays import Float32s
from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.picture_steps import PictureStep, picture_steps
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.jobs.analyse import analyse
from lipsyncer.media import read_audio
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings

LATE = 0.283
RATE = 48000
EVERY, SILENT = 8.0, 1.8


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inserts")
    parser.add_argument("takes", type=Path, nargs="+", metavar="TAKE")
    parser.add_argument("--cache", type=Path, help="where prepared pictures are kept")
    arguments = parser.parse_args()
    print(f"{'take':22}{'segments':>9}{'rest':>16}{'entry':>7}{'exit':>7}{'usual 95 %':>12}")
    for take in arguments.takes:
        with tempfile.TemporaryDirectory() as folder:
            measure(take, Path(folder), arguments.cache)


def measure(take: Path, folder: Path, cache: Path | None = None) -> None:
    """Print a line for each closed mouth in a take's cut, or one for the cut."""
    song = folder / "song.wav"
    soundfile.write(song, song_of(take), RATE)
    settings = Settings(cache_dir=cache or folder, sync_source="lips")
    analysis = finish(analyse(song, [take], settings))
    name, count = f"{take.parent.name}/{take.stem}", len(analysis.document.segments)
    rows = steps_of(analysis)
    if not rows:
        print(f"{name:22}{count:9}{'none':>16}", flush=True)
    for start, end, entry, leaving, usual in rows:
        rest = f"{start:.1f}-{end:.1f} s"
        print(f"{name:22}{count:9}{rest:>16}{entry:7.1f}{leaving:7.1f}{usual:12.1f}", flush=True)


def song_of(take: Path) -> Float32s:
    """A take's own sound, that begins later and has rests."""
    samples = read_audio(take, rate=RATE, mono=False)[round(LATE * RATE) :].copy()
    times = np.arange(len(samples)) / RATE
    rests = (times % EVERY) > EVERY - SILENT
    samples[rests] = np.random.default_rng(0).normal(0, 1e-3, samples[rests].shape)
    return samples


def steps_of(analysis: Analysis) -> list[tuple[float, float, float, float, float]]:
    """Start and end (s), the steps at entry and exit, and what 95 of 100 frames step at most.

    Steps are those of the whole picture or of the head, whichever is more, by the take's median.
    """
    shown = TimeMap(analysis.document)
    proxies, tracks = zip(*((take.proxy, take.track) for take in analysis.takes), strict=True)
    rows = []
    step = picture_steps(proxies, tracks)
    for fix in analysis.mouth_fixes:
        frame = 1 / proxies[fix.take].rate
        last = min(fix.end, analysis.document.span[1]) - frame
        usual = median_step(step, fix.take, proxies[fix.take].duration, frame)
        steps = []
        for before, after in ((fix.start - frame, fix.start), (last, last + frame)):
            (_, one), (_, other) = shown.source_at(before), shown.source_at(after)
            steps.append(step(fix.take, one, other) / usual)
        rows.append((fix.start, fix.end, steps[0], steps[1], 1 / usual))
    return rows


def median_step(step: PictureStep, take: int, duration: float, frame: float) -> float:
    """Median step between neighbouring frames that are not the same one."""
    moments = np.linspace(0, duration - 2 * frame, 100)
    steps = np.array([step(take, float(moment), float(moment) + frame) for moment in moments])
    return float(np.median(steps[steps > 0.01]))


if __name__ == "__main__":
    main()
