"""Other ways to find an offset, to be trained on the same clips and measured beside ours.

Each is small and after the idea it is named for, not a copy of a published network: what differs
from ours is then the method, while clips, augmentation and inputs are the same.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.network.model import Lipsync, ModelConfig, SoundEncoder, VisualEncoder
from lipsyncer.network.syncnet import SyncNet


class OffsetNetwork(nn.Module):
    """Direct regression: how many frames the sound of a window lies from its mouth.

    Our encoders, landmarks and all; instead of a match, the window's offset is put out at once as
    a number. Windows may be of any length from 16 positions on. The encoders are those of a trained
    network and stay as they are: from nothing, the regression learns next to nothing.

    Parameters
    ----------
    trained
        Whose encoders are copied; new ones without it.
    """

    def __init__(self, trained: Lipsync | None = None) -> None:
        super().__init__()
        config = ModelConfig() if trained is None else trained.config
        self.sound = SoundEncoder(config)
        self.visual = VisualEncoder(config)
        if trained is not None:
            self.sound.load_state_dict(trained.sound.state_dict())
            self.visual.load_state_dict(trained.visual.state_dict())
        # As in our pair head, the first layer over a concatenated pair is the sum of two halves.
        self.visual_half = nn.Conv1d(config.channels, 192, 5, padding=2)
        self.sound_half = nn.Conv1d(config.channels, 192, 5, padding=2, bias=False)
        self.norm1 = nn.BatchNorm1d(192)
        self.conv2 = nn.Conv1d(192, 192, 5, padding=4, dilation=2, bias=False)
        self.norm2 = nn.BatchNorm1d(192)
        self.conv3 = nn.Conv1d(192, 192, 5, padding=8, dilation=4, bias=False)
        self.norm3 = nn.BatchNorm1d(192)
        self.linear1 = nn.Linear(2 * 192, 128)
        self.linear2 = nn.Linear(128, 1)
        self.drop = nn.Dropout(config.dropout)

    def offset(self, visual: Tensor, sound: Tensor) -> Tensor:
        """Offsets (batch,) in frames of encoded windows (batch, channels, n) each.

        Positive when the sound was taken from later in the song than the mouth was.
        """
        x = F.relu(self.norm1(self.visual_half(visual) + self.sound_half(sound)))
        x = F.relu(self.norm2(self.conv2(x)))
        x = F.relu(self.norm3(self.conv3(x)))
        pooled = torch.cat((x.mean(dim=2), x.amax(dim=2)), dim=1)
        frames: Tensor = 10 * self.linear2(F.relu(self.linear1(self.drop(pooled))))[:, 0]
        return frames


class ShapeFromSound(nn.Module):
    """Predicts the lip shape that goes with a sound, to be correlated with the one that is seen.

    After Kikuchi and Ozasa, who find a video's offset by a lip shape regressed from its sound.
    """

    def __init__(self, config: ModelConfig | None = None) -> None:
        super().__init__()
        config = config or ModelConfig()
        self.sound = SoundEncoder(config)
        self.shape = nn.Conv1d(config.channels, 3 * len(SHAPE_POINTS), 1)

    def forward(self, mel: Tensor) -> Tensor:
        """Lip shapes (batch, 168, n - 6), about their mean, from (batch, 4 n, 80) columns."""
        # Lips move by about a tenth of the unit that their shape is given in.
        shapes: Tensor = 0.1 * self.shape(self.sound(mel))
        return shapes


Baseline = SyncNet | OffsetNetwork | ShapeFromSound

BASELINES: dict[str, type[Baseline]] = {
    "syncnet": SyncNet,
    "offset": OffsetNetwork,
    "shape": ShapeFromSound,
}
"""Trainable baselines by the name that ``lipsyncer train --network`` knows them by."""
