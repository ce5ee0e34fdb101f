"""Batches for training: windows of clips, changed in ways that keep lips and sound together.

A window's time is stretched for picture and sound alike (slower speech is closer to singing), its
picture is moved, blurred, dimmed and made to stutter, its lip shape is given another face, and
its sound gets another room, noise and music beneath it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.arrays import Float32s, UInt8s
from lipsyncer.features.lipshape import MIRROR
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, MEL_BANDS, compress
from lipsyncer.features.mouth import CROP_SIZE
from lipsyncer.network.model import standardise_crops
from lipsyncer.training.clips import Clip
from lipsyncer.training.speaker_mixing import (
    MixingConfig,
    babbled,
    blended_crops,
    masked,
    mixed_faces,
    mixed_voices,
    without_modality,
)


@dataclass(frozen=True)
class AugmentConfig:
    """How far a batch is changed; the shares are probabilities.

    Attributes
    ----------
    stretch
        Smallest and largest factor by which time is stretched.
    music
        Share of windows with music beneath the voice.
    music_level
        Lowest and highest level of the voice over the music in dB.
    stutter
        Share of windows filmed at a lower frame rate.
    withhold
        Share of windows without crops, and again without lip shape.
    picture, sound
        Whether each is changed at all.
    mixing
        What windows borrow from others, and what of them is hidden.
    """

    stretch: tuple[float, float] = (0.7, 1.8)
    music: float = 0.6
    music_level: tuple[float, float] = (-6.0, 15.0)
    stutter: float = 0.3
    withhold: float = 0.1
    picture: bool = True
    sound: bool = True
    mixing: MixingConfig = field(default_factory=MixingConfig)


@dataclass(frozen=True)
class Batch:
    """Windows as the network takes them.

    Attributes
    ----------
    crops
        Standardised crops (batch, n, 64, 64).
    shape
        Lip shapes (batch, n, 168).
    mel
        Log-mel columns (batch, 4 n, 80).
    voiced
        Whether a voice sounds at each position, (batch, n), 0 or 1.
    """

    crops: Tensor
    shape: Tensor
    mel: Tensor
    voiced: Tensor


def music_batch(music: Float32s, count: int, length: int, rng: np.random.Generator) -> Tensor:
    """Windows of music without a voice: log-mel columns (count, 4 length, 80)."""
    columns = length * COLUMNS_PER_POSITION
    starts = rng.integers(0, len(music) - columns, count)
    silent = AugmentConfig(music=0.0)
    windows = [_changed_sound(music[s : s + columns], silent, rng, None) for s in starts]
    return torch.from_numpy(np.stack(windows))


def changed_batch(
    clips: list[Clip],
    length: int,
    config: AugmentConfig,
    rng: np.random.Generator,
    music: Float32s | None,
) -> Batch:
    """Cut one window of ``length`` positions from each clip at random and change it.

    Parameters
    ----------
    clips
        Clips of at least ``length`` positions.
    length
        Positions of a window.
    config
        How far to go.
    rng
        The source of chance.
    music
        Mel powers (columns, 80) of music to lay beneath, or None.
    """
    mixing = config.mixing
    crops, shapes, powers = zip(
        *(_stretched_window(clip, length, config, rng) for clip in clips), strict=True
    )
    voiced = [_voiced(power) for power in powers]
    if config.sound:
        voices = babbled(mixed_voices(list(powers), mixing.voices, rng), mixing.babble, rng)
        mels = [
            masked(_changed_sound(power, config, rng, music), mixing.masks, rng) for power in voices
        ]
    else:
        mels = [compress(power) for power in powers]
    picture = torch.from_numpy(np.stack(crops)).float()
    points = torch.from_numpy(np.stack(shapes))
    if config.picture:
        flip = torch.from_numpy(rng.random(len(clips)) < 0.5)
        picture = _changed_picture(picture, flip, rng)
        picture = blended_crops(picture, mixing.crop_blending, rng)
        points = mixed_faces(_changed_shape(points, flip, rng), mixing.faces, rng)
    picture = standardise_crops(picture)
    points = points.flatten(2)
    if config.picture:
        picture, points = without_modality(picture, points, mixing.modality_dropout, rng)
        picture, points = _withheld(picture, points, config, rng)
    return Batch(
        picture, points, torch.from_numpy(np.stack(mels)), torch.from_numpy(np.stack(voiced))
    )


def _stretched_window(
    clip: Clip, length: int, config: AugmentConfig, rng: np.random.Generator
) -> tuple[UInt8s, Float32s, Float32s]:
    low, high = config.stretch
    # A window shortened from more than the clip has can't be had: stretch < length / clip.
    slowest = max(low, (length - 1) / (len(clip) - 1))
    stretch = float(np.exp(rng.uniform(np.log(slowest), np.log(max(high, slowest)))))
    if rng.random() < 0.4:
        stretch = max(1.0, slowest)
    step = 1.0 / stretch
    last = len(clip) - 1
    start = float(rng.uniform(0.0, max(last - (length - 1) * step, 0.0)))
    if stretch == 1.0:
        start = round(start)
    at = start + np.arange(length) * step

    # Filmed at a lower rate: frames lie ``spacing`` positions apart, and are blended as
    # features.mouth blends a slow take onto the grid.
    spacing = float(rng.uniform(1.2, 2.0)) if rng.random() < config.stutter else 1.0
    phase = float(rng.uniform(0, spacing)) if spacing > 1.0 else 0.0
    frame = np.floor((at - phase) / spacing)
    weight = ((at - phase) / spacing - frame).astype(np.float32)
    left = np.clip(np.rint(phase + frame * spacing), 0, last).astype(int)
    right = np.clip(np.rint(phase + (frame + 1) * spacing), 0, last).astype(int)
    w = weight[:, None, None]
    crop = clip.crops[left] * (1 - w) + clip.crops[right] * w
    shape = clip.shape[left] * (1 - w) + clip.shape[right] * w

    n = COLUMNS_PER_POSITION
    columns = start * n + np.arange(length * n) * step
    base = np.clip(np.floor(columns).astype(int), 0, len(clip.power) - 1)
    after = np.minimum(base + 1, len(clip.power) - 1)
    share = np.clip(columns - base, 0, 1).astype(np.float32)[:, None]
    # The powers of a stretched sound are those of the moments between.
    power = clip.power[base] * (1 - share) + clip.power[after] * share
    return np.rint(crop).astype(np.uint8), shape.astype(np.float32), power


def _voiced(power: Float32s) -> Float32s:
    """1 where a clean voice sounds, 0 where it pauses: 18 dB below its loud parts."""
    positions = power.sum(axis=1).reshape(-1, COLUMNS_PER_POSITION).max(axis=1)
    return np.asarray(positions > 10**-1.8, np.float32)


def _changed_sound(
    power: Float32s, config: AugmentConfig, rng: np.random.Generator, music: Float32s | None
) -> Float32s:
    bands = np.arange(MEL_BANDS)
    if rng.random() < 0.5:  # another throat: the mel axis shifted and scaled a little
        source = bands * rng.uniform(0.9, 1.1) + rng.uniform(-4, 4)
        low = np.clip(np.floor(source).astype(int), 0, MEL_BANDS - 2)
        share = np.clip(source - low, 0, 1).astype(np.float32)
        power = power[:, low] * (1 - share) + power[:, low + 1] * share
    if rng.random() < 0.7:  # another room and microphone: a smooth curve of gains
        knots = rng.normal(0, 5.0, 6)
        gain = np.interp(bands, np.linspace(0, MEL_BANDS - 1, 6), knots)
        power = power * (10 ** (gain / 10)).astype(np.float32)
    level = float(np.percentile(power.sum(1), 90)) + 1e-9
    if rng.random() < 0.4:  # reverberation: an exponential tail over the columns
        decay = np.float32(np.exp(-13.8 / (rng.uniform(0.15, 0.8) * 100)))
        power = power + np.float32(rng.uniform(0.02, 0.25)) * _tail(power, decay)
    if rng.random() < 0.5:
        tilt = np.interp(bands, np.linspace(0, MEL_BANDS - 1, 4), rng.normal(0, 4.0, 4))
        noise = (10 ** (tilt / 10)).astype(np.float32) / MEL_BANDS
        noise = noise * rng.gamma(4.0, 0.25, power.shape).astype(np.float32)
        power = power + level * np.float32(10 ** (-rng.uniform(3, 40) / 10)) * noise
    if music is not None and rng.random() < config.music:
        start = int(rng.integers(0, len(music) - len(power)))
        under = music[start : start + len(power)]
        loud = float(np.percentile(under.sum(1), 90)) + 1e-9
        ratio = 10 ** (-rng.uniform(*config.music_level) / 10)
        power = power + under * np.float32(level / loud * ratio)
    power = power / max(float(np.percentile(power.sum(1), 95)), 1e-9)
    power = power * np.float32(10 ** (rng.normal(0, 1.5) / 10))
    return compress(power.astype(np.float32))


def _tail(power: Float32s, decay: np.float32) -> Float32s:
    tail = np.zeros_like(power)
    state = np.zeros(power.shape[1], np.float32)
    for k in range(1, len(power)):
        state = (state + power[k - 1]) * decay
        tail[k] = state
    return tail


def _changed_picture(crops: Tensor, flip: Tensor, rng: np.random.Generator) -> Tensor:
    batch, length = crops.shape[:2]

    def draw(low: float, high: float, *size: int) -> Tensor:
        return torch.from_numpy(rng.uniform(low, high, (batch, *size)).astype(np.float32))

    # One movement for the window and a little unrest from frame to frame.
    angle = draw(-0.2, 0.2)[:, None] + draw(-0.01, 0.01, length)
    zoom = torch.exp(draw(-0.22, 0.18))[:, None] * (1 + draw(-0.01, 0.01, length))
    shift_x = draw(-0.14, 0.14)[:, None] + draw(-0.012, 0.012, length)
    shift_y = draw(-0.14, 0.14)[:, None] + draw(-0.012, 0.012, length)
    mirror = torch.where(flip, -1.0, 1.0)[:, None]
    aspect = 1 + draw(-0.08, 0.08)[:, None]
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    matrix = torch.stack(
        (cos * mirror * aspect, -sin, shift_x, sin * mirror * aspect, cos, shift_y), -1
    ).view(-1, 2, 3)
    flat = crops.reshape(-1, 1, CROP_SIZE, CROP_SIZE)
    grid = F.affine_grid(matrix, list(flat.shape), align_corners=False)
    flat = F.grid_sample(flat, grid, padding_mode="border", align_corners=False)
    crops = flat.view(batch, length, CROP_SIZE, CROP_SIZE)

    axis = torch.linspace(-1, 1, CROP_SIZE)
    light = draw(-0.5, 0.5)[:, None, None] * axis + draw(-0.5, 0.5)[:, None, None] * axis[:, None]
    crops = crops * (1 + light[:, None])
    gamma = torch.exp(draw(-0.4, 0.4))[:, None, None, None]
    crops = 255 * (crops.clamp(0, 400) / 255) ** gamma
    for k in range(batch):
        if rng.random() < 0.35:  # a small or soft face
            side = int(rng.integers(14, 48))
            small = F.interpolate(crops[k, :, None], size=(side, side), mode="area")
            crops[k] = F.interpolate(
                small, size=(CROP_SIZE, CROP_SIZE), mode="bilinear", align_corners=False
            )[:, 0]
        if rng.random() < 0.2:  # something in front of the mouth
            h, w = rng.integers(8, 30, 2)
            y, x = int(rng.integers(0, CROP_SIZE - h)), int(rng.integers(0, CROP_SIZE - w))
            crops[k, :, y : y + h, x : x + w] = float(rng.uniform(0, 255))
    noise = draw(0, 6)[:, None, None, None] * torch.randn(crops.shape)
    return crops + noise


def _changed_shape(points: Tensor, flip: Tensor, rng: np.random.Generator) -> Tensor:
    batch, length, count = points.shape[:3]

    def normal(spread: float, *size: int) -> Tensor:
        return torch.from_numpy(rng.normal(0, spread, (batch, *size)).astype(np.float32))

    mirrored = points[:, :, MIRROR] * torch.tensor([-1.0, 1.0, 1.0])
    points = torch.where(flip[:, None, None, None], mirrored, points)
    # Another face: sizes along each axis, a slight turn and other resting places of the points.
    middle = points.mean(dim=(1, 2), keepdim=True)
    skew = torch.eye(3) + normal(0.06, 3, 3)
    moved = torch.einsum("btpi,bij->btpj", points - middle, skew)
    moved = moved * torch.exp(normal(0.12, 1, 1, 1))
    return (
        moved
        + middle
        + normal(0.05, 1, 1, 3)
        + normal(0.015, 1, count, 3)
        + normal(0.004, length, 1, 3)
        + normal(0.003, length, count, 3)
    )


def _withheld(
    crops: Tensor, shape: Tensor, config: AugmentConfig, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Keep back one of the two views of some mouths, so that neither is leaned on alone."""
    chance = torch.from_numpy(rng.random(len(crops)).astype(np.float32))
    no_crops = chance < config.withhold
    no_shape = chance > 1 - config.withhold
    crops = torch.where(no_crops[:, None, None, None], torch.zeros(()), crops)
    return crops, torch.where(no_shape[:, None, None], torch.zeros(()), shape)
