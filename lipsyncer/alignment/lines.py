"""The coarse search: which straight lines through the whole matrix carry the evidence.

A take that was filmed in one go follows a line, take = offset + rate * song, or comes near one.
All offsets and a grid of rates are summed, as in a Radon transform; one second of the song at a
time is summed along the diagonal first, which makes all lines as cheap as one pass over the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lipsyncer.alignment.chance import CHANCE_SHARE, Chance, chance_of
from lipsyncer.alignment.compiled import compiled
from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.arrays import Float32s, Float64s

BLOCK = 20
# A second of footage with somebody else's lips in it is this probable; it bounds what any one
# block can say against a line.
_FALSE_SHARE = 0.05
_MOST_RATES = 161


@dataclass(frozen=True)
class Line:
    """take position = offset + (1 + drift) * song position; ``score`` in nats."""

    offset: float
    drift: float
    score: float

    def shift(self, positions: Float64s) -> Float64s:
        """Take position minus song position along the line."""
        return self.offset + self.drift * positions


def weighted_pairs(evidence: Evidence) -> Float32s:
    """Ratios weighted by voice and face, held against chance (N, M); unknown ones say nothing."""
    voice = evidence.weight
    face = np.nan_to_num(evidence.face, nan=0.0).astype(np.float32)
    # In place, some rows at a time: of a long recording every copy takes a gigabyte.
    weighted: Float32s = np.array(evidence.pairs, np.float32)
    blocks = [slice(first, first + BLOCK) for first in range(0, len(weighted), BLOCK)]
    for block in blocks:
        pairs = np.nan_to_num(weighted[block], copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        pairs *= voice[block, None] * face
    if not weighted.any():
        return weighted
    excess = chance_in(weighted, evidence).excess
    for block, more in zip(blocks, (CHANCE_SHARE * excess).astype(np.float32), strict=True):
        weighted[block] -= more * (voice[block, None] * face)
    return weighted


def chance_in(weighted: Float32s, evidence: Evidence) -> Chance:
    """What chance looks like in every ``BLOCK`` positions of the song, by weighted pairs (N, M)."""
    songs, takes = weighted.shape
    face = np.nan_to_num(evidence.face, nan=0.0).astype(np.float32)
    # A block counts where its diagonal stays in the take.
    first = np.arange(0, songs, BLOCK)[:, None]
    column = np.arange(songs + takes - 1)[None, :] - (songs - 1) + first
    whole = (column >= 0) & (column + BLOCK <= takes)
    return chance_of(
        np.where(whole, _diagonal_sums(weighted, BLOCK), np.nan),
        _diagonal_weights(evidence.weight, face, BLOCK),
    )


def search_lines(
    weighted: Float32s, settings: AlignSettings, rate: float, most: int = 8
) -> list[Line]:
    """Find the lines with the most evidence, best first, at least half a second apart.

    Parameters
    ----------
    weighted
        (N, M) from ``weighted_pairs``; both at least 1.
    settings
        ``max_drift`` bounds the grid of rates.
    rate
        Positions per second.
    most
        How many lines to return.
    """
    songs, takes = weighted.shape
    blocks = np.log(
        (1 - _FALSE_SHARE) * np.exp(_diagonal_sums(weighted, BLOCK).astype(np.float64))
        + _FALSE_SHARE
    ).astype(np.float32)
    shorter = min(songs, takes)
    # Neighbouring rates differ by one position over the shorter stream.
    steps = min(round(settings.max_drift * shorter), (_MOST_RATES - 1) // 2)
    drifts = np.linspace(-settings.max_drift, settings.max_drift, 2 * steps + 1)
    if steps == 0:
        drifts = np.zeros(1)
    scores = _line_scores(blocks, drifts, takes, BLOCK)
    best = scores.max(axis=0)
    lines: list[Line] = []
    left = best.copy()
    apart = round(rate / 2)
    for _ in range(most):
        column = int(left.argmax())
        if lines and left[column] <= 0:
            break
        row = int(scores[:, column].argmax())
        # The grid names a line by its shift where it crosses the middle of the shorter stream.
        shift, drift = column - (songs - 1), float(drifts[row])
        crossing = (songs - 1) / 2 if takes > songs else (takes - 1) / 2 - shift
        lines.append(Line(shift - drift * crossing, drift, float(scores[row, column])))
        left[max(0, column - apart) : column + apart + 1] = -np.inf
    return lines


@compiled
def _diagonal_sums(weighted: Float32s, block: int) -> Float32s:
    """Sum each block of rows along its diagonals: (blocks, N + M - 1), column take - song + N-1."""
    songs, takes = weighted.shape
    sums = np.zeros(((songs + block - 1) // block, songs + takes - 1), np.float32)
    for i in range(songs):
        row = sums[i // block]
        first = songs - 1 - i
        for j in range(takes):
            row[first + j] += weighted[i, j]
    return sums


@compiled
def _diagonal_weights(voice: Float32s, face: Float32s, block: int) -> Float32s:
    """Sum the weights ``voice[i] * face[j]`` like ``_diagonal_sums``, without their matrix."""
    songs, takes = len(voice), len(face)
    sums = np.zeros(((songs + block - 1) // block, songs + takes - 1), np.float32)
    for i in range(songs):
        row = sums[i // block]
        first = songs - 1 - i
        for j in range(takes):
            row[first + j] += voice[i] * face[j]
    return sums


@compiled
def _line_scores(blocks: Float32s, drifts: Float64s, takes: int, block: int) -> Float32s:
    """Sum the blocks along every line: (drifts, N + M - 1)."""
    count, shifts = blocks.shape
    songs = shifts - takes + 1
    scores = np.zeros((len(drifts), shifts), np.float32)
    for r in range(len(drifts)):
        drift = drifts[r]
        for column in range(shifts):
            shift = column - (songs - 1)
            crossing = (takes - 1) / 2 - shift
            if takes > songs:
                crossing = (songs - 1) / 2
            total = 0.0
            # Only blocks that the line crosses inside the take can say anything.
            first = max(0, int((-shift - 0.04 * songs) // block) - 1)
            last = min(count, int((takes - shift + 0.04 * songs) // block) + 2)
            for g in range(first, last):
                middle = g * block + (block - 1) / 2
                at = round(column + drift * (middle - crossing))
                if 0 <= at < shifts:
                    total += blocks[g, at]
            scores[r, column] = total
    return scores
