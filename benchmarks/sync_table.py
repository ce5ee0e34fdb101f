"""Flash and click through every kind of input and every preset: how far apart they come out.

    python -m benchmarks.sync_table [--flashes 20] [--minutes 10] [--full-size]

Prints two markdown tables. In the first each kind of take is shown against its own sound, so that
both the picture's and the sound's way through the file have to agree; in the second a plain take is
shown against each kind of song. A figure is the largest error in milliseconds of any flash or click
from its time, or of a flash from its click, in any of four players: PyAV and the ffmpeg program,
with edit lists honoured and ignored. "Ends" is the largest gap between the end of the last frame
and that of the last sample, in any preset. Pictures are a tenth of the preset's size, or of a 4K
take's, unless the full size is asked for; nothing else of the presets is changed. A run of some
minutes at 29.97 frames per second, with a song of 44.1 kHz, comes last.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import clips
import flash
import phone

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document
from lipsyncer.media import probe, require_take
from lipsyncer.progress import finish
from lipsyncer.render import PRESETS, RenderSettings, render

WORST = 1.0  # ms
LARGE = 1000  # pixels


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sync_table")
    parser.add_argument("--flashes", type=int, default=20, help="in each file")
    parser.add_argument("--minutes", type=float, default=10.0, help="of the long run")
    parser.add_argument("--full-size", action="store_true", help="render in the presets' size")
    parser.add_argument(
        "--only", nargs="*", default=[""], help="kinds with such a word in their name"
    )
    options = parser.parse_args()
    worst = 0.0
    wanted = (options.flashes, options.only)
    for title, kinds in (("take", takes(*wanted)), ("song", songs(*wanted))):
        print(f"\n| {title} | {' | '.join(PRESETS)} | ends |")
        print("|---" * (len(PRESETS) + 2) + "|", flush=True)
        for name, document, times in kinds:
            cells, gaps = [], []
            for preset in PRESETS.values():
                settings = (
                    preset.settings if options.full_size else small(preset.settings, document)
                )
                off, gap = rendered(document, times, settings)
                cells.append(off)
                gaps.append(gap)
            worst = max([worst, *cells, *gaps])
            figures = [f"{cell:.2f}" for cell in (*cells, max(gaps))]
            print(f"| {name} | {' | '.join(figures)} |", flush=True)
    if options.minutes:
        worst = max(worst, long_run(options.minutes))
    print(f"\nworst: {worst:.2f} ms (aim: below {WORST:g})")
    sys.exit(int(worst >= WORST))


def takes(flashes: int, words: list[str]) -> Iterator[tuple[str, Document, Float64s]]:
    for kind in (kind for kind in phone.TAKES if any(word in kind.name for word in words)):
        with tempfile.TemporaryDirectory() as name:
            filmed = kind.make(Path(name), flashes)
            yield kind.name, phone.document_of(filmed.path), filmed.times


def songs(flashes: int, words: list[str]) -> Iterator[tuple[str, Document, Float64s]]:
    for kind in (kind for kind in phone.SONGS if any(word in kind.name for word in words)):
        with tempfile.TemporaryDirectory() as name:
            filmed = phone.TAKES[0].make(Path(name), flashes)
            song = kind.make(Path(name), filmed.times.tolist())
            yield kind.name, phone.document_of(filmed.path, song), filmed.times


def small(settings: RenderSettings, document: Document) -> RenderSettings:
    """Ask for a tenth of a preset's size, or of a large take's."""
    video = require_take(probe(document.takes[0].path))
    wanted = settings.size or (video.width, video.height)
    if max(wanted) < LARGE:
        return settings
    width, height = (side // 20 * 2 for side in wanted)
    return replace(settings, size=(width, height), reframe="centre")


def rendered(document: Document, times: Float64s, settings: RenderSettings) -> tuple[float, float]:
    """Render and measure: the largest error and the gap between the ends, in ms."""
    with tempfile.TemporaryDirectory() as name:
        path = finish(render(document, Path(name) / "out.mp4", settings)).path
        return 1e3 * float(phone.errors(path, times).max()), 1e3 * abs(phone.end_gap(path))


def long_run(minutes: float) -> float:
    """Render a long take and print how far it is off in each player, and whether it drifts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rate = 30_000 / 1001
        count = round(60 * minutes / 5) - 1
        flashes = [round(5 * (n + 1) * rate) / rate for n in range(count)]
        stamps = clips.even_times(rate, 60 * minutes)
        take = phone.film(folder / "take.mp4", stamps, flashes)
        samples = clips.clicks(flashes, 60 * minutes, 44_100)
        song = clips.write_sound(folder / "song.mp3", samples, 44_100)
        document = phone.document_of(take.path, song)
        settings = small(PRESETS["tiktok"].settings, document)
        path = finish(render(document, folder / "out.mp4", settings)).path
        off = phone.errors(path, take.times)
        seen, heard = flash.seen_and_heard(path, ignore_edit_lists=False)
        drift = np.polyfit(seen, heard - seen, 1)[0]
        gap = 1e3 * abs(phone.end_gap(path))
    print(
        f"\n{minutes:g} minutes at 29.97 frames per second, MP3 at 44.1 kHz, {count} flashes: "
        f"largest error {1e3 * off.max():.2f} ms, drift {1e6 * drift:.3f} ppm, ends {gap:.2f} ms"
    )
    return max(1e3 * float(off.max()), gap)


if __name__ == "__main__":
    main()
