"""Are the clips in sync that are called so? How late each one's sound is, and what speaks for it.

    python -m benchmarks.clip_lags DATA ESTIMATOR ESTIMATOR [--split test] [-o FILE]

Dates the clips of a split by networks that were trained on other speakers, as training by the whole
recipe leaves them beside its stages (``0-dater-2-1.safetensors``, ``0-dater-2-2.safetensors``), and
writes the lags of those sources whose clips lie loose (``lipsyncer evaluate --lags FILE``). By
source it prints how far the lags spread, and what would not be so if they were only the networks'
fancy:

- **networks**: % of clips in which two networks that share no speaker are within a frame of each
  other;
- **halves**: the same of a clip's first and its second half, which share no frame;
- **pairs of clips**: % of two clips drawn at random whose lags are within a frame, to compare with;
- **opening**: the correlation of lip opening and loudness, which nothing was learned for, at its
  best offset (in frames) over all clips of the source, as they come and once they are in sync.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from lipsyncer.arrays import Float64s
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip
from lipsyncer.training.evaluation import opening_scores
from lipsyncer.training.lags import (
    FURTHEST,
    all_in_sync,
    believed,
    evidence,
    lag_of,
    write_lags,
)
from lipsyncer.training.measures import MOST_OFFSET
from lipsyncer.training.reader import read_clips

FEWEST = 10  # clips of a source that is worth a line
TALLIES = ("together", "one", "other", "first half", "second half")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clip_lags")
    parser.add_argument("data", type=Path)
    parser.add_argument("estimators", type=Path, nargs=2)
    parser.add_argument("--split", default="test")
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    one, other = (load_weights(path).model for path in arguments.estimators)
    clips = finish(read_clips(arguments.data, arguments.split))
    found: dict[str, dict[str, float]] = {name: {} for name in TALLIES}
    for clip in clips:
        a, b = evidence(one, clip), evidence(other, clip)
        both, middle = (a + b) / 2, len(clip) // 2
        for name, scores in zip(TALLIES, (both, a, b, both[:middle], both[middle:]), strict=True):
            found[name][clip.name] = lag_of(scores)
    show(clips, found)
    if arguments.output is not None:
        write_lags(arguments.output, believed(found["together"], clips))


def show(clips: list[Clip], found: dict[str, dict[str, float]]) -> None:
    """Print a line for each source."""
    by_source: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        by_source[clip.source].append(clip)
    print(
        f"{'source':48}{'clips':>6}{'mean':>7}{'spread':>8}{'networks':>10}{'halves':>8}"
        f"{'pairs of clips':>16}  opening as it comes, in sync"
    )
    rng = np.random.default_rng(1)
    for source, members in sorted(by_source.items(), key=lambda item: -len(item[1])):
        if len(members) < FEWEST:
            continue
        lag, one, other, first, second = (
            np.array([found[name][clip.name] for clip in members]) for name in TALLIES
        )
        before = opening_peak(members)
        after = opening_peak(all_in_sync(members, found["together"]))
        print(
            f"{source:48}{len(members):6}{lag.mean():7.2f}{lag.std():8.2f}"
            f"{near(one, other):10.1f}{near(first, second):8.1f}"
            f"{near(lag, rng.permutation(lag)):16.1f}"
            f"  {before[0]:.3f} at {before[1]:+d}, {after[0]:.3f} at {after[1]:+d}"
        )


def near(some: Float64s, others: Float64s) -> float:
    """% of pairs that are within a frame of each other."""
    return 100 * float((np.abs(some - others) <= 1).mean())


def opening_peak(clips: list[Clip]) -> tuple[float, int]:
    """Largest mean correlation of lip opening and loudness, and the offset at which it lies."""
    reach = slice(MOST_OFFSET - FURTHEST, MOST_OFFSET + FURTHEST + 1)
    mean = np.mean([np.nanmean(opening_scores(clip)[:, reach], axis=0) for clip in clips], axis=0)
    best = int(np.argmax(mean))
    return float(mean[best]), best - FURTHEST


if __name__ == "__main__":
    main()
