"""Our network and towers after SyncNet heard together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import torch

from lipsyncer.network.model import Lipsync
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.training.baseline_scores import syncnet_scores
from lipsyncer.training.calibrate import fit_scales
from lipsyncer.training.clips import Clip
from lipsyncer.training.offsets import clip_scores


def joined(model: Lipsync, towers: SyncNet, clips: Sequence[Clip]) -> Lipsync:
    """A network whose similarities are those of its embeddings and of towers together.

    The two cosines are added with the weights that make their sums over windows the best
    log-likelihoods of the offset (``calibrate.fit_scales``); the towers' own is kept as their
    temperature.

    Parameters
    ----------
    model
        Trained, without towers of its own, or with some that are replaced.
    towers
        Trained on the same speakers.
    clips
        Of people that neither learned from.
    """
    alone = Lipsync(replace(model.config, towers=False)).eval()
    states = {k: v for k, v in model.state_dict().items() if not k.startswith("towers.")}
    alone.load_state_dict(states)
    embedded = [clip_scores(alone, clip)[0] for clip in clips]
    second = [syncnet_scores(towers, clip) for clip in clips]
    own, others = fit_scales(embedded, second)
    both = Lipsync(replace(model.config, towers=True)).eval()
    both.load_state_dict(states, strict=False)
    assert both.towers is not None
    both.towers.load_state_dict(towers.state_dict())
    with torch.no_grad():
        both.towers.temperature.add_(math.log(others / own))
    return both
