"""The recipe of the shipped weights: what is learned after what, each from a file to a file.

Our network learns speech, then singing; towers after SyncNet learn the same beside it; both are
joined, learn more singing, and are joined anew with the towers as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lipsyncer.network.model import Lipsync
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.training.baseline_recipe import made_baseline
from lipsyncer.network.training.calibrate import calibrate
from lipsyncer.network.training.joined import joined
from lipsyncer.network.training.material import Material
from lipsyncer.network.training.offsets import clip_scores
from lipsyncer.network.training.trainer import SECOND_STAGE, TrainConfig, train
from lipsyncer.network.weights import (
    Weights,
    load_baseline,
    load_weights,
    save_baseline,
    save_weights,
)

Say = Callable[[str], None]

FIRST = TrainConfig()
SECOND = replace(SECOND_STAGE, singing=0.4)
THIRD = replace(SECOND_STAGE, singing=0.5, steps=2000, seed=5)
TOWERS = replace(FIRST, steps=2000)
SUNG_TOWERS = replace(TOWERS, singing=0.4, learning_rate=SECOND.learning_rate, seed=SECOND.seed)


def made_by_recipe(material: Material, folder: Path, report: Say, *, share: float = 1.0) -> Weights:
    """Go through all stages, or through those that are not in the folder yet.

    Parameters
    ----------
    material
        With sung variants.
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

    def shortened(config: TrainConfig) -> TrainConfig:
        return replace(config, steps=max(1, round(share * config.steps)))

    def stage(name: str, config: TrainConfig, start: Weights | None = None) -> Weights:
        path = folder / f"{name}.safetensors"
        if not path.is_file():
            report(f"stage: {name}")
            learned(path, shortened(config), material, report, start)
        return load_weights(path)

    def towers(
        name: str, config: TrainConfig, start: tuple[SyncNet, dict[str, Any]] | None = None
    ) -> tuple[SyncNet, dict[str, Any]]:
        path = folder / f"{name}.safetensors"
        if not path.is_file():
            report(f"stage: {name}")
            model, recipe = made_baseline("syncnet", shortened(config), material, report, start)
            save_baseline(path, "syncnet", model, recipe)
        loaded, made = load_baseline(path, "syncnet")
        assert isinstance(loaded, SyncNet)
        return loaded, made

    def together(name: str, weights: Weights) -> Weights:
        path = folder / f"{name}.safetensors"
        if not path.is_file():
            report(f"stage: {name}")
            tower_join(path, weights, second, material)
        return load_weights(path)

    folder.mkdir(parents=True, exist_ok=True)
    spoken = stage("1-speech", FIRST)
    sung = stage("2-singing", SECOND, spoken)
    second = towers("4-sung-towers", SUNG_TOWERS, towers("3-towers", TOWERS))
    both = together("5-joined", sung)
    return together("7-joined", stage("6-more-singing", THIRD, both))


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
