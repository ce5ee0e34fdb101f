"""Findings as markers of an editing program: each at its place, the others at the start."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lipsyncer.edit.document import Document
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.findings import Finding, FindingKind, sentence
from lipsyncer.handoff.shots import Cut, Shot


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the editor, and what it is about.

    Attributes
    ----------
    words
        The sentence.
    start, end
        Stretch in seconds of the song; None where it is about the whole.
    loose
        Whether it is about a loose match, which editors see in another colour.
    """

    words: str
    start: float | None = None
    end: float | None = None
    loose: bool = False


def notes_of(findings: Sequence[Finding], document: Document) -> list[Note]:
    """Make notes of the findings that warn, and of all loose matches."""
    names = [take.name for take in document.takes]
    notes = []
    for finding in findings:
        loose = finding.kind is FindingKind.LOOSE_MATCH
        if loose or finding.warns:
            start, end = finding.span or (None, None)
            notes.append(Note(sentence(finding, names), start, end, loose))
    return notes


def notes_of_turns(document: Document) -> list[Note]:
    """Make notes of the takes that an editing program shows on their side or upside down."""
    return [
        Note(
            f"{take.name}: its picture has to be turned by {take.turned}° clockwise; "
            "the file does not say which way up it is."
        )
        for index, take in enumerate(document.takes)
        if take.turned and any(segment.take == index for segment in document.segments)
    ]


def retimed(notes: Sequence[Note], document: Document) -> list[Note]:
    """Put notes where they are when the picture stays and the song is moved: in take time."""
    lines = TimeMap(document)

    def moved(time: float | None) -> float | None:
        return None if time is None else lines.source_at(time)[1]

    return [replace(note, start=moved(note.start), end=moved(note.end)) for note in notes]


def frames_of(note: Note, cut: Cut) -> tuple[int, int] | None:
    """First frame of the time line that a note is about, and how many; None for the start.

    These are the frames whose middles lie in the stretch, as in ``cut_of``. A stretch that reaches
    out of the time line is cut off at its ends.
    """
    if note.start is None or note.end is None:
        return None
    first, last = (
        math.ceil(time * cut.rate - 0.5) - cut.song_first for time in (note.start, note.end)
    )
    if last <= 0 or first >= cut.count:
        return None
    first = max(first, 0)
    return first, max(1, min(last, cut.count) - first)


def shot_at(cut: Cut, frame: int) -> tuple[int, Shot]:
    """Give the shot that is on screen at a frame of the time line, and its number."""
    for number, shot in enumerate(cut.shots):
        if shot.first <= frame < shot.first + shot.count:
            return number, shot
    return len(cut.shots) - 1, cut.shots[-1]
