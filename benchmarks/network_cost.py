"""What it costs to score every pair of a take and a song with the network.

    python -m benchmarks.network_cost [--take 60] [--song 180]

Encodes the mouth of a take and the sound of a song (made-up ones: the time does not depend on
what is in them), compares all pairs by their embeddings and runs the pair head over a band of 31
positions around a path. Beside it stands the paper's network, which has to take every pair by
itself: its pair layers are timed over some thousand pairs and counted up to all of them, its
encoders being spared. The aim is 5 s for 60 s of take and 180 s of song on two cores.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import torch

from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, MEL_BANDS
from lipsyncer.network.scoring import PairScorer, all_similarities, encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.training.paper_network import COLUMNS, WINDOW, PaperNetwork

AIM = 5.0  # s
HALF_BAND = 15
PAPER_PAIRS = 2_000
REPEATS = 3

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.network_cost")
    parser.add_argument("--take", type=float, default=60.0, help="seconds")
    parser.add_argument("--song", type=float, default=180.0, help="seconds")
    arguments = parser.parse_args()
    takes, songs = (round(length * GRID_RATE) for length in (arguments.take, arguments.song))
    rng = np.random.default_rng(1)
    crops = rng.integers(0, 255, (takes, 64, 64)).astype(np.uint8)
    shape = rng.normal(0, 1, (takes, 56, 3)).astype(np.float32)
    mel = rng.normal(0, 1, (songs * COLUMNS_PER_POSITION, MEL_BANDS)).astype(np.float32)
    model = load_weights().model
    visual, seen = timed(lambda: finish(encode_take(model, crops, shape)))
    sound, heard = timed(lambda: finish(encode_song(model, mel)))
    _, compared = timed(lambda: all_similarities(model, visual, sound))
    path = np.minimum(np.arange(songs), takes - 1)

    def band() -> object:
        return PairScorer(model, visual, sound).band(path, HALF_BAND)

    _, paired = timed(band)
    paper = np.prod([takes, songs]) * seconds_a_pair()
    rows = {
        "encoding the mouth": seen,
        "encoding the song": heard,
        f"all {takes * songs:,} pairs by embeddings": compared,
        f"pair head, {songs * (2 * HALF_BAND + 1):,} pairs of a band": paired,
        "together": seen + heard + compared + paired,
        "the paper's network, all pairs, counted up": float(paper),
    }
    print(
        f"take {arguments.take:.0f} s, song {arguments.song:.0f} s, "
        f"{torch.get_num_threads()} threads, best of {REPEATS}"
    )
    for name, spent in rows.items():
        print(f"{name:<48}{spent:>9.2f} s")
    ours = rows["together"]
    print(f"{paper / ours:.0f} times quicker than pair by pair; aim {AIM:.0f} s")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """A result and the least seconds it took."""
    spent = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        result = work()
        spent.append(time.perf_counter() - began)
    return result, min(spent)


def seconds_a_pair() -> float:
    """Seconds that the paper's pair layers take for one pair, in large batches."""
    network = PaperNetwork().eval()
    with torch.inference_mode():
        sound = network.encode_sound(torch.randn(PAPER_PAIRS, COLUMNS, 128))
        visual = network.encode_visual(torch.randn(PAPER_PAIRS, WINDOW, 64, 64))
        _, spent = timed(lambda: network.match(sound, visual))
    return spent / PAPER_PAIRS


if __name__ == "__main__":
    main()
