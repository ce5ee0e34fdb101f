"""A cut of two takes as an analysis may find it, to try edits on."""

from __future__ import annotations

from pathlib import Path

from lipsyncer.edit.document import Document, Segment, Take

FOUND = Document(
    Path("song.wav"),
    20.0,
    (Take(Path("a.mov"), 40.0), Take(Path("b.mov"), 40.0)),
    (
        Segment(1.0, 5.0, 0, 2.0, 6.0, "matched", 0.9),
        Segment(5.0, 9.0, 1, 12.0, 16.4, "matched", 0.6),
        Segment(9.0, 15.0, 0, 11.0, 17.0, "gap", 0.3),
    ),
)
