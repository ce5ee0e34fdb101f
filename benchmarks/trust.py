"""Can the confidence be trusted: of pieces, and of the whole, that decides on refusal?

    python -m benchmarks.trust DATA [--split test] [--conditions speech,music] [--weights FILE]
    python -m benchmarks.trust DATA --fit

**Pieces.** The distorted takes of ``lipsyncer evaluate`` (docs/network.md, "Warp recovery") and the
same takes undistorted, every other one with 10 % false lips: the confidence that the report gives a
piece, against the share of its voiced moments that are within a frame of the truth, in ten bins,
each moment counting once.

**Refusal.** Takes of 10 s and more in sync against their own sound, and against the sound of the
next five speakers' takes, by length of the take: area under the curve of the overall confidence,
and how many are refused at the shipped threshold.

``--fit`` measures the speakers that were held out from training instead, in speech, under music and
in singing under music, and prints the constants of ``lipsyncer/align/confidence.py`` that follow.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit
from scipy.stats import rankdata

from lipsyncer.align import REFUSAL_THRESHOLD, align
from lipsyncer.align.confidence import PIECE_MIDDLE, PIECE_MOST, PIECE_SLOPE
from lipsyncer.align.scores import evidence_for
from lipsyncer.arrays import Float64s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import compress
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import Weights, load_weights
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip, hold_out
from lipsyncer.training.conditions import CONDITIONS, Sounds
from lipsyncer.training.distort import (
    FAMILIES,
    Distortion,
    distortion,
    joined_takes,
    voiced_positions,
    with_false_lips,
)
from lipsyncer.training.lags import read_clips_in_sync
from lipsyncer.training.recovery import align_clip

Change = Callable[[Clip], Clip]

TAKE_SECONDS, SHORTEST, SEED = 12.0, 10.0, 1
OTHERS = 5
FITTED = ("speech", "music", "singing-music")
BINS = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--conditions", default="speech,music")
    parser.add_argument("--weights", type=Path, help="instead of the shipped ones")
    parser.add_argument("--fit", action="store_true", help="fit constants on validation speakers")
    parser.add_argument("--lags", type=Path, help="table by which the clips are put in sync")
    arguments = parser.parse_args()
    weights = load_weights(arguments.weights)
    if arguments.fit:
        _, spoken = hold_out(
            finish(read_clips_in_sync(arguments.data, "train", lags=arguments.lags))
        )
        names = FITTED
    else:
        spoken = finish(read_clips_in_sync(arguments.data, arguments.split, lags=arguments.lags))
        names = arguments.conditions.split(",")
    chosen = [CONDITIONS[name] for name in names]
    all_moments: list[Float64s] = []
    sounds = Sounds(chosen, spoken)
    finish(sounds.make())
    for condition in chosen:
        voices, change = sounds.voices(condition), sounds.change(condition)
        print(f"\n{condition.title}: pieces")
        takes = [*joined_takes(voices, TAKE_SECONDS)]
        moments = np.concatenate([*piece_moments(takes, weights, change)])
        all_moments.append(moments)
        show_pieces(moments)
        print(f"\n{condition.title}: refusal")
        show_refusal(*confidences([*joined_takes(voices, SHORTEST)], weights, change))
    if arguments.fit:
        most, slope, middle = fitted(np.concatenate(all_moments))
        print(f"\nmost {most:.3f}, slope {slope:.3f}, middle {middle:.3f}")


def fitted(moments: Float64s) -> tuple[float, float, float]:
    """Most, slope and middle of ``piece_confidence``'s logistic, by maximum likelihood."""
    # What the present constants made of the posterior is taken back first.
    odds = PIECE_MIDDLE + logit(moments[:, 0] / PIECE_MOST) / PIECE_SLOPE
    right = moments[:, 1] <= 1.0

    def loss(values: Float64s) -> float:
        most, slope, middle = expit(values[0]), values[1], values[2]
        said = np.clip(most * expit(slope * (odds - middle)), 1e-6, 1 - 1e-6)
        return -float(np.where(right, np.log(said), np.log1p(-said)).mean())

    found = minimize(loss, np.array([3.0, 0.7, 0.0]), method="Nelder-Mead")
    return float(expit(found.x[0])), float(found.x[1]), float(found.x[2])


def piece_moments(takes: list[Clip], weights: Weights, change: Change) -> Iterator[Float64s]:
    """For each matched piece its confidence and |error| in frames, per voiced moment (n, 2)."""
    rng = np.random.default_rng(SEED)
    for family in ("none", *FAMILIES):
        for index, take in enumerate(takes):
            fault = (
                Distortion(family, np.arange(len(take), dtype=float))
                if family == "none"
                else distortion(family, take.power, rng)
            )
            clip = fault.apply(change(take))
            if index % 2:
                clip = with_false_lips(clip, takes[(index + 1) % len(takes)], 0.1, rng)
            position = np.arange(len(clip), dtype=float)
            covered = (position >= max(fault.original[0], 0.0)) & (
                position <= min(fault.original[-1], len(clip) - 1.0)
            )
            voiced = voiced_positions(take.power) & covered
            for piece in align_clip(clip, weights).pieces:
                time = position / GRID_RATE
                inside = voiced & (time >= piece.song_start) & (time < piece.song_end)
                if piece.kind != "matched" or not inside.any():
                    continue
                source = piece.source_start + piece.slope * (time[inside] - piece.song_start)
                error = position[inside] - np.interp(source * GRID_RATE, position, fault.original)
                yield np.stack([np.full(len(error), piece.confidence), np.abs(error)], axis=1)


def show_pieces(moments: Float64s) -> None:
    confidence, right = moments[:, 0], moments[:, 1] <= 1.0
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    print(f"{'confidence':>12}{'mean':>7}{'within a frame':>16}{'moments':>9}")
    expected = 0.0
    for k in range(BINS):
        inside = bins == k
        if inside.any():
            said, seen = confidence[inside].mean(), right[inside].mean()
            expected += inside.mean() * abs(said - seen)
            print(f"{k / BINS:7.1f}-{(k + 1) / BINS:.1f} {said:7.2f}{seen:16.2f}{inside.sum():9}")
    print(f"expected calibration error {expected:.3f}, {len(moments)} moments")


def confidences(
    takes: list[Clip], weights: Weights, change: Change
) -> tuple[Float64s, Float64s, Float64s]:
    """Confidence of takes against their own sound, against others', and the takes' seconds."""
    own: list[float] = []
    other: list[float] = []
    sounds = [finish(encode_song(weights.model, compress(change(take).power))) for take in takes]
    speakers = [take.speaker for take in takes]
    for index, take in enumerate(takes):
        visual = finish(encode_take(weights.model, take.crops, take.shape))
        track = MouthTrack(take.crops, take.shape, take.quality)
        strangers = [
            k % len(takes)
            for k in range(index + 1, index + len(takes))
            if speakers[k % len(takes)] != speakers[index]
        ][:OTHERS]
        for k in [index, *strangers]:
            found = align(evidence_for(sounds[k], visual, track, weights)).confidence
            (own if k == index else other).append(found)
    seconds = [len(take) / GRID_RATE for take in takes]
    return np.array(own), np.array(other), np.array(seconds)


def show_refusal(own: Float64s, other: Float64s, seconds: Float64s) -> None:
    ranks = rankdata(np.concatenate([own, other]))
    area = (ranks[: len(own)].sum() - len(own) * (len(own) + 1) / 2) / (len(own) * len(other))
    print(
        f"{len(own)} takes of {seconds.min():.0f} to {seconds.max():.0f} s against their own "
        f"sound, {len(other)} against others': AUC {area:.3f}"
    )
    print(
        f"refused below {REFUSAL_THRESHOLD}: {(own < REFUSAL_THRESHOLD).sum()} of {len(own)} own, "
        f"{(other < REFUSAL_THRESHOLD).sum()} of {len(other)} others; "
        f"own from {own.min():.2f} on (5 %: {np.quantile(own, 0.05):.2f}), "
        f"others up to {other.max():.2f} (95 %: {np.quantile(other, 0.95):.2f})"
    )


if __name__ == "__main__":
    main()
