"""The settings of a training: steps, rates, batches and augmentation."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from lipsyncer.network.model import ModelConfig
from lipsyncer.training.augment import AugmentConfig
from lipsyncer.training.speaker_mixing import MixingConfig

_STORED_NAMES = {"crop_blending": "ghosts", "modality_dropout": "lapses"}


@dataclass(frozen=True)
class TrainConfig:
    """The recipe, stored in the header of the weights that it makes.

    Attributes
    ----------
    steps
        Optimiser steps.
    learning_rate, weight_decay
        Of AdamW; the rate falls along a cosine after a short warm-up.
    short, long
        Window lengths in positions and clips in a batch: most clips are little over a second,
        once they are put in sync (``lags``); the long windows of the others hold the far offsets.
    average
        Decay of the running mean of the weights, which is what is shipped.
    singing
        Share of windows cut from a clip's sung variant, where there are some.
    seed
        Of all random choices.
    """

    steps: int = 4000
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    short: tuple[int, int] = (26, 26)
    long: tuple[int, int] = (56, 12)
    average: float = 0.998
    singing: float = 0.0
    seed: int = 1
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    model: ModelConfig = field(default_factory=ModelConfig)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a header, under the names that weights of every version use."""
        values = asdict(self)
        mixing = values["augment"].pop("mixing")
        stored = {_STORED_NAMES.get(name, name): share for name, share in mixing.items()}
        values["augment"]["strangers"] = stored
        return values


SECOND_STAGE = TrainConfig(
    steps=2500,
    learning_rate=7e-4,
    weight_decay=0.1,
    average=0.997,
    seed=4,
    augment=AugmentConfig(
        mixing=MixingConfig(
            faces=0.6, crop_blending=0.25, voices=0.5, babble=0.2, modality_dropout=0.35, masks=0.4
        )
    ),
    model=ModelConfig(dropout=0.3),
)
"""For a network that has learned by the first recipe and starts to overfit its clips."""
