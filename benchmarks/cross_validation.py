"""Two halves of the training speakers, each measured by a network that learned from the other.

    python -m benchmarks.cross_validation DATA STAGES

STAGES is what training by the whole recipe leaves beside its output: the networks of its second
round that date clips (``0-dater-2-1.safetensors``, ``0-dater-2-2.safetensors``) and ``lags.csv``.
Each network has learned from one half of the training speakers. Clips that these networks put in
sync themselves would flatter them, so only clips that are taken at their word are measured: those
of all sources but the loose ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip, hold_out
from lipsyncer.training.evaluation import ScorerFigures, chance_row, row
from lipsyncer.training.lags import evidence, halves, read_lags
from lipsyncer.training.measures import WINDOWS
from lipsyncer.training.reader import read_clips


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cross_validation")
    parser.add_argument("data", type=Path)
    parser.add_argument("stages", type=Path)
    arguments = parser.parse_args()
    lags = read_lags(arguments.stages / "lags.csv")
    learning, _ = hold_out(finish(read_clips(arguments.data, "train")))
    first, second = halves(learning)
    windows = " | ".join(f"@{k}" for k in WINDOWS)
    print(f"| half | clips | speakers | {windows} | whole clips |")
    print("|---|---|---|" + "---|" * (len(WINDOWS) + 1))
    measured, scores = [], []
    for number, half in ((2, first), (1, second)):
        model = load_weights(arguments.stages / f"0-dater-2-{number}.safetensors").model
        kept = [clip for clip in half if clip.name not in lags]
        found = [evidence(model, clip) for clip in kept]
        show(f"by network {number}", kept, row("", found))
        measured += kept
        scores += found
    show("both", measured, row("", scores))
    show("guessing", measured, chance_row(scores))


def show(name: str, clips: list[Clip], line: ScorerFigures) -> None:
    """Print one line of the table."""
    figures = " | ".join(f"{100 * line.accuracy[k]:.1f}" for k in WINDOWS)
    speakers = len({clip.speaker for clip in clips})
    print(
        f"| {name} | {len(clips)} | {speakers} | {figures} | {100 * line.whole:.1f} |", flush=True
    )


if __name__ == "__main__":
    main()
