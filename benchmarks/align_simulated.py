"""How much of a known fault the alignment undoes, on simulated evidence.

    python benchmarks/align_simulated.py [--takes 20] [--strength 1.0] [--scale 1.0] [--seconds S]

Every family of fault (PROTOCOL of the evaluation: offset, drift, cuts in pauses, smooth warp), with
a tenth of the lips false, and takes that are in sync, by five methods:

    as it came      nothing is changed
    librosa DTW     subsequence dynamic time warping over the ratios
    lines only      the best straight line
    free path       always the freest explanation
    full method     the explanation that the evidence pays for

AFE: mean error over sung positions, frames of 25 per second. Then the share of sung positions
within -125/+45 ms and within -60/+40 ms, and of takes moved by more than a frame anywhere.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from librosa.sequence import dtw
from simulated_evidence import FAMILIES, RATE, Simulated, simulate, source_of

from lipsyncer.alignment import AlignSettings, align
from lipsyncer.alignment.decode import decode
from lipsyncer.alignment.explain import explain
from lipsyncer.alignment.lines import search_lines, weighted_pairs

SETTINGS = AlignSettings()
Method = Callable[[Simulated], np.ndarray]


def as_it_came(simulated: Simulated) -> np.ndarray:
    return np.arange(len(simulated.source), dtype=float)


def librosa_dtw(simulated: Simulated) -> np.ndarray:
    weighted = weighted_pairs(simulated.evidence)
    songs, takes = weighted.shape
    _, path = dtw(
        C=weighted.max() - weighted.astype(np.float64),
        subseq=takes >= songs,
        step_sizes_sigma=np.array([[1, 1], [1, 0], [1, 2]]),
    )
    return np.interp(np.arange(songs), path[::-1, 0], path[::-1, 1])


def lines_only(simulated: Simulated) -> np.ndarray:
    weighted = weighted_pairs(simulated.evidence)
    line = search_lines(weighted, SETTINGS, RATE)[0]
    rows = np.arange(len(weighted), dtype=float)
    return rows + line.shift(rows)


def free_path(simulated: Simulated) -> np.ndarray:
    weighted = weighted_pairs(simulated.evidence)
    lines = search_lines(weighted, SETTINGS, RATE)
    accounts = explain(simulated.evidence, weighted, lines, SETTINGS)
    free = next(account for account in accounts if account.explanation == "free")
    rows = free.band.rows
    source = np.full(len(weighted), np.nan)
    source[rows.astype(int)] = rows + free.band.line.shift(rows)
    source[rows.astype(int)] += decode(free, SETTINGS, RATE).path
    return source


def full_method(simulated: Simulated) -> np.ndarray:
    return source_of(align(simulated.evidence, SETTINGS), len(simulated.source))


METHODS: dict[str, Method] = {
    "as it came": as_it_came,
    "librosa DTW": librosa_dtw,
    "lines only": lines_only,
    "free path": free_path,
    "full method": full_method,
}


def error_ms(simulated: Simulated, source: np.ndarray) -> np.ndarray:
    """Milliseconds by which the sound is early at each sung position; no footage counts as 2 s."""
    error = (simulated.source - source)[simulated.voiced] * 1000 / RATE
    return np.nan_to_num(error, nan=2000.0)


def compare(takes: int, **options: float | None) -> None:
    print(f"{'family':10} {'method':12} {'AFE':>6} {'-125/+45':>9} {'-60/+40':>8} {'moved':>6}")
    for family in FAMILIES:
        simulated = [simulate(family, seed, **options) for seed in range(takes)]  # type: ignore[arg-type]
        for name, method in METHODS.items():
            found = [method(take) for take in simulated]
            errors = [error_ms(t, f) for t, f in zip(simulated, found, strict=True)]
            moved = [
                np.nanmax(np.abs(f - np.arange(len(f)))[t.voiced]) > 1
                for t, f in zip(simulated, found, strict=True)
            ]
            afe = np.mean([np.abs(e).mean() for e in errors]) * RATE / 1000
            wide = np.mean([((e > -125) & (e < 45)).mean() for e in errors])
            narrow = np.mean([((e > -60) & (e < 40)).mean() for e in errors])
            shown = f"{np.mean(moved):6.0%}" if family == "in sync" else ""
            print(f"{family:10} {name:12} {afe:6.2f} {wide:9.1%} {narrow:8.1%} {shown}")


def refusal(takes: int, **options: float | None) -> None:
    def statistics(family: str, first: int) -> np.ndarray:
        return np.array(
            [
                align(simulate(family, first + k, **options).evidence).statistic  # type: ignore[arg-type]
                for k in range(takes)
            ]
        )

    wrong = statistics("unrelated", 5000)
    for family in FAMILIES:
        right = statistics(family, 0)
        area = (right[:, None] > wrong[None, :]).mean()
        print(f"AUC of the match statistic, {family:8} against other songs: {area:.3f}")


def speed() -> None:
    simulated = simulate("drift", 0, seconds=60, song_extra=120, sharper=1.3)
    align(simulated.evidence)
    began = time.perf_counter()
    align(simulated.evidence)
    print(f"60 s take, 3 min song: {time.perf_counter() - began:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--takes", type=int, default=20)
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--song-extra", type=float, default=0.0)
    options = vars(parser.parse_args())
    takes = options.pop("takes")
    compare(takes, **options)
    refusal(takes, **options)
    speed()


if __name__ == "__main__":
    main()
