"""How late the sound of each clip is, estimated by networks that never saw its speaker.

Corpora claim that their clips are in sync. Where clips were cut out of longer footage, the sound of
each may start some frames early or late, evenly spread: the source is right on average, and no
single clip is. Training on such clips blurs a network by as much. So networks trained on half of
the speakers estimate the lags of the other half's clips, which are then put in sync.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from lipsyncer.arrays import Float32s
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, SAMPLE_RATE
from lipsyncer.network.model import Lipsync
from lipsyncer.progress import Stage
from lipsyncer.training.clips import Clip, with_sound
from lipsyncer.training.measures import MOST_OFFSET
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.reader import read_clips
from lipsyncer.whole_file import whole_file

Lags = dict[str, float]
"""Positions by which the sound of a clip comes late, by the clip's name; a missing clip is 0."""

FURTHEST = 6
"""Positions: a lag is looked for so far to each side."""

_MOST_BELIEVED = 3.5  # positions: what lies beyond is a clip in which nothing was found
_LOOSE_SPREAD = 0.75  # positions: standard deviation of a source whose clips are each by themselves
_LOOSE_CLIPS = 20  # clips of a source of which a spread can be told

_SAMPLES = round(SAMPLE_RATE / GRID_RATE)


def in_sync(clip: Clip, lag: float) -> Clip:
    """Move the sound of a clip against its picture, and cut off what has no counterpart then.

    Parameters
    ----------
    clip
        Of n positions.
    lag
        Positions by which its sound comes late; negative where it comes early.

    Returns
    -------
    Clip
        Shorter by the lag, rounded up.
    """
    if not lag:
        return clip
    n, moved = len(clip), round(lag * _SAMPLES)
    samples = clip.sound.astype(np.float32) / 32768
    # The whole sound is moved before it is cut: the spectrogram at a cut then hears what is there.
    shifted = np.zeros_like(samples)
    length = max(len(samples) - abs(moved), 0)
    shifted[max(-moved, 0) :][:length] = samples[max(moved, 0) :][:length]
    whole = with_sound(clip, shifted)
    first, last = int(max(0, np.ceil(-lag))), int(min(n, np.floor(n - lag)))
    pictured = slice(first, max(last, first))
    return replace(
        whole,
        crops=whole.crops[pictured],
        shape=whole.shape[pictured],
        quality=whole.quality[pictured],
        power=whole.power[first * COLUMNS_PER_POSITION : last * COLUMNS_PER_POSITION],
        sound=whole.sound[first * _SAMPLES : last * _SAMPLES],
    )


def all_in_sync(clips: Iterable[Clip], lags: Mapping[str, float]) -> list[Clip]:
    """Put clips in sync by their lags."""
    return [in_sync(clip, lags.get(clip.name, 0.0)) for clip in clips]


def lag_of(scores: Float32s) -> float:
    """The lag that scores (n, 31) of a whole clip speak for, to fractions of a position.

    The best offset of the mean over the clip and its neighbours give a parabola, whose top it is.
    """
    reach = slice(MOST_OFFSET - FURTHEST, MOST_OFFSET + FURTHEST + 1)
    known = np.isfinite(scores[:, reach])
    total = np.where(known, scores[:, reach], 0.0).sum(axis=0)
    mean = total / np.maximum(known.sum(axis=0), 1)
    mean[~known.any(axis=0)] = -np.inf
    best = int(np.clip(np.argmax(mean), 1, 2 * FURTHEST - 1))
    before, top, after = (float(x) for x in mean[best - 1 : best + 2])
    bend = before - 2 * top + after
    if not (np.isfinite(bend) and bend < 0):
        return float(best - FURTHEST)
    return best - FURTHEST + float(np.clip((before - after) / (2 * bend), -0.5, 0.5))


def network_lags(models: Sequence[Lipsync], clips: Iterable[Clip]) -> Lags:
    """Estimate lags by the mean scores of networks that did not learn from the clips' speakers."""
    lags: Lags = {}
    for clip in clips:
        scores = np.mean([evidence(model, clip) for model in models], axis=0)
        lags[clip.name] = lag_of(scores)
    return lags


def evidence(model: Lipsync, clip: Clip) -> Float32s:
    """What a network says for each offset: pair head and embeddings, both in nats, (n, 31)."""
    embedded, paired = clip_scores(model, clip)
    return embedded + paired


def believed(lags: Mapping[str, float], clips: Iterable[Clip]) -> Lags:
    """Keep the lags of sources whose clips are each off by their own; trust the others' labels.

    The others hold the zero: without them all lags together could drift.
    """
    by_source: dict[str, list[str]] = defaultdict(list)
    for clip in clips:
        if clip.name in lags:
            by_source[clip.source].append(clip.name)
    believed_lags: Lags = {}
    for names in by_source.values():
        estimated = np.array([lags[name] for name in names])
        near = estimated[np.abs(estimated) < FURTHEST - 1]
        if len(near) >= _LOOSE_CLIPS and near.std() > _LOOSE_SPREAD:
            spread = np.clip(estimated, -_MOST_BELIEVED, _MOST_BELIEVED)
            believed_lags |= dict(zip(names, spread.tolist(), strict=True))
    return believed_lags


def read_clips_in_sync(
    data: Path, split: str, corpus: str = "folder", lags: Path | None = None
) -> Stage[list[Clip]]:
    """Read the clips of a split, put in sync by a table of lags; errors as of both readers."""
    known = {} if lags is None else read_lags(lags)
    clips = yield from read_clips(data, split, corpus)
    return all_in_sync(clips, known)


def halves(clips: Iterable[Clip]) -> tuple[list[Clip], list[Clip]]:
    """Split clips into two halves of about equal length that share no speaker.

    Speakers that were told apart by a machine stay together by their group (``lrcar_g6``).
    """
    groups: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        groups[re.sub(r"_c\d+$", "", clip.speaker)].append(clip)
    first: list[Clip] = []
    second: list[Clip] = []
    for _, group in sorted(groups.items(), key=lambda item: (-sum(map(len, item[1])), item[0])):
        lighter = first if sum(map(len, first)) <= sum(map(len, second)) else second
        lighter.extend(group)
    return first, second


def write_lags(path: Path, lags: Mapping[str, float]) -> None:
    """Write lags as a table of names and frames; the file appears when it is whole."""
    with whole_file(path) as partial, partial.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("clip", "lag"))
        rows.writerows((name, f"{lag:.3f}") for name, lag in sorted(lags.items()))


def read_lags(path: Path) -> Lags:
    """Read lags that were written before.

    Raises
    ------
    InputError
        When the file is no such table.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return {row["clip"]: float(row["lag"]) for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise InputError(
            path, "is not a CSV file with the columns clip and lag; name another file."
        ) from error
