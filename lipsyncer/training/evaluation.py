"""The table that says how good a network is, on people it never saw (docs/network.md).

One definition for every scorer: offset accuracy over 31 offsets, match classification of 16-frame
pairs, calibration of the match probability, and recovery of known distortions; in speech and in
every other condition of ``conditions``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import rankdata

from lipsyncer.arrays import Float32s
from lipsyncer.features.lipshape import lip_opening
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION
from lipsyncer.network.weights import Weights
from lipsyncer.progress import Stage, part
from lipsyncer.training.calibrate import expected_calibration_error, match_probability
from lipsyncer.training.clips import Clip
from lipsyncer.training.conditions import CONDITIONS, Change, Sounds
from lipsyncer.training.distort import joined_takes
from lipsyncer.training.inverted_softmax import along_offsets
from lipsyncer.training.lags import read_clips_in_sync
from lipsyncer.training.measures import (
    MOST_OFFSET,
    WINDOWS,
    offset_accuracy,
    offset_chance,
    whole_clip_accuracy,
    whole_clip_chance,
)
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.paper_network import PaperNetwork
from lipsyncer.training.paper_trainer import paper_scores
from lipsyncer.training.recovery import harm, warp_recovery

CHANCE = 3 / (2 * MOST_OFFSET + 1)
_TAKE_SECONDS = 12.0
_SEED = 1


@dataclass(frozen=True)
class ScorerFigures:
    """Offset accuracy of one scorer.

    Attributes
    ----------
    scorer
        What was scored with.
    accuracy
        S-Off@K by K, 0..1.
    windows
        Windows behind each figure, by K.
    whole
        Share of clips whose best offset over the whole clip is within one frame.
    """

    scorer: str
    accuracy: dict[int, float]
    windows: dict[int, int]
    whole: float


@dataclass(frozen=True)
class Figures:
    """What was measured on single clips in one condition.

    Attributes
    ----------
    positions
        Of all clips together: held vowels make clips longer.
    offsets
        Offset accuracy by scorer.
    match
        Accuracy, auc, calibration error and pairs, see :func:`match_figures`; None for a scorer
        without match probability.
    """

    positions: int
    offsets: list[ScorerFigures]
    match: dict[str, float] | None = None


def evaluate(
    weights: Weights,
    data: Path,
    split: str = "test",
    conditions: Sequence[str] = ("speech",),
    corpus: str = "folder",
    lags: Path | None = None,
) -> Stage[dict[str, Any]]:
    """Measure a network on a split of a folder of clips.

    Parameters
    ----------
    data, split, corpus
        Where the clips are and which of them to take; see ``corpora.rows_of``.
    conditions
        How the clips are to sound, names of ``CONDITIONS``. In speech, recovery under false lips
        and the harm done to clips in sync are measured as well.
    lags
        A table by which the clips are put in sync first; taken at their word without.

    Returns
    -------
    dict
        ``split``, ``clips``, ``speakers``, ``conditions`` (:class:`Figures` by title),
        ``recovery`` (by condition and family) and, with speech, ``harm`` (clips moved, clips).

    Raises
    ------
    LipsyncerError
        When a program that makes singing or music is not installed.
    """
    spoken = yield from part(read_clips_in_sync(data, split, corpus, lags), 0.0, 0.1)
    chosen = [CONDITIONS[name] for name in conditions]
    sounds = Sounds(chosen, spoken)
    yield from part(sounds.make(), 0.1, 0.15)
    figures: dict[str, Figures] = {}
    recovery: dict[str, dict[str, Any]] = {}
    harmed: dict[str, Any] = {}
    each = 0.85 / len(chosen)
    for index, condition in enumerate(chosen):
        first = 0.15 + index * each
        voices, change = sounds.voices(condition), sounds.change(condition)
        scoring = _measured(weights, voices, change)
        figures[condition.title] = yield from part(scoring, first, first + each / 2)
        takes = [*joined_takes(voices, _TAKE_SECONDS)]
        if takes:
            recovery[condition.title] = warp_recovery(takes, weights, seed=_SEED, change=change)
        yield first + 0.7 * each
        if condition == CONDITIONS["speech"]:
            if takes:
                recovery["10 % false lips"] = warp_recovery(
                    takes, weights, seed=_SEED, false_lips=0.1
                )
            moved, total = harm(voices, weights)
            harmed = {"harm": {"moved": moved, "clips": total}}
        yield first + each
    return {
        "split": split,
        "clips": len(spoken),
        "speakers": len({c.speaker for c in spoken}),
        "conditions": figures,
        "recovery": recovery,
    } | harmed


def _measured(weights: Weights, voices: list[Clip], change: Change) -> Stage[Figures]:
    """Offset accuracy and match of clips whose sound is changed."""
    embedded, paired, opening = [], [], []
    for index, voice in enumerate(voices):
        clip = change(voice)
        by_embedding, by_head = clip_scores(weights.model, clip)
        embedded.append(by_embedding)
        paired.append(by_head)
        opening.append(opening_scores(clip))
        yield (index + 1) / len(voices)
    c = weights.calibration
    together = [c.together(p, e) for p, e in zip(paired, embedded, strict=True)]
    # Pair-head logits are nats as they come; what is heard with them takes their scale.
    held = [along_offsets(scores / c.head_scale) for scores in together]
    rows = [
        row("pair head and embeddings", together),
        row("the same, inverted softmax", held),
        row("pair head alone", paired),
        row("embeddings alone", embedded),
        row("mouth opening against loudness", opening),
        chance_row(opening),
    ]
    return Figures(sum(map(len, voices)), rows, match_figures(paired, weights))


def evaluate_paper(
    model: PaperNetwork,
    data: Path,
    split: str = "test",
    corpus: str = "folder",
    lags: Path | None = None,
) -> Stage[dict[str, Any]]:
    """Measure the paper's network on a split: offset accuracy alone, on the same definition."""
    clips = yield from part(read_clips_in_sync(data, split, corpus, lags), 0.0, 0.5)
    scores = []
    for index, clip in enumerate(clips):
        scored = paper_scores(model, clip)
        if len(scored):
            scores.append(scored)
        yield 0.5 + 0.5 * (index + 1) / len(clips)
    figures = Figures(sum(map(len, clips)), [row("the paper's network", scores)])
    return {
        "split": split,
        "clips": len(clips),
        "speakers": len({c.speaker for c in clips}),
        "conditions": {CONDITIONS["speech"].title: figures},
        "recovery": {},
    }


def row(scorer: str, scores: list[Float32s]) -> ScorerFigures:
    """Offset accuracies of one scorer from its scores (n, 31) of every clip."""
    figures = {k: offset_accuracy(scores, k) for k in WINDOWS}
    return ScorerFigures(
        scorer,
        {k: accuracy for k, (accuracy, _) in figures.items()},
        {k: windows for k, (_, windows) in figures.items()},
        whole_clip_accuracy(scores),
    )


def chance_row(scores: list[Float32s]) -> ScorerFigures:
    """What guessing among the candidates in the clip reaches, which in short clips are few."""
    return ScorerFigures(
        "guessing among the offsets in the clip",
        {k: offset_chance(scores, k) for k in WINDOWS},
        {k: offset_accuracy(scores, k)[1] for k in WINDOWS},
        whole_clip_chance(scores),
    )


def match_figures(paired: list[Float32s], weights: Weights) -> dict[str, float]:
    """Bin-16: true 16-frame pairs against ones from elsewhere in the clip, half and half.

    The pair head sees 16 frames by itself. Mismatches are drawn, one for each true pair, from the
    offsets at least three frames away.
    """
    rng = np.random.default_rng(_SEED)
    true, wrong = [], []
    for scores in paired:
        far = np.abs(np.arange(scores.shape[1]) - MOST_OFFSET) >= 3
        for line in scores:
            others = line[far & np.isfinite(line)]
            if np.isfinite(line[MOST_OFFSET]) and len(others):
                true.append(line[MOST_OFFSET])
                wrong.append(rng.choice(others))
    logits = np.array(true + wrong, np.float32)
    match = np.arange(len(logits)) < len(true)
    probability = match_probability(logits, weights.calibration)
    ranks = rankdata(logits)
    count = len(true)
    auc = (ranks[match].sum() - count * (count + 1) / 2) / (count * len(wrong))
    return {
        "accuracy": float(((probability > 0.5) == match).mean()),
        "auc": float(auc),
        "calibration_error": expected_calibration_error(probability, match),
        "pairs": len(logits),
    }


def opening_scores(clip: Clip) -> Float32s:
    """Baseline without learning: how far the lips open against how loud the voice is.

    Scores (n, 31) are products of both, standardised over the clip, so that their mean over a
    window is a correlation (normalised cross-correlation, as in Liu and Sato's sliding window).
    """
    opening = lip_opening(clip.shape)
    # Mel bands 10 to 60 hold about 300 Hz to 3.4 kHz, where voices are.
    loudness = clip.power[:, 10:60].sum(axis=1).reshape(-1, COLUMNS_PER_POSITION).mean(axis=1)
    loudness = np.log(loudness + 1e-4)
    opening = (opening - opening.mean()) / (opening.std() + 1e-6)
    loudness = (loudness - loudness.mean()) / (loudness.std() + 1e-6)
    n = len(clip)
    scores = np.full((n, 2 * MOST_OFFSET + 1), np.nan, np.float32)
    for column, d in enumerate(range(-MOST_OFFSET, MOST_OFFSET + 1)):
        t = np.arange(max(0, -d), min(n, n - d))
        scores[t, column] = opening[t] * loudness[t + d]
    return scores
