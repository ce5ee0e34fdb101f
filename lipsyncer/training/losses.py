"""What the network is trained for."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.network.model import Lipsync


def contrast(similarity: Tensor) -> Tensor:
    """InfoNCE between the positions of a clip (van den Oord, Li and Vinyals, 2018).

    ``similarity`` is (batch, n, n), visual by sound, scaled. Neighbours one position away count
    neither as right nor as wrong.
    """
    n = similarity.shape[-1]
    index = torch.arange(n)
    near = (index[:, None] - index[None]).abs() == 1
    logits = similarity.masked_fill(near, float("-inf"))
    target = index.expand(len(similarity), n)
    return (
        F.cross_entropy(logits.transpose(1, 2), target)
        + F.cross_entropy(logits, target)  # columns: each sound among the mouths
    ) / 2


def contrast_between_clips(visual: Tensor, sound: Tensor, model: Lipsync) -> Tensor:
    """InfoNCE over every position of every clip of the batch, so that other songs score low."""
    v, s = visual.transpose(0, 1).flatten(1)[None], sound.transpose(0, 1).flatten(1)[None]
    logits = model.similarity(v, s)[0]
    index = torch.arange(len(logits))
    near = (index[:, None] - index[None]).abs() == 1
    logits = logits.float().masked_fill(near, float("-inf"))
    return (F.cross_entropy(logits, index) + F.cross_entropy(logits.T, index)) / 2


def pair_losses(
    model: Lipsync, visual: Tensor, sound: Tensor, offsets: Sequence[int]
) -> tuple[Tensor, Tensor]:
    """How well the pair head tells the true offset from others.

    Parameters
    ----------
    visual, sound
        Encoded streams (batch, channels, n), in sync.
    offsets
        Offsets in positions to lay the sound at; 0 must be the first and +-1 not among them.

    Returns
    -------
    choice
        Cross-entropy of the true offset among the others at the same mouth.
    match
        Binary cross-entropy of single pairs, half of them true, other clips' sound included.
    """
    v = model.head.visual_half(visual)
    s = model.head.sound_half(sound)
    reach = max(abs(d) for d in offsets)
    width = v.shape[-1] - 2 * reach
    mouths = v[..., reach : reach + width]
    sounds = [s[..., reach + d :][..., :width] for d in offsets]
    sounds.append(s.roll(1, 0)[..., reach : reach + width])
    # All in one call: normalised apart, true pairs would be told by their batch's statistics.
    rows = model.head(mouths.repeat(len(sounds), 1, 1), torch.cat(sounds)).float()
    *at_offsets, other = rows.chunk(len(sounds))
    logits = torch.stack(at_offsets, dim=-1)  # (batch, positions, offsets)
    choice = F.cross_entropy(logits.flatten(0, 1), torch.zeros(logits[..., 0].numel()).long())
    wrong = torch.cat((logits[..., 1:].flatten(), other.flatten()))
    match = (F.softplus(-logits[..., 0]).mean() + F.softplus(wrong).mean()) / 2
    return choice, match
