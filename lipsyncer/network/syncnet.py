"""Two towers that judge single moments, after SyncNet (Chung and Zisserman, 2016).

A network of its own to be measured beside ours, and a second opinion within ours
(``Lipsync.towers``): it sees a fifth of a second at a time and pixels alone, so that it errs
elsewhere.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.features.log_mel import COLUMNS_PER_POSITION

SYNCNET_REACH = 2
"""Positions that a SyncNet tower sees before and after its own: five in all, 0.2 s."""


class SyncNet(nn.Module):
    """Two towers over 0.2 s of mouth and of sound (Chung and Zisserman, 2016), pixels only.

    Each moment is cut out and judged by itself: five crops as the channels of one picture, and 20
    columns of the spectrogram. The two embeddings meet in a cosine.
    """

    def __init__(self, embedding: int = 128) -> None:
        super().__init__()
        self.sound_tower = nn.Sequential(
            *_block(nn.Conv2d(1, 32, (3, 5), stride=(1, 2), padding=(1, 2), bias=False), pool=2),
            *_block(nn.Conv2d(32, 64, 3, stride=(1, 2), padding=1, bias=False)),
            *_block(nn.Conv2d(64, 128, 3, stride=2, padding=1, bias=False)),
            *_block(nn.Conv2d(128, 128, 3, padding=1, bias=False)),
            nn.Flatten(),
            *_top(128 * 5 * 5, embedding),
        )
        self.mouth_tower = nn.Sequential(
            *_block(nn.Conv2d(5, 32, 5, stride=2, padding=2, bias=False), pool=2),
            *_block(nn.Conv2d(32, 64, 3, stride=2, padding=1, bias=False)),
            *_block(nn.Conv2d(64, 128, 3, stride=2, padding=1, bias=False)),
            *_block(nn.Conv2d(128, 128, 3, padding=1, bias=False)),
            nn.Flatten(),
            *_top(128 * 4 * 4, embedding),
        )
        self.temperature = nn.Parameter(torch.tensor(2.3))

    def embed_sound(self, mel: Tensor) -> Tensor:
        """Embed (batch, 4 n, 80) columns to (batch, embedding, n - 4) positions."""
        n = COLUMNS_PER_POSITION
        moments = mel.unfold(1, (2 * SYNCNET_REACH + 1) * n, n).transpose(2, 3)
        return _by_moment(self.sound_tower, moments[:, :, None])

    def embed_mouth(self, crops: Tensor) -> Tensor:
        """Embed standardised crops (batch, n, 64, 64) to (batch, embedding, n - 4)."""
        moments = crops.unfold(1, 2 * SYNCNET_REACH + 1, 1).permute(0, 1, 4, 2, 3)
        return _by_moment(self.mouth_tower, moments)

    def similarity(self, mouth: Tensor, sound: Tensor) -> Tensor:
        """Scaled cosines (batch, n, m) of embeddings (batch, e, n) and (batch, e, m)."""
        v, s = F.normalize(mouth, dim=1), F.normalize(sound, dim=1)
        return self.temperature.exp() * torch.einsum("bcn,bcm->bnm", v, s)


def _by_moment(tower: nn.Module, moments: Tensor) -> Tensor:
    """Run a tower over moments (batch, n, ...); gives (batch, embedding, n)."""
    flat = moments.flatten(0, 1).contiguous(memory_format=torch.channels_last)
    embedded: Tensor = tower(flat)
    return embedded.view(*moments.shape[:2], -1).transpose(1, 2)


def _block(layer: nn.Conv2d, pool: int | None = None) -> tuple[nn.Module, ...]:
    smaller = () if pool is None else (nn.MaxPool2d(pool),)
    return layer, *smaller, nn.BatchNorm2d(layer.out_channels), nn.ReLU()


def _top(features: int, embedding: int) -> tuple[nn.Module, ...]:
    hidden = nn.Linear(features, 256, bias=False)
    return hidden, nn.BatchNorm1d(256), nn.ReLU(), nn.Linear(256, embedding)
