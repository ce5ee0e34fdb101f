"""What personal weights buy: a network fitted to half of one speaker's clips, tried on the rest.

    python -m benchmarks.personal DATA SPEAKER... [--steps 200]

The speakers are of the validation split, whom the shipped weights never learned from. For each, the
network goes on from the shipped weights with every other one of the speaker's clips, as ``lipsyncer
train --finetune`` does; the others are measured before and after, and so is everybody else of the
validation split who is not of the speaker's group.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.training.clips import hold_out
from lipsyncer.training.lags import read_clips_in_sync
from lipsyncer.training.music import music_bank
from lipsyncer.training.personal import PERSONAL, found, tuned

MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED = 60, 30.0, 7


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.personal")
    parser.add_argument("data", type=Path, help="folder with manifest.csv")
    parser.add_argument("speakers", nargs="+", metavar="SPEAKER")
    parser.add_argument("--steps", type=int, default=PERSONAL.steps)
    parser.add_argument("--lags", type=Path, help="table by which the clips are put in sync")
    arguments = parser.parse_args()
    clips = finish(read_clips_in_sync(arguments.data, "train", lags=arguments.lags))
    learning, validation = hold_out(clips)
    music = music_bank(MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED)
    weights = load_weights()
    config = replace(PERSONAL, steps=arguments.steps)
    print(
        "| speaker | learned, s | clips measured | before | after | others | before | after | s |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for speaker in arguments.speakers:
        own = [clip for clip in validation if clip.speaker == speaker]
        group = speaker.rpartition("_")[0] or speaker
        others = [clip for clip in validation if not clip.speaker.startswith(group)]
        learned, measured = own[::2], own[1::2]
        began = time.monotonic()
        try:
            personal, gain = tuned(
                weights, learned, learning, others, config, music=music, report=lambda line: None
            )
        except LipsyncerError as error:
            print(f"| {speaker} | {error} |", flush=True)
            continue
        seconds = time.monotonic() - began
        figures = [*(found(w, measured) for w in (weights, personal)), *gain.others]
        before, after, others_before, others_after = (f"{100 * figure:.1f}" for figure in figures)
        print(
            f"| {speaker} | {sum(map(len, learned)) / 25:.0f} | {len(measured)} | {before} "
            f"| {after} | {len(others)} | {others_before} | {others_after} | {seconds:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
