"""Evidence held against what wrong pairs look like."""

import numpy as np
import pytest
from simulated_evidence import simulate

from lipsyncer.alignment import Evidence, align
from lipsyncer.alignment.chance import chance_of
from lipsyncer.alignment.confidence import STATISTIC_MIDDLE, gathered_by_chance


def _wrong_sums(mean: float, deviation: float) -> np.ndarray:
    rng = np.random.default_rng(1)
    return rng.normal(mean, deviation, (30, 500)).astype(np.float32)


_WEIGHTS = np.full((30, 500), 20.0, np.float32)


def test_proper_ratios_are_left_as_they_are() -> None:
    # Wrong pairs of proper Gaussian ratios have a mean of minus half their variance.
    excess = chance_of(_wrong_sums(-2.0, 2.0), _WEIGHTS).excess

    assert np.abs(excess).mean() * 20 < 0.3


@pytest.mark.parametrize(("mean", "deviation"), [(-0.2, 1.0), (-3.0, 1.5), (-2.0, 3.0), (1.0, 1.0)])
def test_after_the_correction_wrong_pairs_average_to_one(mean: float, deviation: float) -> None:
    sums = _wrong_sums(mean, deviation)

    corrected = sums - 20 * chance_of(sums, _WEIGHTS).excess[:, None]

    middle = np.median(corrected, axis=1) + corrected.std(axis=1) ** 2 / 2
    assert middle.mean() == pytest.approx(0, abs=0.15)


def test_the_right_pairs_do_not_count_as_chance() -> None:
    plain = _wrong_sums(-2.0, 2.0)
    ridge = plain.copy()
    ridge[:, 250:253] += 12

    difference = chance_of(ridge, _WEIGHTS).excess - chance_of(plain, _WEIGHTS).excess

    assert np.abs(difference).max() * 20 < 0.2


def test_too_few_pairs_to_judge_by_leave_it_alone() -> None:
    few = np.full((2, 20), 9.0, np.float32)

    assert not chance_of(few, few).excess.any()


def test_evidence_that_claims_too_much_is_not_believed_for_another_song() -> None:
    for seed in range(4):
        assert align(simulate("unrelated", seed, seconds=20, scale=3).evidence).confidence < 0.5


def _stranger(seconds: int, seed: int) -> Evidence:
    """Lips to another song: by chance each second fits somewhere near, and in other places."""
    rng = np.random.default_rng(seed)
    count = int(seconds * 25)
    pairs = rng.normal(-0.1, 0.35, (count, count))
    lag = np.arange(count)[None, :] - np.arange(count)[:, None]
    for first in range(0, count, 25):
        rows = slice(first, first + 20)
        places = [*rng.integers(-count, count, count // 40), rng.integers(-40, 40)]
        for place in places:
            pairs[rows] += 0.34 * np.exp(-0.5 * ((lag[rows] - place) / 1.2) ** 2)
    ones = np.ones(count, np.float32)
    return Evidence(25.0, pairs.astype(np.float32), ones, ones)


@pytest.mark.parametrize("seed", range(3))
def test_a_long_take_is_not_believed_for_what_chance_gathers(seed: int) -> None:
    alignment = align(_stranger(48, seed))

    assert alignment.statistic + gathered_by_chance(alignment.variance) > STATISTIC_MIDDLE
    assert alignment.confidence < 0.1
