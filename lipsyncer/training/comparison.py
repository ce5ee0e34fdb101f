"""Our network beside other methods, on the same windows with the same offsets to choose from.

A method that sees several frames at a time by itself judges a window by the looks that lie inside
of it, so every figure of a column rests on the same windows and the same candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from scipy.stats import rankdata

from lipsyncer.arrays import Float32s
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.network.model import PAIR_AFTER, PAIR_BEFORE, REACH
from lipsyncer.network.syncnet import SyncNet
from lipsyncer.network.weights import Weights
from lipsyncer.progress import Stage, part
from lipsyncer.training.baseline_networks import OffsetNetwork, ShapeFromSound
from lipsyncer.training.baseline_scores import offset_errors, shape_scores, syncnet_scores
from lipsyncer.training.baseline_trainer import SHORTEST
from lipsyncer.training.baseline_weights import load_baseline, load_paper
from lipsyncer.training.calibrate import fit_match
from lipsyncer.training.clips import Clip, hold_out
from lipsyncer.training.evaluation import chance_row, opening_scores
from lipsyncer.training.inverted_softmax import along_offsets
from lipsyncer.training.lags import read_clips_in_sync
from lipsyncer.training.measures import (
    MOST_OFFSET,
    WINDOWS,
    error_accuracy,
    offset_accuracy,
    windowed,
)
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.paper_network import WINDOW
from lipsyncer.training.paper_trainer import paper_scores

Value = TypeVar("Value")

TITLES = {
    "paper": "the paper's network",
    "syncnet": "SyncNet-style towers, pixels only",
    "offset": "direct offset regression",
    "shape": "lip shape regressed from sound",
}
"""Baselines that weights can be given for, as the table calls them."""

NAMES = tuple(TITLES)

ClipScores = Sequence[tuple[Float32s, Float32s]]
"""Scores of embeddings and of the pair head for each of some clips."""

_BIN = 16  # frames of a pair in the match classification
_SEED = 1


@dataclass(frozen=True)
class MethodFigures:
    """One method's figures.

    Attributes
    ----------
    method
        What was measured.
    accuracy
        S-Off@K by K, 0..1; only where the method can judge so short a window.
    windows
        Windows behind each figure, by K.
    bin16
        Accuracy of the match of 16-frame pairs, 0..1, where the method has a threshold.
    auc
        Area under the curve of that match, where the method scores pairs.
    pairs
        Pairs behind it.
    parts
        S-Off@16 on the clips of the largest source and on those of all others.
    """

    method: str
    accuracy: dict[int, float] = field(default_factory=dict)
    windows: dict[int, int] = field(default_factory=dict)
    bin16: float | None = None
    auc: float | None = None
    pairs: int = 0
    parts: tuple[float, float] | None = None


def compare(
    weights: Weights,
    baselines: dict[str, Path],
    data: Path,
    split: str = "test",
    corpus: str = "folder",
    lags: Path | None = None,
) -> Stage[dict[str, Any]]:
    """Measure our network and the baselines on a split of a folder of clips.

    Parameters
    ----------
    baselines
        Weights of trained baselines by name, see ``NAMES``; mouth opening against loudness needs
        none.
    data, split, corpus
        Where the clips are and which of them to take; see ``corpora.rows_of``.
    lags
        A table of lags by which to put the clips in sync first; without it they stay as they are.

    Returns
    -------
    dict
        ``split``, ``clips``, ``speakers``, ``positions``, ``parts`` (clips of the largest source
        and of all others), ``lines`` (of :class:`MethodFigures`) and ``missing`` (names of
        baselines without weights).

    Raises
    ------
    InputError
        When a file does not hold the baseline it was named for.
    """
    methods = [_loaded(name, baselines[name]) for name in NAMES if name in baselines]
    clips = yield from part(read_clips_in_sync(data, split, corpus, lags), 0.0, 0.2)
    validation = yield from part(_validation(data, corpus, lags), 0.2, 0.3)
    scores = yield from part(_scores_of(weights, clips), 0.3, 0.5)
    validation_scores = yield from part(_scores_of(weights, validation), 0.5, 0.6)
    lines = _our_lines(weights, clips, scores, validation_scores)
    for index, method in enumerate(methods):
        lines.append(method(clips, validation))
        yield 0.6 + 0.4 * (index + 1) / len(methods)
    opening = [opening_scores(clip) for clip in clips]
    above = threshold([opening_scores(clip) for clip in validation])
    lines.append(line("mouth opening against loudness", opening, clips, above=above))
    guessed = chance_row(opening)
    lines.append(MethodFigures(guessed.scorer, guessed.accuracy, guessed.windows))
    return {
        "split": split,
        "clips": len(clips),
        "speakers": len({c.speaker for c in clips}),
        "positions": sum(map(len, clips)),
        "parts": tuple(map(len, _parted(clips, clips))),
        "lines": lines,
        "missing": [name for name in NAMES if name not in baselines],
    }


def _validation(data: Path, corpus: str, lags: Path | None) -> Stage[list[Clip]]:
    """Clips of the speakers held out from training; none where the folder has no training clips."""
    try:
        clips = yield from read_clips_in_sync(data, "train", corpus, lags)
    except InputError:
        return []
    return hold_out(clips)[1]


def _scores_of(weights: Weights, clips: list[Clip]) -> Stage[ClipScores]:
    scores = []
    for index, clip in enumerate(clips):
        scores.append(clip_scores(weights.model, clip))
        yield (index + 1) / len(clips)
    return scores


def _our_lines(
    weights: Weights, clips: list[Clip], scores: ClipScores, validation: ClipScores
) -> list[MethodFigures]:
    c = weights.calibration
    scorers: dict[str, Callable[[Float32s, Float32s], Float32s]] = {
        "pair head and embeddings (ours)": lambda e, h: c.together(h, e),
        "the same, inverted softmax (ours)": lambda e, h: along_offsets(
            c.together(h, e) / c.head_scale
        ),
        "pair head (ours)": lambda _, h: h,
        "embeddings alone (ours)": lambda e, _: e,
    }
    lines = [
        line(
            title,
            [combined(*pair) for pair in scores],
            clips,
            above=threshold([combined(*pair) for pair in validation]),
        )
        for title, combined in scorers.items()
    ]
    looks = [inside_looks(head) for _, head in scores]
    above = -c.match_bias / c.match_scale
    lines.insert(-1, line("pair head, inside the window (ours)", looks, clips, _BIN, above))
    return lines


def inside_looks(paired: Float32s) -> Float32s:
    """Pair-head scores whose 16 frames lie in the clip, mouth and sound, by their first frame."""
    before, after = PAIR_BEFORE + REACH, PAIR_AFTER + REACH
    inside = paired[before : len(paired) - after].copy()
    start = np.arange(len(inside))[:, None] + np.arange(-MOST_OFFSET, MOST_OFFSET + 1)
    inside[(start < 0) | (start >= len(inside))] = np.nan
    return inside


def _loaded(name: str, path: Path) -> Callable[[list[Clip], list[Clip]], MethodFigures]:
    """A baseline ready to be measured on clips, given those of the validation speakers."""
    title = TITLES[name]
    if name == "paper":
        paper = load_paper(path)
        return lambda clips, _: line(
            title, [paper_scores(paper, c) for c in clips], clips, WINDOW, 0.0
        )
    model, recipe = load_baseline(path, name)
    if isinstance(model, SyncNet):
        above = recipe["threshold"]
        return lambda clips, _: line(
            title, [syncnet_scores(model, c) for c in clips], clips, above=above
        )
    if isinstance(model, ShapeFromSound):
        return lambda clips, validation: line(
            title,
            [shape_scores(model, c) for c in clips],
            clips,
            above=threshold([shape_scores(model, c) for c in validation]),
        )
    return lambda clips, _: offset_line(title, model, clips)


def line(
    method: str,
    scores: list[Float32s],
    clips: list[Clip],
    look: int = 1,
    above: float | None = None,
) -> MethodFigures:
    """Figures of a method that scores offsets.

    Parameters
    ----------
    scores
        Scores (n - look + 1, 31) of every clip.
    clips
        The clips.
    look
        Frames that the method sees at a time without leaving the window.
    above
        Score of a 16-frame pair from which on it is held to match.
    """
    figures = {k: offset_accuracy(scores, k - look + 1) for k in WINDOWS if k >= look}
    true, wrong = pairs16(scores, look)
    all_scores = np.concatenate((true, wrong))
    match = np.arange(len(all_scores)) < len(true)
    return MethodFigures(
        method,
        {k: accuracy for k, (accuracy, _) in figures.items()},
        {k: windows for k, (_, windows) in figures.items()},
        None if above is None else float(((all_scores > above) == match).mean()),
        _area(true, wrong),
        len(all_scores),
        _by_part(clips, scores, lambda part: offset_accuracy(part, _BIN - look + 1)),
    )


def offset_line(method: str, model: OffsetNetwork, clips: list[Clip]) -> MethodFigures:
    """Figures of the direct regression: the share of guesses within a frame."""
    errors = {k: [offset_errors(model, c, k) for c in clips] for k in WINDOWS if k >= SHORTEST}
    figures = {k: error_accuracy(by_clip) for k, by_clip in errors.items()}
    return MethodFigures(
        method,
        {k: accuracy for k, (accuracy, _) in figures.items()},
        {k: windows for k, (_, windows) in figures.items()},
        parts=_by_part(clips, errors[_BIN], error_accuracy),
    )


def _parted(clips: list[Clip], values: list[Value]) -> tuple[list[Value], list[Value]]:
    """What belongs to the clips of the largest source, and to those of all others."""
    ((largest, _),) = Counter(clip.source for clip in clips).most_common(1)
    mine = [clip.source == largest for clip in clips]
    return (
        [value for value, inside in zip(values, mine, strict=True) if inside],
        [value for value, inside in zip(values, mine, strict=True) if not inside],
    )


def _by_part(
    clips: list[Clip],
    scores: list[Float32s],
    measure: Callable[[list[Float32s]], tuple[float, int]],
) -> tuple[float, float]:
    largest, others = (measure(part)[0] for part in _parted(clips, scores))
    return largest, others


def pairs16(scores: list[Float32s], look: int = 1) -> tuple[Float32s, Float32s]:
    """Scores of true 16-frame pairs, and for each that of one at least three frames away."""
    rng = np.random.default_rng(_SEED)
    far = np.abs(np.arange(2 * MOST_OFFSET + 1) - MOST_OFFSET) >= 3
    true, wrong = [], []
    for clip in scores:
        if len(clip) + look - 1 < _BIN:
            continue
        for window in windowed(clip, _BIN - look + 1):
            others = window[far & np.isfinite(window)]
            if len(others):
                true.append(window[MOST_OFFSET])
                wrong.append(rng.choice(others))
    return np.array(true, np.float32), np.array(wrong, np.float32)


def threshold(scores: list[Float32s]) -> float | None:
    """Score from which on a 16-frame pair is held to match, by clips of validation speakers.

    It is where a logistic (Platt, 1999) gives true and wrong pairs even odds; None without clips.
    """
    if not scores:
        return None
    scale, bias = fit_match(*pairs16(scores))
    return -bias / scale


def _area(true: Float32s, wrong: Float32s) -> float:
    """Area under the curve: how often a true pair scores above a wrong one."""
    ranks = rankdata(np.concatenate((true, wrong)))
    count = len(true)
    area = (ranks[:count].sum() - count * (count + 1) / 2) / max(count * len(wrong), 1)
    return float(area)
