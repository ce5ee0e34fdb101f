"""Two encoders and a pair head, after Yin and Wen's audio-visual alignment model.

The sound encoder has four convolutions and a pool, the visual encoder three convolutions and a
pool beside a small branch for the lip shape; the pair head has three convolutions and two linear
layers and gives the logit of a match. What differs from the paper: all are fully convolutional in
time, so that a stream is encoded once however many pairs are scored; an encoder sees 7 positions
and the pair head 10 of those, together the paper's 16 positions (0.64 s).

Every convolution in time is *valid*: nothing is padded inside the network, or an encoder could
tell a position by its distance from the edge of a training clip and "match" by that. Streams are
padded once, at their ends, when they are scored (network.scoring).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, MEL_BANDS
from lipsyncer.features.mouth import CROP_SIZE
from lipsyncer.network.syncnet import SYNCNET_REACH, SyncNet

REACH = 3
"""Positions that an encoder sees before and after its own."""

PAIR_BEFORE, PAIR_AFTER = 5, 4
"""Encoded positions that the pair head sees before and after its own."""


@dataclass(frozen=True)
class ModelConfig:
    """Sizes of the network, kept in the header of its weights.

    Attributes
    ----------
    channels
        Features of one encoded position.
    embedding
        Length of an embedding.
    pixels, landmarks
        Whether the visual encoder takes crops, lip shape, or both.
    dropout
        Share of features that are withheld at random in training.
    towers
        Whether the similarities of ``network.syncnet`` are added to those of the embeddings.
    """

    channels: int = 256
    embedding: int = 128
    pixels: bool = True
    landmarks: bool = True
    dropout: float = 0.2
    towers: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a header."""
        return asdict(self)


class SoundEncoder(nn.Module):
    """Four convolutions and a pool over the log-mel spectrogram."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        # Time strides of 2 and 2 take the 100 columns a second to 25 positions.
        self.conv1 = nn.Conv2d(1, 32, (3, 5), stride=(1, 2), padding=(1, 2), bias=False)
        self.norm1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 64, (3, 3), stride=(2, 2), padding=(1, 1), bias=False)
        self.norm2 = nn.BatchNorm2d(64)
        self.conv3 = nn.Conv2d(64, 128, (3, 3), stride=(2, 1), padding=(1, 1), bias=False)
        self.norm3 = nn.BatchNorm2d(128)
        self.pool = nn.MaxPool2d((1, 4))
        self.conv4 = nn.Conv1d(128 * (MEL_BANDS // 16), config.channels, 5, bias=False)
        self.norm4 = nn.BatchNorm1d(config.channels)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, mel: Tensor) -> Tensor:
        """Encode (batch, 4 n, 80) columns to (batch, channels, n - 6) positions."""
        columns = mel[:, None].contiguous(memory_format=torch.channels_last)
        x = F.relu(self.norm1(self.conv1(columns)))
        x = F.relu(self.norm2(self.conv2(x)))
        x = F.relu(self.norm3(self.conv3(x)))
        x = self.pool(x)
        # The strided convolutions pad a column at each end; dropping a position there leaves
        # only values that saw real columns.
        x = x[:, :, 1:-1].permute(0, 1, 3, 2).flatten(1, 2)
        return F.relu(self.norm4(self.conv4(self.drop(x))))


class VisualEncoder(nn.Module):
    """Three convolutions and a pool over stacks of mouth crops, beside the lip shape."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        width = 0
        if config.pixels:
            # Five neighbouring crops are the channels: a convolution over time and space.
            self.conv1 = nn.Conv2d(5, 32, 5, stride=2, padding=2, bias=False)
            self.norm1 = nn.BatchNorm2d(32)
            self.pool = nn.MaxPool2d(2)
            self.conv2 = nn.Conv2d(32, 64, 3, stride=2, padding=1, bias=False)
            self.norm2 = nn.BatchNorm2d(64)
            self.conv3 = nn.Conv2d(64, 128, 3, stride=2, padding=1, bias=False)
            self.norm3 = nn.BatchNorm2d(128)
            side = CROP_SIZE // 16
            self.flat = nn.Linear(128 * side * side, 192, bias=False)
            self.flat_norm = nn.BatchNorm1d(192)
            width += 192
        if config.landmarks:
            self.shape1 = nn.Conv1d(3 * len(SHAPE_POINTS), 192, 5, bias=False)
            self.shape_norm1 = nn.BatchNorm1d(192)
            self.shape2 = nn.Conv1d(192, 192, 1, bias=False)
            self.shape_norm2 = nn.BatchNorm1d(192)
            width += 192
        self.join = nn.Conv1d(width, config.channels, 3, bias=False)
        self.norm = nn.BatchNorm1d(config.channels)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, crops: Tensor, shape: Tensor) -> Tensor:
        """Encode crops (batch, n, 64, 64) and shapes (batch, n, 168) to (batch, channels, n - 6).

        Crops are of zero mean and unit spread each (see ``standardise_crops``).
        """
        parts = []
        if self.config.pixels:
            batch, positions = crops.shape[:2]
            stacks = crops.unfold(1, 5, 1).permute(0, 1, 4, 2, 3).flatten(0, 1)
            # Pooling first leaves a quarter to normalise; channels last makes it quick.
            stacks = stacks.contiguous(memory_format=torch.channels_last)
            x = F.relu(self.norm1(self.pool(self.conv1(stacks))))
            x = F.relu(self.norm2(self.conv2(x)))
            x = F.relu(self.norm3(self.conv3(x)))
            x = F.relu(self.flat_norm(self.flat(self.drop(x.flatten(1)))))
            parts.append(x.reshape(batch, positions - 4, -1).transpose(1, 2))
        if self.config.landmarks:
            y = F.relu(self.shape_norm1(self.shape1(shape.transpose(1, 2))))
            parts.append(F.relu(self.shape_norm2(self.shape2(self.drop(y)))))
        return F.relu(self.norm(self.join(torch.cat(parts, 1))))


class PairHead(nn.Module):
    """Three convolutions and two linear layers over a concatenated pair of encoded streams.

    The first layer over a concatenation is linear in its two halves, so each half is computed
    once (:meth:`sound_half`, :meth:`visual_half`) and only their sum once a pair.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.visual_half = nn.Conv1d(config.channels, 192, 4)
        self.sound_half = nn.Conv1d(config.channels, 192, 4, bias=False)
        self.norm1 = nn.BatchNorm1d(192)
        self.conv2 = nn.Conv1d(192, 128, 4, bias=False)
        self.norm2 = nn.BatchNorm1d(128)
        self.conv3 = nn.Conv1d(128, 128, 4, bias=False)
        self.norm3 = nn.BatchNorm1d(128)
        self.linear1 = nn.Conv1d(128, 64, 1)  # linear layers, at every position at once
        self.linear2 = nn.Conv1d(64, 1, 1)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, visual: Tensor, sound: Tensor) -> Tensor:
        """Logits of a match (batch, n - 6) of two halves (batch, 192, n) at the same positions."""
        x = F.relu(self.norm1(visual + sound))
        x = F.relu(self.norm2(self.conv2(x)))
        x = F.relu(self.norm3(self.conv3(x)))
        logits: Tensor = self.linear2(F.relu(self.linear1(self.drop(x))))[:, 0]
        return logits


class Lipsync(nn.Module):
    """The whole network: encoders, embeddings, pair head and a detector of voices.

    With ``config.towers``, similarities of two towers after SyncNet are added to those of the
    embeddings. The voice detector shares the sound encoder. Training mixes music under clean
    voices, so it knows where the voice is; at inference, silence then weighs little.
    """

    def __init__(self, config: ModelConfig | None = None) -> None:
        super().__init__()
        self.config = config or ModelConfig()
        self.sound = SoundEncoder(self.config)
        self.visual = VisualEncoder(self.config)
        self.sound_embedding = nn.Conv1d(self.config.channels, self.config.embedding, 1)
        self.visual_embedding = nn.Conv1d(self.config.channels, self.config.embedding, 1)
        self.temperature = nn.Parameter(torch.tensor(2.3))
        self.head = PairHead(self.config)
        self.voice = nn.Conv1d(self.config.channels, 1, 1)
        self.towers = SyncNet() if self.config.towers else None

    def encode_sound(self, mel: Tensor) -> Tensor:
        """Encode (batch, 4 n, 80) columns to (batch, features, n - 6) positions.

        The towers' features follow those of the encoder.
        """
        encoded: Tensor = self.sound(mel)
        if self.towers is None:
            return encoded
        spare = (REACH - SYNCNET_REACH) * COLUMNS_PER_POSITION
        return torch.cat((encoded, self.towers.embed_sound(mel[:, spare:-spare])), dim=1)

    def encode_mouth(self, crops: Tensor, shape: Tensor) -> Tensor:
        """Encode crops and shapes, see ``VisualEncoder``, to (batch, features, n - 6)."""
        encoded: Tensor = self.visual(crops, shape)
        if self.towers is None:
            return encoded
        spare = REACH - SYNCNET_REACH
        return torch.cat((encoded, self.towers.embed_mouth(crops[:, spare:-spare])), dim=1)

    def voice_logit(self, sound: Tensor) -> Tensor:
        """Logit that a voice is heard at each encoded sound position, (batch, n)."""
        logits: Tensor = self.voice(sound[:, : self.config.channels])[:, 0]
        return logits

    def similarity(self, visual: Tensor, sound: Tensor) -> Tensor:
        """Scaled cosine of every visual with every sound position.

        Takes encoded streams (batch, features, n) and (batch, features, m); returns
        (batch, n, m). Where the streams hold features of the towers, their scaled cosines are
        added; in training the streams hold the encoders' alone.
        """
        channels = self.config.channels
        v = F.normalize(self.visual_embedding(visual[:, :channels]), dim=1)
        s = F.normalize(self.sound_embedding(sound[:, :channels]), dim=1)
        similarity = self.temperature.exp() * torch.einsum("bcn,bcm->bnm", v, s)
        if self.towers is not None and visual.shape[1] > channels:
            similarity = similarity + self.towers.similarity(
                visual[:, channels:], sound[:, channels:]
            )
        return similarity


def standardise_crops(crops: Tensor) -> Tensor:
    """Give each crop (..., 64, 64) zero mean and unit spread, which removes the lighting."""
    x = crops.float()
    mean = x.mean(dim=(-2, -1), keepdim=True)
    spread = x.std(dim=(-2, -1), keepdim=True)
    return (x - mean) / (spread + 4.0)
