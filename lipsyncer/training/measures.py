"""Offset accuracy of any scorer: which of 31 offsets of the sound fits a window of mouth best.

A scorer gives, for each position of a clip, 31 scores: mouth position t against sound position
t + d for d from -15 to 15. Candidates outside the clip are NaN and do not count.
"""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Booleans, Float32s, Float64s

MOST_OFFSET = 15
WINDOWS = (5, 10, 16, 25, 50)


def windowed(scores: Float32s, window: int) -> Float32s:
    """Mean score of each offset over each window, float32 (n - window + 1, 31).

    Takes (n, 31), NaN outside the clip; a window longer than the clip is cut to it. NaN where a
    candidate leaves the clip within the window.
    """
    window = min(window, len(scores))
    start = np.zeros((1, scores.shape[1]))
    total: Float64s = np.cumsum(np.vstack((start, np.nan_to_num(scores))), axis=0)
    holes: Float64s = np.cumsum(np.vstack((start, np.isnan(scores))), axis=0)
    mean = (total[window:] - total[:-window]) / window
    mean[holes[window:] - holes[:-window] > 0] = np.nan
    return np.asarray(mean, np.float32)


def offset_hits(scores: Float32s, window: int) -> Booleans:
    """Whether the best offset of each window lies within one frame of the truth, 0."""
    means = windowed(scores, window)
    best = np.nanargmax(means, axis=1) - scores.shape[1] // 2
    return np.asarray(np.abs(best) <= 1)


def offset_accuracy(all_scores: list[Float32s], window: int) -> tuple[float, int]:
    """S-Off@window: mean over clips of the mean over a clip's windows, and how many windows.

    Clips shorter than the window are left out.
    """
    hits = [offset_hits(s, window) for s in all_scores if len(s) >= window]
    if not hits:
        return float("nan"), 0
    return float(np.mean([h.mean() for h in hits])), int(sum(len(h) for h in hits))


def offset_chance(all_scores: list[Float32s], window: int) -> float:
    """S-Off@window of a scorer that guesses among the candidates that lie in the clip.

    In clips as long as they like these are 31 and the chance is 3 in 31; in a clip hardly longer
    than the window there are few, and it is high.
    """
    shares = []
    for scores in all_scores:
        if len(scores) < window:
            continue
        known = np.isfinite(windowed(scores, window))
        middle = scores.shape[1] // 2
        shares.append((known[:, middle - 1 : middle + 2].sum(axis=1) / known.sum(axis=1)).mean())
    return float(np.mean(shares)) if shares else float("nan")


def error_accuracy(all_errors: list[Float32s]) -> tuple[float, int]:
    """S-Off of a method that names the offset itself, from its errors (windows, 31) in frames.

    A guess is right within one frame once it is rounded, and a window by its share of right
    guesses over the offsets. Mean over clips of the mean over windows, and how many windows.
    """
    shares = [
        np.nanmean(np.where(np.isnan(errors), np.nan, np.abs(np.rint(errors)) <= 1), axis=1)
        for errors in all_errors
        if len(errors)
    ]
    if not shares:
        return float("nan"), 0
    return float(np.mean([s.mean() for s in shares])), sum(map(len, shares))


def whole_clip_accuracy(all_scores: list[Float32s]) -> float:
    """Share of clips whose best offset over the whole clip is within one frame.

    A candidate counts over the positions at which it lies in the clip, if these are half of it.
    """
    right = []
    for scores in all_scores:
        enough = _enough(scores)
        mean = np.where(enough, np.nanmean(np.where(enough, scores, 0), axis=0), -np.inf)
        right.append(abs(int(np.argmax(mean)) - scores.shape[1] // 2) <= 1)
    return float(np.mean(right))


def whole_clip_chance(all_scores: list[Float32s]) -> float:
    """Share of clips that guessing among the candidates of ``whole_clip_accuracy`` gets right."""
    middle = all_scores[0].shape[1] // 2
    known = [_enough(scores) for scores in all_scores]
    return float(np.mean([k[middle - 1 : middle + 2].sum() / k.sum() for k in known]))


def _enough(scores: Float32s) -> Booleans:
    """Offsets at which at least half of a clip's positions have a counterpart."""
    return np.asarray((~np.isnan(scores)).sum(axis=0) >= len(scores) / 2)
