"""What holds of edits, of the time map and of its inverse, whatever the cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from any_document import alignments, documents, numbers
from hypothesis import assume, given
from hypothesis import strategies as st

from lipsyncer.edit import edits
from lipsyncer.edit.document import TOLERANCE, Document
from lipsyncer.edit.inverse import inverted
from lipsyncer.edit.timemap import TimeMap

CLOSE = 1e-6
shares = numbers(0, 1)
indices = st.integers(0, 5)
unlocked = documents().map(
    lambda document: replace(
        document, segments=tuple(replace(s, locked=False) for s in document.segments)
    )
)


def at(document: Document, share: float) -> float:
    """Song time at a share of a document's span."""
    first, last = document.span
    return first + share * (last - first)


def moments(document: Document, *, apart_from: float = 2 * TOLERANCE) -> np.ndarray:
    """Song times all along a document, none at a border."""
    times = np.linspace(*document.span, 200)
    borders = np.array([s.song_start for s in document.segments] + [document.span[1]])
    return times[np.abs(times[:, None] - borders).min(axis=1) > apart_from]


def assert_shows(after: Document, before: Document, times: np.ndarray) -> None:
    """The same moment of the same take at all of some song times."""
    (takes, sources), (others, earlier) = (TimeMap(d).sources_at(times) for d in (after, before))
    np.testing.assert_array_equal(takes, others)
    np.testing.assert_allclose(sources, earlier, atol=CLOSE)


EDITS: tuple[Callable[[Document, int, float, float], Document], ...] = (
    lambda d, k, a, b: edits.slip(d, k, 4 * a - 2),
    lambda d, k, a, b: edits.move_cut(d, k, at(d, a)),
    lambda d, k, a, b: edits.split(d, at(d, a)),
    lambda d, k, a, b: edits.join(d, k),
    lambda d, k, a, b: edits.lock(d, k),
    lambda d, k, a, b: edits.show(d, k, k, 5 * a, 5 * a + b),
    lambda d, k, a, b: edits.reframe(d, k, 3 * a - 1.5, 3 * b - 1.5, 6 * a),
    lambda d, k, a, b: edits.reset_framing(d, k),
    lambda d, k, a, b: edits.frame_take(d, k),
    lambda d, k, a, b: edits.reset(d, d, at(d, a), at(d, b)),
)


@given(documents(), st.lists(st.tuples(st.sampled_from(EDITS), indices, shares, shares)))
def test_after_any_edits_a_cut_covers_the_same_song_and_locked_segments_are_as_they_were(
    document: Document, done: list[tuple[Callable[..., Document], int, float, float]]
) -> None:
    for edit, index, one, other in done:
        before = document
        try:
            document = edit(document, index, one, other)
        except ValueError:
            continue
        assert document.span == pytest.approx(before.span, abs=CLOSE)
        for left, right in pairwise(document.segments):
            assert left.song_end == pytest.approx(right.song_start, abs=TOLERANCE)
        locked = [segment for segment in before.segments if segment.locked]
        assert [segment for segment in locked if segment not in document.segments] == []


@given(unlocked, shares)
def test_a_split_changes_nothing_that_is_shown_and_a_join_takes_it_back(
    document: Document, share: float
) -> None:
    time = at(document, share)
    index = document.index_at(time)
    segment = document.segments[index]
    assume(segment.song_start + TOLERANCE < time < segment.song_end - TOLERANCE)
    parts = edits.split(document, time)
    assert len(parts.segments) == len(document.segments) + 1
    assert_shows(parts, document, moments(parts))
    whole = edits.join(parts, index)
    assert_shows(whole, document, moments(document))
    ours, theirs = whole.segments[index], segment
    assert (ours.song_start, ours.song_end) == (theirs.song_start, theirs.song_end)
    assert ours.source_end == pytest.approx(theirs.source_end, abs=CLOSE)


@given(unlocked, indices, numbers(-3, 3))
def test_a_slip_moves_one_segment_s_footage_and_back(
    document: Document, index: int, seconds: float
) -> None:
    index %= len(document.segments)
    slipped = edits.slip(document, index, seconds)
    before, after = document.segments[index], slipped.segments[index]
    assert after.source_start - before.source_start == pytest.approx(seconds, abs=CLOSE)
    assert (after.song_start, after.song_end) == (before.song_start, before.song_end)
    assert after.slope == pytest.approx(before.slope, abs=CLOSE)
    others = [k for k in range(len(document.segments)) if k != index]
    assert all(slipped.segments[k] == document.segments[k] for k in others)
    assert_shows(edits.slip(slipped, index, -seconds), document, moments(document))


@given(unlocked.filter(lambda document: len(document.segments) > 1), indices, shares)
def test_a_moved_cut_leaves_both_lines_where_they_are(
    document: Document, index: int, share: float
) -> None:
    index %= len(document.segments) - 1
    before, after = document.segments[index : index + 2]
    time = before.song_start + share * (after.song_end - before.song_start)
    assume(before.song_start + TOLERANCE < time < after.song_end - TOLERANCE)
    moved = edits.move_cut(document, index, time)
    old = before.song_end
    times = moments(document)
    times = times[np.abs(times - time) > 2 * TOLERANCE]
    passed_over = (times > min(old, time)) & (times < max(old, time))
    assert_shows(moved, document, times[~passed_over])
    line = before if time > old else after
    expected = line.source_start + (times[passed_over] - line.song_start) * line.slope
    shown = TimeMap(moved).sources_at(times[passed_over])[1]
    duration = document.takes[line.take].duration
    np.testing.assert_allclose(shown, np.clip(expected, 0, duration), atol=1e-4)


@given(documents(), shares, shares)
def test_a_trim_keeps_what_is_shown_within_the_span(
    document: Document, one: float, other: float
) -> None:
    start, end = sorted((at(document, one), at(document, other)))
    assume(end - start > 0.01)
    trimmed = edits.trim(document, start, end)
    assert trimmed.span == pytest.approx((start, end), abs=2 * TOLERANCE)
    assert_shows(trimmed, document, moments(trimmed))
    assert trimmed.pins == tuple(pin for pin in document.pins if start <= pin.song <= end)


@given(documents(), st.lists(st.tuples(st.sampled_from(EDITS), indices, shares, shares)))
def test_a_reset_of_all_brings_back_what_was_found_but_for_locked_segments(
    document: Document, done: list[tuple[Callable[..., Document], int, float, float]]
) -> None:
    changed = document
    for edit, index, one, other in done:
        try:
            changed = edit(changed, index, one, other)
        except ValueError:
            continue
    back = edits.reset(changed, document, *document.span)
    times = moments(back)
    times = times[[not back.segments[back.index_at(time)].locked for time in times]]
    borders = np.array([segment.song_start for segment in document.segments])
    times = times[np.abs(times[:, None] - borders).min(axis=1) > 2 * TOLERANCE]
    assert_shows(back, document, times)


@given(documents(), shares)
def test_the_time_map_shows_the_segment_that_is_there_and_never_leaves_the_take(
    document: Document, share: float
) -> None:
    time = at(document, share)
    segment = document.segments[document.index_at(time)]
    take, source = TimeMap(document).source_at(time)
    line = segment.source_start + (time - segment.song_start) * segment.slope
    assert take == segment.take
    assert source == pytest.approx(min(max(line, 0), document.takes[take].duration), abs=CLOSE)


@given(documents())
def test_a_border_belongs_to_the_later_segment(document: Document) -> None:
    time_map = TimeMap(document)
    for segment in document.segments:
        take, source = time_map.source_at(segment.song_start)
        duration = document.takes[take].duration
        assert take == segment.take
        assert source == pytest.approx(min(max(segment.source_start, 0), duration), abs=CLOSE)


@given(alignments())
def test_the_inverse_leads_back_to_every_moment_of_the_song(document: Document) -> None:
    back = inverted(document, lambda time: 0.0)
    assert back.span == (0.0, document.takes[0].duration)
    times = moments(document, apart_from=1e-3)
    _, sources = TimeMap(document).sources_at(times)
    _, again = TimeMap(back).sources_at(sources)
    np.testing.assert_allclose(again, times, atol=1e-4)


@given(alignments(whole=True))
def test_the_inverse_of_a_take_shown_whole_never_goes_back_in_the_song(document: Document) -> None:
    back = inverted(document, lambda time: 0.0)
    _, songs = TimeMap(back).sources_at(np.linspace(*back.span, 500))
    assert np.diff(songs).min() >= -CLOSE
    assert songs.min() >= 0 and songs.max() <= document.song_duration
