"""Jumps go where both sides look alike, and never into a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import clips
import numpy as np
import pytest

from lipsyncer.cut.rolls import roll_cuts, rolled
from lipsyncer.edit.document import Document, Pin, Segment, Take
from lipsyncer.features.tracking import track_take
from lipsyncer.media import probe
from lipsyncer.progress import finish

QUIET = (4.0, 6.0)


def voice() -> np.ndarray:
    times = np.arange(250) / 25
    return np.where((times >= QUIET[0]) & (times <= QUIET[1]), 0.1, 1.0)


def cut(border: float = 5.0, *, pins: tuple[Pin, ...] = (), locked: bool = False) -> Document:
    segments = (
        Segment(0.0, border, 0, 0.0, border, "matched", 1.0),
        Segment(border, 10.0, 0, border + 1.0, 11.0, "matched", 1.0, locked=locked),
    )
    return Document(Path("song.wav"), 10.0, (Take(Path("a.mp4"), 12.0),), segments, pins)


def unlike(take: int, one: float, other: float) -> float:
    """Nearly alike when the first moment is 5.6 s, and best of all in the middle of a word."""
    return min(abs(one - 5.6), 0.1 * abs(one - 7.0)) + 0.01 if one > 6.5 else abs(one - 5.6) + 0.01


def borders(document: Document) -> list[float]:
    return [segment.song_start for segment in document.segments[1:]]


def test_a_jump_goes_to_the_likest_moment_of_its_pause() -> None:
    moved = rolled(cut(), 1, [voice()], unlike)
    assert borders(moved) == [pytest.approx(5.6)]
    first, second = moved.segments
    assert (first.source_end, second.source_start) == (pytest.approx(5.6), pytest.approx(6.6))
    assert (first.slope, second.slope) == (pytest.approx(1.0), pytest.approx(1.0))


def test_a_jump_within_a_word_stays() -> None:
    assert rolled(cut(3.0), 1, [voice()], unlike) == cut(3.0)


def test_a_locked_segment_keeps_its_ends() -> None:
    assert rolled(cut(locked=True), 1, [voice()], unlike) == cut(locked=True)


def test_a_pinned_moment_stays_on_its_side() -> None:
    pinned = cut(pins=(Pin(5.2, 0, 6.2),))
    assert borders(rolled(pinned, 1, [voice()], unlike))[0] <= 5.2


def test_what_is_hardly_better_is_left_alone() -> None:
    assert rolled(cut(), 1, [voice()], lambda take, one, other: 5.0 + 0.01 * one) == cut()


def test_small_jumps_and_changes_of_take_are_not_touched() -> None:
    small = cut()
    first, second = small.segments
    small = replace(small, segments=(first, replace(second, source_start=5.2, source_end=10.2)))
    assert rolled(small, 1, [voice()], unlike) == small
    takes = (*cut().takes, Take(Path("b.mp4"), 12.0))
    change = replace(cut(), takes=takes, segments=(first, replace(second, take=1)))
    assert rolled(change, 1, [voice(), voice()], unlike) == change


def test_pictures_are_compared(tmp_path: Path) -> None:
    # The same picture is shown at 4.4 and 5.4 s, and nowhere else twice a second apart.
    def picture(index: int) -> np.ndarray:
        shown = 110 if index == 135 else index
        return clips.coded_frame(shown)

    path = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 12.0), picture=picture)
    proxy, _ = finish(track_take(probe(path)))
    document = replace(cut(), takes=(Take(path, 12.0),))
    moved = finish(roll_cuts(document, [voice()], [proxy]))
    assert borders(moved) == [pytest.approx(4.4, abs=0.04)]
