"""Pieces too short to be seen, and where the song ends."""

import numpy as np
import pytest

from lipsyncer.alignment import Piece
from lipsyncer.alignment.pieces import Straight, sources_of, without_slivers
from lipsyncer.cut.segments import segments_of


def test_a_sliver_on_its_neighbours_line_becomes_a_part_of_it() -> None:
    held, sliver = Straight(0, 10, 0, 0, False), Straight(10, 10.5, 0, 0.5, False)
    sung = Straight(10.5, 100, 0.5, 90)

    pieces = without_slivers([held, sliver, sung], 1.0)

    assert pieces == [held, Straight(10, 100, 0, 90)]


def test_a_sliver_held_at_an_end_is_shown_by_footage_that_stands_still_there() -> None:
    pieces = [Straight(0, 0.6, 0, 0, False), Straight(0.6, 50, 0, 49.4), Straight(50, 50.2, 49, 49)]

    left = without_slivers(pieces, 1.0)

    assert len(left) == 1
    rows = np.arange(1, 50)
    assert sources_of(left, 1, 50) == pytest.approx(rows - 0.6)
    assert (left[0].song_start, left[0].song_end) == (0, 50.2)


def test_a_sliver_between_cuts_stays() -> None:
    pieces = [Straight(0, 10, 0, 10), Straight(10, 10.5, 30, 30.5), Straight(10.5, 20, 5, 14.5)]

    assert without_slivers(pieces, 1.0) == pieces


def test_no_segment_is_left_over_where_the_song_ends() -> None:
    pieces = [
        Piece(0.0, 10.0, 1.0, 11.0, "matched", 0.9),
        Piece(10.0, 10.04, 11.0, 11.0, "gap", 0.0),
    ]

    (only,) = segments_of(pieces, 10.0 + 1e-9)

    assert (only.song_end, only.source_end) == pytest.approx((10.0, 11.0), abs=1e-6)
