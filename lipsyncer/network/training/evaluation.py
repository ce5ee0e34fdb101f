"""The table that says how good a network is, on people it never saw (docs/network.md).

One definition for every scorer: offset accuracy over 31 offsets, match classification of 16-frame
pairs, calibration of the match probability, and recovery of known distortions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from lipsyncer.features.lipshape import lip_opening
from lipsyncer.features.sound import COLUMNS_PER_POSITION
from lipsyncer.network.paper import PaperNetwork
from lipsyncer.network.training.calibrate import expected_calibration_error, match_probability
from lipsyncer.network.training.clips import Clip
from lipsyncer.network.training.distort import joined_takes
from lipsyncer.network.training.measures import (
    MOST_OFFSET,
    WINDOWS,
    offset_accuracy,
    whole_clip_accuracy,
)
from lipsyncer.network.training.offsets import clip_scores
from lipsyncer.network.training.paper_trainer import paper_scores
from lipsyncer.network.training.reader import read_clips
from lipsyncer.network.training.recovery import harm, warp_recovery
from lipsyncer.network.weights import Weights
from lipsyncer.progress import Stage, part

Float = npt.NDArray[np.float32]

CHANCE = 3 / (2 * MOST_OFFSET + 1)
_TAKE_SECONDS = 12.0
_SEED = 1


@dataclass(frozen=True)
class Row:
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


def evaluate(weights: Weights, data: Path, split: str = "test") -> Stage[dict[str, Any]]:
    """Measure a network on a split of a folder of clips.

    Returns
    -------
    dict
        ``split``, ``clips``, ``speakers``, ``positions``, ``offsets`` (a list of rows),
        ``match`` (accuracy, auc, calibration error, pairs), ``recovery`` (by condition and
        family) and ``harm`` (clips moved, clips).
    """
    clips = yield from part(read_clips(data, split), 0.0, 0.3)
    embedded, paired, opening = [], [], []
    for index, clip in enumerate(clips):
        by_embedding, by_head = clip_scores(weights.model, clip)
        embedded.append(by_embedding)
        paired.append(by_head)
        opening.append(opening_scores(clip))
        yield 0.3 + 0.3 * (index + 1) / len(clips)
    takes = [*joined_takes(clips, _TAKE_SECONDS)]
    c = weights.calibration
    shipped = [c.head_scale * p + c.band_scale * e for p, e in zip(paired, embedded, strict=True)]
    recovery = {"speech": warp_recovery(takes, weights, seed=_SEED)} if takes else {}
    yield 0.8
    if takes:
        false = warp_recovery(takes, weights, seed=_SEED, false_lips=0.1)
        recovery["10 % false lips"] = false
    yield 0.9
    moved, total = harm(clips, weights)
    return {
        "split": split,
        "clips": len(clips),
        "speakers": len({c.speaker for c in clips}),
        "positions": sum(map(len, clips)),
        "offsets": [
            row("pair head and embeddings", shipped),
            row("pair head alone", paired),
            row("embeddings alone", embedded),
            row("mouth opening against loudness", opening),
        ],
        "match": match_figures(paired, weights),
        "recovery": recovery,
        "harm": {"moved": moved, "clips": total},
    }


def evaluate_paper(model: PaperNetwork, data: Path, split: str = "test") -> Stage[dict[str, Any]]:
    """Measure the paper's network on a split: offset accuracy alone, on the same definition."""
    clips = yield from part(read_clips(data, split), 0.0, 0.5)
    scores = []
    for index, clip in enumerate(clips):
        scored = paper_scores(model, clip)
        if len(scored):
            scores.append(scored)
        yield 0.5 + 0.5 * (index + 1) / len(clips)
    return {
        "split": split,
        "clips": len(clips),
        "speakers": len({c.speaker for c in clips}),
        "positions": sum(map(len, clips)),
        "offsets": [row("the paper's network", scores)],
    }


def row(scorer: str, scores: list[Float]) -> Row:
    """Offset accuracies of one scorer from its scores (n, 31) of every clip."""
    figures = {k: offset_accuracy(scores, k) for k in WINDOWS}
    return Row(
        scorer,
        {k: accuracy for k, (accuracy, _) in figures.items()},
        {k: windows for k, (_, windows) in figures.items()},
        whole_clip_accuracy(scores),
    )


def match_figures(paired: list[Float], weights: Weights) -> dict[str, float]:
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


def opening_scores(clip: Clip) -> Float:
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


def as_json(table: dict[str, Any]) -> dict[str, Any]:
    """The table in plain values, for a file."""
    plain = dict(table)
    plain["offsets"] = [
        {
            "scorer": r.scorer,
            "accuracy": {str(k): round(v, 4) for k, v in r.accuracy.items()},
            "windows": {str(k): v for k, v in r.windows.items()},
            "whole_clips": round(r.whole, 4),
        }
        for r in table["offsets"]
    ]
    return plain


def as_text(table: dict[str, Any]) -> str:
    """The table as a person reads it."""
    lines = [
        f"Split “{table['split']}”: {table['clips']} clips, {table['speakers']} speakers, "
        f"{table['positions']} positions.",
        "",
        "Offset accuracy S-Off@K, % of windows within one frame "
        f"(31 offsets, chance {100 * CHANCE:.1f})",
        f"{'scorer':34s}" + "".join(f"{'@' + str(k):>8s}" for k in WINDOWS) + f"{'clips':>8s}",
    ]
    for r in table["offsets"]:
        figures = "".join(f"{100 * r.accuracy[k]:8.1f}" for k in WINDOWS)
        lines.append(f"{r.scorer:34s}{figures}{100 * r.whole:8.1f}")
    windows = "".join(f"{table['offsets'][0].windows[k]:8d}" for k in WINDOWS)
    lines.append(f"{'windows':34s}{windows}{table['clips']:8d}")
    if "match" not in table:
        return "\n".join(lines)
    m = table["match"]
    lines += [
        "",
        f"Match of 16-frame pairs: accuracy {100 * m['accuracy']:.1f} %, AUC {m['auc']:.3f}, "
        f"expected calibration error {m['calibration_error']:.3f} ({m['pairs']} pairs).",
        "",
        "Warp recovery, lips only: mean |error| in frames, % of voiced positions within "
        "-125/+45 ms and within -60/+40 ms",
        f"{'condition':18s}{'family':12s}{'AFE':>7s}{'-125/+45':>10s}{'-60/+40':>9s}"
        f"{'AFE before':>12s}{'takes':>7s}{'positions':>11s}",
    ]
    for condition, families in table["recovery"].items():
        for family, f in families.items():
            lines.append(
                f"{condition:18s}{family:12s}{f['afe']:7.2f}{100 * f['detectable']:10.1f}"
                f"{100 * f['strict']:9.1f}{f['uncorrected']['afe']:12.2f}{f['takes']:7d}"
                f"{f['positions']:11d}"
            )
    h = table["harm"]
    lines += [
        "",
        f"Do no harm: {h['moved']} of {h['clips']} in-sync clips moved by more than one frame.",
    ]
    return "\n".join(lines)
