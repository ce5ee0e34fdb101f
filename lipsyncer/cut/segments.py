"""From the pieces of an alignment to segments: a stretch on one line is one segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lipsyncer.alignment import Piece
from lipsyncer.arrays import Float32s
from lipsyncer.edit.document import Segment
from lipsyncer.features import GRID_RATE

_BELIEVED = 0.5
"""Confidence from which on a segment is believed."""
_SUNG = 0.2
"""Seconds of singing that a gap may hold and yet say nothing against what it joins."""
_MEETS = 1e-6  # s by which the footage of two segments on one line may miss each other


def segments_of(
    pieces: Sequence[Piece], song_duration: float, take: int = 0
) -> tuple[Segment, ...]:
    """Turn the pieces of a take's alignment into segments that end where the song does.

    Pieces lie on the analysis grid, whose last position seldom falls on the song's end: a last
    piece that ends there is extended, or cut, by that part of a position, and one that only
    begins there is dropped. Neighbours on one line are joined (``joined``).
    """
    segments = [
        Segment(
            song_start=piece.song_start,
            song_end=piece.song_end,
            take=take,
            source_start=piece.source_start,
            source_end=piece.source_end,
            kind=piece.kind,
            confidence=piece.confidence,
        )
        for piece in pieces
        if piece.song_start < song_duration - 0.5 / GRID_RATE
    ]
    segments = joined(segments)
    last = segments[-1]
    if abs(song_duration - last.song_end) <= 1.0 / GRID_RATE or last.song_end > song_duration:
        segments[-1] = last.part(last.song_start, song_duration)
    return tuple(segments)


def joined(segments: Sequence[Segment], voice: Float32s | None = None) -> list[Segment]:
    """Join neighbours that show one take along one line, so that no cut is made without a jump.

    The confidence of the joined segment is the mean over what was matched of it. What was not is
    found again by ``cut.findings``. What is believed stays apart from what is not.

    Parameters
    ----------
    voice
        (N,) ``Evidence.voice``, where gaps only bridge what no take has: those in which somebody
        sings then stay apart as well.
    """
    lines: list[list[Segment]] = []
    for segment in segments:
        if lines and _one_line(lines[-1][-1], segment) and _alike(lines[-1], segment, voice):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [_joined(line) for line in lines]


def _alike(line: Sequence[Segment], segment: Segment, voice: Float32s | None) -> bool:
    """Whether a segment may share a confidence with those on its line before it."""
    if voice is not None and (segment.kind == "gap") != (line[-1].kind == "gap"):
        gap = segment if segment.kind == "gap" else line[-1]
        rows = slice(round(gap.song_start * GRID_RATE), round(gap.song_end * GRID_RATE))
        return float(np.nan_to_num(voice[rows]).sum()) <= _SUNG * GRID_RATE
    believed = [s.confidence >= _BELIEVED for s in (*line, segment) if s.kind == "matched"]
    return segment.kind == "gap" or all(believed) or not any(believed)


def _joined(line: Sequence[Segment]) -> Segment:
    if len(line) == 1:
        return line[0]
    matched = [segment for segment in line if segment.kind == "matched"]
    sung = sum(segment.song_end - segment.song_start for segment in matched)
    sure = sum(s.confidence * (s.song_end - s.song_start) for s in matched)
    return replace(
        line[0],
        song_end=line[-1].song_end,
        source_end=line[-1].source_end,
        kind="matched" if matched else "gap",
        confidence=sure / sung if matched else 0.0,
    )


def _one_line(before: Segment, after: Segment) -> bool:
    """Whether footage runs on from one segment into the next without a cut."""
    ours, theirs = ((s.take, s.locked, s.framing) for s in (before, after))
    meets = abs(before.source_end - after.source_start) <= _MEETS
    shorter = min(segment.song_end - segment.song_start for segment in (before, after))
    straight = abs(before.slope - after.slope) * shorter <= _MEETS
    return ours == theirs and not before.locked and meets and straight


def without_freezes(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Carry the first and the last segment of a cut on over frames that are held beyond them.

    Beyond its take a segment shows the same frame (``Segment``).
    """
    result = list(segments)
    for outer, inner in ((0, 1), (-1, -2)):
        if len(result) < 2:
            break
        freeze, moving = result[outer], result[inner]
        edges = (
            (freeze.source_end, moving.source_start)
            if outer == 0
            else (moving.source_end, freeze.source_start)
        )
        if freeze.slope or not moving.slope or abs(edges[0] - edges[1]) > _MEETS:
            continue
        carried_on = moving.part(
            min(freeze.song_start, moving.song_start), max(freeze.song_end, moving.song_end)
        )
        result = [carried_on, *result[2:]] if outer == 0 else [*result[:-2], carried_on]
    return tuple(result)
