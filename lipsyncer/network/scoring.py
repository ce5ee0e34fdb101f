"""Scores of sound and picture streams by a trained network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lipsyncer.arrays import Float32s, Integers, UInt8s
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION
from lipsyncer.network.model import PAIR_AFTER, PAIR_BEFORE, REACH, Lipsync, standardise_crops
from lipsyncer.progress import Stage, finish

_CHUNK = 512  # positions encoded at once: bounds the memory of an hour-long take


def encode_song(model: Lipsync, mel: Float32s) -> Stage[Tensor]:
    """Encode a log-mel spectrogram (4 n, 80) to (features, n)."""
    n = COLUMNS_PER_POSITION
    padded = _pad_ends(np.ascontiguousarray(mel, np.float32), REACH * n)
    parts = []
    for start, stop, share in _chunks(len(mel) // n):
        window = torch.from_numpy(padded[start * n : (stop + 2 * REACH) * n])
        with torch.inference_mode():
            parts.append(model.encode_sound(window[None])[0])
        yield share
    return torch.cat(parts, dim=1)


def encode_take(model: Lipsync, crops: UInt8s, shape: Float32s) -> Stage[Tensor]:
    """Encode mouth crops (n, 64, 64) and lip shapes (n, 56, 3) to (features, n)."""
    padded_crops = _pad_ends(crops, REACH)
    padded_shape = _pad_ends(np.asarray(shape, np.float32).reshape(len(shape), -1), REACH)
    parts = []
    for start, stop, share in _chunks(len(crops)):
        window = slice(start, stop + 2 * REACH)
        with torch.inference_mode():
            pixels = standardise_crops(torch.from_numpy(padded_crops[window]))
            points = torch.from_numpy(padded_shape[window])
            parts.append(model.encode_mouth(pixels[None], points[None])[0])
        yield share
    return torch.cat(parts, dim=1)


def _pad_ends(stream: npt.NDArray[Any], count: int) -> npt.NDArray[Any]:
    """Repeat the first and the last of a stream: the encoders themselves pad nothing."""
    widths = [(count, count), *[(0, 0)] * (stream.ndim - 1)]
    return np.pad(stream, widths, mode="edge")


def _chunks(positions: int) -> Iterator[tuple[int, int, float]]:
    for start in range(0, positions, _CHUNK):
        stop = min(start + _CHUNK, positions)
        yield start, stop, stop / positions


def all_similarities(model: Lipsync, visual: Tensor, sound: Tensor) -> Float32s:
    """Scaled cosine of every sound with every visual position, float32 (sound, visual)."""
    return finish(compare_all(model, visual, sound))


def compare_all(
    model: Lipsync, visual: Tensor, sound: Tensor, watch: Callable[[Float32s], None] | None = None
) -> Stage[Float32s]:
    """Give ``all_similarities``, some rows at a time.

    Parameters
    ----------
    watch
        Called with the matrix as far as it is known, NaN beyond; later calls fill it further.
    """
    songs, takes = sound.shape[1], visual.shape[1]
    matrix = np.full((songs, takes), np.nan, np.float32)
    for start, stop, share in _chunks(songs):
        with torch.inference_mode():
            rows = model.similarity(visual[None], sound[None, :, start:stop])[0]
            matrix[start:stop] = rows.T.numpy()
        if watch is not None:
            watch(matrix)
        yield share
    return matrix


@torch.inference_mode()
def voice_share(model: Lipsync, sound: Tensor) -> Float32s:
    """Probability of a voice at each sound position, float32 (n,)."""
    return np.asarray(torch.sigmoid(model.voice_logit(sound[None]))[0].numpy(), np.float32)


class PairScorer:
    """Pair-head logits along diagonals of one song and one take.

    Parameters
    ----------
    model
        The network.
    visual, sound
        Encoded streams (features, m) and (features, n).
    """

    @torch.inference_mode()
    def __init__(self, model: Lipsync, visual: Tensor, sound: Tensor) -> None:
        self._head = model.head
        self._visual = model.head.visual_half(_padded(visual[: model.config.channels]))
        self._sound = model.head.sound_half(_padded(sound[: model.config.channels]))
        self.songs, self.takes = sound.shape[1], visual.shape[1]
        # The halves are longer than the streams by the reach of the head's later layers.
        self._tail = self._visual.shape[-1] - self.takes

    @torch.inference_mode()
    def diagonal(self, offset: int, first: int, last: int) -> Float32s:
        """Logits of sound positions i in first..last-1 with visual positions i + offset.

        Returns
        -------
        float32 (last - first,)
            NaN where the visual position lies outside the take.
        """
        logits = np.full(max(last - first, 0), np.nan, np.float32)
        begin, end = max(first, -offset, 0), min(last, self.takes - offset, self.songs)
        if end > begin:
            row = self._head(
                self._visual[..., begin + offset : end + offset + self._tail],
                self._sound[..., begin : end + self._tail],
            )
            logits[begin - first : end - first] = row[0].numpy()
        return logits

    def band(self, middle: Integers, half_width: int) -> Float32s:
        """Logits in a band around a path, float32 (n, 2 * half_width + 1).

        ``middle`` (n,) is the visual position in the middle of the band for each sound position.
        Column k of row i is the pair (i, middle[i] + k - half_width); NaN outside the take.
        """
        band = np.full((len(middle), 2 * half_width + 1), np.nan, np.float32)
        rows = np.flatnonzero((middle >= -half_width) & (middle < self.takes + half_width))
        if not len(rows):
            return band
        shift = middle[rows] - rows
        for offset in range(int(shift.min()) - half_width, int(shift.max()) + half_width + 1):
            inside = rows[np.abs(offset - shift) <= half_width]
            if len(inside):
                first, last = int(inside[0]), int(inside[-1]) + 1
                logits = self.diagonal(offset, first, last)
                band[inside, offset - (middle[inside] - inside) + half_width] = logits[
                    inside - first
                ]
        return band


def _padded(stream: Tensor) -> Tensor:
    padded: Tensor = torch.nn.functional.pad(
        stream[None], (PAIR_BEFORE, PAIR_AFTER), mode="replicate"
    )
    return padded
