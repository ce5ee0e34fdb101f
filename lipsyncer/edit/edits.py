"""Edits as pure functions: a document in, another document out.

Undo is keeping the document from before. Segments are named by their index. A locked segment is
never moved: an edit that names one raises ``LockedError``, and an edit over a stretch of the song
leaves the locked ones in it untouched. An edit that can't be made raises ``ValueError`` with the
reason and leaves nothing changed, as documents are frozen.
"""

from __future__ import annotations

import math
from dataclasses import replace

from lipsyncer.edit.document import CLOSEST, TOLERANCE, Document, HandFraming, Segment


class LockedError(ValueError):
    """The edit would move a locked segment."""


def slip(document: Document, index: int, seconds: float) -> Document:
    """Show other footage in a segment without moving its cuts.

    Parameters
    ----------
    seconds
        Added to the segment's take times: positive shows later footage, so the lips come earlier.

    Returns
    -------
    Document
        The segment's confidence is 0 until it is rated at its new place.
    """
    segment = _unlocked(document, index)
    if seconds == 0:
        return document
    moved = replace(
        segment,
        source_start=segment.source_start + seconds,
        source_end=segment.source_end + seconds,
        confidence=0.0,
        by_hand=True,
    )
    return _with(document, index, index + 1, moved)


def move_cut(document: Document, index: int, song_time: float) -> Document:
    """Move the cut between a segment and the next one; the footage of both stays where it is.

    Raises
    ------
    ValueError
        When the new place is not inside the two segments.
    """
    before, after = _unlocked_pair(document, index)
    if not before.song_start + TOLERANCE < song_time < after.song_end - TOLERANCE:
        raise ValueError(
            f"the cut must stay between {before.song_start} and {after.song_end} s, "
            f"not move to {song_time} s"
        )
    return _with(
        document,
        index,
        index + 2,
        replace(before.part(before.song_start, song_time), by_hand=True),
        replace(after.part(song_time, after.song_end), by_hand=True),
    )


def split(document: Document, song_time: float) -> Document:
    """Cut the segment at a song time in two; what is shown does not change.

    Raises
    ------
    ValueError
        When no segment has that time inside it.
    """
    for index, segment in enumerate(document.segments):
        if segment.song_start + TOLERANCE < song_time < segment.song_end - TOLERANCE:
            _unlocked(document, index)
            return _with(
                document,
                index,
                index + 1,
                replace(segment.part(segment.song_start, song_time), by_hand=True),
                replace(segment.part(song_time, segment.song_end), by_hand=True),
            )
    raise ValueError(f"there is no segment to split at {song_time} s")


def join(document: Document, index: int) -> Document:
    """Take out the cut between a segment and the next: the first one's footage plays on.

    The joined segment is framed as the first, and as sure as the less sure of the two.
    """
    before, after = _unlocked_pair(document, index)
    joined = replace(
        before.part(before.song_start, after.song_end),
        confidence=min(before.confidence, after.confidence),
        by_hand=True,
    )
    return _with(document, index, index + 2, joined)


def lock(document: Document, index: int) -> Document:
    """Keep a segment from being moved by any other edit."""
    return _with(document, index, index + 1, replace(_segment(document, index), locked=True))


def unlock(document: Document, index: int) -> Document:
    """Let a segment be edited again."""
    return _with(document, index, index + 1, replace(_segment(document, index), locked=False))


def trim(document: Document, song_start: float, song_end: float) -> Document:
    """Keep only what a span of the song (s) shows; pins outside of it go.

    Raises
    ------
    ValueError
        When the span shows nothing of the cut.
    """
    first, last = document.span
    start, end = max(song_start, first), min(song_end, last)
    if end - start <= TOLERANCE:
        raise ValueError(
            f"nothing of the cut lies between {song_start:g} and {song_end:g} s: "
            f"it goes from {first:.2f} to {last:.2f} s of the song"
        )
    pins = tuple(pin for pin in document.pins if start <= pin.song <= end)
    return replace(document, segments=tuple(_within(document, start, end)), pins=pins)


def as_filmed(document: Document) -> Document:
    """Show the first take unchanged during the document's span.

    It begins with the song, or with the span where it would be over before half of that.
    """
    start, end = document.span
    take = document.takes[0]
    shift = 0.0 if take.duration >= (start + end) / 2 else start
    segment = Segment(start, end, 0, start - shift, end - shift, "gap", 0.0)
    return replace(document, segments=(segment,), pins=())


def show(
    document: Document, index: int, take: int, source_start: float, source_end: float
) -> Document:
    """Show another stretch of footage, of any take, in a segment.

    Framing by hand is about a take's picture, so it goes where another take is shown.

    Parameters
    ----------
    take
        Index into ``document.takes``.
    source_start, source_end
        Take times (s) at the segment's two ends.

    Raises
    ------
    ValueError
        When there is no such take.
    """
    segment = _unlocked(document, index)
    moved = replace(
        segment,
        take=take,
        source_start=source_start,
        source_end=source_end,
        framing=segment.framing if segment.take == take else None,
        confidence=0.0,
        by_hand=True,
    )
    return _with(document, index, index + 1, moved)


def reframe(document: Document, index: int, x: float, y: float, zoom: float) -> Document:
    """Move the picture of a segment within the output's frame; see ``HandFraming``.

    Values beyond its limits are brought back to them, so that a drag never fails; where nothing
    is moved, the segment is framed by itself again.
    """
    if not all(math.isfinite(value) for value in (x, y, zoom)):
        raise ValueError(f"a frame can't be moved by {x} and {y} and enlarged by {zoom}")
    segment = _unlocked(document, index)
    framing = HandFraming(
        min(max(x, -1.0), 1.0), min(max(y, -1.0), 1.0), min(max(zoom, 1.0), CLOSEST)
    )
    return _with(
        document,
        index,
        index + 1,
        replace(segment, framing=None if framing == HandFraming() else framing),
    )


def reset_framing(document: Document, index: int) -> Document:
    """Let a segment be framed by itself again."""
    return _with(document, index, index + 1, replace(_unlocked(document, index), framing=None))


def frame_take(document: Document, index: int) -> Document:
    """Frame all segments of a segment's take as that one is framed; locked ones stay."""
    model = _segment(document, index)
    segments = tuple(
        replace(segment, framing=model.framing)
        if segment.take == model.take and not segment.locked
        else segment
        for segment in document.segments
    )
    return replace(document, segments=segments)


def rename_take(document: Document, take: int, label: str) -> Document:
    """Call a take otherwise; by its file's name where the label is blank or that name."""
    label = " ".join(label.split())
    takes = list(document.takes)
    takes[take] = replace(takes[take], label="" if label == takes[take].path.name else label)
    return replace(document, takes=tuple(takes))


def labelled_as(document: Document, other: Document) -> Document:
    """Call takes what another document calls the takes of the same files."""
    labels = {take.path: take.label for take in other.takes}
    takes = (replace(take, label=labels.get(take.path, take.label)) for take in document.takes)
    return replace(document, takes=tuple(takes))


def overwrite(document: Document, *segments: Segment) -> Document:
    """Show segments, each beginning where the one before ends, in place of what lies at their time.

    What reaches out of their time is cut at its ends, also where it is locked.
    """
    before = _within(document, -math.inf, segments[0].song_start)
    after = _within(document, segments[-1].song_end, math.inf)
    return replace(document, segments=(*before, *segments, *after))


def reset(document: Document, other: Document, song_start: float, song_end: float) -> Document:
    """Bring back another document's segments between two song times.

    Segments that reach out of the stretch are cut at its ends; locked ones stay whole.

    Parameters
    ----------
    other
        What to take the segments from: the same song, takes and span, for instance the document
        as the analysis found it.
    song_start, song_end
        The stretch in seconds of the song.

    Raises
    ------
    ValueError
        When the two documents are not about the same song, takes and span, or the stretch is
        empty.
    """
    if song_end - song_start <= TOLERANCE:
        raise ValueError(f"there is nothing between {song_start} and {song_end} s to reset")
    if (document.song, document.takes) != (other.song, other.takes):
        raise ValueError("the other document is about another song or other takes")
    spans = zip(document.span, other.span, strict=True)
    if any(abs(ours - theirs) > TOLERANCE for ours, theirs in spans):
        raise ValueError("the other document covers another part of the song")

    reached = song_start
    locked = [(s.song_start, s.song_end) for s in document.segments if s.locked]
    for start, end in [*locked, (song_end, song_end)]:
        restored = _within(other, reached, min(start, song_end))
        if restored:
            document = overwrite(document, *restored)
        reached = max(reached, end)
    return document


def changed_span(before: Document, after: Document) -> tuple[float, float] | None:
    """Song times (s) between which two cuts of one song show other footage; None where nowhere."""
    borders = sorted({s.song_start for s in (*before.segments, *after.segments)})
    other: list[float] = []
    for border in borders:
        ours, theirs = before.segment_at(border + TOLERANCE), after.segment_at(border + TOLERANCE)
        end = min(ours.song_end, theirs.song_end)
        moments = (border, end)
        if ours.take != theirs.take or any(
            abs(ours.source_at(time) - theirs.source_at(time)) > TOLERANCE for time in moments
        ):
            other += moments
    return (min(other), max(other)) if other else None


def recognise(document: Document, found: Document) -> Document:
    """Take segments that were moved back to where they were found as found again.

    Parameters
    ----------
    found
        The document as the analysis found it.
    """

    def ends(segment: Segment) -> tuple[float, ...]:
        times = (
            segment.song_start,
            segment.song_end,
            segment.source_start,
            segment.source_end,
        )
        return (segment.take, *(round(time / TOLERANCE) for time in times))

    known = {ends(segment): segment for segment in found.segments}

    def recognised(segment: Segment) -> Segment:
        same = known.get(ends(segment)) if segment.by_hand else None
        if same is None:
            return segment
        return replace(same, locked=segment.locked, framing=segment.framing)

    return replace(document, segments=tuple(map(recognised, document.segments)))


def _segment(document: Document, index: int) -> Segment:
    if not 0 <= index < len(document.segments):
        raise ValueError(f"there is no segment {index} among {len(document.segments)}")
    return document.segments[index]


def _unlocked(document: Document, index: int) -> Segment:
    segment = _segment(document, index)
    if segment.locked:
        raise LockedError("this segment is locked; unlock it first")
    return segment


def _unlocked_pair(document: Document, index: int) -> tuple[Segment, Segment]:
    if index == len(document.segments) - 1:
        raise ValueError("the last segment has no next one")
    return _unlocked(document, index), _unlocked(document, index + 1)


def _overlap(segment: Segment, song_start: float, song_end: float) -> list[Segment]:
    """Give the part of a segment within a stretch: one segment, or none when they don't meet."""
    start = max(segment.song_start, song_start)
    end = min(segment.song_end, song_end)
    return [segment.part(start, end)] if end - start > TOLERANCE else []


def _within(document: Document, song_start: float, song_end: float) -> list[Segment]:
    """Give the document's segments within a stretch, cut at its ends."""
    return [
        part for segment in document.segments for part in _overlap(segment, song_start, song_end)
    ]


def _with(document: Document, start: int, stop: int, *segments: Segment) -> Document:
    """Put segments in the place of those from ``start`` up to ``stop``."""
    rest = document.segments
    return replace(document, segments=(*rest[:start], *segments, *rest[stop:]))
