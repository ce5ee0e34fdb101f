"""Evidence held against what wrong pairs look like."""

import numpy as np
import pytest
from simulated_evidence import simulate

from lipsyncer.align.chance import against_chance
from lipsyncer.align.lines import weighted_pairs


def _wrong_sums(mean: float, deviation: float) -> np.ndarray:
    rng = np.random.default_rng(1)
    return rng.normal(mean, deviation, (30, 500)).astype(np.float32)


def test_proper_ratios_are_left_as_they_are() -> None:
    # Wrong pairs of proper Gaussian ratios have a mean of minus half their variance.
    trust, shift = against_chance(_wrong_sums(-2.0, 2.0), np.full((30, 500), 20.0, np.float32))

    assert trust == pytest.approx(1, abs=0.05)
    assert np.abs(shift).mean() * 20 < 0.3


def test_after_the_correction_wrong_pairs_average_to_one() -> None:
    for mean, deviation in ((-0.2, 1.0), (-3.0, 1.5), (-2.0, 3.0), (1.0, 1.0)):
        sums = _wrong_sums(mean, deviation)
        trust, shift = against_chance(sums, np.full((30, 500), 20.0, np.float32))
        corrected = trust * sums - 20 * shift[:, None]
        middle, deviation = np.median(corrected), corrected.std()
        assert middle + deviation**2 / 2 == pytest.approx(0, abs=0.15)
        assert trust <= 1


def test_the_right_pairs_do_not_count_as_chance() -> None:
    plain = _wrong_sums(-2.0, 2.0)
    ridge = plain.copy()
    ridge[:, 250:253] += 12

    assert against_chance(ridge, np.full((30, 500), 20.0, np.float32))[0] == pytest.approx(
        against_chance(plain, np.full((30, 500), 20.0, np.float32))[0], abs=0.03
    )


def test_too_few_pairs_to_judge_by_leave_it_alone() -> None:
    trust, shift = against_chance(
        np.full((2, 20), 9.0, np.float32), np.full((2, 20), 20.0, np.float32)
    )

    assert trust == 1
    assert not shift.any()


def test_evidence_that_claims_too_much_is_tempered() -> None:
    proper = weighted_pairs(simulate("unrelated", 1, seconds=20).evidence)
    loud = weighted_pairs(simulate("unrelated", 1, seconds=20, scale=3).evidence)

    assert loud.std() < 2.2 * proper.std()
