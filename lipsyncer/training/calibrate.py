"""Fits what turns scores into log-likelihood ratios, on validation speakers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logsumexp

from lipsyncer.arrays import Booleans, Float32s, Float64s
from lipsyncer.network.weights import Calibration
from lipsyncer.training.measures import windowed

_WINDOWS = (16, 25, 50)  # positions over which an alignment gathers evidence


def fit_scales(*scorers: list[Float32s]) -> tuple[float, ...]:
    """The factors that make sums of scores over windows log-likelihoods of the offset.

    Each scorer gives scores (n, 31) for the same clips; their scaled sum is what is fitted.

    With it the softmax over the 31 offsets of a window's summed score gives the true offset the
    highest likelihood (Guo et al., 2017, temperature scaling, over sums). Overlapping windows make
    single scores agree too much; the factor takes that back. A share of the windows, fitted beside
    the factors, shows lips that have nothing to do with the sound and could be at any offset: the
    alignment has a state of its own for these (false lips), and without it here they alone would
    say how far every other window is to be trusted.
    """
    rows = np.stack([_window_sums(scores) for scores in scorers])
    middle = rows.shape[2] // 2
    inside = np.isfinite(rows[:, :, middle]).all(axis=0)
    rows = rows[:, inside]
    outside = np.isnan(rows).any(axis=0)
    by_chance = -np.log((~outside).sum(axis=1))

    def loss(values: Float64s) -> float:
        *log_scales, false = values
        total = np.einsum("k,knd->nd", _scales(log_scales), np.nan_to_num(rows))
        told = total[:, middle] - logsumexp(np.where(outside, -np.inf, total), axis=1)
        mixed = np.logaddexp(log_expit(-false) + told, log_expit(false) + by_chance)
        return -float(np.mean(mixed))

    start = np.append(np.full(len(scorers), np.log(0.1)), -3.0)
    fit = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 2000})
    return tuple(float(scale) for scale in _scales(fit.x[:-1]))


def _scales(logarithms: ArrayLike) -> Float64s:
    """Bounded, as a perfect scorer asks for any scale."""
    return np.asarray(np.exp(np.clip(logarithms, -20, 8)), np.float64)


def _window_sums(all_scores: list[Float32s]) -> Float64s:
    """Sums (k, 31) of scores over windows that overlap by half."""
    sums = [
        windowed(scores, window)[:: window // 2] * window
        for window in _WINDOWS
        for scores in all_scores
        if len(scores) >= window
    ]
    return np.asarray(np.concatenate(sums), np.float64)


def fit_match(true: Float32s, wrong: Float32s) -> tuple[float, float]:
    """Scale and bias of the logistic that gives a pair's probability of matching (Platt, 1999)."""
    scores = np.concatenate((true, wrong)).astype(np.float64)
    sign = np.concatenate((np.ones(len(true)), -np.ones(len(wrong))))
    weight = np.concatenate(
        (np.full(len(true), 0.5 / len(true)), np.full(len(wrong), 0.5 / len(wrong)))
    )

    def loss(parameters: Float64s) -> float:
        return float(-(weight * log_expit(sign * (parameters[0] * scores + parameters[1]))).sum())

    fit = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(fit.x[0]), float(fit.x[1])


def calibrate(embedded: list[Float32s], paired: list[Float32s]) -> Calibration:
    """Fit all constants from validation scores (n, 31) of embeddings and of the pair head."""
    (pair_scale,) = fit_scales(embedded)
    head_scale, band_scale = fit_scales(paired, embedded)
    calibration = Calibration(pair_scale, head_scale, band_scale)
    true, wrong = true_and_wrong(paired)
    match_scale, match_bias = fit_match(true, wrong)
    return replace(
        calibration,
        match_scale=match_scale,
        match_bias=match_bias,
    )


def true_and_wrong(all_scores: list[Float32s], nearest: int = 3) -> tuple[Float32s, Float32s]:
    """Scores of true pairs and of pairs at least some positions apart."""
    middle = all_scores[0].shape[1] // 2
    true = np.concatenate([s[:, middle] for s in all_scores])
    far = np.abs(np.arange(all_scores[0].shape[1]) - middle) >= nearest
    wrong = np.concatenate([s[:, far].ravel() for s in all_scores])
    return true[np.isfinite(true)], wrong[np.isfinite(wrong)]


def expected_calibration_error(probability: Float64s, match: Booleans, bins: int = 10) -> float:
    """Mean gap between probability and observed share over equal bins (Naeini et al., 2015)."""
    index = np.minimum((probability * bins).astype(int), bins - 1)
    error = 0.0
    for k in range(bins):
        inside = index == k
        if inside.any():
            error += inside.mean() * abs(probability[inside].mean() - match[inside].mean())
    return float(error)


def match_probability(logits: Float32s, calibration: Calibration) -> Float64s:
    """Probability that 16-frame pairs match, given as many matches as mismatches."""
    scaled = calibration.match_scale * logits.astype(np.float64) + calibration.match_bias
    return np.asarray(expit(scaled))
