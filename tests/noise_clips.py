"""Clips of noise, for what does not depend on what is in them."""

from __future__ import annotations

import numpy as np

from lipsyncer.training.clips import Clip


def clip_of_noise(seed: int) -> Clip:
    """Make 60 positions, the same for the same seed."""
    rng = np.random.default_rng(seed)
    n = 60
    return Clip(
        f"clip {seed}",
        f"speaker {seed}",
        "made up",
        rng.integers(0, 255, (n, 64, 64)).astype(np.uint8),
        rng.normal(0, 1, (n, 56, 3)).astype(np.float32),
        np.ones(n, np.float32),
        rng.uniform(0, 1, (4 * n, 80)).astype(np.float32),
        rng.integers(-999, 999, 640 * n).astype(np.int16),
    )
