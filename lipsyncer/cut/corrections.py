"""What a cut has put right, told from its segments."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from lipsyncer.edit.document import Document, Segment
from lipsyncer.findings.summary import Correction, Summary

LOOSE = 0.5
"""Confidence of a segment below which it is a loose match."""
IN_TIME = 0.02
"""Seconds of offset that count as none; half a frame."""
FAR = 5.0
"""Seconds of offset from which on it says when the camera began and not that it lagged."""
_SAME_SPEED = 5e-4
_ANOTHER = 0.15  # of the song's speed; less is called slow or fast
_LEAST = 1e-3
_NEARLY = 0.01  # of a speed; players offer 1.25, 1.5 and 2, and not 1.99
_ONE_LINE = 0.01  # s by which segments on one line may miss each other


def is_loose(segment: Segment) -> bool:
    """Whether a segment was matched but loosely, and the user has not moved it since."""
    return segment.kind == "matched" and not segment.moved and segment.confidence < LOOSE


def summary_of(
    document: Document,
    *,
    matches: bool,
    left: int,
    too_short: bool = False,
    attempts: tuple[int, int] = (1, 1),
) -> Summary:
    """Tell what was put right.

    Parameters
    ----------
    document
        The cut.
    matches
        Whether the takes are believed to belong to the song.
    left
        How many findings are left to look at.
    too_short
        Whether there is too little footage to tell whether the takes belong to the song.
    attempts
        How many attempts of the one take the cut shows, and how many there are.
    """
    takes = len(document.takes)
    if not matches:
        unmatched = Correction.TOO_SHORT if too_short else Correction.MISMATCH
        return Summary(unmatched, takes=takes, left=left)
    if takes > 1:
        switches = sum(a.take != b.take for a, b in pairwise(document.segments))
        correction = Correction.SWITCHES if switches else Correction.ONE_TAKE
        return Summary(correction, switches, takes, left)
    shown, there = attempts
    if there > 1:
        correction = Correction.ATTEMPTS if shown > 1 else Correction.ONE_ATTEMPT
        return Summary(correction, shown, there, left)
    correction, amount = _correction(document)
    return Summary(correction, amount, takes, left)


def _correction(document: Document) -> tuple[Correction, float]:
    """What was wrong with the one take, and how much."""
    matched = [s for s in document.segments if s.kind == "matched"] or list(document.segments)
    # What was found and is unsure tells nothing of what was wrong.
    matched = [s for s in matched if s.confidence >= LOOSE or s.by_hand] or matched
    slopes = [segment.slope for segment in matched]
    usual = float(np.median(slopes))
    if abs(math.log(max(usual, _LEAST))) > math.log(1 + _ANOTHER):
        times = 1 / max(usual, _LEAST)
        even = round(20 * times) / 20
        return Correction.FILMED_AT, even if abs(even - times) < _NEARLY * times else times
    if max(slopes) - min(slopes) > _SAME_SPEED:
        return Correction.SPEEDS, 0.0
    jumps = sum(not _goes_on(before, after) for before, after in pairwise(matched))
    if jumps:
        return Correction.ONE_JUMP if jumps == 1 else Correction.JUMPS, jumps
    speed = slopes[0] - 1.0
    if abs(speed) > _SAME_SPEED:
        return Correction.SLOW if speed > 0 else Correction.FAST, 100 * abs(speed)
    late = matched[0].source_start - matched[0].song_start
    if abs(late) < IN_TIME:
        return Correction.NONE, 0.0
    if abs(late) > FAR:
        return Correction.LEAD if late > 0 else Correction.PART_OF_SONG, abs(late)
    return Correction.LATE if late > 0 else Correction.EARLY, abs(late)


def _goes_on(before: Segment, after: Segment) -> bool:
    """Whether a segment lies on the line of an earlier one."""
    expected = before.source_end + before.slope * (after.song_start - before.song_end)
    return abs(expected - after.source_start) < _ONE_LINE
