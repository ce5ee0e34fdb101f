"""Can the confidence be trusted: of pieces, and of the whole, that decides on refusal?

    python -m benchmarks.trust DATA [--split test] [--conditions speech,music] [--weights FILE]
    python -m benchmarks.trust DATA --songs 3 [--draws 3]
    python -m benchmarks.trust DATA --fit --songs 2

**Pieces.** The distorted takes of ``lipsyncer evaluate`` (docs/network.md, "Warp recovery") and the
same takes undistorted, every other one with 10 % false lips: the confidence that the report gives a
piece, against the share of its voiced moments that are within a frame of the truth, in ten bins,
each moment counting once. With ``--songs``, also the moments of as many songs' recordings of
``benchmarks.attempts``: alone, and with those of the takes.

**Refusal.** Takes of 10 s and more, and of 40 s and more, in sync against their own sound, and
against that of the next five other takes, of other speakers where there are such: area under the
curve of the overall confidence, and how many are refused at the shipped threshold.

``--fit`` measures the speakers that were held out from training instead, in speech, under music and
in singing under music, and prints the constants that follow for
``lipsyncer/alignment/confidence.py``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit
from scipy.stats import rankdata

from benchmarks.attempts import (
    BINS,
    DRAWS,
    SONG_SECONDS,
    calibration_error,
    joined_songs,
    measure,
    recordings,
    spread,
)
from lipsyncer.alignment import REFUSAL_THRESHOLD, align
from lipsyncer.alignment.confidence import (
    GATHERED_FROM,
    GATHERED_SHARE,
    PIECE_MIDDLE,
    PIECE_MOST,
    PIECE_SLOPE,
    STATISTIC_MIDDLE,
    STATISTIC_SLOPE,
    gathered_by_chance,
)
from lipsyncer.alignment.scores import evidence_for
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
Verdicts: TypeAlias = Float64s

TAKE_SECONDS, SEED = 12.0, 1
REFUSED_SECONDS = (10.0, 40.0)
OTHERS = 5
FITTED = ("speech", "music", "singing-music")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--conditions", default="speech,music")
    parser.add_argument("--weights", type=Path, help="instead of the shipped ones")
    parser.add_argument("--fit", action="store_true", help="fit constants on validation speakers")
    parser.add_argument("--songs", type=int, default=0, help="of which recordings are made too")
    parser.add_argument("--draws", type=int, default=DRAWS, help="random recordings of each song")
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
    all_attempts: list[Float64s] = []
    all_verdicts: list[Verdicts] = []
    sounds = Sounds(chosen, spoken)
    finish(sounds.make())
    for condition in chosen:
        voices, change = sounds.voices(condition), sounds.change(condition)
        print(f"\n{condition.title}: pieces")
        takes = [*joined_takes(voices, TAKE_SECONDS)]
        moments = np.concatenate([*piece_moments(takes, weights, change)])
        all_moments.append(moments)
        show_pieces(moments)
        if arguments.songs:
            print(f"\n{condition.title}: pieces of recordings with attempts")
            songs = spread(joined_songs(voices, SONG_SECONDS), arguments.songs)
            attempts = np.concatenate(
                [
                    measure(song, recording, change, weights).moments
                    for index, song in enumerate(songs)
                    for _, recording in recordings(song, voices, arguments.draws, index)
                ]
            )
            show_pieces(attempts)
            all_attempts.append(attempts)
        print(f"\n{condition.title}: refusal")
        for seconds in REFUSED_SECONDS:
            takes = joined_songs(voices, seconds)
            if len(takes) > 1:
                all_verdicts.append(judged(takes, weights, change))
                show_refusal(all_verdicts[-1])
    if len(all_moments) + len(all_attempts) > 1:
        print("\nall pieces")
        show_pieces(np.concatenate([*all_moments, *all_attempts]))
    if arguments.fit:
        moments = np.concatenate([*all_moments, *all_attempts])
        most, slope, middle = fitted(moments)
        print(f"\npieces: most {most:.3f}, slope {slope:.3f}, middle {middle:.3f}")
        errors = {k / 200: calibration_error(scaled(moments, k / 200)) for k in range(180, 201)}
        least = min(errors, key=errors.__getitem__)
        print(f"least calibration error with the present slope and middle: most {least}")
        slope, middle, share = fitted_refusal(np.concatenate(all_verdicts))
        print(f"refusal: slope {slope:.2f}, middle {middle:.1f}, gathered share {share:.2f}")


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


def scaled(moments: Float64s, most: float) -> Float64s:
    """Give confidences as they are with another ``PIECE_MOST``."""
    return moments * np.array([most / PIECE_MOST, 1.0])


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
    for k in range(BINS):
        inside = bins == k
        if inside.any():
            said, seen = confidence[inside].mean(), right[inside].mean()
            print(f"{k / BINS:7.1f}-{(k + 1) / BINS:.1f} {said:7.2f}{seen:16.2f}{inside.sum():9}")
    print(f"expected calibration error {calibration_error(moments):.3f}, {len(moments)} moments")


def judged(takes: list[Clip], weights: Weights, change: Change) -> Verdicts:
    """Align takes with their own sound and with others'.

    Returns
    -------
    (n, 5) for each pair the confidence, the statistic and its variance by chance, the take's
    seconds, and whether the sound is its own.
    """
    found: list[tuple[float, ...]] = []
    sounds = [finish(encode_song(weights.model, compress(change(take).power))) for take in takes]
    for index, take in enumerate(takes):
        visual = finish(encode_take(weights.model, take.crops, take.shape))
        track = MouthTrack(take.crops, take.shape, take.quality)
        others = [k % len(takes) for k in range(index + 1, index + len(takes))]
        strangers = [k for k in others if takes[k].speaker != take.speaker] or others
        for k in [index, *strangers[:OTHERS]]:
            one = align(evidence_for(sounds[k], visual, track, weights))
            seconds = len(take) / GRID_RATE
            found.append((one.confidence, one.statistic, one.variance, seconds, k == index))
    return np.array(found)


def fitted_refusal(verdicts: Verdicts) -> tuple[float, float, float]:
    """Slope, middle and ``GATHERED_SHARE`` of the overall confidence, by maximum likelihood."""
    _, statistic, variance, _, own = verdicts.T
    gathered = statistic + [gathered_by_chance(one) for one in variance]
    beyond = np.maximum(variance - GATHERED_FROM, 0.0)
    # As many of either kind; a little less than the steepest slope where nothing is mixed up.
    weights = np.where(own == 1, 1 / (own == 1).sum(), 1 / (own == 0).sum())

    def loss(values: Float64s) -> float:
        odds = values[0] * (gathered - values[1] - values[2] * beyond)
        wrong = np.logaddexp(0, np.where(own == 1, -odds, odds))
        return float((weights * wrong).sum() + 1e-3 * values[0] ** 2)

    start = np.array([STATISTIC_SLOPE, STATISTIC_MIDDLE, GATHERED_SHARE])
    slope, middle, share = minimize(loss, start, method="Nelder-Mead").x
    return float(slope), float(middle), float(share)


def show_refusal(verdicts: Verdicts) -> None:
    confidence, _, _, seconds, right = verdicts.T
    own, other = confidence[right == 1], confidence[right == 0]
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
