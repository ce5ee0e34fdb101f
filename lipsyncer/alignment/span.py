"""Solving a span of the song anew, through moments that are given, quickly enough for a drag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lipsyncer.alignment.band import PER_POSITION
from lipsyncer.alignment.between import Found, solve_between
from lipsyncer.alignment.confidence import piece_confidence
from lipsyncer.alignment.evidence import Evidence, Piece, SearchedBand
from lipsyncer.alignment.lines import Line
from lipsyncer.alignment.pieces import (
    SLIVER,
    held,
    joined,
    sources_of,
    split_by,
    to_pieces,
    usable_rows,
    without_slivers,
)
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.alignment.ridge import Ridge
from lipsyncer.alignment.stretch import Moment, Stretch
from lipsyncer.arrays import Float64s

_ELSEWHERE = 0.6  # s


@dataclass(frozen=True)
class Anchor:
    """A moment that the map passes exactly.

    Attributes
    ----------
    song, source
        Seconds of the song, and of the take.
    firm
        Set by the user: no cut comes near, which would take back what was asked for.
    """

    song: float
    source: float
    firm: bool = True


@dataclass(frozen=True)
class Solution:
    """The map of a span.

    Attributes
    ----------
    pieces
        Contiguous, from the start of the span to its end.
    log_odds
        How well the evidence goes with it: over no relation, nats.
    """

    pieces: tuple[Piece, ...]
    log_odds: float


class SpanSolver:
    """Evidence of one take, made ready to be asked about spans of the song again and again.

    Parameters
    ----------
    evidence
        What the lips say.
    settings
        How freely time may be bent.
    picture
        ``Alignment.picture`` of the take: its sharper ratios are used where it has them.
    """

    def __init__(
        self,
        evidence: Evidence,
        settings: AlignSettings | None = None,
        picture: SearchedBand | None = None,
    ) -> None:
        self.evidence = evidence
        self.settings = settings or AlignSettings()
        self._ridge = Ridge(evidence, picture)

    def solve(
        self,
        start: float,
        end: float,
        anchors: Sequence[Anchor] = (),
        *,
        speed: float = 1.0,
        near: Anchor | None = None,
    ) -> Solution:
        """Find the few straight pieces that the evidence pays for.

        Parameters
        ----------
        start, end
            The span, seconds of the song. An end with no anchor on it is free.
        anchors
            In song order, in the span or at its ends.
        speed
            Seconds of footage per second of song where nothing says otherwise.
        near
            Where a span without anchors is expected; without it, all of the take is searched.

        Raises
        ------
        ValueError
            When the span is empty or an anchor lies outside of it or goes back.
        """
        if not end > start:
            raise ValueError(f"there is nothing between {start} s and {end} s to solve")
        inside = [_moment(anchor, self.evidence.rate) for anchor in anchors]
        first, last = start * self.evidence.rate, end * self.evidence.rate
        if any(not first - 1e-6 <= moment.song <= last + 1e-6 for moment in inside):
            raise ValueError(f"a given moment lies outside of the span from {start} s to {end} s")
        if any(not later.song > earlier.song for earlier, later in pairwise(inside)):
            raise ValueError("given moments must follow one another in the song")
        expected = None if near is None else _moment(near, self.evidence.rate)
        stretches = _stretches(first, last, inside, speed, expected)
        found = [self._solved(stretch) for stretch in stretches]
        pieces = self._pieces(found, first, last)
        return Solution(pieces, sum(part.log_odds for part in found))

    def confidence(self, start: float, end: float, source_start: float, source_end: float) -> float:
        """How probable it is that a line is right to within a frame, 0 to 1.

        Beforehand, every shift of the line by up to ``_ELSEWHERE`` is as likely as the line itself,
        and all of them together are as likely as that the footage belongs nowhere.

        Parameters
        ----------
        start, end
            Seconds of the song.
        source_start, source_end
            Seconds of the take that are shown at the two.
        """
        rate = self.evidence.rate
        first, last = int(np.ceil(start * rate)), min(int(end * rate), len(self.evidence.voice))
        if last <= first:
            return 0.0
        drift = (source_end - source_start) / (end - start) - 1
        line = Line((source_start - start * (1 + drift)) * rate, drift, 0.0)
        band = self._ridge.band(first, last, line, round(_ELSEWHERE * rate))
        sums = band.scores.sum(axis=0, dtype=np.float64)
        near = sums[band.middle - PER_POSITION : band.middle + PER_POSITION + 1]
        anywhere = np.logaddexp(np.logaddexp.reduce(sums), np.log(len(sums)))
        return float(np.exp(np.logaddexp.reduce(near) - anywhere))

    def _solved(self, stretch: Stretch) -> Found:
        return solve_between(self._ridge, stretch, self.settings, self.evidence.rate)

    def _pieces(self, found: Sequence[Found], first: float, last: float) -> tuple[Piece, ...]:
        """Join what was found, mark what the lips say nothing about, and say how sure it is."""
        evidence = self.evidence
        songs, takes = evidence.pairs.shape
        rows = slice(int(np.ceil(first - 1e-9)), min(int(np.ceil(last - 1e-9)), songs))
        straights = joined([straight for part in found for straight in part.straights])
        count = max(0, rows.stop - rows.start)
        if count:
            source = sources_of(straights, rows.start, rows.stop)
            believed = np.concatenate([part.believed for part in found])
            here = replace(
                evidence, pairs=evidence.pairs[rows], voice=evidence.voice[rows], refine=None
            )
            usable = np.ones(songs, dtype=bool)
            usable[rows] = usable_rows(here, source, believed)
            # Beyond the span nothing changes.
            usable[: rows.start], usable[rows.stop :] = usable[rows.start], usable[rows.stop - 1]
            straights = split_by(straights, usable)
        straights = without_slivers(held(straights, takes), SLIVER * evidence.rate)
        certain: Float64s = np.zeros(songs)
        certain[rows] = np.concatenate([part.certain for part in found])
        confidences = [piece_confidence(straight, certain, evidence) for straight in straights]
        return to_pieces(straights, confidences, evidence.rate)


def _moment(anchor: Anchor, rate: float) -> Moment:
    return Moment(anchor.song * rate, anchor.source * rate, anchor.firm)


def _stretches(
    first: float, last: float, moments: Sequence[Moment], speed: float, near: Moment | None
) -> list[Stretch]:
    """The stretches between neighbouring moments."""
    if not moments:
        return [Stretch(first, last, None, None, speed, near)]
    stretches = []
    if moments[0].song - first > 1e-6:
        stretches.append(Stretch(first, moments[0].song, None, moments[0], speed))
    for left, right in pairwise(moments):
        stretches.append(Stretch(left.song, right.song, left, right, speed))
    if last - moments[-1].song > 1e-6:
        stretches.append(Stretch(moments[-1].song, last, moments[-1], None, speed))
    return stretches
