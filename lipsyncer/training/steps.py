"""What all trainings share in a step: its rate, the descent, the running mean."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from lipsyncer.training.recipe import TrainConfig


def optimiser_of(network: nn.Module, config: TrainConfig) -> torch.optim.AdamW:
    """Make the optimiser of a network."""
    return torch.optim.AdamW(
        network.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay
    )


def set_rate(optimiser: torch.optim.Optimizer, config: TrainConfig, step: int) -> None:
    """Set the learning rate of a step."""
    for group in optimiser.param_groups:
        group["lr"] = config.learning_rate * schedule(step, config.steps)


def descend(optimiser: torch.optim.Optimizer, network: nn.Module, loss: Tensor) -> None:
    """Take one step down a loss of a network, no further than gradients can be believed."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimiser.step()


def schedule(step: int, steps: int) -> float:
    """Share of the learning rate at a step: a warm-up, then a cosine."""
    warm = min(300, steps // 10)
    if step < warm:
        return (step + 1) / warm
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(steps - warm, 1)))


@torch.no_grad()
def update_average(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    """Draw a running mean of the weights towards a model's."""
    for mean, value in zip(
        averaged.state_dict().values(), model.state_dict().values(), strict=True
    ):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)
