"""Whether the map jumps where somebody sings, on made-up evidence of takes that were cut.

    python -m benchmarks.sung_transitions [COUNT]

COUNT takes (20 by default) of 12 to 60 s with one to five cuts of up to 0.6 s, all in pauses,
are aligned, once as they are and once with a tenth of false lips. Printed are the jumps of 0.3 s
and more in the maps, how many of them lie where somebody sings, and the longest way from such a one
to the nearest pause. A jump lies in singing only where the evidence pays for it (``sung_cuts``
beside ``pause_cuts`` in ``AlignSettings``).
"""

from __future__ import annotations

import argparse
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from simulated_evidence import RATE, simulate

from lipsyncer.alignment import align
from lipsyncer.cut.rolls import SUNG
from lipsyncer.render.transitions import SEEN


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sung_transitions")
    parser.add_argument("count", type=int, nargs="?", default=20, metavar="COUNT")
    count = parser.parse_args().count
    print(f"{'':14}{'jumps':>7}{'in singing':>12}{'to a pause':>12}")
    for name, false_lips in (("clean", 0.0), ("false lips", 0.1)):
        jumps, ways = 0, []
        for seed in range(count):
            evidence = simulate("pieces", seed, false_lips=false_lips).evidence
            quiet = np.flatnonzero(evidence.voice < SUNG)
            for before, after in pairwise(align(evidence).pieces):
                if abs(after.source_start - before.source_end) < SEEN:
                    continue
                jumps += 1
                row = after.song_start * RATE
                away = float(np.abs(quiet - row).min()) if len(quiet) else np.inf
                if evidence.voice[min(round(row), len(evidence.voice) - 1)] >= SUNG:
                    ways.append(away / RATE)
        longest = f"{max(ways):.2f} s" if ways else "-"
        print(f"{name:14}{jumps:7}{len(ways):12}{longest:>12}")


if __name__ == "__main__":
    main()
