"""The band of evidence around a straight line, at a quarter of a position.

Every row of the band is centred on the line exactly, so that a take which follows the line is a
vertical ridge, and its departures from the line are what the columns count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lipsyncer.alignment.chance import CHANCE_SHARE, chance_of
from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.lines import BLOCK, Line
from lipsyncer.arrays import Float32s, Float64s

PER_POSITION = 4
"""Columns per position."""


@dataclass(frozen=True)
class Band:
    """Weighted log-likelihood ratios around a line.

    Attributes
    ----------
    first
        Song position of the first row.
    line
        Column ``middle`` lies on it.
    scores
        (n, 2 * middle + 1) nats; columns are 1 / PER_POSITION positions apart.
    voice
        (n,) of the rows.
    """

    first: int
    line: Line
    scores: Float32s
    voice: Float32s

    @property
    def middle(self) -> int:
        """Index of the column on the line."""
        return (self.scores.shape[1] - 1) // 2

    @property
    def rows(self) -> Float64s:
        """(n,) song positions."""
        return self.first + np.arange(len(self.scores), dtype=np.float64)

    @property
    def width(self) -> float:
        """Positions from the line to either edge."""
        return self.middle / PER_POSITION


def make_band(
    evidence: Evidence, weighted: Float32s, line: Line, half: int, *, sharp: bool
) -> Band:
    """Cut the band of ``half`` positions to both sides of a line out of all pairs.

    Parameters
    ----------
    weighted
        (N, M) from ``weighted_pairs``.
    sharp
        Ask ``evidence.refine`` for the ratios where there is one.
    """
    songs, takes = weighted.shape
    rows = np.arange(songs)
    centre = rows + line.shift(rows.astype(np.float64))
    covered = np.flatnonzero((centre > -half) & (centre < takes - 1 + half))
    first, last = (int(covered[0]), int(covered[-1]) + 1) if len(covered) else (0, 0)
    rows, centre = rows[first:last], centre[first:last]
    # One column more on either side feeds the interpolation.
    reach = half + 2
    middle = np.round(centre).astype(np.int64)
    columns = middle[:, None] + np.arange(-reach, reach + 1)
    inside = (columns >= 0) & (columns < takes)
    near = np.clip(columns, 0, takes - 1)
    if sharp and evidence.refine is not None:
        everywhere = np.round(np.arange(songs) + line.shift(np.arange(songs, dtype=np.float64)))
        ratios = evidence.refine(everywhere.astype(np.int64), reach)[first:last]
        face = np.nan_to_num(evidence.face, nan=0.0).astype(np.float32)
        weights = evidence.weight[first:last, None] * face[near] * inside
        raw = np.nan_to_num(ratios, nan=0.0) * weights
        starts = np.arange(0, len(raw), BLOCK)
        whole = np.logical_and.reduceat(inside, starts, axis=0)
        excess = chance_of(
            np.where(whole, np.add.reduceat(raw, starts, axis=0), np.nan),
            np.add.reduceat(weights, starts, axis=0),
        ).excess
        raw = raw - CHANCE_SHARE * np.repeat(excess, BLOCK)[: len(raw), None] * weights
    else:
        raw = weighted[rows[:, None], near]
    voice = np.nan_to_num(evidence.voice[first:last], nan=0.0).astype(np.float32)
    # Footage that does not exist says nothing.
    raw = np.where(inside, raw, 0).astype(np.float32)
    return Band(first, line, _upsample(raw, centre - middle, half), voice)


def _upsample(raw: Float32s, shift: Float64s, half: int) -> Float32s:
    """Interpolate each row at ``shift + k / PER_POSITION`` from its middle column (Keys, 1981)."""
    count, columns = raw.shape
    reach = (columns - 1) // 2
    result = np.empty((count, 2 * half * PER_POSITION + 1), np.float32)
    for phase in range(PER_POSITION):
        at = shift + phase / PER_POSITION
        whole = np.floor(at).astype(np.int64)
        t = (at - whole)[:, None].astype(np.float32)
        weights = (
            ((-0.5 * t + 1.0) * t - 0.5) * t,
            (1.5 * t - 2.5) * t * t + 1.0,
            ((-1.5 * t + 2.0) * t + 0.5) * t,
            (0.5 * t - 0.5) * t * t,
        )
        targets = np.arange(phase, result.shape[1], PER_POSITION)
        offsets = np.arange(len(targets)) - half
        total = np.zeros((count, len(targets)), np.float32)
        for tap, weight in enumerate(weights):
            index = reach + whole[:, None] + offsets + (tap - 1)
            total += weight * np.take_along_axis(raw, np.clip(index, 0, columns - 1), axis=1)
        result[:, targets] = total
    return result


def along(band: Band, path: Float64s) -> Float64s:
    """Ratios (n,) along a path given in positions from the line (n,)."""
    at = np.clip(path * PER_POSITION + band.middle, 0, band.scores.shape[1] - 1.001)
    low = at.astype(np.int64)
    t = at - low
    row = np.arange(len(band.scores))
    values: Float64s = (1 - t) * band.scores[row, low] + t * band.scores[row, low + 1]
    return values


def recentred(band: Band, line: Line) -> Band:
    """The same band around another line; what the band does not hold says nothing."""
    if line == band.line:
        return band
    width = band.scores.shape[1]
    # Whole columns are moved; what rounding leaves, an eighth of a position, is below notice.
    moved = np.round((line.shift(band.rows) - band.line.shift(band.rows)) * PER_POSITION)
    index = np.arange(width)[None, :] + moved.astype(np.int64)[:, None]
    inside = (index >= 0) & (index < width)
    scores = np.take_along_axis(band.scores, np.clip(index, 0, width - 1), axis=1)
    return Band(band.first, line, np.where(inside, scores, 0).astype(np.float32), band.voice)


def sheared(band: Band, drift: float) -> Band:
    """The same band around a line of another drift that crosses its line in the middle row."""
    middle = float(band.rows.mean())
    offset = band.line.offset + (band.line.drift - drift) * middle
    return recentred(band, Line(offset, drift, band.line.score))
