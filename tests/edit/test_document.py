"""The cut's frozen data keeps its invariants and says which one is broken."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.timemap import TimeMap


def segment(song_start: float, song_end: float, **changes: object) -> Segment:
    values: dict[str, object] = {
        "take": 0,
        "source_start": song_start,
        "source_end": song_end,
        "kind": "matched",
        "confidence": 0.9,
    }
    return Segment(song_start, song_end, **(values | changes))  # type: ignore[arg-type]


def document(*segments: Segment, takes: int = 1) -> Document:
    return Document(
        Path("song.wav"), 10.0, tuple(Take(Path(f"{n}.mov"), 12.0) for n in range(takes)), segments
    )


def test_the_slope_is_footage_per_song_time() -> None:
    assert segment(2.0, 4.0, source_start=1.0, source_end=4.0).slope == 1.5
    assert segment(2.0, 4.0, source_start=1.0, source_end=1.0).slope == 0.0


def test_a_segment_s_line_goes_both_ways_and_runs_on_beyond_its_ends() -> None:
    slow = segment(2.0, 4.0, source_start=1.0, source_end=4.0)
    assert slow.source_at(3.0) == 2.5
    assert slow.source_at(6.0) == 7.0
    assert slow.source_at(np.array([1.0, 2.0])).tolist() == [-0.5, 1.0]
    assert slow.song_at(slow.source_at(3.3)) == pytest.approx(3.3)


def test_a_part_of_a_segment_keeps_the_end_that_stays_exactly() -> None:
    whole = segment(0.1, 0.7, source_start=0.3, source_end=1.1)
    part = whole.part(0.4, 0.7)
    assert (part.song_start, part.song_end, part.source_end) == (0.4, 0.7, 1.1)
    assert part.source_start == pytest.approx(0.7)


def test_a_segment_is_found_by_its_first_moment_and_beyond_the_ends() -> None:
    cut = document(segment(1.0, 4.0), segment(4.0, 9.0))
    for song_time, index in ((0.0, 0), (1.0, 0), (3.99, 0), (4.0, 1), (9.5, 1)):
        assert cut.segment_at(song_time) is cut.segments[index]
        assert TimeMap(cut).indices_at(np.array([song_time])).tolist() == [index]


def test_the_span_reaches_from_the_first_segment_to_the_last() -> None:
    assert document(segment(1.0, 4.0), segment(4.0, 9.0)).span == (1.0, 9.0)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"song_end": 2.0}, "positive length"),
        ({"song_end": 1.0}, "positive length"),
        ({"song_start": math.nan}, "finite"),
        ({"source_end": math.inf}, "finite"),
        ({"source_start": 5.0}, "backwards"),
        ({"confidence": 1.5}, "confidence"),
        ({"confidence": math.nan}, "confidence"),
        ({"kind": "guess"}, "'guess'"),
    ],
)
def test_a_segment_that_makes_no_sense_is_refused(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        dataclasses.replace(segment(2.0, 4.0), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("duration", [0.0, -1.0, math.nan, math.inf])
def test_takes_and_songs_need_a_length(duration: float) -> None:
    with pytest.raises(ValueError, match="duration"):
        Take(Path("take.mov"), duration)
    with pytest.raises(ValueError, match="duration"):
        dataclasses.replace(document(segment(0.0, 1.0)), song_duration=duration)


def test_segments_must_touch() -> None:
    document(segment(0.0, 4.0), segment(4.0 + 5e-7, 9.0))
    for start in (3.9, 4.1):
        with pytest.raises(ValueError, match="segment 0 ends at 4"):
            document(segment(0.0, 4.0), segment(start, 9.0))


def test_a_segment_must_name_a_take_that_is_there() -> None:
    document(segment(0.0, 4.0, take=1), takes=2)
    for take in (-1, 2):
        with pytest.raises(ValueError, match="takes"):
            document(segment(0.0, 4.0, take=take), takes=2)


def test_segments_must_lie_within_the_song() -> None:
    for start, end in [(-0.1, 4.0), (4.0, 10.1)]:
        with pytest.raises(ValueError, match="a song of"):
            document(segment(start, end))


def test_a_document_needs_a_take_and_a_segment() -> None:
    with pytest.raises(ValueError, match="take"):
        document(segment(0.0, 1.0), takes=0)
    with pytest.raises(ValueError, match="segment"):
        document()


def test_nothing_of_a_document_can_be_changed() -> None:
    whole = document(segment(0.0, 4.0))
    for part, name in [(whole, "song_duration"), (whole.segments[0], "confidence")]:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(part, name, 0.5)
