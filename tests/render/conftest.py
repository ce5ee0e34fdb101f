"""What tests of writing a video share: a short cut, and a folder to write it to."""

from __future__ import annotations

from pathlib import Path

import flash
import pytest

from lipsyncer.edit.document import Document, Segment, Take


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Give a cut of 2 s, which is 60 frames, from one take with a flash in it."""
    take = flash.make_take(tmp_path / "take.mp4", 60, [10])
    song = flash.make_song(tmp_path / "song.wav", 2.0, [10 / 30])
    segment = Segment(0.0, 2.0, 0, 0.0, 2.0, "matched", 1.0)
    return Document(song, 2.0, (Take(take, 2.0),), (segment,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an empty folder."""
    path = tmp_path / "out"
    path.mkdir()
    return path
