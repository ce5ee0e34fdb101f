"""The recipe of the shipped weights: what is learned after what, each from a file to a file.

Networks that each learn from half of the speakers date the clips of the other half, and the clips
are put in sync by that (``lags``). Then our network learns speech, then singing; towers after
SyncNet learn the same beside it, and both are joined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lipsyncer.network.model import Lipsync
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.training.augment import AugmentConfig
from lipsyncer.network.training.baseline_recipe import made_baseline
from lipsyncer.network.training.calibrate import calibrate
from lipsyncer.network.training.clips import Clip
from lipsyncer.network.training.joined import joined
from lipsyncer.network.training.lags import (
    all_in_sync,
    believed,
    halves,
    network_lags,
    read_lags,
    write_lags,
)
from lipsyncer.network.training.material import Material
from lipsyncer.network.training.offsets import clip_scores
from lipsyncer.network.training.recipe import SECOND_STAGE, TrainConfig
from lipsyncer.network.training.trainer import train
from lipsyncer.network.weights import (
    Calibration,
    Weights,
    load_baseline,
    load_weights,
    save_baseline,
    save_weights,
)

Say = Callable[[str], None]

_LITTLE_MUSIC = AugmentConfig(music=0.25)
DATERS = (
    TrainConfig(steps=500, average=0.99, augment=_LITTLE_MUSIC),
    TrainConfig(steps=1000, average=0.995, augment=_LITTLE_MUSIC),
)
"""Two rounds: the first learns from clips as they come, the second as the first dated them."""

FIRST = TrainConfig(steps=3000)
SECOND = replace(SECOND_STAGE, singing=0.45, steps=2500)
TOWERS = replace(FIRST, steps=2000)
SUNG_TOWERS = replace(TOWERS, singing=0.4, learning_rate=SECOND.learning_rate, seed=SECOND.seed)


def lags_by_recipe(
    material: Material, folder: Path, report: Say, *, share: float = 1.0
) -> dict[str, float]:
    """Date all clips, each by networks that did not learn from its speaker.

    Parameters
    ----------
    material
        As the clips come.
    folder
        Where the networks and the lags are kept; a call that was stopped is gone on with.
    report
        Called with a line now and then.
    share
        Share of the recipe's steps, for a trial.

    Returns
    -------
    Positions by which the sound of a clip comes late, by its name; those that are taken at their
    word are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "lags.csv"
    if table.is_file():
        return read_lags(table)
    lags: dict[str, float] = {}
    clips = [*material.clips, *material.validation]
    first, second = halves(material.clips)
    for turn, config in enumerate(DATERS, start=1):
        by_first, by_second = (
            dater(folder, turn, k, shortened(config, share), half, material, lags, report)
            for k, half in enumerate((first, second), start=1)
        )
        found = network_lags([by_second], first) | network_lags([by_first], second)
        found |= network_lags([by_first, by_second], material.validation)
        lags = believed(found, clips)
    write_lags(table, lags)
    return lags


def dater(
    folder: Path,
    turn: int,
    number: int,
    config: TrainConfig,
    clips: list[Clip],
    material: Material,
    lags: dict[str, float],
    report: Say,
) -> Lipsync:
    """Give the network that dates clips, trained on half of the speakers, or what was kept of it.

    Parameters
    ----------
    turn, number
        Which round, and which half of the speakers; another half begins from another seed.
    config
        Steps and rates of the round.
    clips
        That half, as it came.
    material
        Music, and the speakers that it is watched with.
    lags
        What is known of the clips so far.
    """
    path = folder / f"0-dater-{turn}-{number}.safetensors"
    if not path.is_file():
        report(f"stage: dater {number} of round {turn}")
        config = replace(config, seed=10 * turn + number)
        watched = all_in_sync(material.validation, lags)
        model = train(
            all_in_sync(clips, lags), watched, config, music=material.music, report=report
        )
        save_weights(path, model, Calibration(), config.as_dict())
    return load_weights(path).model


def made_by_recipe(material: Material, folder: Path, report: Say, *, share: float = 1.0) -> Weights:
    """Go through all stages, or through those that are not in the folder yet.

    Parameters
    ----------
    material
        In sync, with sung variants.
    folder
        Where what each stage made is kept; a call that was stopped is gone on with.
    report
        Called with a line now and then.
    share
        Share of the recipe's steps, for a trial.

    Returns
    -------
    The weights of the last stage.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(material, folder, report, share)
    sung = run.stage("2-singing", SECOND, run.stage("1-speech", FIRST))
    towers = run.towers("4-sung-towers", SUNG_TOWERS, run.towers("3-towers", TOWERS))
    return run.together("5-joined", sung, towers)


def shortened(config: TrainConfig, share: float) -> TrainConfig:
    """A trial of a recipe with a share of its steps."""
    return replace(config, steps=max(1, round(share * config.steps)))


@dataclass(frozen=True)
class _Run:
    """Stages of one call: each is made, or read where it was made before."""

    material: Material
    folder: Path
    report: Say
    share: float

    def stage(self, name: str, config: TrainConfig, start: Weights | None = None) -> Weights:
        path = self.folder / f"{name}.safetensors"
        if not path.is_file():
            self.report(f"stage: {name}")
            learned(path, shortened(config, self.share), self.material, self.report, start)
        return load_weights(path)

    def towers(
        self, name: str, config: TrainConfig, start: tuple[SyncNet, dict[str, Any]] | None = None
    ) -> tuple[SyncNet, dict[str, Any]]:
        path = self.folder / f"{name}.safetensors"
        if not path.is_file():
            self.report(f"stage: {name}")
            config = shortened(config, self.share)
            made = made_baseline("syncnet", config, self.material, self.report, start)
            save_baseline(path, "syncnet", *made)
        model, recipe = load_baseline(path, "syncnet")
        assert isinstance(model, SyncNet)
        return model, recipe

    def together(
        self, name: str, weights: Weights, towers: tuple[SyncNet, dict[str, Any]]
    ) -> Weights:
        path = self.folder / f"{name}.safetensors"
        if not path.is_file():
            self.report(f"stage: {name}")
            tower_join(path, weights, towers, self.material)
        return load_weights(path)


def learned(
    path: Path, config: TrainConfig, material: Material, report: Say, start: Weights | None = None
) -> None:
    """Train our network, from chance or from other weights, and keep it with its calibration."""
    if start is not None:
        sizes = replace(start.model.config, dropout=config.model.dropout)
        config = replace(config, model=sizes)
    checkpoint = path.with_name(path.name + ".checkpoint")
    model = train(
        material.clips,
        material.validation,
        config,
        music=material.music,
        sung=material.sung,
        sung_validation=material.sung_validation if config.singing else (),
        start=start.model if start is not None else None,
        checkpoint=checkpoint,
        report=report,
    )
    recipe = config.as_dict() | ({} if start is None else {"from": start.recipe})
    keep(path, model, recipe, material, sung=config.singing > 0)
    checkpoint.unlink(missing_ok=True)


def tower_join(
    path: Path, weights: Weights, towers: tuple[SyncNet, dict[str, Any]], material: Material
) -> None:
    """Let towers be heard beside our network, and keep both with their calibration."""
    model = joined(weights.model, towers[0], material.watched)
    keep(path, model, {"towers": towers[1], "from": weights.recipe}, material)


def keep(
    path: Path, model: Lipsync, recipe: dict[str, Any], material: Material, *, sung: bool = True
) -> None:
    """Calibrate on the validation speakers and write."""
    scores = [
        clip_scores(model, clip) for clip in (material.watched if sung else material.validation)
    ]
    calibration = calibrate([by_embedding for by_embedding, _ in scores], [h for _, h in scores])
    save_weights(path, model, calibration, recipe)
