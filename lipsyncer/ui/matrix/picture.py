"""The matrix of a take as a picture: for each pair of moments, how probable it is that they match.

One pair says little. What is shown is the sum of the evidence over two seconds along the diagonal,
as if song and take ran side by side there, turned into the probability that this is the moment
among the fifty positions of those seconds. Times are seconds of the song and the take.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lipsyncer.alignment import Evidence
from lipsyncer.jobs import Progress

Grey = npt.NDArray[np.uint8]

LARGEST = 1500
"""Most pixels a side: more than the dock ever shows."""
_REACH = 25
"""Positions to either side that are summed: two seconds in all."""
_PRIOR = float(np.log(2 * _REACH))
"""Odds against one of so many positions before there is any evidence, nats."""
_STEEPEST = 30.0


@dataclass(frozen=True, eq=False)
class MatrixPicture:
    """What is drawn of one take.

    Attributes
    ----------
    match
        uint8 (takes, songs), probability in 255ths; row j and column i are the moments
        ``j * step / rate`` of the take and ``i * step / rate`` of the song.
    step
        Positions of the grid from one pixel to the next.
    rate
        Positions per second.
    """

    match: Grey
    step: int
    rate: float

    @property
    def pixel(self) -> float:
        """Seconds from one pixel to the next."""
        return self.step / self.rate

    def at(self, song_time: float, source_time: float) -> float | None:
        """Probability (0 to 1) that two moments match; None outside."""
        row, column = round(source_time / self.pixel), round(song_time / self.pixel)
        if not (0 <= row < self.match.shape[0] and 0 <= column < self.match.shape[1]):
            return None
        return float(self.match[row, column]) / 255


def drawing(evidence: Evidence) -> Generator[Progress, None, MatrixPicture]:
    """Draw the matrix of a take, as a job for the worker.

    Parameters
    ----------
    evidence
        Of the song and the take.
    """
    yield Progress("matrix", 0.0)
    songs, takes = evidence.pairs.shape
    step = max(1, -(-max(songs, takes) // LARGEST))
    rows, columns = np.arange(0, songs, step), np.arange(0, takes, step)
    weight, face = evidence.weight, np.nan_to_num(evidence.face).astype(np.float32)
    total = np.zeros((len(rows), len(columns)), np.float32)
    for away in range(-_REACH, _REACH + 1):
        song, take = rows + away, columns + away
        song_in = (song >= 0) & (song < songs)
        take_in = (take >= 0) & (take < takes)
        first = np.flatnonzero(song_in)
        second = np.flatnonzero(take_in)
        if not len(first) or not len(second):
            continue
        a, b = slice(first[0], first[-1] + 1), slice(second[0], second[-1] + 1)
        # Slices with a step instead of index arrays: these copy nothing and free the interpreter.
        part = evidence.pairs[
            song[a][0] : song[a][-1] + 1 : step, take[b][0] : take[b][-1] + 1 : step
        ]
        weighted = np.nan_to_num(part) * weight[song[a]][:, None]
        weighted *= face[take[b]][None, :]
        total[a, b] += weighted
        yield Progress("matrix", (away + _REACH) / (2 * _REACH + 1))
    np.clip(total - _PRIOR, -_STEEPEST, _STEEPEST, out=total)
    match = (255 / (1 + np.exp(-total))).astype(np.uint8)
    return MatrixPicture(np.ascontiguousarray(match.T), step, evidence.rate)
