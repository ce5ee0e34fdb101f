"""The segmental dynamic programme against librosa and against trying every path."""

from itertools import product

import numpy as np
import pytest
from librosa.sequence import dtw

from lipsyncer.alignment.dtw import FORBIDDEN, Costs, warp


def _free(rows: int, *, steepest: int = 1) -> Costs:
    return Costs(steepest, knot=0.0, jump=np.full(rows, FORBIDDEN), furthest=0, gap=FORBIDDEN)


@pytest.mark.parametrize("seed", range(5))
def test_with_single_row_blocks_it_is_the_dynamic_time_warping_of_librosa(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, takes = 40, 70
    cost = rng.uniform(0, 1, (rows, takes))
    # The band's columns are take position minus row; what lies outside the take is forbidden.
    band = np.full((rows, rows + takes - 1), -1e6, np.float32)
    index = np.arange(takes)[None, :] - np.arange(rows)[:, None] + rows - 1
    np.put_along_axis(band, index, -cost.astype(np.float32), axis=1)

    path = warp(band, 1, _free(rows))
    accumulated, steps = dtw(
        C=cost, subseq=True, step_sizes_sigma=np.array([[1, 1], [1, 0], [1, 2]])
    )

    assert path.score == pytest.approx(-accumulated[-1].min(), abs=1e-3)
    positions = path.columns + np.arange(rows) - (rows - 1)
    assert positions.tolist() == steps[::-1, 1].tolist()


def _best_by_trying(scores: np.ndarray, costs: Costs) -> float:
    rows, width = scores.shape
    slopes = range(-costs.steepest, costs.steepest + 1)
    states = [
        (c, m, gap)
        for c, m, gap in product(range(width), slopes, (False, True))
        if 0 <= c + m < width
    ]
    best = -np.inf
    for path in product(states, repeat=rows):
        score = 0.0
        for row, (c, m, gap) in enumerate(path):
            score += 0.0 if gap else float(scores[row, c])
            if row == 0:
                score -= costs.knot * (m != 0) + costs.gap * gap
                continue
            before, slope, was_gap = path[row - 1]
            score -= costs.gap if gap and not was_gap else 0.0
            reached = before + slope
            if c != reached:
                far = abs(c - reached) > costs.furthest or m != slope
                score -= np.inf if far else costs.jump[row]
            elif m != slope:
                score -= costs.knot
        best = max(best, score)
    return best


@pytest.mark.parametrize("seed", range(6))
def test_gaps_jumps_and_knots_cost_what_they_should_on_small_cases(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 2, (4, 3)).astype(np.float32)
    costs = Costs(
        steepest=1,
        knot=rng.uniform(0, 2),
        jump=rng.uniform(0, 3, 4),
        furthest=int(rng.integers(1, 3)),
        gap=rng.uniform(0, 2),
    )

    assert warp(scores, 1, costs).score == pytest.approx(_best_by_trying(scores, costs), abs=1e-4)


def test_a_block_sums_the_rows_along_its_slope() -> None:
    scores = np.full((20, 9), -1.0, np.float32)
    columns = np.array([2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6])
    scores[np.arange(20), columns] = 1.0

    path = warp(scores, 10, _free(2, steepest=3))

    assert path.score == pytest.approx(20)
    assert path.columns.tolist() == [2, 4]
    assert path.slopes.tolist() == [2, 2]


def test_unknown_ratios_say_nothing() -> None:
    scores = np.full((6, 3), np.nan, np.float32)
    scores[:, 1] = [1, np.nan, 1, 1, np.nan, 1]

    path = warp(scores, 1, _free(6))

    assert path.score == pytest.approx(4)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0)])
def test_an_empty_band_has_an_empty_path(shape: tuple[int, int]) -> None:
    path = warp(np.zeros(shape, np.float32), 2, _free(3))

    assert len(path.columns) == 0
    assert path.score == 0


def test_costs_for_another_number_of_blocks_are_refused() -> None:
    with pytest.raises(ValueError, match="3 costs of jumps for 5 blocks"):
        warp(np.zeros((10, 4), np.float32), 2, _free(3))
