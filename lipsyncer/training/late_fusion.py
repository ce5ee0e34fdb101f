"""Late fusion: the similarities of our network and of towers after SyncNet, added."""

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


def fused(model: Lipsync, towers: SyncNet, clips: Sequence[Clip]) -> Lipsync:
    """Give a network whose similarities are those of its embeddings and of towers added.

    The two cosines are weighted so that their sums over windows are the best log-likelihoods of
    the offset (``calibrate.fit_scales``); the towers' weight is stored in their temperature.

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
    by_towers = [syncnet_scores(towers, clip) for clip in clips]
    own_scale, tower_scale = fit_scales(embedded, by_towers)
    fusion = Lipsync(replace(model.config, towers=True)).eval()
    fusion.load_state_dict(states, strict=False)
    assert fusion.towers is not None
    fusion.towers.load_state_dict(towers.state_dict())
    with torch.no_grad():
        fusion.towers.temperature.add_(math.log(tower_scale / own_scale))
    return fusion
