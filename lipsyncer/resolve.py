"""Finding a part of the map again: one segment, or around a moment that the user has pinned.

Pure functions from document to document, quick enough to be called while a mouse drags.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lipsyncer.align import AlignSettings, Evidence, Piece, align
from lipsyncer.align.evidence import Doubles, Floats, Integers
from lipsyncer.align.span import best_change, evidence_along
from lipsyncer.edit import edits
from lipsyncer.edit.document import TOLERANCE, Document, Pin, Segment
from lipsyncer.edit.timemap import TimeMap

SHORTEST = 0.2
"""Seconds of song below which a segment is too short to be found again."""
_SAME = 0.010
"""Seconds by which two pins may differ in offset and still be one line."""
_BEND = 4.0
"""Nats by which a change of speed must beat a cut: a cut in a pause is seen by nobody."""


def realigned(
    document: Document, index: int, evidence: Evidence, settings: AlignSettings | None = None
) -> Document:
    """Find one segment again from the evidence of its take; its neighbours stay as they are.

    Parameters
    ----------
    evidence
        Of the song and the segment's take.

    Raises
    ------
    ValueError
        When the segment is locked, too short, or nothing in it can be matched.
    """
    segment = document.segments[index]
    if segment.locked:
        raise edits.LockedError("this segment is locked; unlock it first")
    first = int(np.ceil(segment.song_start * evidence.rate))
    last = int(np.ceil(segment.song_end * evidence.rate))
    if last - first < SHORTEST * evidence.rate:
        raise ValueError("this segment is too short to be found again; move it by hand")
    found = align(_rows(evidence, first, last), settings)
    if found.confidence == 0.0:
        raise ValueError("there are no usable lips or no voice here; move it by hand")
    start = first / evidence.rate
    whole = _filling(found.pieces, segment.song_start - start, segment.song_end - start)
    pieces = tuple(
        Segment(
            song_start=piece.song_start + start,
            song_end=piece.song_end + start,
            take=segment.take,
            source_start=piece.source_start,
            source_end=piece.source_end,
            kind=piece.kind,
            confidence=piece.confidence,
        )
        for piece in whole
    )
    return _with(document, index, index + 1, _snapped(pieces, segment))


def pinned(document: Document, pin: Pin, evidence: Evidence) -> Document:
    """Fix a moment, and find again what lies between it and the neighbouring fixed moments.

    The map passes exactly through every pin. What lies beyond the neighbouring pins, and every
    locked segment, stays as it is.

    Parameters
    ----------
    pin
        A pin at the same song time takes the place of the one there.
    evidence
        Of the song and the pin's take.

    Raises
    ------
    ValueError
        When the pin lies outside the song or the take, in a locked segment, or against another
        pin's order.
    """
    _check(document, pin)
    pins = [other for other in document.pins if abs(other.song - pin.song) > TOLERANCE]
    before = max((p for p in pins if p.song < pin.song), key=lambda p: p.song, default=None)
    after = min((p for p in pins if p.song > pin.song), key=lambda p: p.song, default=None)
    start, end = _free_around(document, pin.song)
    left = max(start, before.song) if before is not None else start
    right = min(end, after.song) if after is not None else end
    near_before = before if before is not None and before.song >= start else None
    near_after = after if after is not None and after.song <= end else None
    parts = [
        *_side(document, evidence, pin, left, near_before, earlier=True),
        *_side(document, evidence, pin, right, near_after, earlier=False),
    ]
    changed = _replaced(document, left, right, parts)
    return replace(changed, pins=tuple(sorted([*pins, pin], key=lambda p: p.song)))


def unpinned(document: Document, song_time: float) -> Document:
    """Take away the pin at a song time (s); the map stays as it is."""
    kept = tuple(pin for pin in document.pins if abs(pin.song - song_time) > TOLERANCE)
    return replace(document, pins=kept)


# ------------------------------------------------------------------------------------ one segment


def _rows(evidence: Evidence, first: int, last: int) -> Evidence:
    """Give the evidence of a stretch of song positions."""

    def refine(middle: Integers, half_width: int) -> Floats:
        assert evidence.refine is not None
        everywhere = np.zeros(len(evidence.voice), np.int64)
        everywhere[first:last] = middle
        everywhere[:first] = middle[0] - (first - np.arange(first))
        everywhere[last:] = middle[-1] + 1 + np.arange(len(everywhere) - last)
        return evidence.refine(everywhere, half_width)[first:last]

    return Evidence(
        rate=evidence.rate,
        pairs=evidence.pairs[first:last],
        voice=evidence.voice[first:last],
        face=evidence.face,
        refine=refine if evidence.refine is not None else None,
    )


def _filling(pieces: tuple[Piece, ...], start: float, end: float) -> list[Piece]:
    """Lay pieces over a stretch: cut what reaches out, carry the outer ones on to its ends."""
    inside = [
        p for p in pieces if p.song_end > start + TOLERANCE and p.song_start < end - TOLERANCE
    ]
    if not inside:
        raise ValueError("there are no usable lips or no voice here; move it by hand")
    filled = []
    for number, piece in enumerate(inside):
        first = start if number == 0 else piece.song_start
        last = end if number == len(inside) - 1 else piece.song_end
        filled.append(
            replace(
                piece,
                song_start=first,
                song_end=last,
                source_start=piece.source_start + (first - piece.song_start) * piece.slope,
                source_end=piece.source_start + (last - piece.song_start) * piece.slope,
            )
        )
    return filled


def _snapped(pieces: tuple[Segment, ...], segment: Segment) -> tuple[Segment, ...]:
    """Give the outer ends the exact times of the segment that they take the place of."""
    first = replace(pieces[0], song_start=segment.song_start)
    pieces = (first, *pieces[1:])
    return (*pieces[:-1], replace(pieces[-1], song_end=segment.song_end))


# ------------------------------------------------------------------------------------ pins


def _check(document: Document, pin: Pin) -> None:
    first, last = document.span
    if not first <= pin.song <= last:
        raise ValueError("a pin must lie within the song")
    if not 0 <= pin.source <= document.takes[pin.take].duration:
        raise ValueError("a pin must lie within the take")
    if document.segments[document.index_at(pin.song)].locked:
        raise edits.LockedError("this segment is locked; unlock it first")
    for other in document.pins:
        apart = other.song - pin.song
        if abs(apart) <= TOLERANCE or other.take != pin.take:
            continue
        if (other.source - pin.source) * apart <= 0:
            raise ValueError("this pin contradicts another one; the footage would run backwards")


def _free_around(document: Document, song_time: float) -> tuple[float, float]:
    """Give the stretch (s) around a moment up to the nearest locked segments."""
    start, end = document.span
    for segment in document.segments:
        if segment.locked and segment.song_end <= song_time + TOLERANCE:
            start = max(start, segment.song_end)
        if segment.locked and segment.song_start >= song_time - TOLERANCE:
            end = min(end, segment.song_start)
    return start, end


def _side(
    document: Document,
    evidence: Evidence,
    pin: Pin,
    limit: float,
    other: Pin | None,
    *,
    earlier: bool,
) -> list[Segment]:
    """Find the map between a pin and a limit on one side of it.

    Parameters
    ----------
    limit
        Song time (s) up to which the map may change.
    other
        The pin at the limit, or None where the present map goes on there.
    """
    start, end = (limit, pin.song) if earlier else (pin.song, limit)
    if end - start <= TOLERANCE:
        return []
    through = _line(document, pin, start, end)
    if other is None:
        return _joined_to_present(document, evidence, pin, start, end, through, earlier=earlier)
    if other.take == pin.take:
        bent = _between(document, pin, other, start, end)
        if abs((other.source - other.song) - (pin.source - pin.song)) <= _SAME:
            return [bent]
    beyond = _line(document, other, start, end)
    first, second = (beyond, through) if earlier else (through, beyond)
    times = _grid(start, end, evidence.rate)
    change = best_change(evidence, times, _sources(first, times), _sources(second, times))
    if other.take == pin.take:
        slope = bent.slope
        along = float(evidence_along(evidence, times, _sources(bent, times)).sum())
        believable = abs(slope - 1) <= AlignSettings().max_stretch
        if believable and along > change.gain + _BEND:
            return [bent]
    return [*_part(first, start, change.song_time), *_part(second, change.song_time, end)]


def _joined_to_present(
    document: Document,
    evidence: Evidence,
    pin: Pin,
    start: float,
    end: float,
    through: Segment,
    *,
    earlier: bool,
) -> list[Segment]:
    """Change once between the present map and the line through a pin."""
    times = _grid(start, end, evidence.rate)
    takes, present = TimeMap(document).sources_at(times)
    # What another take shows can't be weighed by this one's evidence: there the pin's take wins
    # nothing and loses nothing, and pauses decide.
    present = np.where(takes == pin.take, present, -1.0)
    line = _sources(through, times)
    first, second = (present, line) if earlier else (line, present)
    change = best_change(evidence, times, first, second)
    if earlier:
        return [
            *_present(document, start, change.song_time),
            *_part(through, change.song_time, end),
        ]
    return [*_part(through, start, change.song_time), *_present(document, change.song_time, end)]


def _line(document: Document, pin: Pin, start: float, end: float) -> Segment:
    """Run a pin's footage at the speed it was filmed at."""
    present = document.segments[document.index_at(pin.song)]
    return replace(
        present,
        song_start=start,
        song_end=end,
        take=pin.take,
        source_start=pin.source + (start - pin.song),
        source_end=pin.source + (end - pin.song),
        kind="matched",
        confidence=1.0,
        locked=False,
    )


def _between(document: Document, pin: Pin, other: Pin, start: float, end: float) -> Segment:
    """Run the footage evenly from one pin to the other."""
    first, last = sorted((pin, other), key=lambda p: p.song)
    return replace(
        _line(document, pin, start, end), source_start=first.source, source_end=last.source
    )


def _grid(start: float, end: float, rate: float) -> Doubles:
    count = max(2, round((end - start) * rate) + 1)
    return np.linspace(start, end, count)


def _sources(segment: Segment, times: Doubles) -> Doubles:
    sources: Doubles = segment.source_start + (times - segment.song_start) * segment.slope
    return sources


def _part(segment: Segment, start: float, end: float) -> list[Segment]:
    """Give the part of a straight stretch between two song times (s), or nothing."""
    if end - start <= TOLERANCE:
        return []
    ends = _sources(segment, np.array([start, end]))
    return [
        replace(
            segment,
            song_start=start,
            song_end=end,
            source_start=float(ends[0]),
            source_end=float(ends[1]),
        )
    ]


def _present(document: Document, start: float, end: float) -> list[Segment]:
    """Give the document's own segments between two song times (s)."""
    return [
        part
        for segment in document.segments
        for part in _part(segment, max(start, segment.song_start), min(end, segment.song_end))
    ]


def _replaced(document: Document, start: float, end: float, parts: list[Segment]) -> Document:
    """Put segments in the place of everything between two song times (s)."""
    first, last = document.span
    segments = [*_present(document, first, start), *parts, *_present(document, end, last)]
    return replace(document, segments=tuple(_merged(segments)))


def _merged(segments: list[Segment]) -> list[Segment]:
    """Join neighbours that are one straight stretch of the same footage."""
    joined: list[Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.take, last.kind, last.locked) == (segment.take, segment.kind, segment.locked)
            and abs(last.source_end - segment.source_start) <= TOLERANCE
            and abs(last.slope - segment.slope) <= TOLERANCE
            and last.confidence == segment.confidence
        ):
            joined[-1] = replace(last, song_end=segment.song_end, source_end=segment.source_end)
        else:
            joined.append(segment)
    return joined


def _with(document: Document, start: int, stop: int, segments: tuple[Segment, ...]) -> Document:
    rest = document.segments
    return replace(document, segments=(*rest[:start], *segments, *rest[stop:]))
