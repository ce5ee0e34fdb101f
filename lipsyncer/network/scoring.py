"""Scores of sound and picture streams by a trained network."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lipsyncer.arrays import Float32s, Integers, UInt8s
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION
from lipsyncer.media.spilled import filled, let_go
from lipsyncer.network.model import PAIR_AFTER, PAIR_BEFORE, REACH, Lipsync, standardise_crops
from lipsyncer.progress import Stage, finish

S = TypeVar("S")
T = TypeVar("T")

_CHUNK = 128  # positions encoded at once: bounds the memory of an hour-long take
_BLOCK = 128  # positions of the song whose pairs in the band are scored at once
_DIAGONALS = 32  # of these, at a time: all of a wide band were 100 MB on each core


def encode_song(model: Lipsync, mel: Float32s) -> Stage[Tensor]:
    """Encode a log-mel spectrogram (4 n, 80) to (features, n)."""
    n = COLUMNS_PER_POSITION
    padded = _pad_ends(np.ascontiguousarray(mel, np.float32), REACH * n)

    def encoded(chunk: slice) -> Tensor:
        window = torch.from_numpy(padded[chunk.start * n : (chunk.stop + 2 * REACH) * n])
        return model.encode_sound(window[None])[0]

    return (yield from _joined(_spread(encoded, _chunks(len(mel) // n))))


def encode_take(model: Lipsync, crops: UInt8s, shape: Float32s) -> Stage[Tensor]:
    """Encode mouth crops (n, 64, 64) and lip shapes (n, 56, 3) to (features, n)."""
    padded_crops = _pad_ends(crops, REACH)
    let_go(crops)
    padded_shape = _pad_ends(np.asarray(shape, np.float32).reshape(len(shape), -1), REACH)

    def encoded(chunk: slice) -> Tensor:
        window = slice(chunk.start, chunk.stop + 2 * REACH)
        pixels = standardise_crops(torch.from_numpy(padded_crops[window]))
        points = torch.from_numpy(padded_shape[window])
        return model.encode_mouth(pixels[None], points[None])[0]

    return (yield from _joined(_spread(encoded, _chunks(len(crops)))))


def _joined(parts: Generator[tuple[float, Tensor], None, None]) -> Stage[Tensor]:
    """Join encoded chunks."""
    encoded = []
    with closing(parts):
        for share, part in parts:
            encoded.append(part)
            yield share
    return torch.cat(encoded, dim=1)


def _spread(work: Callable[[S], T], items: Sequence[S]) -> Generator[tuple[float, T], None, None]:
    """Do some work for each item, a core for each item at a time; the share done, and the result.

    Convolutions as small as these gain little from several threads each, which wait for one another
    at every step: on a busy machine they took ten times as long as one.
    """
    threads = torch.get_num_threads()

    def alone(item: S) -> T:
        torch.set_num_threads(1)  # for this thread, and for all that have computed nothing yet
        with torch.inference_mode():
            return work(item)

    pool = ThreadPoolExecutor(os.cpu_count(), "network")
    try:
        for done, result in enumerate(pool.map(alone, items), start=1):
            yield done / len(items), result
    finally:
        pool.shutdown(cancel_futures=True)
        torch.set_num_threads(threads)


def _pad_ends(stream: npt.NDArray[Any], count: int) -> npt.NDArray[Any]:
    """Repeat the first and the last of a stream: the encoders themselves pad nothing."""
    widths = [(count, count), *[(0, 0)] * (stream.ndim - 1)]
    return np.pad(stream, widths, mode="edge")


def _chunks(positions: int, size: int = _CHUNK) -> list[slice]:
    return [slice(k, min(k + size, positions)) for k in range(0, positions, size)]


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
    matrix = filled((songs, takes), np.nan)

    def compared(chunk: slice) -> None:
        rows = model.similarity(visual[None], sound[None, :, chunk])[0]
        matrix[chunk] = rows.T.numpy()

    with closing(_spread(compared, _chunks(songs))) as parts:
        for share, _ in parts:
            if watch is not None:
                watch(matrix)
            let_go(matrix)
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

        def scored(rows: slice) -> None:
            inside = (middle[rows] >= -half_width) & (middle[rows] < self.takes + half_width)
            here = np.flatnonzero(inside) + rows.start
            if not len(here):
                return
            shift = middle[here] - here
            # Where the path jumps, the diagonals in between are nobody's.
            jumps = (np.diff(here) > 1) | (np.abs(np.diff(shift)) > half_width)
            for part in np.split(np.arange(len(here)), np.flatnonzero(jumps) + 1):
                first, last = int(shift[part].min()), int(shift[part].max())
                run = slice(int(here[part[0]]), int(here[part[-1]]) + 1)
                logits = self._parallel(first - half_width, last + half_width + 1, run)
                columns = shift[part, None] - first + np.arange(2 * half_width + 1)
                band[run] = logits[columns, np.arange(len(part))[:, None]]

        with closing(_spread(scored, _chunks(len(middle), _BLOCK))) as parts:
            for _ in parts:
                pass
        return band

    def _parallel(self, first: int, last: int, rows: slice) -> Float32s:
        """Logits of neighbouring diagonals, float32 (last - first, rows); NaN outside the take."""
        length = rows.stop - rows.start + self._tail
        sound = self._sound[..., rows.start : rows.start + length]
        parts = []
        for start in range(first, last, _DIAGONALS):
            offsets = np.arange(start, min(start + _DIAGONALS, last))
            positions = offsets[:, None] + np.arange(rows.start, rows.start + length)
            inside = torch.from_numpy(np.clip(positions, 0, self._visual.shape[-1] - 1))
            visual = self._visual[0][:, inside].transpose(0, 1)
            logits = self._head(visual, sound).numpy()
            taken = positions[:, : logits.shape[1]]
            logits[(taken < 0) | (taken >= self.takes)] = np.nan
            parts.append(logits)
        return np.concatenate(parts, dtype=np.float32)


def _padded(stream: Tensor) -> Tensor:
    padded: Tensor = torch.nn.functional.pad(
        stream[None], (PAIR_BEFORE, PAIR_AFTER), mode="replicate"
    )
    return padded
