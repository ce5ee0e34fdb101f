"""Edits change what they say and nothing else, and never move a locked segment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from found_cut import FOUND

from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment
from lipsyncer.edit.timemap import TimeMap

TIMES = np.arange(1.0, 15.0, 0.01) + 0.003


def shown(document: Document) -> np.ndarray:
    takes, sources = TimeMap(document).sources_at(TIMES)
    return np.stack([takes, sources], axis=1)


def between(start: float, end: float) -> np.ndarray:
    return (start <= TIMES) & (end > TIMES)


def test_the_span_that_an_edit_has_changed_is_known() -> None:
    assert edits.changed_span(FOUND, FOUND) is None
    assert edits.changed_span(FOUND, edits.split(FOUND, 3.0)) is None
    assert edits.changed_span(FOUND, edits.slip(FOUND, 1, 0.1)) == (5.0, 9.0)
    assert edits.changed_span(FOUND, edits.move_cut(FOUND, 0, 4.0)) == (4.0, 5.0)
    both = edits.slip(edits.slip(FOUND, 0, 0.1), 2, 0.1)
    assert edits.changed_span(FOUND, both) == (1.0, 15.0)


def test_a_slip_moves_one_segments_footage_and_no_cut() -> None:
    slipped = edits.slip(FOUND, 1, -0.04)
    change = shown(slipped)[:, 1] - shown(FOUND)[:, 1]
    np.testing.assert_allclose(change, np.where(between(5, 9), -0.04, 0.0), atol=1e-9)
    assert [part.song_start for part in slipped.segments] == [1.0, 5.0, 9.0]


def test_a_moved_cut_lets_the_footage_of_both_sides_run_on() -> None:
    for cut in (3.0, 8.0):
        moved = shown(edits.move_cut(FOUND, 0, cut))
        first = between(1, cut)
        np.testing.assert_allclose(moved[first, 1], TIMES[first] + 1.0)
        second = between(cut, 9)
        np.testing.assert_allclose(moved[second, 1], 12.0 + (TIMES[second] - 5.0) * 1.1)
        assert set(moved[first, 0]) == {0}
        assert set(moved[second, 0]) == {1}
        np.testing.assert_array_equal(moved[between(9, 15)], shown(FOUND)[between(9, 15)])


@pytest.mark.parametrize("cut", [1.0, 0.0, 9.0, 12.0])
def test_a_cut_can_not_be_moved_past_its_neighbours(cut: float) -> None:
    with pytest.raises(ValueError, match="the cut must stay"):
        edits.move_cut(FOUND, 0, cut)


def test_a_split_shows_the_same_and_joining_brings_the_segment_back() -> None:
    halves = edits.split(FOUND, 6.7)
    assert len(halves.segments) == 4
    np.testing.assert_allclose(shown(halves), shown(FOUND), atol=1e-12)
    joined = edits.join(halves, 1)
    assert len(joined.segments) == 3
    np.testing.assert_allclose(shown(joined), shown(FOUND), atol=1e-9)


@pytest.mark.parametrize("time", [0.5, 5.0, 15.0, 17.0])
def test_only_the_inside_of_a_segment_can_be_split(time: float) -> None:
    with pytest.raises(ValueError, match="no segment to split"):
        edits.split(FOUND, time)


def test_joining_lets_the_first_segment_play_on() -> None:
    joined = edits.join(FOUND, 0)
    assert joined.segments[0] == Segment(1.0, 9.0, 0, 2.0, 10.0, "matched", 0.6, by_hand=True)
    assert joined.segments[1:] == FOUND.segments[2:]


def test_the_last_segment_has_nothing_to_join() -> None:
    with pytest.raises(ValueError, match="no next"):
        edits.join(FOUND, 2)


@pytest.mark.parametrize("index", [-1, 3])
def test_a_segment_that_is_not_there_can_not_be_edited(index: int) -> None:
    with pytest.raises(ValueError, match=f"no segment {index}"):
        edits.slip(FOUND, index, 0.1)


EDITS: list[Callable[[Document], Document]] = [
    lambda document: edits.slip(document, 1, 0.1),
    lambda document: edits.move_cut(document, 0, 4.0),
    lambda document: edits.move_cut(document, 1, 10.0),
    lambda document: edits.split(document, 7.0),
    lambda document: edits.join(document, 0),
    lambda document: edits.join(document, 1),
]


@pytest.mark.parametrize("edit", EDITS)
def test_no_edit_moves_a_locked_segment(edit: Callable[[Document], Document]) -> None:
    locked = edits.lock(FOUND, 1)
    with pytest.raises(edits.LockedError, match="this segment is locked"):
        edit(locked)
    assert edit(edits.unlock(locked, 1)) == edit(FOUND)


def test_locking_shows_the_same() -> None:
    locked = edits.lock(FOUND, 1)
    assert [part.locked for part in locked.segments] == [False, True, False]
    np.testing.assert_array_equal(shown(locked), shown(FOUND))
    assert edits.unlock(locked, 1) == FOUND


def test_a_reset_of_everything_is_the_other_document() -> None:
    edited = edits.slip(edits.move_cut(FOUND, 0, 3.0), 2, 0.5)
    assert edits.reset(edited, FOUND, 0.0, 20.0) == FOUND


def test_a_reset_of_a_stretch_leaves_the_rest_edited() -> None:
    edited = edits.slip(edits.slip(edits.slip(FOUND, 0, 0.2), 1, 0.2), 2, 0.2)
    back = edits.reset(edited, FOUND, 4.0, 10.0)
    inside = between(4, 10)
    np.testing.assert_allclose(shown(back)[inside], shown(FOUND)[inside])
    np.testing.assert_allclose(shown(back)[~inside], shown(edited)[~inside])
    assert [part.song_start for part in back.segments] == [1.0, 4.0, 5.0, 9.0, 10.0]


def test_a_reset_does_not_cut_where_only_the_edited_document_had_a_cut() -> None:
    edited = edits.split(edits.split(FOUND, 2.0), 3.0)
    assert edits.reset(edited, FOUND, 1.0, 15.0) == FOUND


def test_a_reset_leaves_locked_segments_untouched() -> None:
    edited = edits.lock(edits.slip(edits.slip(FOUND, 0, 0.2), 1, 0.2), 1)
    back = edits.reset(edited, FOUND, 0.0, 20.0)
    assert back.segments == (FOUND.segments[0], edited.segments[1], FOUND.segments[2])
    partly = edits.reset(edited, FOUND, 4.0, 6.0)
    assert partly.segments[2] == edited.segments[1]


def test_an_empty_stretch_can_not_be_reset() -> None:
    for end in (7.0, 6.0):
        with pytest.raises(ValueError, match="nothing between"):
            edits.reset(FOUND, FOUND, 7.0, end)


def test_a_reset_to_another_song_or_span_is_refused() -> None:
    with pytest.raises(ValueError, match="another song"):
        edits.reset(FOUND, replace(FOUND, song=Path("other.wav")), 0.0, 5.0)
    with pytest.raises(ValueError, match="another part"):
        edits.reset(FOUND, replace(FOUND, segments=FOUND.segments[:2]), 0.0, 5.0)


def test_a_stretch_is_overwritten_whole_and_nothing_beside_it_moves() -> None:
    new = (
        Segment(4.0, 6.0, 0, 1.0, 3.0, "matched", 0.7),
        Segment(6.0, 9.5, 1, 2.0, 5.5, "gap", 0.0),
    )
    written = edits.overwrite(edits.lock(FOUND, 1), *new)
    assert [part.song_start for part in written.segments] == [1.0, 4.0, 6.0, 9.5]
    assert written.segments[1:3] == new
    beside = between(1, 4) | between(9.5, 15)
    np.testing.assert_allclose(shown(written)[beside], shown(FOUND)[beside], atol=1e-12)


def test_what_is_written_over_one_segment_exactly_takes_its_place() -> None:
    middle = replace(FOUND.segments[1], source_start=2.0, source_end=6.0)
    written = edits.overwrite(FOUND, middle)
    assert written.segments == (FOUND.segments[0], middle, FOUND.segments[2])
