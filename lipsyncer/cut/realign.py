"""Finding a part of the map again: one segment, or around a moment that the user has pinned.

Pure functions from document to document, quick enough to be called while a mouse drags. What they
need to know about a take is in its solver, which ``Solvers`` makes once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from lipsyncer.alignment import AlignSettings
from lipsyncer.alignment.span import Anchor, Solution, SpanSolver
from lipsyncer.arrays import Float32s
from lipsyncer.cut.analysis import AlignedTake
from lipsyncer.cut.segments import joined
from lipsyncer.edit.document import TOLERANCE, Document, HandFraming, Pin, Segment
from lipsyncer.edit.edits import LockedError, overwrite

SHORTEST = 0.2
"""Seconds of song below which a segment is too short to be found again."""
FAR = 8.0
"""Seconds from a pin beyond which it does not reach over a cut or a change of speed."""

_MEETS = 1e-3  # s; footage that runs on over a cut as exactly as this was not cut
_SAME_SPEED = 1e-4
_LEAST = 1e-3  # of a confidence, so that a moved segment counts as rated


class Solvers:
    """A solver for each take of an analysis, made when it is first asked for and kept.

    Making one takes up to a second for a song of three minutes and memory for all pairs of moments;
    its answers take milliseconds. Several threads may ask.

    Parameters
    ----------
    takes
        What is known of each take.
    settings
        How freely time may be bent.
    """

    def __init__(self, takes: Sequence[AlignedTake], settings: AlignSettings | None = None) -> None:
        self._takes, self._settings = tuple(takes), settings
        self._made: dict[int, SpanSolver] = {}
        self._locks = [Lock() for _ in takes]

    def __len__(self) -> int:
        return len(self._takes)

    def __getitem__(self, take: int) -> SpanSolver:
        with self._locks[take]:
            if take not in self._made:
                known = self._takes[take]
                self._made[take] = SpanSolver(
                    known.evidence, self._settings, known.alignment.picture
                )
            return self._made[take]

    def ready(self, take: int) -> SpanSolver | None:
        """Give a take's solver if it is made."""
        return self._made.get(take)


def rated(document: Document, solver_of: Callable[[int], SpanSolver | None]) -> Document:
    """Say how sure the segments are that an edit has moved, from the scores at their new place.

    Parameters
    ----------
    solver_of
        Gives a take's solver; segments of takes without one stay as they are.
    """

    def confidence(segment: Segment) -> float:
        if not segment.moved or segment.kind == "gap":
            return segment.confidence
        solver = solver_of(segment.take)
        if solver is None:
            return segment.confidence
        ends = (segment.song_start, segment.song_end, segment.source_start, segment.source_end)
        return min(max(solver.confidence(*ends), _LEAST), 1.0)

    segments = tuple(
        replace(segment, confidence=confidence(segment)) for segment in document.segments
    )
    return replace(document, segments=segments)


def realigned(document: Document, index: int, solver: SpanSolver) -> Document:
    """Find one segment again from the evidence of its take; its neighbours stay as they are.

    Parameters
    ----------
    solver
        Of the segment's take.

    Raises
    ------
    ValueError
        When the segment is locked, too short, or nothing in it can be matched.
    """
    segment = document.segments[index]
    if segment.locked:
        raise LockedError("this segment is locked; unlock it first")
    if segment.song_end - segment.song_start < SHORTEST:
        raise ValueError("this segment is too short to align again; move it by hand")
    neighbours = _neighbours(document, index)
    inside = [
        Anchor(pin.song, pin.source)
        for pin in document.pins
        if pin.take == segment.take and segment.song_start <= pin.song <= segment.song_end
    ]
    near = neighbours[0] if neighbours else Anchor(segment.song_start, segment.source_start)

    def solved(anchors: Sequence[Anchor]) -> Solution:
        return solver.solve(
            segment.song_start,
            segment.song_end,
            anchors,
            speed=_usual_speed(document, segment.take),
            near=near,
        )

    # Where the neighbours run on through it, there is no cut to pay for.
    through = sorted(
        [
            *inside,
            *(n for n in neighbours if all(abs(n.song - a.song) > TOLERANCE for a in inside)),
        ],
        key=lambda anchor: anchor.song,
    )
    best = max((solved(through), solved(inside)), key=lambda solution: solution.log_odds)
    if all(piece.kind == "gap" for piece in best.pieces):
        raise ValueError("there are no usable lips or no voice here; move it by hand")
    return _replaced(document, segment.song_start, segment.song_end, segment.take, best)


def pinned(document: Document, pin: Pin, solver: SpanSolver) -> Document:
    """Fix a moment, and find again what lies between it and what stands fast beside it.

    The map passes exactly through every pin. Only the span around the pin changes: up to the
    neighbouring pins, segments that are locked or moved by hand, and changes of take, and to the
    first cut or change of speed that is ``FAR`` seconds away. While a pin is dragged, give the
    document from before the drag.

    Parameters
    ----------
    pin
        A pin at the same song time takes the place of the one there.
    solver
        Of the pin's take.

    Raises
    ------
    ValueError
        When the pin lies outside the song or the take, in a locked segment, or against another
        pin's order.
    """
    others = [other for other in document.pins if abs(other.song - pin.song) > TOLERANCE]
    _check(document, pin, others)
    pins = tuple(sorted([*others, pin], key=lambda other: other.song))
    return replace(_solved_around(document, pin, others, [pin], solver), pins=pins)


def unpinned(document: Document, song_time: float, solver: SpanSolver | None = None) -> Document:
    """Take away the pin at a song time (s).

    Parameters
    ----------
    solver
        Of the pin's take: what the pin has changed is found again without it. By default the map
        stays as it is.
    """
    kept = tuple(pin for pin in document.pins if abs(pin.song - song_time) > TOLERANCE)
    gone = [pin for pin in document.pins if pin not in kept]
    locked = document.segment_at(song_time).locked
    if solver is not None and gone and not locked:
        document = _solved_around(document, gone[0], kept, [], solver)
    return replace(document, pins=kept)


def _check(document: Document, pin: Pin, others: Sequence[Pin]) -> None:
    first, last = document.span
    if not 0 <= pin.take < len(document.takes):
        raise ValueError(f"there is no take {pin.take + 1}; there are {len(document.takes)}")
    if not first <= pin.song <= last:
        raise ValueError(
            f"a pin must lie in the part of the song that is shown, {first:.2f} s to {last:.2f} s"
        )
    duration = document.takes[pin.take].duration
    if not 0 <= pin.source <= duration:
        raise ValueError(f"a pin must lie in its take, 0 s to {duration:.2f} s")
    if document.segment_at(pin.song).locked:
        raise LockedError("this segment is locked; unlock it first")
    for other in others:
        if other.take == pin.take and (other.source - pin.source) * (other.song - pin.song) <= 0:
            raise ValueError(
                f"this pin contradicts the one at {other.song:.2f} s: "
                "what comes later in the song must come later in the take"
            )


# ------------------------------------------------------------------------------------ the span


@dataclass(frozen=True)
class _End:
    """Where a span ends, and the moment that the map has to pass there, if any."""

    song: float
    anchor: Anchor | None = None


def _solved_around(
    document: Document,
    pin: Pin,
    others: Sequence[Pin],
    given: Sequence[Pin],
    solver: SpanSolver,
) -> Document:
    """Solve the span around a moment anew, through the pins that are given in it."""
    voice, rate = np.nan_to_num(solver.evidence.voice), solver.evidence.rate
    start, end = (_end(document, pin, others, voice, rate, step=step) for step in (-1, 1))
    moments = [Anchor(moment.song, moment.source) for moment in given]
    anchors = [
        start.anchor if start.anchor and start.song < pin.song - TOLERANCE else None,
        *moments,
        end.anchor if end.anchor and end.song > pin.song + TOLERANCE else None,
    ]
    segment = document.segment_at(pin.song)
    near = Anchor(segment.song_start, segment.source_start) if segment.take == pin.take else None
    solution = solver.solve(
        start.song,
        end.song,
        [anchor for anchor in anchors if anchor is not None],
        speed=_usual_speed(document, pin.take),
        near=near,
    )
    return _replaced(document, start.song, end.song, pin.take, solution)


def _end(
    document: Document,
    pin: Pin,
    others: Sequence[Pin],
    voice: Float32s,
    rate: float,
    *,
    step: int,
) -> _End:
    """Walk from a pin to the left (-1) or to the right (1) to what stands fast."""
    beyond = [other for other in others if (other.song - pin.song) * step > 0]
    nearest = min(beyond, key=lambda other: abs(other.song - pin.song), default=None)
    index = document.index_at(pin.song)
    own = document.segments[index].take == pin.take
    while True:
        segment = document.segments[index]
        song, source = _edge(segment, step)
        if nearest is not None and (nearest.song - song) * step <= TOLERANCE:
            if nearest.take == pin.take:
                return _End(nearest.song, Anchor(nearest.song, nearest.source))
            if nearest.take != pin.take:
                return _End(_quietest(voice, rate, pin.song, nearest.song))
        if not 0 <= index + step < len(document.segments):
            return _End(song)
        following = document.segments[index + step]
        _, beyond_it = _edge(following, -step)
        if not (own and following.take == segment.take):
            return _End(song)
        runs_on = abs(source - beyond_it) <= _MEETS
        straight_on = runs_on and abs(following.slope - segment.slope) <= _SAME_SPEED
        if following.stands or (abs(song - pin.song) >= FAR and not straight_on):
            return _End(song, Anchor(song, beyond_it, firm=False) if runs_on else None)
        index += step


def _edge(segment: Segment, step: int) -> tuple[float, float]:
    """Song and take time of a segment's left (-1) or right (1) end."""
    if step < 0:
        return segment.song_start, segment.source_start
    return segment.song_end, segment.source_end


def _quietest(voice: Float32s, rate: float, one: float, other: float) -> float:
    """The song time (s) between two others at which a change of take is heard least."""
    low, high = sorted((one, other))
    # The middle half, so that either pin has some footage around it.
    times = np.linspace(low + (high - low) / 4, high - (high - low) / 4, 101)
    rows = np.clip(np.round(times * rate).astype(int), 0, len(voice) - 1)
    middle = np.abs(times - (low + high) / 2) / (high - low)
    return float(times[int((voice[rows] + 0.1 * middle).argmin())])


def _neighbours(document: Document, index: int) -> list[Anchor]:
    """Where the neighbours' footage of the same take would run on into a segment."""
    segment = document.segments[index]
    found = []
    for step in (-1, 1):
        if 0 <= index + step < len(document.segments):
            following = document.segments[index + step]
            if following.take == segment.take and following.slope > 0:
                song, _ = _edge(segment, step)
                found.append(Anchor(song, _edge(following, -step)[1], firm=False))
    return found


def _usual_speed(document: Document, take: int) -> float:
    """Median speed of a take's matched footage: how fast its camera ran against the song."""
    matched = [s for s in document.segments if s.take == take and s.kind == "matched"]
    if not matched:
        return 1.0
    slopes = np.array([segment.slope for segment in matched])
    lengths = np.array([segment.song_end - segment.song_start for segment in matched])
    order = slopes.argsort()
    middle = int(np.searchsorted(lengths[order].cumsum(), lengths.sum() / 2))
    return float(slopes[order[min(middle, len(order) - 1)]])


# ------------------------------------------------------------------------------------ documents


def _replaced(
    document: Document, start: float, end: float, take: int, solution: Solution
) -> Document:
    """Put what was found in the place of everything between two song times (s)."""
    found = [
        Segment(
            song_start=piece.song_start,
            song_end=piece.song_end,
            take=take,
            source_start=piece.source_start,
            source_end=piece.source_end,
            kind=piece.kind,
            confidence=min(1.0, piece.confidence),
            framing=framing_at(document, (piece.song_start + piece.song_end) / 2, take),
        )
        for piece in solution.pieces
    ]
    found = joined(found)
    found[0] = replace(found[0], song_start=start)
    found[-1] = replace(found[-1], song_end=end)
    return overwrite(document, *found)


def framing_at(document: Document, song: float, take: int) -> HandFraming | None:
    """Give how a take was framed by hand at a song time (s): finding it again moves no frame."""
    segment = document.segment_at(song)
    return segment.framing if segment.take == take else None
