"""Our network beside the paper's (Yin and Wen), on the same windows with the same candidates.

    python -m lipsyncer train DATA --network paper -o paper.safetensors
    python -m benchmarks.paper_network DATA paper.safetensors

The paper's network judges 16 frames at once, so on short clips few of the 31 offsets are left to
choose from, which flatters it. Here only windows count at which all 31 are there for both, which
leaves the long clips. Of ours, the mean over a window's positions looks beyond the window's ends,
as the program does with a take; the one look that sees the same 16 frames stands beside it. A
window is right when its best offset is within a frame of the truth; the figure is the mean over
clips of each clip's share.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.training.baseline_weights import load_paper
from lipsyncer.training.comparison import inside_looks
from lipsyncer.training.lags import read_clips_in_sync
from lipsyncer.training.measures import MOST_OFFSET
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.paper_network import WINDOW
from lipsyncer.training.paper_trainer import paper_scores


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.paper_network")
    parser.add_argument("data", type=Path, help="folder with manifest.csv")
    parser.add_argument("paper", type=Path, help="weights of the paper's network")
    parser.add_argument("--split", default="test")
    parser.add_argument("--lags", type=Path, help="table by which the clips are put in sync")
    arguments = parser.parse_args()
    ours, paper = load_weights().model, load_paper(arguments.paper)
    names = ("paper", "one look", "pair head", "embeddings")
    shares: dict[str, list[float]] = {name: [] for name in names}
    windows = 0
    for clip in finish(read_clips_in_sync(arguments.data, arguments.split, lags=arguments.lags)):
        theirs = paper_scores(paper, clip)
        embedded, paired = clip_scores(ours, clip)
        looks = inside_looks(paired)
        hits: dict[str, list[bool]] = {name: [] for name in shares}
        for start in np.flatnonzero(~np.isnan(theirs).any(axis=1)):
            window = slice(start, start + WINDOW)
            if np.isnan(embedded[window]).any() or np.isnan(paired[window]).any():
                continue
            hits["paper"].append(right(theirs[start]))
            hits["one look"].append(right(looks[start]))
            hits["pair head"].append(right(paired[window].sum(axis=0)))
            hits["embeddings"].append(right(embedded[window].sum(axis=0)))
        windows += len(hits["paper"])
        for name, row in hits.items():
            if row:
                shares[name].append(float(np.mean(row)))
    print(f"{len(shares['paper'])} clips, {windows} windows of {WINDOW} frames, 31 offsets each")
    for name, row_shares in shares.items():
        print(f"{name:<12}{100 * np.mean(row_shares):6.1f} % within a frame")


def right(scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> bool:
    """Whether the best of the offsets is the true one or its neighbour."""
    return abs(int(np.argmax(scores)) - MOST_OFFSET) <= 1


if __name__ == "__main__":
    main()
