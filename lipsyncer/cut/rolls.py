"""Where a take jumps: inside a pause, at the moment when both sides look most alike.

The lips say which line of the take goes with which words; between two words there is a while in
which either line will do. There the jump goes where head, eyes and mouth are nearly the same on
both sides (Schödl, Szeliski, Salesin and Essa, 2000, looked for such moments to loop a video).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document, Segment
from lipsyncer.edit.edits import overwrite
from lipsyncer.features import GRID_RATE
from lipsyncer.media.proxy import Proxy
from lipsyncer.progress import Stage
from lipsyncer.render.transitions import is_jump

Difference = Callable[[int, float, float], float]
"""Take and two of its moments (s): how unlike they look, mean grey levels, 0 to 255."""

SUNG = 0.6
"""Voice from which on somebody sings; see ``align.several``."""
FURTHEST = 1.0
"""Seconds that a jump is moved at most."""
SHORTEST = 0.3
"""Seconds of a segment that stay on either side."""

_BETTER = 0.9  # of the difference where the jump lay; else it stays


def roll_cuts(
    document: Document, voices: Sequence[Float64s], proxies: Sequence[Proxy]
) -> Stage[Document]:
    """Move jumps within takes to where they show least.

    Parameters
    ----------
    document
        The cut.
    voices
        By take: how sure it is that somebody sings at each song position (N,), 25 a second.
    proxies
        The takes' pictures.

    Yields
    ------
    float
        Share of the jumps that are done.
    """

    def difference(take: int, one: float, other: float) -> float:
        a, b = (proxies[take].small_at(moment) for moment in (one, other))
        return float(cv2.absdiff(a, b).mean())

    for index in range(1, len(document.segments)):
        document = rolled(document, index, voices, difference)
        yield index / len(document.segments)
    return document


def rolled(
    document: Document, index: int, voices: Sequence[Float64s], difference: Difference
) -> Document:
    """Move the jump before one segment, if there is one and nobody sings there.

    Parameters
    ----------
    difference
        How unlike two moments (s) of a take look.

    Returns
    -------
    Document
        The same where the jump stays: in a word, beside a locked segment, or where no other moment
        is clearly better.
    """
    before, after = document.segments[index - 1], document.segments[index]
    if not is_jump(before, after) or before.locked or after.locked:
        return document
    border = after.song_start
    moments = _pause(document, before, after, voices[after.take])
    if not len(moments):
        return document
    length = document.takes[after.take].duration

    def unlike(song: float) -> float:
        one, other = (segment.source_at(song) for segment in (before, after))
        if not (0 <= one < length and 0 <= other < length):
            return np.inf
        return difference(after.take, one, other)

    differences = np.array([unlike(float(moment)) for moment in moments])
    best = int(np.argmin(differences))
    if not differences[best] < _BETTER * unlike(border):
        return document
    song = float(moments[best])
    return overwrite(
        document, before.part(before.song_start, song), after.part(song, after.song_end)
    )


def _pause(document: Document, before: Segment, after: Segment, voice: Float64s) -> Float64s:
    """Moments (s) of the song around a jump in which nobody sings and nothing is pinned."""
    quiet = np.nan_to_num(voice) < SUNG
    row = min(round(after.song_start * GRID_RATE), len(quiet) - 1)
    if not quiet[row]:
        return np.zeros(0)
    sung = np.flatnonzero(~quiet)
    first = int(sung[sung < row][-1]) + 1 if (sung < row).any() else 0
    last = int(sung[sung > row][0]) - 1 if (sung > row).any() else len(quiet) - 1
    low = max(first / GRID_RATE, after.song_start - FURTHEST, before.song_start + SHORTEST)
    high = min(last / GRID_RATE, after.song_start + FURTHEST, after.song_end - SHORTEST)
    pinned = [pin.song for pin in document.pins]
    low = max([low, *(song for song in pinned if song < after.song_start)])
    high = min([high, *(song for song in pinned if song >= after.song_start)])
    moments = np.arange(first, last + 1) / GRID_RATE
    return np.asarray(moments[(moments >= low) & (moments <= high)], np.float64)
