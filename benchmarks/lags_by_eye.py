"""Do the networks' lags agree with what somebody sees who dates the clips by eye?

    python -m benchmarks.lags_by_eye draw DATA FOLDER
    python -m benchmarks.lags_by_eye compare BY_EYE LAGS

``draw`` makes sheets of the test split's loose clips, three of each person: all mouths of a clip in
two rows, and beneath them its spectrogram and waveform, moved by some whole frames that only
``moved.csv`` in the same folder tells. Whoever dates them reads off how many frames the sound comes
after the lips (closed lips against the hum or the silence of m and b, protruded ones against sh,
open ones against loud vowels), without having seen ``moved.csv`` or any network's lags, and takes
the move off afterwards. ``benchmarks/lags_by_eye.csv`` was made like that.

``compare`` prints how far such a table agrees with another one. Frames against sound have no common
zero (a frame stands for 40 ms), so the tables' median difference is taken off, and printed. Beside
it stands what the same lags would agree in if they were dealt out to the clips at random.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from lipsyncer.arrays import Float64s
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip
from lipsyncer.training.lags import read_lags
from lipsyncer.training.reader import read_clips

Picture = npt.NDArray[np.uint8]

CLIPS_OF_EACH, MOST_MOVED, SEED = 3, 3, 2026
FRAME = SAMPLE_RATE // 25  # samples
CELL, SPECTROGRAM, WAVE = 104, 160, 60  # pixels
WINDOW, HOP, RANGE = 256, 64, 65.0  # samples, samples, dB
SHUFFLES = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lags_by_eye")
    actions = parser.add_subparsers(dest="action", required=True)
    drawing = actions.add_parser("draw", help="make the sheets")
    drawing.add_argument("data", type=Path)
    drawing.add_argument("folder", type=Path)
    comparing = actions.add_parser("compare", help="hold two tables of lags against each other")
    comparing.add_argument("by_eye", type=Path)
    comparing.add_argument("lags", type=Path)
    arguments = parser.parse_args()
    if arguments.action == "draw":
        draw(finish(read_clips(arguments.data, "test")), arguments.folder)
    else:
        compare(read_lags(arguments.by_eye), read_lags(arguments.lags))


def compare(by_eye: dict[str, float], lags: dict[str, float]) -> None:
    """Print how far two tables agree on the clips that are in both."""
    names = sorted(set(by_eye) & set(lags))
    seen = np.array([by_eye[name] for name in names])
    found = np.array([lags[name] for name in names])
    zero = float(np.median(seen - found))
    rng = np.random.default_rng(SEED)
    chance = np.mean([near(seen, rng.permutation(found)) for _ in range(SHUFFLES)])
    print(f"{len(names)} clips, correlation {np.corrcoef(seen, found)[0, 1]:.2f}")
    print(f"by eye the sound is {zero:+.2f} frames later in the median")
    print(f"within a frame of each other: {near(seen, found):.1f} %")
    as_they_come = near(seen, np.zeros(len(found)))
    print(f"lags dealt out at random: {chance:.1f} %; all as they come: {as_they_come:.1f} %")


def near(some: Float64s, others: Float64s) -> float:
    """% of pairs within a frame of each other, their median difference taken off."""
    apart = some - others
    return 100 * float((np.abs(apart - np.median(apart)) <= 1).mean())


def draw(clips: list[Clip], folder: Path) -> None:
    """Write the sheets and, in a file of its own, by how much each sound was moved."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    by_speaker: dict[str, list[Clip]] = {}
    for clip in clips:
        if clip.speaker.startswith("lrcar"):
            by_speaker.setdefault(clip.speaker, []).append(clip)
    chosen = [
        members[i]
        for _, members in sorted(by_speaker.items())
        for i in rng.permutation(len(members))[:CLIPS_OF_EACH]
    ]
    rng.shuffle(chosen)
    with (folder / "moved.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("sheet", "clip", "moved"))
        for number, clip in enumerate(chosen):
            moved = int(rng.integers(-MOST_MOVED, MOST_MOVED + 1))
            cv2.imwrite(str(folder / f"{number:02d}.png"), sheet(clip, moved))
            rows.writerow((f"{number:02d}", clip.name, moved))


def sheet(clip: Clip, moved: int) -> Picture:
    """Draw a clip in two rows, its sound some frames later than it is."""
    sound = np.zeros(len(clip) * FRAME)
    samples = clip.sound[: len(sound)] / 32768
    start = moved * FRAME
    kept = len(samples) - abs(start)
    sound[max(start, 0) :][:kept] = samples[max(-start, 0) :][:kept]
    half = (len(clip) + 1) // 2
    rows = [row(clip, sound, first, min(first + half, len(clip)), half) for first in (0, half)]
    return np.vstack(rows)


def row(clip: Clip, sound: Float64s, first: int, last: int, cells: int) -> Picture:
    """Draw frames first..last-1 above their sound."""
    picture = np.full((CELL + SPECTROGRAM + WAVE + 48, cells * CELL, 3), 255, np.uint8)
    top, width = CELL + 24, (last - first) * CELL
    levels = 255 - 255 * spectrogram(sound)[:, first * FRAME // HOP : last * FRAME // HOP]
    grey = cv2.resize(levels.astype(np.uint8), (width, SPECTROGRAM))
    picture[top : top + SPECTROGRAM, :width] = grey[..., None]
    middle, loudest = top + SPECTROGRAM + WAVE // 2, float(np.abs(sound).max()) + 1e-6
    bounds = np.linspace(first * FRAME, last * FRAME, width + 1).astype(int)
    for x, part in enumerate(np.split(sound, bounds)[1:-1]):
        low, high = (round(middle - y / loudest * WAVE / 2) for y in (part.min(), part.max()))
        cv2.line(picture, (x, high), (x, low), (0, 100, 0))
    for frame in range(first, last):
        x = (frame - first) * CELL
        mouth = cv2.resize(clip.crops[frame], (CELL - 4, CELL), interpolation=cv2.INTER_CUBIC)
        mouth = cv2.normalize(mouth, mouth, 0, 255, cv2.NORM_MINMAX)
        picture[:CELL, x : x + CELL - 4] = mouth[..., None]
        cv2.line(picture, (x, top), (x, top + SPECTROGRAM + WAVE), (0, 0, 255))
        for text, y in ((f"v{frame}", CELL + 18), (f"s{frame}", top + SPECTROGRAM + WAVE + 18)):
            cv2.putText(picture, text, (x + 2, y), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (160, 0, 0))
    return picture


def spectrogram(sound: Float64s) -> Float64s:
    """Levels from 0 to 1, (129, samples / 64), high frequencies first."""
    padded = np.pad(sound, WINDOW // 2)
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][: len(sound) // HOP]
    spectrum = np.abs(np.fft.rfft(windows * np.hanning(WINDOW), axis=1))
    level = 20 * np.log10(spectrum + 1e-5)
    return np.asarray(np.clip((level - level.max() + RANGE) / RANGE, 0, 1).T[::-1])


if __name__ == "__main__":
    main()
