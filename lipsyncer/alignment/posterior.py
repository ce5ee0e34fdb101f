"""What the evidence says about the path as a whole: the forward-backward algorithm (Rabiner, 1989).

The same segmental path as in ``dtw.py``, straight inside blocks of rows, but summed over instead of
maximised: which columns are how probable at each moment, and how probable the evidence is under a
prior on paths. The latter is what explanations are compared by: a richer prior spreads itself over
more paths, so it wins only where the evidence is for one that a poorer prior does not have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lipsyncer.alignment.compiled import compiled
from lipsyncer.arrays import Float32s, Float64s

_LEAST = 1e-250


@dataclass(frozen=True)
class PathPrior:
    """Where paths start, and how probable changes are from one block to the next.

    Attributes
    ----------
    start
        (K,) probability of starting in each column.
    steepest
        Largest slope, columns per block.
    knot
        Probability that the slope changes.
    knot_reach
        Columns per block over which the probability of a new slope falls to 1/e.
    jump
        (blocks,) probability of a jump at the start of each block.
    jump_reach
        Columns over which the probability of a jump's size falls to 1/e.
    gap
        Probability that the lips stop to be those of the song.
    gap_end
        Probability that they are again.
    """

    start: Float64s
    steepest: int
    knot: float
    knot_reach: float
    jump: Float64s
    jump_reach: float
    gap: float
    gap_end: float


@dataclass(frozen=True)
class Posterior:
    """The path given the evidence.

    Attributes
    ----------
    log_evidence
        Logarithm of the evidence's probability under the prior over that under no relation, nats.
    columns
        (blocks, K) probability of each column at the first row of each block.
    gaps
        (blocks,) probability that the lips are not those of the song.
    """

    log_evidence: float
    columns: Float64s
    gaps: Float64s


def block_ratios(scores: Float32s, block: int, steepest: int) -> Float32s:
    """Sum the ratios along every straight way through each block.

    Parameters
    ----------
    scores
        (n, K) log-likelihood ratios; no NaN.
    block
        Rows per block; the last block may have fewer.
    steepest
        Largest slope, columns per block.

    Returns
    -------
    (blocks, 2 * steepest + 1, K): by slope and by column at the block's first row; -inf where the
    way leaves the band.
    """
    ratios: Float32s = _block_ratios(np.ascontiguousarray(scores, np.float32), block, steepest)
    return ratios


def log_evidence(ratios: Float32s, prior: PathPrior) -> float:
    """Give the evidence alone; see ``Posterior.log_evidence``."""
    return _forward_backward(ratios, *_numbers(prior), False)[0]


def posterior(ratios: Float32s, prior: PathPrior) -> Posterior:
    """Sum over all paths.

    Parameters
    ----------
    ratios
        From ``block_ratios``.
    """
    return Posterior(*_forward_backward(ratios, *_numbers(prior), True))


def _numbers(prior: PathPrior) -> tuple[Float64s, float, float, Float64s, float, float, float]:
    def decay(reach: float) -> float:
        return float(np.exp(-1 / reach)) if reach > 0 else 0.0

    return (
        np.ascontiguousarray(prior.start, np.float64),
        prior.knot if prior.steepest else 0.0,
        decay(prior.knot_reach),
        np.ascontiguousarray(prior.jump, np.float64),
        decay(prior.jump_reach),
        prior.gap,
        prior.gap_end,
    )


@compiled
def _block_ratios(scores: Float32s, block: int, steepest: int) -> Float32s:
    rows, width = scores.shape
    blocks = (rows + block - 1) // block
    ratios = np.zeros((blocks, 2 * steepest + 1, width), np.float32)
    for g in range(blocks):
        first, last = g * block, min(rows, (g + 1) * block)
        for s in range(2 * steepest + 1):
            move = s - steepest
            for row in range(first, last):
                shift = int(np.floor(move * (row - first) / block + 0.5))
                for c in range(max(0, -shift), min(width, width - shift)):
                    ratios[g, s, c] += scores[row, c + shift]
            for c in range(width):
                if not 0 <= c + move < width:
                    ratios[g, s, c] = -np.inf
    return ratios


@compiled
def _spread(values: Float64s, decay: float, spread: Float64s) -> None:
    """Convolve with a two-sided exponential that sums to one."""
    scale = (1 - decay) / (1 + decay)
    total = 0.0
    for c in range(len(values)):
        total = total * decay + values[c]
        spread[c] = total
    total = 0.0
    for c in range(len(values) - 1, -1, -1):
        spread[c] = (spread[c] + total) * scale
        total = (total + values[c]) * decay


@compiled
def _change(
    before: Float64s,
    after: Float64s,
    knot: float,
    knot_decay: float,
    jump: float,
    jump_decay: float,
) -> None:
    """Apply knots and jumps, (states, slopes, columns); both are symmetric."""
    states, slopes, width = before.shape
    spread = np.empty(width)
    one, all_slopes = np.empty(slopes), np.empty(slopes)
    for z in range(states):
        for s in range(slopes):
            for c in range(width):
                after[z, s, c] = before[z, s, c] * (1 - knot - jump)
            if jump > 0:
                _spread(before[z, s], jump_decay, spread)
                for c in range(width):
                    after[z, s, c] += jump * spread[c]
        if knot > 0:
            for c in range(width):
                for s in range(slopes):
                    one[s] = before[z, s, c]
                _spread(one, knot_decay, all_slopes)
                for s in range(slopes):
                    after[z, s, c] += knot * all_slopes[s]


@compiled
def _forward_backward(
    ratios: Float32s,
    start: Float64s,
    knot: float,
    knot_decay: float,
    jump: Float64s,
    jump_decay: float,
    gap: float,
    gap_end: float,
    backward: bool,
) -> tuple[float, Float64s, Float64s]:
    blocks, slopes, width = ratios.shape
    steepest = (slopes - 1) // 2
    columns, gaps = np.zeros((blocks, width)), np.zeros(blocks)
    kept = np.zeros((blocks if backward else 1, 2, slopes, width), np.float32)
    now, arrived = np.zeros((2, slopes, width)), np.zeros((2, slopes, width))
    # Half of all paths start parallel to the line, the others at any slope.
    for s in range(slopes):
        share = 1.0 if slopes == 1 else (0.5 if s == steepest else 0.5 / (slopes - 1))
        now[0, s, :] = share * (1 - gap) * start
        now[1, s, :] = share * gap * start
    evidence = 0.0
    for g in range(blocks):
        if g > 0:
            for s in range(slopes):
                move = s - steepest
                for c in range(width):
                    at = c - move
                    matched, crossed = 0.0, 0.0
                    if 0 <= at < width:
                        matched, crossed = now[0, s, at], now[1, s, at]
                    arrived[0, s, c] = matched * (1 - gap) + crossed * gap_end
                    arrived[1, s, c] = matched * gap + crossed * (1 - gap_end)
            _change(arrived, now, knot, knot_decay, jump[g], jump_decay)
        total = 0.0
        for s in range(slopes):
            for c in range(width):
                ratio = ratios[g, s, c]
                now[0, s, c] *= np.exp(ratio)
                if ratio == -np.inf:
                    now[1, s, c] = 0.0
                total += now[0, s, c] + now[1, s, c]
        if not total > 0:
            return -np.inf, columns, gaps
        evidence += np.log(total)
        now /= total
        if backward:
            kept[g] = now
    if not backward:
        return evidence, columns, gaps
    # ``later`` is proportional to the probability of all evidence after the block.
    later = np.ones((2, slopes, width))
    for g in range(blocks - 1, -1, -1):
        total = 0.0
        for z in range(2):
            for s in range(slopes):
                for c in range(width):
                    share = kept[g, z, s, c] * later[z, s, c]
                    columns[g, c] += share
                    total += share
                    if z == 1:
                        gaps[g] += share
        columns[g] /= total
        gaps[g] /= total
        if g == 0:
            break
        total = 0.0
        for s in range(slopes):
            for c in range(width):
                ratio = ratios[g, s, c]
                later[0, s, c] *= np.exp(ratio)
                if ratio == -np.inf:
                    later[1, s, c] = 0.0
                total += later[0, s, c] + later[1, s, c]
        later *= 2 * slopes * width / total
        _change(later, arrived, knot, knot_decay, jump[g], jump_decay)
        for s in range(slopes):
            move = s - steepest
            for c in range(width):
                at = c + move
                if 0 <= at < width:
                    matched, crossed = arrived[0, s, at], arrived[1, s, at]
                    # Not zero, lest a path that must start here seem impossible afterwards.
                    later[0, s, c] = max(matched * (1 - gap) + crossed * gap, _LEAST)
                    later[1, s, c] = max(matched * gap_end + crossed * (1 - gap_end), _LEAST)
                else:
                    later[0, s, c] = 0.0
                    later[1, s, c] = 0.0
    return evidence, columns, gaps
