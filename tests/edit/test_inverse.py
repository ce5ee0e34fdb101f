"""Song and take exchanged: every moment of the take knows its moment of the song."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.inverse import inverted, unchanged
from lipsyncer.edit.timemap import TimeMap

SONG, TAKE = Path("song.wav"), Path("take.mov")


def cut(*segments: Segment, duration: float = 20.0, takes: int = 1) -> Document:
    footage = tuple(Take(Path(f"take{k}.mov"), duration) for k in range(takes))
    return Document(SONG, 15.0, footage, segments)


def matched(song_start: float, song_end: float, start: float, end: float, take: int = 0) -> Segment:
    return Segment(song_start, song_end, take, start, end, "matched", 1.0)


def evenly_loud(_: float) -> float:
    return 1.0


def test_song_and_take_change_places() -> None:
    document = cut(matched(0, 15, 2, 17))
    exchanged = inverted(document, evenly_loud)
    assert exchanged.song == Path("take0.mov")
    assert exchanged.song_duration == 20.0
    assert exchanged.takes == (Take(SONG, 15.0),)
    assert exchanged.span == (0.0, 20.0)


def test_both_maps_undo_each_other_where_nothing_is_cut() -> None:
    document = cut(matched(0, 6, 1.0, 7.6), matched(6, 15, 7.6, 16.0))
    there, back = TimeMap(document), TimeMap(inverted(document, evenly_loud))
    times = np.linspace(0.0, 14.999, 400)
    _, sources = there.sources_at(times)
    _, again = back.sources_at(sources)
    np.testing.assert_allclose(again, times, atol=1e-9)


def test_before_and_after_the_song_nothing_is_heard() -> None:
    exchanged = inverted(cut(matched(0, 15, 2, 17)), evenly_loud)
    first, middle, last = exchanged.segments
    assert (first.song_start, first.song_end, first.slope, first.kind) == (0.0, 2.0, 0.0, "gap")
    assert (middle.song_start, middle.song_end, middle.slope) == (2.0, 17.0, 1.0)
    assert (last.song_start, last.song_end, last.slope, last.kind) == (17.0, 20.0, 0.0, "gap")


def test_footage_that_shows_no_moment_of_the_song_is_joined_where_the_song_is_quietest() -> None:
    def loudness(moment: float) -> float:
        return 0.0 if abs(moment - 6.3) < 0.01 else 1.0

    # From 6 to 8 s of the take nothing was shown; the song runs on into it until 6.3 s.
    document = cut(matched(0, 6, 0, 6), matched(6, 12, 8, 14))
    exchanged = inverted(
        document, lambda moment: 0.0 if moment > 6 and loudness(moment) < 0.01 else 1.0
    )
    assert exchanged.segments[0].song_end == pytest.approx(6.3, abs=0.03)
    assert exchanged.segments[1].source_start == pytest.approx(4.3, abs=0.03)


def test_footage_shown_twice_is_heard_once() -> None:
    document = cut(matched(0, 6, 0, 6), matched(6, 12, 5, 11))
    exchanged = inverted(document, evenly_loud)
    assert 5.0 <= exchanged.segments[0].song_end <= 6.0
    starts = [segment.song_start for segment in exchanged.segments]
    assert starts == sorted(starts)


def test_held_frames_belong_to_no_moment_of_the_take() -> None:
    held = Segment(6, 7, 0, 6, 6, "gap", 0.0)
    document = cut(matched(0, 6, 0, 6), held, matched(7, 15, 6, 14))
    exchanged = TimeMap(inverted(document, evenly_loud))
    assert exchanged.source_at(5.9) == (0, pytest.approx(5.9))
    assert exchanged.source_at(6.1) == (0, pytest.approx(7.1))


def test_jumps_of_every_kind_give_a_whole_map() -> None:
    random = np.random.default_rng(3)
    for _ in range(200):
        borders = np.sort(random.uniform(0, 15, 5))
        borders[0], borders[-1] = 0.0, 15.0
        segments = []
        for start, end in pairwise(borders):
            if end - start < 0.05:
                break
            source = random.uniform(-3, 19)
            length = (end - start) * random.choice([0.0, 0.8, 1.0, 1.2])
            segments.append(matched(start, end, source, source + length))
        if not any(segment.slope > 0 for segment in segments):
            continue
        exchanged = inverted(cut(*segments), evenly_loud)
        assert exchanged.span == (0.0, 20.0)


def test_several_takes_have_no_song_of_their_own() -> None:
    document = cut(matched(0, 6, 0, 6), matched(6, 12, 6, 12, take=1), takes=2)
    with pytest.raises(ValueError, match="one take only"):
        inverted(document, evenly_loud)


def test_nothing_but_held_frames_gives_nothing_to_fit_to() -> None:
    with pytest.raises(ValueError, match="no footage"):
        inverted(cut(Segment(0, 6, 0, 3, 3, "gap", 0.0)), evenly_loud)


def test_the_picture_is_shown_from_its_first_moment_to_its_last() -> None:
    shown = TimeMap(unchanged(cut(matched(3, 9, 5, 11))))
    assert shown.span == (0.0, 20.0)
    assert shown.source_at(13.0) == (0, 13.0)
