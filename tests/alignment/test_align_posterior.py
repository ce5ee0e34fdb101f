"""The forward-backward sums against summing over every path."""

from itertools import product

import numpy as np
import pytest

from lipsyncer.alignment.posterior import PathPrior, block_ratios, log_evidence, posterior


def _prior(rng: np.random.Generator, width: int, blocks: int, steepest: int) -> PathPrior:
    start = rng.uniform(0.1, 1, width)
    return PathPrior(
        start=start / start.sum(),
        steepest=steepest,
        knot=0.2,
        knot_reach=1.5,
        jump=rng.uniform(0, 0.3, blocks),
        jump_reach=2.0,
        gap=0.1,
        gap_end=0.3,
    )


def _spread(count: int, reach: float) -> np.ndarray:
    decay = np.exp(-1 / reach)
    distance = np.abs(np.arange(count)[:, None] - np.arange(count)[None, :])
    return (1 - decay) / (1 + decay) * decay**distance


def _by_summing(scores: np.ndarray, prior: PathPrior) -> tuple[float, np.ndarray, np.ndarray]:
    """Probability of the evidence, of each column and of the gap, for blocks of one row."""
    rows, width = scores.shape
    slopes = 2 * prior.steepest + 1
    knots, jumps = _spread(slopes, prior.knot_reach), _spread(width, prior.jump_reach)
    states = [
        (c, s, gap)
        for c, s, gap in product(range(width), range(slopes), (0, 1))
        if 0 <= c + s - prior.steepest < width
    ]
    columns, gaps, total = np.zeros((rows, width)), np.zeros(rows), 0.0
    switch = [[1 - prior.gap, prior.gap], [prior.gap_end, 1 - prior.gap_end]]
    for path in product(states, repeat=rows):
        chance = 1.0
        for row, (c, s, gap) in enumerate(path):
            chance *= 1.0 if gap else float(np.exp(scores[row, c]))
            if row == 0:
                chance *= 0.5 if s == prior.steepest else 0.5 / (slopes - 1)
                chance *= prior.start[c] * (prior.gap if gap else 1 - prior.gap)
                continue
            before, slope, was_gap = path[row - 1]
            reached = before + slope - prior.steepest
            jump = prior.jump[row]
            change = (1 - prior.knot - jump) * (c == reached) * (s == slope)
            change += prior.knot * knots[slope, s] * (c == reached)
            change += jump * jumps[reached, c] * (s == slope)
            chance *= change * switch[was_gap][gap]
        total += chance
        for row, (c, _, gap) in enumerate(path):
            columns[row, c] += chance
            gaps[row] += chance * gap
    return float(np.log(total)), columns / total, gaps / total


@pytest.mark.parametrize("seed", range(4))
def test_it_sums_over_every_path_of_a_small_case(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 1.5, (3, 4)).astype(np.float32)
    prior = _prior(rng, 4, 3, steepest=1)

    found = posterior(block_ratios(scores, 1, 1), prior)
    evidence, columns, gaps = _by_summing(scores, prior)

    assert found.log_evidence == pytest.approx(evidence, abs=1e-5)
    assert found.columns == pytest.approx(columns, abs=1e-5)
    assert found.gaps == pytest.approx(gaps, abs=1e-5)


def test_the_evidence_alone_is_the_same() -> None:
    rng = np.random.default_rng(7)
    ratios = block_ratios(rng.normal(0, 1, (60, 21)).astype(np.float32), 5, 3)
    prior = _prior(rng, 21, 12, steepest=3)

    assert log_evidence(ratios, prior) == pytest.approx(posterior(ratios, prior).log_evidence)


def test_evidence_that_says_nothing_leaves_the_prior() -> None:
    prior = _prior(np.random.default_rng(3), 9, 4, steepest=0)

    found = posterior(block_ratios(np.zeros((8, 9), np.float32), 2, 0), prior)

    assert found.log_evidence == pytest.approx(0, abs=0.35)  # jumps off the band are lost
    assert np.isfinite(found.columns).all()
    assert found.columns.sum(axis=1) == pytest.approx(np.ones(4))


def test_false_lips_show_as_a_gap() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(-0.1, 0.3, (200, 41)).astype(np.float32)
    scores[:, 20] += 0.8
    scores[80:120] = rng.normal(-0.6, 0.3, (40, 41))
    prior = PathPrior(np.full(41, 1 / 41), 0, 0.0, 1.0, np.zeros(40), 5.0, 0.02, 0.1)

    found = posterior(block_ratios(scores, 5, 0), prior)

    assert (found.gaps[17:23] > 0.9).all()
    assert (found.gaps[:14] < 0.1).all()
    assert (found.gaps[26:] < 0.1).all()
