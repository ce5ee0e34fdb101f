"""The network of Yin and Wen's "Audio-Visual Alignment Model with Neural Network", as described.

A 0.64 s snippet of sound as a log-mel spectrogram (window 1024, hop 512, 128 bands) goes through
four convolutions and a max-pool, 16 mouth crops of 64 x 64 pixels at 25 fps through three
convolutions and a max-pool; both features are concatenated, and three convolutions and two linear
layers end in a sigmoid that says whether they match. It is kept as a named configuration, to be
trained and measured beside ours. The paper leaves the numbers of channels open, and the sample
rate too: at 16 kHz a snippet is exactly 20 columns.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

WINDOW = 16
"""Positions of a pair: 0.64 s at 25 per second."""

COLUMNS = 20
"""Columns of a snippet's spectrogram at 16 kHz."""


class PaperNetwork(nn.Module):
    """Match logit of pairs of 0.64 s; the sigmoid is left to the loss and to who reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.sound = nn.Sequential(
            *_block(nn.Conv2d(1, 16, 3, padding=1, bias=False)),
            *_block(nn.Conv2d(16, 32, 3, stride=(1, 2), padding=1, bias=False)),
            nn.MaxPool2d((1, 4)),
            *_block(nn.Conv2d(32, 32, 3, stride=(1, 2), padding=1, bias=False)),
            *_block(nn.Conv2d(32, 32, (5, 3), stride=(1, 2), padding=(0, 1), bias=False)),
        )  # (batch, 1, 20, 128) -> (batch, 32, 16, 4)
        self.visual = nn.Sequential(
            nn.Conv3d(1, 16, (3, 5, 5), stride=(1, 4, 4), padding=(1, 2, 2), bias=False),
            nn.BatchNorm3d(16),
            nn.ReLU(),
            nn.MaxPool3d((1, 2, 2)),
            nn.Conv3d(16, 32, 3, stride=(1, 2, 2), padding=1, bias=False),
            nn.BatchNorm3d(32),
            nn.ReLU(),
            nn.Conv3d(32, 32, 3, stride=(1, 2, 2), padding=1, bias=False),
            nn.BatchNorm3d(32),
            nn.ReLU(),
        )  # (batch, 1, 16, 64, 64) -> (batch, 32, 16, 2, 2)
        self.pair = nn.Sequential(
            *_block(nn.Conv2d(64, 64, 3, padding=1, bias=False)),
            *_block(nn.Conv2d(64, 64, 3, stride=2, padding=1, bias=False)),
            *_block(nn.Conv2d(64, 64, 3, stride=2, padding=1, bias=False)),
        )
        self.linear1 = nn.Linear(64 * 4, 64)
        self.linear2 = nn.Linear(64, 1)

    def encode_sound(self, mel: Tensor) -> Tensor:
        """Encode snippets (batch, 20, 128) to (batch, 32, 16, 4)."""
        return self.sound(mel[:, None])  # type: ignore[no-any-return]

    def encode_visual(self, crops: Tensor) -> Tensor:
        """Encode standardised crops (batch, 16, 64, 64) to (batch, 32, 16, 4)."""
        return self.visual(crops[:, None]).flatten(3)  # type: ignore[no-any-return]

    def match(self, sound: Tensor, visual: Tensor) -> Tensor:
        """Logits (batch,) that encoded snippets and mouths belong together."""
        x = self.pair(torch.cat((sound, visual), dim=1))
        logits: Tensor = self.linear2(F.relu(self.linear1(x.flatten(1))))[:, 0]
        return logits


def _block(layer: nn.Conv2d) -> tuple[nn.Module, ...]:
    return layer, nn.BatchNorm2d(layer.out_channels), nn.ReLU()
