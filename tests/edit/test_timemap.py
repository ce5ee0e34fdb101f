"""The one time map: linear inside segments, the later one at a cut, held at the ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.timemap import TimeMap

CUT = Document(
    Path("song.wav"),
    30.0,
    (Take(Path("a.mov"), 20.0), Take(Path("b.mov"), 8.0)),
    (
        Segment(2.0, 6.0, 0, 1.0, 5.0, "matched", 0.9),
        Segment(6.0, 10.0, 1, 4.0, 4.0, "gap", 0.0),
        Segment(10.0, 14.0, 1, 6.0, 10.0, "matched", 0.8),
        Segment(14.0, 18.0, 0, 10.0, 18.0, "matched", 0.7),
    ),
)


def test_a_segment_is_followed_along_its_line() -> None:
    time_map = TimeMap(CUT)
    assert time_map.source_at(3.5) == (0, 2.5)
    assert time_map.source_at(15.0) == (0, 12.0)


def test_a_gap_of_no_footage_holds_one_moment() -> None:
    time_map = TimeMap(CUT)
    assert {time_map.source_at(time) for time in (6.0, 7.3, 9.999)} == {(1, 4.0)}


def test_the_moment_of_a_cut_belongs_to_the_later_segment() -> None:
    time_map = TimeMap(CUT)
    assert time_map.source_at(6.0) == (1, 4.0)
    take, source = time_map.source_at(np.nextafter(6.0, 0.0))
    assert take == 0
    assert source == pytest.approx(5.0)


def test_times_outside_the_span_are_held_at_its_ends() -> None:
    time_map = TimeMap(CUT)
    assert time_map.source_at(-3.0) == time_map.source_at(2.0) == (0, 1.0)
    assert time_map.source_at(99.0) == time_map.source_at(18.0) == (0, 18.0)


def test_footage_stands_still_where_a_segment_reaches_beyond_its_take() -> None:
    time_map = TimeMap(CUT)
    assert time_map.source_at(13.0) == (1, 8.0)
    early = Document(CUT.song, 30.0, CUT.takes, (Segment(0.0, 4.0, 0, -1.0, 3.0, "matched", 1.0),))
    assert TimeMap(early).source_at(0.5) == (0, 0.0)


def test_many_times_give_what_each_gives_alone() -> None:
    time_map = TimeMap(CUT)
    times = np.random.default_rng(1).uniform(-1.0, 20.0, 500)
    takes, sources = time_map.sources_at(times)
    assert list(zip(takes.tolist(), sources.tolist(), strict=True)) == [
        time_map.source_at(time) for time in times
    ]


def test_a_nanosecond_between_segments_has_footage_too() -> None:
    loose = Document(
        CUT.song,
        30.0,
        CUT.takes,
        (
            Segment(0.0, 4.0, 0, 0.0, 4.0, "matched", 1.0),
            Segment(4.0 + 5e-7, 8.0, 0, 4.0, 8.0, "matched", 1.0),
        ),
    )
    assert TimeMap(loose).source_at(4.0 + 2e-7)[1] == pytest.approx(4.0, abs=1e-6)


def test_output_time_zero_is_the_start_of_the_span() -> None:
    time_map = TimeMap(CUT)
    assert time_map.song_at_output(0.0) == 2.0
    assert time_map.song_at_output(np.array([0.0, 1.5])).tolist() == [2.0, 3.5]
