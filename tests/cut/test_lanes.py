"""What could be shown in a segment in place of what is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from found_cut import FOUND

from lipsyncer.cut.lanes import Lane, lanes_of, swapped
from lipsyncer.edit import edits
from lipsyncer.edit.document import HandFraming, Segment

LANE = Lane(
    1,
    (
        Segment(3.0, 6.0, 1, 20.0, 23.0, "matched", 0.8),
        Segment(6.0, 8.0, 1, 24.0, 26.0, "matched", 0.7),
    ),
    attempt=1,
    start=20.0,
    end=26.0,
)


def test_a_take_that_nobody_has_watched_is_one_lane_as_it_was_filmed() -> None:
    lanes = lanes_of(FOUND, ())
    assert [(lane.take, lane.attempt, lane.segments) for lane in lanes] == [
        (0, None, ()),
        (1, None, ()),
    ]
    (part,) = lanes[1].between(2.0, 5.0)
    assert (part.source_start, part.source_end, part.confidence) == (2.0, 5.0, 0.0)


def test_a_lane_has_the_words_only_where_it_moves_through_nearly_all_of_them() -> None:
    assert LANE.has(4.0, 8.0)
    assert LANE.has(3.0, 8.4)
    assert not LANE.has(1.0, 5.0)
    still = replace(LANE, segments=(Segment(3.0, 8.0, 1, 20.0, 20.0, "gap", 0.0),))
    assert not still.has(4.0, 7.0)


def test_a_lane_knows_its_segments_by_where_they_lie_in_the_take() -> None:
    assert LANE.shows(Segment(0.0, 2.0, 1, 21.0, 23.0, "matched", 1.0))
    assert not LANE.shows(Segment(0.0, 2.0, 1, 10.0, 12.0, "matched", 1.0))
    assert not LANE.shows(Segment(0.0, 2.0, 0, 21.0, 23.0, "matched", 1.0))


def test_swapping_lays_the_lanes_lines_over_the_stretch_and_leaves_the_rest() -> None:
    after = swapped(FOUND, LANE, 5.0, 9.0)
    assert after.segments[0] == FOUND.segments[0]
    assert after.segments[-1] == FOUND.segments[-1]
    inside = after.segments[1:-1]
    assert [(s.song_start, s.song_end, s.source_start, s.source_end) for s in inside] == [
        (5.0, 6.0, 22.0, 23.0),
        (6.0, 9.0, 24.0, 27.0),  # on its line beyond the end
    ]
    assert all(s.by_hand for s in inside)
    assert [s.confidence for s in inside] == [0.8, 0.7]


def test_framing_stays_with_the_picture_of_a_take() -> None:
    hand = HandFraming(0.1, 0.0, 1.5)
    framed = replace(
        FOUND, segments=tuple(replace(segment, framing=hand) for segment in FOUND.segments)
    )
    assert swapped(framed, LANE, 5.0, 6.0).segments[1].framing == hand
    assert swapped(framed, LANE, 2.0, 4.0).segments[1].framing is None


def test_what_is_locked_is_not_swapped() -> None:
    locked = edits.lock(FOUND, 1)
    with pytest.raises(edits.LockedError):
        swapped(locked, LANE, 4.0, 6.0)
    assert swapped(locked, LANE, 1.0, 5.0).segments[-2].locked
