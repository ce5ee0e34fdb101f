"""Real miming, for which there is no truth: do separate windows of one clip agree?

    python -m benchmarks.miming CLIP [CLIP ...] [--weights FILE]

Each clip's mouth is scored against the clip's own sound in windows of 3 s, a window beginning
every 1.5 s, over offsets of -15 to 15 frames. A network that hears the song's voice through its
music gives the same offset again and again; one that guesses gives a tenth of its windows within
a frame of the median.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, MEL_BANDS, SAMPLE_RATE, mel_power
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.tracking import track_take
from lipsyncer.media import probe, read_audio
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip
from lipsyncer.training.offsets import clip_scores

WINDOW, STEP = 75, 37


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.miming")
    parser.add_argument("clips", type=Path, nargs="+")
    parser.add_argument("--weights", type=Path, help="instead of the shipped ones")
    arguments = parser.parse_args()
    model = load_weights(arguments.weights).model
    print(f"{'clip':24s}{'median':>7s}{'agree':>7s}  offsets of 3 s windows (frames)")
    for path in arguments.clips:
        _, track = finish(track_take(probe(path)))
        _, scores = clip_scores(model, _clip(track, read_audio(path, rate=SAMPLE_RATE)))
        starts = range(0, max(len(track) - WINDOW + 1, 1), STEP)
        best = [_best_offset(scores[s : s + WINDOW]) for s in starts]
        middle = int(np.median(best))
        agree = np.mean([abs(b - middle) <= 1 for b in best])
        print(f"{'/'.join(path.parts[-2:]):24s}{middle:7d}{100 * agree:6.0f}%  {best}")


def _best_offset(scores: np.ndarray) -> int:
    usable = ~np.isnan(scores).all(axis=0)
    means = np.full(scores.shape[1], -np.inf)
    means[usable] = np.nanmean(scores[:, usable], axis=0)
    return int(np.argmax(means)) - scores.shape[1] // 2


def _clip(track: MouthTrack, samples: np.ndarray) -> Clip:
    power = np.zeros((len(track) * COLUMNS_PER_POSITION, MEL_BANDS), np.float32)
    columns = mel_power(samples)[: len(power)]
    power[: len(columns)] = columns
    silent = np.zeros(0, np.int16)  # the sound itself is not looked at
    return Clip("", "", "", track.crops, track.shape, track.quality, power, silent)


if __name__ == "__main__":
    main()
