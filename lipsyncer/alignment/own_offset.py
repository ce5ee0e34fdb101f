"""One number for a video's own sync: by how much its lips are late against its own sound."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lipsyncer.alignment.band import PER_POSITION
from lipsyncer.alignment.confidence import overall_confidence
from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.explain import explain
from lipsyncer.alignment.lines import Line, search_lines, weighted_pairs
from lipsyncer.alignment.priors import AlignSettings

_NEAR = 3  # columns on either side of the most probable one over which it is averaged
_RIGHT = 1.0  # positions within which an offset counts as right
_FURTHEST = 2.0  # s; streams that far apart are another fault than a delay


@dataclass(frozen=True)
class OwnOffset:
    """How far lips and sound of one video are apart.

    Attributes
    ----------
    seconds
        Positive where the lips are late, that is, the sound comes first.
    confidence
        0..1, that lips and sound belong together and the offset is right within a frame.
    """

    seconds: float
    confidence: float


def own_offset(evidence: Evidence) -> OwnOffset:
    """Weigh all offsets that one delay of a stream could have made.

    Parameters
    ----------
    evidence
        A video's lips against its own sound.

    Returns
    -------
    Offset 0 with confidence 0 where there is nothing to compare.
    """
    weighted = weighted_pairs(evidence)
    if not weighted.any():
        return OwnOffset(0.0, 0.0)
    # That it is in sync is as probable beforehand as that it is not: nothing is to be changed here.
    settings = replace(AlignSettings(), max_drift=0.0, change_cost=0.0)
    reach = _FURTHEST * evidence.rate
    lines = search_lines(weighted, settings, evidence.rate)
    candidates = [line for line in lines if abs(line.offset) <= reach] or [Line(0.0, 0.0, 0.0)]
    accounts = explain(evidence, weighted, candidates, settings)
    account = next(a for a in accounts if a.explanation == "offset")
    probable = account.posterior.columns.mean(axis=0)
    columns = np.arange(len(probable), dtype=np.float64)
    near = np.abs(columns - probable.argmax()) <= _NEAR
    best = float(np.average(columns[near], weights=probable[near]))
    right = np.abs(columns - best) <= _RIGHT * account.per_position
    certain = float(probable[right].sum() / probable.sum())
    shift = (best - account.band.middle) / PER_POSITION + account.band.line.offset
    if abs(shift) > reach:
        return OwnOffset(0.0, 0.0)
    return OwnOffset(shift / evidence.rate, overall_confidence(account.log_odds, certain))
