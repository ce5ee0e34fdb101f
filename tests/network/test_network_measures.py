"""The measures themselves, on scorers whose quality is known."""

from __future__ import annotations

import numpy as np
import pytest

from lipsyncer.training.calibrate import (
    calibrate,
    expected_calibration_error,
    fit_scales,
    match_probability,
    true_and_wrong,
)
from lipsyncer.training.evaluation import CHANCE
from lipsyncer.training.measures import (
    MOST_OFFSET,
    WINDOWS,
    offset_accuracy,
    offset_chance,
    whole_clip_accuracy,
    whole_clip_chance,
    windowed,
)

CLIPS, LENGTH = 60, 80
OFFSETS = np.arange(-MOST_OFFSET, MOST_OFFSET + 1)


def scores_of(rng: np.random.Generator, signal: float) -> list[np.ndarray]:
    """Noise, and a signal at offset 0; candidates outside the clip are unknown."""
    clips = []
    for _ in range(CLIPS):
        scores = rng.normal(0, 1, (LENGTH, len(OFFSETS))).astype(np.float32)
        scores[:, MOST_OFFSET] += signal
        position = np.arange(LENGTH)[:, None] + OFFSETS
        scores[(position < 0) | (position >= LENGTH)] = np.nan
        clips.append(scores)
    return clips


def test_a_perfect_scorer_is_always_right() -> None:
    scores = scores_of(np.random.default_rng(0), signal=100.0)
    assert all(offset_accuracy(scores, k)[0] == 1.0 for k in WINDOWS)
    assert whole_clip_accuracy(scores) == 1.0


def test_a_random_scorer_is_right_by_chance() -> None:
    scores = scores_of(np.random.default_rng(0), signal=0.0)
    # In the middle of a clip all 31 offsets count; at its ends fewer do, so look inside.
    inner = [s[MOST_OFFSET:-MOST_OFFSET] for s in scores]
    assert offset_accuracy(inner, 5)[0] == pytest.approx(CHANCE, abs=0.02)


def test_guessing_is_right_as_often_as_it_is_said() -> None:
    rng = np.random.default_rng(0)
    scores = [s[:24] for s in scores_of(rng, signal=0.0)]  # short clips: few candidates at 16
    for clip in scores:
        clip[np.arange(24)[:, None] + OFFSETS >= 24] = np.nan
    for window in (5, 16):
        chance = offset_chance(scores, window)
        assert offset_accuracy(scores, window)[0] == pytest.approx(chance, abs=0.05)
    assert offset_chance(scores, 16) > 2 * CHANCE
    assert whole_clip_accuracy(scores) == pytest.approx(whole_clip_chance(scores), abs=0.12)


def test_a_candidate_outside_the_clip_never_wins() -> None:
    scores = scores_of(np.random.default_rng(0), signal=0.0)[0]
    means = windowed(scores, 5)
    assert np.isnan(means[0, : MOST_OFFSET - 1]).all()
    assert np.isfinite(means[:, MOST_OFFSET]).all()


def test_longer_windows_are_more_accurate() -> None:
    scores = scores_of(np.random.default_rng(0), signal=0.8)
    accuracies = [offset_accuracy(scores, k)[0] for k in WINDOWS]
    assert accuracies == sorted(accuracies)


def test_the_scale_finds_the_true_log_likelihood_ratio() -> None:
    # Normal scores of unit spread a signal s apart: the ratio is s times the score.
    scores = scores_of(np.random.default_rng(0), signal=0.4)
    assert fit_scales(scores)[0] == pytest.approx(0.4, rel=0.15)


def test_lips_that_belong_to_no_sound_do_not_make_the_others_doubtful() -> None:
    rng = np.random.default_rng(0)
    scores = scores_of(rng, signal=0.8)
    for clip in scores[::10]:  # one clip in ten says another offset, as surely as the rest
        clip[:, [MOST_OFFSET, MOST_OFFSET + 9]] = clip[:, [MOST_OFFSET + 9, MOST_OFFSET]]
    assert fit_scales(scores)[0] == pytest.approx(0.8, rel=0.15)


def test_scores_that_repeat_themselves_count_for_less() -> None:
    scores = scores_of(np.random.default_rng(0), signal=0.4)
    doubled = [np.repeat(s, 4, axis=0) for s in scores]
    assert fit_scales(doubled)[0] < 0.5 * fit_scales(scores)[0]


def test_calibrated_probabilities_are_observed() -> None:
    rng = np.random.default_rng(0)
    calibration = calibrate(scores_of(rng, 2.0), scores_of(rng, 2.0))
    true, wrong = true_and_wrong(scores_of(rng, 2.0))
    wrong = wrong[: len(true)]
    logits = np.concatenate((true, wrong))
    match = np.arange(len(logits)) < len(true)
    probability = match_probability(logits, calibration)
    assert expected_calibration_error(probability, match) < 0.03
    assert expected_calibration_error(probability**3, match) > 0.1


def test_the_better_of_two_scorers_counts_for_more() -> None:
    rng = np.random.default_rng(0)
    good, poor = scores_of(rng, 0.5), scores_of(rng, 0.1)
    scale_good, scale_poor = fit_scales(good, poor)
    assert scale_good > 2 * scale_poor
