"""A stretch of a take on one line is one segment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lipsyncer.alignment import Piece
from lipsyncer.cut.segments import joined, segments_of, without_freezes
from lipsyncer.edit.document import Segment

SONG = 20.0


def pieces(*, late: float = 0.3, jump: float = 0.0) -> list[Piece]:
    """A take filmed late: nothing to match from 8 to 11 s, and no footage after 19.7 s."""
    after = late + jump
    return [
        Piece(0.0, 8.0, late, 8.0 + late, "matched", 0.9),
        Piece(8.0, 11.0, 8.0 + late, 11.0 + late, "gap", 0.0),
        Piece(11.0, SONG - late, 11.0 + after, SONG + jump, "matched", 0.6),
        Piece(SONG - late, SONG, SONG + jump, SONG + jump, "gap", 0.0),
    ]


def test_one_offset_is_one_segment() -> None:
    (segment,) = without_freezes(segments_of(pieces(), SONG))
    assert (segment.song_start, segment.song_end) == (0.0, SONG)
    assert (segment.source_start, segment.source_end) == pytest.approx((0.3, SONG + 0.3))
    assert segment.kind == "matched"
    assert segment.confidence == pytest.approx((8.0 * 0.9 + 8.7 * 0.6) / 16.7)


def test_a_jump_is_cut() -> None:
    before, after = without_freezes(segments_of(pieces(jump=0.2), SONG))
    assert (before.song_end, after.song_start) == (11.0, 11.0)
    assert after.source_start - before.source_end == pytest.approx(0.2)


def test_a_lead_that_was_not_filmed_belongs_to_the_segment_after_it() -> None:
    early = [
        Piece(0.0, 1.2, 0.0, 0.0, "gap", 0.0),
        Piece(1.2, SONG, 0.0, SONG - 1.2, "matched", 0.9),
    ]
    (segment,) = without_freezes(segments_of(early, SONG))
    assert (segment.source_start, segment.source_end) == pytest.approx((-1.2, SONG - 1.2))


def test_a_bend_stays() -> None:
    line = Segment(0.0, 5.0, 0, 0.0, 5.0, "matched", 0.9)
    bent = Segment(5.0, 10.0, 0, 5.0, 10.1, "matched", 0.9)
    assert joined([line, bent]) == [line, bent]


def test_locked_segments_and_other_takes_stay_apart() -> None:
    line = Segment(0.0, 5.0, 0, 0.0, 5.0, "matched", 0.9)
    after = Segment(5.0, 10.0, 0, 5.0, 10.0, "matched", 0.9)
    for other in (replace(after, locked=True), replace(after, take=1)):
        assert joined([line, other]) == [line, other]


def test_a_part_that_is_not_believed_stays_apart() -> None:
    sure = Segment(0.0, 5.0, 0, 0.0, 5.0, "matched", 0.9)
    unsure = Segment(5.0, 8.0, 0, 5.0, 8.0, "matched", 0.2)
    gap = Segment(8.0, 10.0, 0, 8.0, 10.0, "gap", 0.0)
    again = Segment(10.0, 15.0, 0, 10.0, 15.0, "matched", 0.8)
    confidences = [segment.confidence for segment in joined([sure, unsure, gap, again])]
    assert confidences == pytest.approx([0.9, 0.2, 0.8])


def test_footage_that_only_bridges_is_no_match_where_somebody_sings() -> None:
    sure = Segment(0.0, 5.0, 0, 0.0, 5.0, "matched", 0.9)
    bridge = Segment(5.0, 8.0, 0, 5.0, 8.0, "gap", 0.0)
    silence = np.zeros(200, np.float32)
    assert len(joined([sure, bridge], silence)) == 1
    assert len(joined([sure, bridge], silence + 1)) == 2
