"""A stretch of the song between given moments, and one way in which the take may run there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lipsyncer.alignment.lines import Line
from lipsyncer.alignment.pieces import Straight
from lipsyncer.alignment.posterior import Posterior
from lipsyncer.arrays import Booleans, Float64s, Integers

# Rows per block, as for whole takes.
CUT_BLOCK = 5
# Seconds on either side of a moment given by the user that no cut may come near; a cut right
# beside it would take back what was asked for.
_NO_CUT = 1.0
_NO_CUT_SHARE = 0.3


@dataclass(frozen=True)
class Moment:
    """A moment of the song and the moment of the take that belongs to it, in positions.

    ``firm`` says that the user has set it, and that no cut may come near.
    """

    song: float
    source: float
    firm: bool = True


@dataclass(frozen=True)
class Stretch:
    """What is to be solved, in positions.

    Attributes
    ----------
    start, end
        Song positions.
    left, right
        The moments that it begins and ends with, or None where an end is free.
    speed
        Take positions per song position where nothing says otherwise.
    near
        Where a stretch with two free ends is expected, or None.
    """

    start: float
    end: float
    left: Moment | None
    right: Moment | None
    speed: float
    near: Moment | None = None

    @property
    def rows(self) -> tuple[int, int]:
        """The first song position inside, and the first one after it."""
        return int(np.ceil(self.start - 1e-9)), int(np.ceil(self.end - 1e-9))

    def line(self, moment: Moment) -> Line:
        """The line through a moment at the expected speed."""
        return Line(moment.source - self.speed * moment.song, self.speed - 1, 0.0)

    @property
    def rise(self) -> float:
        """How far the right moment lies from the line through the left one, positions."""
        if self.left is None or self.right is None:
            return 0.0
        return (
            self.right.source - self.left.source - self.speed * (self.right.song - self.left.song)
        )


@dataclass(frozen=True)
class Way:
    """One explanation: where its columns lie in the take, how probable they are, and its path.

    Attributes
    ----------
    log_odds
        Of the evidence under it against no relation, less what it costs, nats.
    starts
        (blocks,) first row of each block, counted from the stretch's first.
    sources
        (blocks, columns) where each column lies in the take, positions.
    posterior
        How probable each column is.
    straights
        Makes its path.
    """

    log_odds: float
    starts: Integers
    sources: Float64s
    posterior: Posterior
    straights: Callable[[], list[Straight]]


def no_cut_rows(stretch: Stretch, first: int, last: int, rate: float) -> Booleans:
    """Rows that no cut may come near, for the user has set a moment there."""
    rows = np.arange(first, last)
    reach = min(_NO_CUT * rate, _NO_CUT_SHARE * (stretch.end - stretch.start))
    no_cut = np.zeros(last - first, dtype=bool)
    for moment in (stretch.left, stretch.right):
        if moment is not None and moment.firm:
            no_cut |= np.abs(rows - moment.song) < reach
    return no_cut


def laid(stretch: Stretch, line: Line) -> Straight:
    """The part of a line that the stretch covers."""
    ends = np.array([stretch.start, stretch.end])
    source = ends + line.shift(ends)
    return Straight(stretch.start, stretch.end, float(source[0]), float(source[1]))


def tied(straights: Sequence[Straight], stretch: Stretch) -> list[Straight]:
    """Let a path over whole rows begin and end with the stretch, exactly at what is given."""
    result = [s for s in straights if s.song_start < stretch.end and s.song_end > stretch.start]
    start, end = stretch.start, stretch.end
    result[0] = result[0].part(start, result[0].song_end)
    result[-1] = result[-1].part(result[-1].song_start, end)
    if stretch.left is not None:
        result[0] = replace(result[0], source_start=stretch.left.source)
    if stretch.right is not None:
        result[-1] = replace(result[-1], source_end=stretch.right.source)
    return result
