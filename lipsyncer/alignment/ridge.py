"""Evidence kept ready for many questions: one matrix, sharp where the sharper ratios are known."""

from __future__ import annotations

import numpy as np

from lipsyncer.alignment.band import PER_POSITION, Band
from lipsyncer.alignment.compiled import compiled
from lipsyncer.alignment.evidence import Evidence, SearchedBand
from lipsyncer.alignment.lines import Line, weighted_pairs
from lipsyncer.arrays import Float32s, Float64s


class Ridge:
    """Weighted ratios of all pairs, to be cut into bands around any line in no time.

    Parameters
    ----------
    evidence
        What the lips say.
    picture
        The band that an alignment searched: its sharper ratios take the place of the others.
    """

    def __init__(self, evidence: Evidence, picture: SearchedBand | None = None) -> None:
        self.weighted = weighted_pairs(evidence)
        self.voice: Float32s = np.nan_to_num(evidence.voice, nan=0.0).astype(np.float32)
        if picture is not None and self.weighted.size:
            self._sharpen(picture)

    def _sharpen(self, picture: SearchedBand) -> None:
        songs, takes = self.weighted.shape
        first = round(picture.song_start * picture.rate)
        width = picture.scores.shape[1]
        left = picture.middle * picture.rate - (width - 1) / 2
        # Where the band's columns lie between whole positions, the outermost have no neighbours.
        whole = np.ceil(left - 1e-9).astype(np.int64)
        starts = whole - left
        columns = whole[:, None] + np.arange(width - 1)
        values = sampled(picture.scores, 0, starts, 1, width - 1)
        rows = np.arange(first, first + len(left))[:, None]
        inside = (columns >= 0) & (columns < takes) & (rows < songs)
        self.weighted[np.broadcast_to(rows, columns.shape)[inside], columns[inside]] = values[
            inside
        ]

    def band(self, first: int, last: int, line: Line, half: int) -> Band:
        """Cut the band of ``half`` positions to both sides of a line, rows first..last-1."""
        centre = _centre(first, last, line)
        width = 2 * half * PER_POSITION + 1
        scores = sampled(self.weighted, first, centre - half, PER_POSITION, width)
        return Band(first, line, scores, self.voice[first:last])

    def along(self, first: int, last: int, line: Line) -> Float32s:
        """Ratios (last - first,) along a line."""
        return sampled(self.weighted, first, _centre(first, last, line), 1, 1)[:, 0]


def _centre(first: int, last: int, line: Line) -> Float64s:
    rows = np.arange(first, last, dtype=np.float64)
    return rows + line.shift(rows)


@compiled
def sampled(
    matrix: Float32s, first: int, starts: Float64s, per_position: int, width: int
) -> Float32s:
    """Interpolate rows of a matrix (Keys, 1981); what lies outside it is zero.

    Parameters
    ----------
    matrix
        (N, M).
    first
        Row of the matrix that the first row of the result is taken from.
    starts
        (n,) column, fractional, of the first value of each row.
    per_position, width
        Values per column of the matrix, and per row of the result.
    """
    takes = matrix.shape[1]
    result = np.zeros((len(starts), width), np.float32)
    taps = np.empty(4)
    for i in range(len(starts)):
        row = matrix[first + i]
        for phase in range(min(per_position, width)):
            at = starts[i] + phase / per_position
            whole = int(np.floor(at))
            t = at - whole
            taps[0] = ((-0.5 * t + 1.0) * t - 0.5) * t
            taps[1] = (1.5 * t - 2.5) * t * t + 1.0
            taps[2] = ((-1.5 * t + 2.0) * t + 0.5) * t
            taps[3] = (0.5 * t - 0.5) * t * t
            for k in range(phase, width, per_position):
                low = whole + (k - phase) // per_position
                # Footage that does not exist says nothing.
                if low < -1 or low > takes - 1:
                    continue
                total = 0.0
                for tap in range(4):
                    column = low - 1 + tap
                    if 0 <= column < takes:
                        total += taps[tap] * row[column]
                result[i, k] = total
    return result
