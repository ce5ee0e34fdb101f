"""What each part of the recipe buys: the same short training with that part left out.

    python -m benchmarks.ablations DATA --lags FILE [--steps 800] [--folder build/ablations]

Trains every variant in turn on the training clips and measures all of them on the test split:
offset accuracy of the pair head and of the embeddings alone, and the match of 16-frame pairs. The
full first stage runs with two seeds, so that what chance makes is known. Two more put something in:
singing, which the second stage has, and a lesson in lip shapes before. Weights are kept in the
folder; a second call goes on where the first was stopped. So short a training leaves accuracy
behind: the figures compare with each other, not with those of the shipped weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lipsyncer.network.model import ModelConfig
from lipsyncer.network.weights import load_weights, save_weights
from lipsyncer.progress import finish
from lipsyncer.training.calibrate import calibrate
from lipsyncer.training.clips import Clip, hold_out
from lipsyncer.training.evaluation import match_figures, row
from lipsyncer.training.lags import read_clips_in_sync
from lipsyncer.training.measures import WINDOWS
from lipsyncer.training.music import music_bank
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.pretrain import pretrained
from lipsyncer.training.recipe import TrainConfig
from lipsyncer.training.singing_clips import sung_clips
from lipsyncer.training.trainer import train

MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED = 60, 30.0, 7
SINGING_SEED = 7


@dataclass(frozen=True)
class Variant:
    """A recipe with something left out.

    Attributes
    ----------
    name
        As the table calls it.
    change
        Takes the full recipe to this one.
    music
        Whether music is laid beneath the voices.
    lesson
        Steps in which both encoders learn lip shapes first (``training.pretrain``).
    in_sync
        Whether the clips to learn from are put in sync first, by ``--lags``.
    """

    name: str
    change: Callable[[TrainConfig], TrainConfig]
    music: bool = True
    lesson: int = 0
    in_sync: bool = True

    @property
    def file(self) -> str:
        """Where its weights are kept."""
        return self.name.replace(",", "").replace(" ", "-") + ".safetensors"


def one_view(config: TrainConfig, model: ModelConfig) -> TrainConfig:
    """Take the views that are left; the only one is never withheld."""
    return replace(config, model=model, augment=replace(config.augment, withhold=0.0))


VARIANTS = (
    Variant("full, seed 1", lambda c: c),
    Variant("clips as they come", lambda c: c, in_sync=False),
    Variant("without landmarks", lambda c: one_view(c, replace(c.model, landmarks=False))),
    Variant("without pixels", lambda c: one_view(c, replace(c.model, pixels=False))),
    Variant("full, seed 2", lambda c: replace(c, seed=2)),
    Variant("without music", lambda c: c, music=False),
    Variant("with singing", lambda c: replace(c, singing=0.4)),
    Variant("with pre-training", lambda c: c, lesson=400),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablations")
    parser.add_argument("data", type=Path, help="folder with manifest.csv")
    parser.add_argument("--steps", type=int, default=800, help="of each training")
    parser.add_argument("--folder", type=Path, default=Path("build", "ablations"))
    parser.add_argument("--only", nargs="*", metavar="NAME", help="these variants alone")
    parser.add_argument("--lags", type=Path, help="table by which the clips are put in sync")
    arguments = parser.parse_args()
    known = [variant.name for variant in VARIANTS]
    unknown = sorted(set(arguments.only or ()) - set(known))
    if unknown:
        parser.error(f"no variant is called {', '.join(unknown)}; there are: {'; '.join(known)}")
    chosen = [v for v in VARIANTS if arguments.only is None or v.name in arguments.only]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    missing = [v for v in chosen if not (arguments.folder / v.file).is_file()]
    for variant in missing:
        lags = arguments.lags if variant.in_sync else None
        clips = finish(read_clips_in_sync(arguments.data, "train", lags=lags))
        learn(variant, *hold_out(clips), arguments.steps, arguments.folder)
    print_table(
        chosen,
        finish(read_clips_in_sync(arguments.data, "test", lags=arguments.lags)),
        arguments.folder,
    )


def learn(
    variant: Variant, learning: list[Clip], validation: list[Clip], steps: int, folder: Path
) -> None:
    """Train a variant, calibrate it on the validation speakers, and keep its weights."""
    print(f"{variant.name}, {steps} steps", flush=True)
    config = variant.change(replace(TrainConfig(), steps=steps))
    music = music_bank(MUSIC_PIECES, MUSIC_SECONDS, MUSIC_SEED) if variant.music else None
    path = folder / variant.file
    checkpoint = path.with_suffix(".checkpoint")
    start = None
    if variant.lesson:
        start = pretrained(learning, replace(config, steps=variant.lesson), music=music)
    sung = finish(sung_clips(learning, SINGING_SEED)) if config.singing else []
    model = train(
        learning, validation, config, music=music, sung=sung, start=start, checkpoint=checkpoint
    )
    scores = [clip_scores(model, clip) for clip in validation]
    calibration = calibrate([embedded for embedded, _ in scores], [head for _, head in scores])
    save_weights(path, model, calibration, config.as_dict())
    checkpoint.unlink(missing_ok=True)


def print_table(variants: list[Variant], clips: list[Clip], folder: Path) -> None:
    """One line for each variant, as docs/network.md shows it."""
    windows = " | ".join(f"@{k}" for k in WINDOWS)
    print(f"{len(clips)} clips, {len({c.speaker for c in clips})} speakers")
    print(f"| variant | scorer | {windows} | whole clips | Bin-16 | AUC |")
    print("|---|---|" + "---|" * (len(WINDOWS) + 3))
    for variant in variants:
        weights = load_weights(folder / variant.file)
        scores = [clip_scores(weights.model, clip) for clip in clips]
        heads = [head for _, head in scores]
        match = match_figures(heads, weights)
        by_scorer = {
            "pair head": (heads, f"{100 * match['accuracy']:.1f} | {match['auc']:.3f}"),
            "embeddings alone": ([embedded for embedded, _ in scores], "- | -"),
        }
        for scorer, (scored, matching) in by_scorer.items():
            line = row(scorer, scored)
            figures = " | ".join(f"{100 * line.accuracy[k]:.1f}" for k in WINDOWS)
            print(
                f"| {variant.name} | {scorer} | {figures} | {100 * line.whole:.1f} | {matching} |",
                flush=True,
            )
    counts = " | ".join(f"{line.windows[k]:,}" for k in WINDOWS)
    print(f"| *windows* | | {counts} | {len(clips)} | {match['pairs']:,} pairs | |")


if __name__ == "__main__":
    main()
