"""Framing by hand belongs to a segment and its take, and goes along with both."""

from __future__ import annotations

from dataclasses import replace

import pytest
from found_cut import FOUND

from lipsyncer.edit import edits
from lipsyncer.edit.document import CLOSEST, Document, HandFraming
from lipsyncer.edit.timemap import TimeMap

CLOSER = HandFraming(0.1, -0.05, 1.5)


def framings(document: Document) -> list[HandFraming | None]:
    return [segment.framing for segment in document.segments]


@pytest.fixture
def framed() -> Document:
    return edits.reframe(FOUND, 0, 0.1, -0.05, 1.5)


def test_reframing_changes_one_segments_frame_and_no_time(framed: Document) -> None:
    assert framings(framed) == [CLOSER, None, None]
    assert [replace(segment, framing=None) for segment in framed.segments] == list(FOUND.segments)
    assert edits.reset_framing(framed, 0) == FOUND


def test_a_frame_that_is_moved_back_is_framed_by_itself(framed: Document) -> None:
    assert edits.reframe(framed, 0, 0.0, 0.0, 0.7) == FOUND


def test_a_drag_beyond_the_limits_ends_at_them() -> None:
    far = edits.reframe(FOUND, 1, -7.0, 3.0, 99.0)
    assert far.segments[1].framing == HandFraming(-1.0, 1.0, CLOSEST)


@pytest.mark.parametrize("values", [(float("nan"), 0, 1), (0, float("inf"), 1), (0, 0, -1e400)])
def test_a_frame_that_is_no_number_is_refused(values: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="can't be moved by"):
        edits.reframe(FOUND, 0, *values)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((1.5, 0.0, 1.0), "no more than the whole picture"),
        ((0.0, float("nan"), 1.0), "no more than the whole picture"),
        ((0.0, 0.0, 0.5), "between 1 and 3"),
        ((0.0, 0.0, float("nan")), "between 1 and 3"),
    ],
)
def test_no_framing_is_outside_its_limits(
    values: tuple[float, float, float], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        HandFraming(*values)


def test_all_segments_of_a_take_can_be_framed_alike(framed: Document) -> None:
    assert framings(edits.frame_take(framed, 0)) == [CLOSER, None, CLOSER]
    locked = edits.lock(framed, 2)
    assert framings(edits.frame_take(locked, 0)) == [CLOSER, None, None]
    assert framings(edits.frame_take(edits.frame_take(framed, 0), 1)) == [CLOSER, None, CLOSER]


def test_a_locked_segment_is_not_reframed(framed: Document) -> None:
    locked = edits.lock(framed, 0)
    for edit in (
        lambda: edits.reframe(locked, 0, 0.2, 0.0, 1.0),
        lambda: edits.reset_framing(locked, 0),
    ):
        with pytest.raises(edits.LockedError, match="unlock it first"):
            edit()


def test_both_halves_of_a_split_stay_framed_and_joining_keeps_the_first_ones(
    framed: Document,
) -> None:
    halves = edits.split(framed, 3.0)
    assert framings(halves) == [CLOSER, CLOSER, None, None]
    joined = edits.join(halves, 0)
    assert joined.segments[0] == replace(framed.segments[0], by_hand=True)
    assert joined.segments[1:] == framed.segments[1:]
    other = edits.reframe(halves, 1, 0.3, 0.0, 1.0)
    assert framings(edits.join(other, 0)) == [CLOSER, None, None]


def test_framing_stays_when_footage_or_cuts_move_and_goes_with_the_take(framed: Document) -> None:
    assert framings(edits.slip(framed, 0, 0.2)) == [CLOSER, None, None]
    assert framings(edits.move_cut(framed, 0, 4.0)) == [CLOSER, None, None]
    assert framings(edits.trim(framed, 2.0, 8.0)) == [CLOSER, None]
    assert framings(edits.show(framed, 0, 0, 3.0, 7.0)) == [CLOSER, None, None]
    assert framings(edits.show(framed, 0, 1, 3.0, 7.0)) == [None, None, None]
    assert framings(edits.reset(framed, FOUND, 0.0, 5.0)) == [None, None, None]


def test_framing_moves_no_time(framed: Document) -> None:
    for time in (1.5, 4.9, 6.0, 12.0):
        assert TimeMap(framed).source_at(time) == TimeMap(FOUND).source_at(time)
