"""Which stretches of a recording follow the song, and where in it.

A recording is taken as a hidden Markov chain in its own time (Rabiner, 1989): at each moment it
performs some moment of the song, or none. While it performs, the song runs on with it; to begin
anywhere, and to leave off, cost what they are worth in odds. The best way through it is found in
one pass over the matrix of all pairs, of which only a block of columns has to exist at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lipsyncer.alignment.compiled import compiled
from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.lines import Line, weighted_pairs
from lipsyncer.arrays import Float32s, Float64s, Integers

_DULL = 0.12
"""Share of what the best passage is worth per moment, below which another movement is likelier."""
_BLOCK = 4096
"""Columns (take positions) that are weighed at a time: bounds the memory of a long recording."""
_BEGIN, _LEAVE = 2.0, 1.0
"""Nats that it costs to begin, over the odds of guessing the moment of the song, and to leave."""
_STEP = 3.0
"""Nats for one position that the take is faster or slower by."""


@dataclass(frozen=True)
class Passage:
    """A stretch of the recording that follows the song, positions; ends are exclusive.

    ``score`` is what its pairs are worth, less what its changes of speed cost, nats.
    """

    take_start: int
    take_end: int
    song_start: int
    song_end: int
    score: float

    @property
    def worth(self) -> float:
        """Nats per take position."""
        return self.score / (self.take_end - self.take_start)

    @property
    def line(self) -> Line:
        """The line from its first to its last pair."""
        rate = (self.take_end - self.take_start) / (self.song_end - self.song_start)
        return Line(self.take_start - rate * self.song_start, rate - 1, self.score)


def passages(evidence: Evidence, worth: float | None = None) -> list[Passage]:
    """Find the best division of a recording into passages of the song and others, in its order.

    Parameters
    ----------
    worth
        Nats per take position of the best passage, where that is known.

    What a moment is worth where the song is performed is seldom known beforehand. So it is done
    twice, and the second time a passage ends where moments are worth less than a share of what
    those of the best one are: by chance, other lips seem to go on with the song for a while.
    """

    @lru_cache(maxsize=1)  # most recordings are one block, which is weighed once for both times
    def weighed(first: int) -> Float32s:
        columns = slice(first, first + _BLOCK)
        part = replace(
            evidence, pairs=evidence.pairs[:, columns], face=evidence.face[columns], refine=None
        )
        return np.ascontiguousarray(weighted_pairs(part).T)

    if worth is not None:
        return _divided(evidence, weighed, _DULL * worth)
    rough = _divided(evidence, weighed, 0.0)
    best = max(rough, key=lambda passage: passage.score, default=None)
    return [] if best is None else _divided(evidence, weighed, _DULL * best.worth)


def _divided(evidence: Evidence, weighed: Callable[[int], Float32s], least: float) -> list[Passage]:
    """Divide a recording.

    Parameters
    ----------
    weighed
        Gives the ratios (m, N) of the block from a take position on.
    least
        Nats that a pair of full weight has to be worth.
    """
    songs, takes = evidence.pairs.shape
    if not songs or not takes:
        return []
    begin = float(np.log(songs)) + _BEGIN
    value = np.full(songs, -np.inf)
    begun = np.zeros((songs, 2), np.int64)
    idle, exits = np.zeros(takes + 1), np.full((takes, 3), -1, np.int64)
    for first in range(0, takes, _BLOCK):
        weighted = weighed(first)
        if least:
            face = np.nan_to_num(evidence.face[first : first + _BLOCK]).astype(np.float32)
            weighted = weighted - face[:, None] * (np.float32(least) * evidence.weight)
        _follow(weighted, first, begin, _LEAVE, _STEP, value, begun, idle, exits)
    found: list[Passage] = []
    column = takes - 1
    while column >= 0:
        take_start, song_start, song_end = (int(x) for x in exits[column])
        if take_start < 0:
            column -= 1
            continue
        score = idle[column + 1] - idle[take_start] + begin + _LEAVE
        found.append(Passage(take_start, column + 1, song_start, song_end, float(score)))
        column = take_start - 1
    return found[::-1]


@compiled
def _follow(
    weighted: Float32s,
    first: int,
    begin: float,
    leave: float,
    step: float,
    value: Float64s,
    begun: Integers,
    idle: Float64s,
    exits: Integers,
) -> None:
    """Go on through a block of columns.

    Parameters
    ----------
    weighted
        (m, N) ratios of the block, by take position.
    first
        Take position of its first row.
    begin, leave, step
        Costs in nats.
    value, begun
        (N,) and (N, 2): the best way to be at each song position, and the take and song position
        that it began at; brought up to date.
    idle
        (M + 1,) the best value of following nothing before each take position; filled in.
    exits
        (M, 3) where leaving after a position is best: the take and song position that the stretch
        began at and the song position after its last; -1 elsewhere.
    """
    columns, songs = weighted.shape
    after, after_begun = np.empty(songs), np.empty((songs, 2), np.int64)
    for k in range(columns):
        column = first + k
        best, best_song = -np.inf, 0
        for i in range(songs):
            most, origin = idle[column] - begin, -1
            if i > 0 and value[i - 1] > most:
                most, origin = value[i - 1], i - 1
            if value[i] - step > most:
                most, origin = value[i] - step, i
            if i > 1 and value[i - 2] - step > most:
                most, origin = value[i - 2] - step, i - 2
            most += weighted[k, i]
            after[i] = most
            if origin < 0:
                after_begun[i, 0], after_begun[i, 1] = column, i
            else:
                after_begun[i, 0], after_begun[i, 1] = begun[origin, 0], begun[origin, 1]
            if most > best:
                best, best_song = most, i
        value[:], begun[:] = after, after_begun
        idle[column + 1] = idle[column]
        if best - leave > idle[column]:
            idle[column + 1] = best - leave
            exits[column, 0], exits[column, 1] = begun[best_song, 0], begun[best_song, 1]
            exits[column, 2] = best_song + 1
