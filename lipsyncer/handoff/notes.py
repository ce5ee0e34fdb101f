"""Warnings as markers: each with a time in it at its place, the others at the start."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lipsyncer.edit.document import Document
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.handoff.shots import Cut, Shot
from lipsyncer.render.retime import ROUNDING

_STRETCH = re.compile(r"(?P<song>the song )?from (?P<start>\d+\.\d+) s to (?P<end>\d+\.\d+) s")
"""How the sentences about the lips, and those about broken footage, name a stretch of time."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for who goes on cutting, and what it is about.

    Attributes
    ----------
    words
        The sentence.
    start, end
        Stretch in seconds of the song; None where it is about the whole.
    """

    words: str
    start: float | None = None
    end: float | None = None


def notes_of(warnings: Sequence[str], document: Document) -> list[Note]:
    """Find the stretch of the song that each warning is about.

    A stretch of a take that is not shown has no place in the song; such a warning stays at the
    start.
    """
    return [_note(words, document) for words in warnings]


def retimed(notes: Sequence[Note], document: Document) -> list[Note]:
    """Put notes where they are when the picture stays and the song is moved: in take time."""
    lines = TimeMap(document)

    def moved(time: float | None) -> float | None:
        return None if time is None else lines.source_at(time)[1]

    return [replace(note, start=moved(note.start), end=moved(note.end)) for note in notes]


def frames_of(note: Note, cut: Cut) -> tuple[int, int] | None:
    """First frame of the time line that a note is about, and how many; None for the start.

    A stretch that reaches out of the time line is cut off at its ends.
    """
    if note.start is None or note.end is None:
        return None
    first, last = (
        math.floor(time * cut.rate + ROUNDING) - cut.song_first for time in (note.start, note.end)
    )
    if last < 0 or first >= cut.count:
        return None
    first = max(first, 0)
    return first, max(1, min(last, cut.count) - first)


def shot_at(cut: Cut, frame: int) -> tuple[int, Shot]:
    """Give the shot that is on screen at a frame of the time line, and its number."""
    for number, shot in enumerate(cut.shots):
        if shot.first <= frame < shot.first + shot.count:
            return number, shot
    return len(cut.shots) - 1, cut.shots[-1]


def _note(words: str, document: Document) -> Note:
    found = _STRETCH.search(words)
    if found is None:
        return Note(words)
    start, end = float(found["start"]), float(found["end"])
    if found["song"]:
        return Note(words, start, end)
    # Of a take: the first segment that shows it.
    for segment in document.segments:
        name = document.takes[segment.take].path.name
        low, high = max(start, segment.source_start), min(end, segment.source_end)
        if words.startswith(f"{name}: ") and segment.slope > 0 and low < high:
            first, last = (
                segment.song_start + (time - segment.source_start) / segment.slope
                for time in (low, high)
            )
            return Note(words, first, last)
    return Note(words)
