"""Other ways to align, on the same takes and the same scores of the network.

    python -m benchmarks.align_peers DATA [--split test] [--weights FILE]

The takes and faults are those of ``lipsyncer evaluate`` (docs/network.md, "Warp recovery"). Each
peer is given what our own alignment is given: log-likelihood ratios of pair head and embeddings
for all offsets of up to three seconds.

- **uncorrected**: the take as it came.
- **one offset**: the offset with the highest sum of scores, as sound-based tools correct.
- **greedy**: the best of -3 to 3 frames at every position, scores averaged over 16 frames (after
  Yin and Wen).
- **DTW**: dynamic time warping over the same averaged scores, all steps of Sakoe and Chiba (1978)
  at equal cost, both ends free.
- **DTW, smoothed**: its path smoothed by a Gaussian of half a second (after Halperin et al., 2019).

Printed: mean absolute error in frames and the shares within -125/+45 and -60/+40 ms over voiced
positions, all families together and family by family; and the clips in sync that are moved by more
than a frame anywhere in voiced positions.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from librosa.sequence import dtw
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from lipsyncer.alignment import Evidence, align
from lipsyncer.alignment.scores import evidence_for
from lipsyncer.arrays import Float32s, Float64s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import compress
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import Weights, load_weights
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip
from lipsyncer.training.distort import (
    FAMILIES,
    distortion,
    joined_takes,
    voiced_positions,
    with_false_lips,
)
from lipsyncer.training.lags import read_clips_in_sync
from lipsyncer.training.recovery import source_times, summary

Peer = Callable[[Evidence], Float64s]

TAKE_SECONDS, SEED = 12.0, 1
REACH = round(3 * GRID_RATE)
WINDOW, GREEDY = 16, 3
SMOOTHING = 0.5 * GRID_RATE


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.align_peers")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--weights", type=Path, help="instead of the shipped ones")
    parser.add_argument("--lags", type=Path, help="table by which the clips are put in sync")
    arguments = parser.parse_args()
    weights = load_weights(arguments.weights)
    clips = finish(read_clips_in_sync(arguments.data, arguments.split, lags=arguments.lags))
    for false_lips in (0.0, 0.1):
        print(f"takes of {TAKE_SECONDS:.0f} s and more, {false_lips:.0%} false lips")
        show(recovered([*joined_takes(clips, TAKE_SECONDS)], weights, false_lips))
    print("clips in sync that are moved by more than a frame")
    for name, moved in harmed(clips, weights).items():
        print(f"{name:16}{moved:5} of {len(clips)} {moved / len(clips):7.1%}")


def recovered(
    takes: list[Clip], weights: Weights, false_lips: float
) -> dict[str, dict[str, list[Float64s]]]:
    """Errors (ms) over voiced positions, by peer and family; faults as ``warp_recovery`` has."""
    errors: dict[str, dict[str, list[Float64s]]] = {}
    rng = np.random.default_rng(SEED)
    for family in FAMILIES:
        for index, take in enumerate(takes):
            fault = distortion(family, take.power, rng)
            clip = fault.apply(take)
            if false_lips:
                clip = with_false_lips(clip, takes[(index + 1) % len(takes)], false_lips, rng)
            evidence = evidence_of(clip, weights)
            position = np.arange(len(clip), dtype=float)
            inside = (position >= max(fault.original[0], 0.0)) & (
                position <= min(fault.original[-1], len(clip) - 1.0)
            )
            for name, peer in PEERS.items():
                source = peer(evidence)
                shown = np.interp(np.nan_to_num(source), position, fault.original)
                counted = voiced_positions(take.power) & np.isfinite(source) & inside
                error = (position - shown)[counted] * 1000 / GRID_RATE
                for key in (family, "all"):
                    errors.setdefault(name, {}).setdefault(key, []).append(error)
    return errors


def harmed(clips: list[Clip], weights: Weights) -> dict[str, int]:
    """Clips in sync that each peer moves by more than a frame in voiced positions."""
    moved = dict.fromkeys(PEERS, 0)
    for clip in clips:
        evidence = evidence_of(clip, weights)
        voiced = voiced_positions(clip.power)
        for name, peer in PEERS.items():
            shift = np.abs(peer(evidence) - np.arange(len(clip)))[voiced]
            moved[name] += bool(np.nan_to_num(shift).max(initial=0.0) > 1.0)
    return moved


def show(errors: dict[str, dict[str, list[Float64s]]]) -> None:
    print(f"{'':16}{'AFE':>6}{'-125/+45':>10}{'-60/+40':>9}   AFE of {', '.join(FAMILIES)}")
    for name, by_family in errors.items():
        figures = summary(by_family["all"])
        families = " ".join(f"{summary(by_family[family])['afe']:6.2f}" for family in FAMILIES)
        print(
            f"{name:16}{figures['afe']:6.2f}{figures['detectable']:10.1%}{figures['strict']:9.1%}"
            f"   {families}"
        )
    ours = errors["ours"]["all"]
    print(f"{len(ours)} takes, {sum(map(len, ours))} positions")


def evidence_of(clip: Clip, weights: Weights) -> Evidence:
    sound = finish(encode_song(weights.model, compress(clip.power)))
    visual = finish(encode_take(weights.model, clip.crops, clip.shape))
    track = MouthTrack(clip.crops, clip.shape, clip.quality)
    return evidence_for(sound, visual, track, weights)


def band_of(evidence: Evidence) -> Float32s:
    """Weighted log-likelihood ratios (N, 2 * REACH + 1): offsets of up to three seconds."""
    assert evidence.refine is not None
    songs = np.arange(len(evidence.voice))
    ratios = np.nan_to_num(evidence.refine(songs, REACH))
    source = songs[:, None] + np.arange(-REACH, REACH + 1)
    face = evidence.face[np.clip(source, 0, len(evidence.face) - 1)]
    weighted = ratios * evidence.weight[:, None] * face
    return np.where((source >= 0) & (source < len(evidence.face)), weighted, 0.0).astype(np.float32)


def uncorrected(evidence: Evidence) -> Float64s:
    return np.arange(len(evidence.voice), dtype=float)


def one_offset(evidence: Evidence) -> Float64s:
    return uncorrected(evidence) + float(band_of(evidence).sum(axis=0).argmax() - REACH)


def greedy(evidence: Evidence) -> Float64s:
    averaged = uniform_filter1d(band_of(evidence), WINDOW, axis=0, mode="nearest")
    near = averaged[:, REACH - GREEDY : REACH + GREEDY + 1]
    return np.asarray(uncorrected(evidence) + near.argmax(axis=1) - GREEDY, np.float64)


def warped(evidence: Evidence) -> Float64s:
    averaged = uniform_filter1d(band_of(evidence), WINDOW, axis=0, mode="nearest")
    songs, takes = len(evidence.voice), len(evidence.face)
    row = np.arange(songs)[:, None]
    source = row + np.arange(-REACH, REACH + 1)
    inside = (source >= 0) & (source < takes)
    costs = np.full((songs, takes), float(averaged.max()))
    costs[np.broadcast_to(row, source.shape)[inside], source[inside]] = (
        averaged.max() - averaged[inside]
    )
    _, path = dtw(C=costs, subseq=True)
    # Several take positions of one song position: the one in their middle.
    return np.array([path[path[:, 0] == k, 1].mean() for k in range(songs)])


def smoothed(evidence: Evidence) -> Float64s:
    return np.asarray(gaussian_filter1d(warped(evidence), SMOOTHING, mode="nearest"), np.float64)


def ours(evidence: Evidence) -> Float64s:
    times = np.arange(len(evidence.voice)) / GRID_RATE
    return source_times(align(evidence), times) * GRID_RATE


PEERS: dict[str, Peer] = {
    "uncorrected": uncorrected,
    "one offset": one_offset,
    "greedy": greedy,
    "DTW": warped,
    "DTW, smoothed": smoothed,
    "ours": ours,
}


if __name__ == "__main__":
    main()
