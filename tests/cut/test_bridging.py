"""What is shown where no take has the words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from lipsyncer.cut.bridging import bridged
from lipsyncer.edit.document import Segment

RATE = 25


def _matched(start: float, end: float, source: float, take: int = 0) -> Segment:
    return Segment(start, end, take, source, source + end - start, "matched", 0.9)


def _held(start: float, end: float, source: float) -> Segment:
    return Segment(start, end, 0, source, source, "gap", 0.0)


def _singing(seconds: float, closed: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """Lips that move all the time but for a while."""
    activity = np.full(round(seconds * RATE), 0.8, np.float32)
    activity[round(closed[0] * RATE) : round(closed[1] * RATE)] = 0.0
    return activity


HOLE = (_matched(0.0, 10.0, 0.0), _held(10.0, 14.0, 10.0), _matched(14.0, 20.0, 10.0))


def test_a_closed_mouth_is_shown_where_no_take_has_the_words() -> None:
    _, shown, _ = bridged(HOLE, [_singing(30.0, closed=(20.0, 24.5))], 20.0, 2.0)

    assert 20.0 <= shown.source_start <= 20.5
    assert shown.source_end - shown.source_start == pytest.approx(4.0)
    assert (shown.kind, shown.confidence) == ("gap", 0.0)


def test_a_mouth_out_of_sight_is_as_good_as_a_closed_one() -> None:
    hidden = _singing(30.0)
    hidden[round(22.0 * RATE) : round(26.0 * RATE)] = np.nan

    _, shown, _ = bridged(HOLE, [hidden], 20.0, 2.0)

    assert shown.source_start == pytest.approx(22.0, abs=0.1)


def test_footage_runs_on_where_lips_move_everywhere() -> None:
    _, shown, _ = bridged(HOLE, [_singing(30.0)], 20.0, 2.0)

    assert shown.source_start == 10.0 or shown.source_end == 10.0


def test_a_take_that_is_not_to_be_shown_lends_nothing() -> None:
    shown = bridged(HOLE, [_singing(30.0), None], 20.0, 2.0)

    assert all(segment.take == 0 for segment in shown)


def test_a_recording_too_short_for_the_hole_stands_still() -> None:
    assert bridged(HOLE, [_singing(3.0)], 20.0, 2.0)[1] == HOLE[1]


def test_the_ends_of_the_song_are_shown_where_little_is_missing() -> None:
    shown = bridged((_matched(1.0, 18.5, 5.0),), [_singing(30.0)], 20.0, 2.0)

    assert (shown[0].song_start, shown[-1].song_end) == (0.0, 20.0)
    assert (shown[0].source_start, shown[-1].source_end) == (4.0, 24.0)
    assert [segment.kind for segment in shown] == ["gap", "matched", "gap"]
    assert all(a.song_end == b.song_start for a, b in pairwise(shown))


def test_a_long_part_without_footage_is_left_out() -> None:
    only = (_matched(5.0, 12.0, 5.0),)

    assert bridged(only, [_singing(30.0)], 20.0, 2.0) == only
