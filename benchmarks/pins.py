"""How long it takes to solve a span anew while a pin is dragged.

    python benchmarks/pins.py [--song 180] [--span 30] [--drags 40]

Simulated evidence of a take as long as the song, with sharper ratios as the network gives them. The
pin is dragged in steps of a frame from the truth to two seconds beside it, in the middle of a span
whose ends are given, and of one whose ends are free; the aim is 60 ms for each step. Compiled loops
are warmed up first, as they are kept on disk.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from simulated_evidence import FAMILIES, RATE, simulate

from lipsyncer.alignment import align
from lipsyncer.alignment.span import Anchor, SpanSolver

AIM = 60.0  # ms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--song", type=float, default=180.0, help="seconds of song and take")
    parser.add_argument("--span", type=float, default=30.0, help="seconds to solve")
    parser.add_argument("--drags", type=int, default=40, help="steps of a drag")
    arguments = parser.parse_args()
    print(f"{'take':<10}{'ends':<8}{'prepared':>10}{'median':>9}{'95 %':>8}{'worst':>8}   (ms)")
    slowest = 0.0
    for family in FAMILIES:
        simulated = simulate(family, 1, seconds=arguments.song, sharper=1.6)
        alignment = align(simulated.evidence)
        began = time.perf_counter()
        solver = SpanSolver(simulated.evidence, picture=alignment.picture)
        prepared = (time.perf_counter() - began) * 1000
        start = (arguments.song - arguments.span) / 2
        moments = [start, start + arguments.span / 2, start + arguments.span]
        rows = np.arange(len(simulated.source))
        known = ~np.isnan(simulated.source)
        left, middle, right = (
            Anchor(song, float(np.interp(song * RATE, rows[known], simulated.source[known])) / RATE)
            for song in moments
        )
        for ends, outer in (("given", (left, right)), ("free", ())):
            spent = []
            for step in range(-1, arguments.drags):
                moved = Anchor(middle.song, middle.source + max(0, step) / arguments.drags * 2)
                anchors = sorted((*outer, moved), key=lambda anchor: anchor.song)
                began = time.perf_counter()
                solver.solve(start, start + arguments.span, anchors)
                if step >= 0:  # the one before has warmed up
                    spent.append((time.perf_counter() - began) * 1000)
            median, most = np.percentile(spent, [50, 95])
            slowest = max(slowest, float(median))
            print(f"{family:<10}{ends:<8}{prepared:10.0f}{median:9.1f}{most:8.1f}{max(spent):8.1f}")
    print(f"slowest median {slowest:.1f} ms (aim {AIM:.0f})")


if __name__ == "__main__":
    main()
