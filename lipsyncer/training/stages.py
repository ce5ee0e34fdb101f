"""The recipe of the shipped weights, stage by stage, each from a file to a file.

Networks that each learn from half of the speakers estimate the lags of the other half's clips,
which are put in sync by them (``lags``). Then our network learns speech, then singing; towers after
SyncNet learn the same, and late fusion adds the two. Files of stages keep the names that earlier
versions gave them, so that their interrupted runs resume.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lipsyncer.diagnostics.errors import is_file
from lipsyncer.network.model import Lipsync
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.weights import Calibration, Weights, load_weights, save_weights
from lipsyncer.training.augment import AugmentConfig
from lipsyncer.training.baseline_recipe import made_baseline
from lipsyncer.training.baseline_weights import load_baseline, save_baseline
from lipsyncer.training.calibrate import calibrate
from lipsyncer.training.clips import Clip
from lipsyncer.training.datasets import Material
from lipsyncer.training.lags import (
    Lags,
    all_in_sync,
    believed,
    halves,
    network_lags,
    read_lags,
    write_lags,
)
from lipsyncer.training.late_fusion import fused
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.recipe import SECOND_STAGE, TrainConfig
from lipsyncer.training.trainer import train

Say = Callable[[str], None]
Towers = tuple[SyncNet, dict[str, Any]]
"""Towers and the recipe that made them."""

_LITTLE_MUSIC = AugmentConfig(music=0.25)
LAG_ESTIMATORS = (
    TrainConfig(steps=500, average=0.99, augment=_LITTLE_MUSIC),
    TrainConfig(steps=1000, average=0.995, augment=_LITTLE_MUSIC),
)
"""Two rounds: the first learns from clips as they come, the second in sync by the first's lags."""

FIRST = TrainConfig(steps=3000)
SECOND = replace(SECOND_STAGE, singing=0.45)
TOWERS = replace(FIRST, steps=2000)
SUNG_TOWERS = replace(TOWERS, singing=0.4, learning_rate=SECOND.learning_rate, seed=SECOND.seed)


@dataclass(frozen=True)
class Recipe:
    """The stages of one call: each is made, or read where it was made before.

    Attributes
    ----------
    material
        What is learned from.
    folder
        Where each stage writes its weights; an interrupted run resumes from them.
    report
        Called with a line now and then.
    share
        Share of the recipe's steps, for a trial.
    """

    material: Material
    folder: Path
    report: Say
    share: float = 1.0

    def lags(self) -> Lags:
        """Estimate each clip's lag by networks that did not learn from its speaker.

        Clips of sources whose labels are trusted are left out.
        """
        table = self.folder / "lags.csv"
        if is_file(table):
            return read_lags(table)
        lags: Lags = {}
        validation = self.material.validation
        first, second = halves(self.material.clips)
        for turn, config in enumerate(LAG_ESTIMATORS, start=1):
            by_first, by_second = (
                self.lag_estimator(turn, number, config, half, lags)
                for number, half in enumerate((first, second), start=1)
            )
            estimated = network_lags([by_second], first) | network_lags([by_first], second)
            estimated |= network_lags([by_first, by_second], validation)
            lags = believed(estimated, [*self.material.clips, *validation])
        write_lags(table, lags)
        return lags

    def weights(self) -> Weights:
        """Go through all stages with clips that are in sync and have sung variants."""
        sung = self.stage("2-singing", SECOND, self.stage("1-speech", FIRST))
        towers = self.towers("4-sung-towers", SUNG_TOWERS, self.towers("3-towers", TOWERS))
        return self.together("5-joined", sung, towers)

    def lag_estimator(
        self, turn: int, number: int, config: TrainConfig, clips: list[Clip], lags: Lags
    ) -> Lipsync:
        """Train a network on one half of the speakers, to estimate the lags of the other half.

        ``lags`` are those known so far; ``turn`` and ``number`` of the half make the seed.
        """
        path = self._path(f"0-dater-{turn}-{number}")
        if not is_file(path):
            config = replace(self._shortened(config), seed=10 * turn + number)
            model = train(
                all_in_sync(clips, lags),
                all_in_sync(self.material.validation, lags),
                config,
                music=self.material.music,
                report=self.report,
            )
            save_weights(path, model, Calibration(), config.as_dict())
        return load_weights(path).model

    def stage(self, name: str, config: TrainConfig, start: Weights | None = None) -> Weights:
        """Train our network, from chance or from what another stage made."""
        path = self._path(name)
        if not is_file(path):
            learned(path, self._shortened(config), self.material, self.report, start)
        return load_weights(path)

    def towers(self, name: str, config: TrainConfig, start: Towers | None = None) -> Towers:
        """Train towers, from chance or from what another stage made."""
        path = self._path(name)
        if not is_file(path):
            made = made_baseline(
                "syncnet", self._shortened(config), self.material, self.report, start
            )
            save_baseline(path, "syncnet", *made)
        model, recipe = load_baseline(path, "syncnet")
        assert isinstance(model, SyncNet)
        return model, recipe

    def together(self, name: str, weights: Weights, towers: Towers) -> Weights:
        """Add towers to our network by late fusion."""
        path = self._path(name)
        if not is_file(path):
            add_towers(path, weights, towers, self.material)
        return load_weights(path)

    def _path(self, name: str) -> Path:
        """Where a stage's weights are; reports when they have to be made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.safetensors"
        if not is_file(path):
            self.report(f"stage: {name}")
        return path

    def _shortened(self, config: TrainConfig) -> TrainConfig:
        return replace(config, steps=max(1, round(self.share * config.steps)))


def learned(
    path: Path, config: TrainConfig, material: Material, report: Say, start: Weights | None = None
) -> None:
    """Train our network, from chance or from other weights, calibrate it and write it."""
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


def add_towers(path: Path, weights: Weights, towers: Towers, material: Material) -> None:
    """Add towers to our network by late fusion, calibrate both and write them."""
    model = fused(weights.model, towers[0], material.watched)
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
