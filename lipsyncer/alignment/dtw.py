"""Segmental dynamic time warping through a band of log-likelihood ratios.

The path is made of blocks of rows. Inside a block it is straight; from block to block it may change
its slope (a knot) or its column (a jump), each at a cost, and it may be in one of two states: in
the matched state it collects the ratios that it passes, in the gap state nothing, so that a
stretch of footage with the wrong lips can cost no more than entering the gap does. Both ends are
free. With blocks of one row, slopes of -1, 0 and 1 column and free knots this is dynamic time
warping as Sakoe and Chiba (1978) have it, with steps (1, 0), (1, 1) and (1, 2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lipsyncer.alignment.compiled import compiled
from lipsyncer.arrays import Booleans, Float32s, Float64s, Integers

FORBIDDEN = 1e9
"""A cost that nothing can pay for."""


@dataclass(frozen=True)
class Costs:
    """What the dynamic programme may do, and at what cost in nats.

    Attributes
    ----------
    steepest
        Largest slope, columns per block.
    knot
        A change of slope.
    jump
        (blocks,) a change of column at the start of each block.
    furthest
        Largest jump, columns.
    gap
        Entering the gap state.
    """

    steepest: int
    knot: float
    jump: Float64s
    furthest: int
    gap: float


@dataclass(frozen=True)
class WarpingPath:
    """The best path.

    Attributes
    ----------
    columns
        (blocks,) column at the first row of each block.
    slopes
        (blocks,) columns per block.
    gaps
        (blocks,) whether the block is in the gap state.
    score
        Ratios collected less costs paid, nats.
    """

    columns: Integers
    slopes: Integers
    gaps: Booleans
    score: float


def warp(scores: Float32s, block: int, costs: Costs) -> WarpingPath:
    """Find the path with the highest score.

    Parameters
    ----------
    scores
        (n, K) log-likelihood ratios in nats; NaN says nothing.
    block
        Rows per block, at least 1; a last block with fewer rows counts as one.
    costs
        See ``Costs``; ``jump`` has one entry per block.
    """
    rows, columns = scores.shape
    blocks = -(-rows // block)
    if rows == 0 or columns == 0:
        nothing = np.zeros(0, np.int64)
        return WarpingPath(nothing, nothing, np.zeros(0, bool), 0.0)
    if len(costs.jump) != blocks:
        raise ValueError(f"{len(costs.jump)} costs of jumps for {blocks} blocks")
    clean = np.nan_to_num(scores, nan=0.0).astype(np.float32)
    steepest = min(costs.steepest, columns - 1)
    return WarpingPath(
        *_viterbi(
            clean,
            block,
            steepest,
            float(costs.knot),
            np.ascontiguousarray(costs.jump, dtype=np.float64),
            int(costs.furthest),
            float(costs.gap),
        )
    )


@compiled
def _viterbi(
    scores: Float32s,
    block: int,
    steepest: int,
    knot: float,
    jump: Float64s,
    furthest: int,
    gap: float,
) -> tuple[Integers, Integers, Booleans, float]:
    rows, width = scores.shape
    blocks = (rows + block - 1) // block
    slopes = 2 * steepest + 1
    worst = np.float32(-1e9)
    # value[state, slope, column at the first row of the block]; state 0 matched, 1 gap
    value = np.full((2, slopes, width), worst, np.float32)
    for s in range(slopes):
        start = np.float32(0.0 if s == steepest else -knot)
        value[0, s, :] = start
        value[1, s, :] = start - np.float32(gap)
    # Where each came from: the packed (column reached, slope, state) of the block before.
    origin = np.zeros((blocks, 2, slopes, width), np.int32)
    reached = np.empty((2, slopes, width), np.float32)
    entry = np.empty((slopes, width), np.float32)
    source = np.empty((slopes, width), np.int32)
    turn = np.empty(width, np.float32)
    turner = np.empty(width, np.int32)
    ahead = np.empty(width, np.int64)
    for g in range(blocks):
        if g > 0:
            for z in range(2):
                for s in range(slopes):
                    move = s - steepest
                    for c in range(width):
                        at = c - move
                        if 0 <= at < width:
                            reached[z, s, c] = value[z, s, at]
                        else:
                            reached[z, s, c] = worst
            for z in range(2):
                switch = np.float32(0.0 if z == 0 else gap)
                for s in range(slopes):
                    for c in range(width):
                        stay = reached[z, s, c]
                        change = reached[1 - z, s, c] - switch
                        if stay >= change:
                            entry[s, c] = stay
                            source[s, c] = (c * slopes + s) * 2 + z
                        else:
                            entry[s, c] = change
                            source[s, c] = (c * slopes + s) * 2 + 1 - z
                for c in range(width):
                    turn[c] = entry[0, c]
                    turner[c] = source[0, c]
                for s in range(1, slopes):
                    for c in range(width):
                        if entry[s, c] > turn[c]:
                            turn[c] = entry[s, c]
                            turner[c] = source[s, c]
                cut = np.float32(jump[g])
                for s in range(slopes):
                    # The best column within reach of a jump, by a queue of falling values.
                    head, tail, new = 0, 0, 0
                    for c in range(width):
                        while new < width and new <= c + furthest:
                            while tail > head and entry[s, ahead[tail - 1]] <= entry[s, new]:
                                tail -= 1
                            ahead[tail] = new
                            tail += 1
                            new += 1
                        while ahead[head] < c - furthest:
                            head += 1
                        best, back = entry[s, c], source[s, c]
                        if turn[c] - np.float32(knot) > best:
                            best, back = turn[c] - np.float32(knot), turner[c]
                        far = entry[s, ahead[head]] - cut
                        if far > best:
                            best, back = far, source[s, ahead[head]]
                        value[z, s, c] = best
                        origin[g, z, s, c] = back
        first, last = g * block, min(rows, (g + 1) * block)
        for s in range(slopes):
            move = s - steepest
            for row in range(first, last):
                drift = int(np.floor(move * (row - first) / block + 0.5))
                for c in range(max(0, -drift), min(width, width - drift)):
                    value[0, s, c] += scores[row, c + drift]
            # A block that leaves the band is none.
            for c in range(width):
                if not 0 <= c + move < width:
                    value[0, s, c] = worst
                    value[1, s, c] = worst
    state, slope, column, best = 0, 0, 0, worst
    for z in range(2):
        for s in range(slopes):
            for c in range(width):
                if value[z, s, c] > best:
                    best, state, slope, column = value[z, s, c], z, s, c
    columns = np.zeros(blocks, np.int64)
    chosen = np.zeros(blocks, np.int64)
    gaps = np.zeros(blocks, np.bool_)
    for g in range(blocks - 1, -1, -1):
        columns[g], chosen[g], gaps[g] = column, slope - steepest, state == 1
        back = origin[g, state, slope, column]
        state = back % 2
        slope = (back // 2) % slopes
        column = back // (2 * slopes) - (slope - steepest)
    return columns, chosen, gaps, float(best)
