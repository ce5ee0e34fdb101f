"""What holds of pins and of finding the map around them again, wherever they are put."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from any_document import numbers
from hypothesis import given, settings
from hypothesis import strategies as st

from lipsyncer.alignment import Evidence
from lipsyncer.alignment.span import SpanSolver
from lipsyncer.cut.realign import pinned, unpinned
from lipsyncer.edit.document import Document, Pin, Segment, Take
from lipsyncer.edit.timemap import TimeMap

RATE, SONG, LATE = 25.0, 20.0, 0.8


def evidence() -> Evidence:
    """A take that is late by as much all along, as clear lips say it."""
    songs, takes = round(SONG * RATE), round((SONG + 2) * RATE)
    away = np.arange(takes)[None, :] - (np.arange(songs)[:, None] + LATE * RATE)
    noise = np.random.default_rng(2).normal(0, 0.1, (songs, takes))
    pairs = 0.8 * np.exp(-0.5 * (away / 1.2) ** 2) - 0.2 + noise
    sure = np.ones(songs, np.float32)
    return Evidence(RATE, pairs.astype(np.float32), sure, np.ones(takes, np.float32))


SOLVER = SpanSolver(evidence())
FOUND = Document(
    Path("song.wav"),
    SONG,
    (Take(Path("take.mov"), SONG + 2),),
    (Segment(0.0, SONG, 0, LATE, SONG + LATE, "matched", 0.9),),
)


@st.composite
def pins(draw: st.DrawFn) -> list[Pin]:
    """Up to three moments at least two seconds apart, in any order, each moved by hand a little."""
    songs = [draw(numbers(low, low + 3.5)) for low in (1.0, 7.0, 13.0)]
    all_pins = [Pin(song, 0, song + LATE + draw(numbers(-0.3, 0.3))) for song in songs]
    return draw(st.lists(st.sampled_from(all_pins), min_size=1, unique=True))


def through(document: Document, given_pins: list[Pin]) -> Document:
    for pin in given_pins:
        document = pinned(document, pin, SOLVER)
    return document


@settings(max_examples=20)
@given(pins())
def test_the_map_passes_through_all_pins_covers_the_song_and_stays_in_order(
    given_pins: list[Pin],
) -> None:
    document = through(FOUND, given_pins)
    time_map = TimeMap(document)
    for pin in given_pins:
        assert time_map.source_at(pin.song) == (0, pytest.approx(pin.source, abs=1e-6))
    assert document.pins == tuple(sorted(given_pins, key=lambda pin: pin.song))
    assert document.span == FOUND.span
    for left, right in pairwise(document.segments):
        assert left.song_end == pytest.approx(right.song_start, abs=1e-6)
    _, sources = time_map.sources_at(np.arange(0, SONG, 0.04))
    assert np.isfinite(sources).all()


@settings(max_examples=20)
@given(pins())
def test_a_pin_changes_nothing_beyond_the_pins_beside_it(given_pins: list[Pin]) -> None:
    *others, last = given_pins
    before = through(FOUND, others)
    after = pinned(before, last, SOLVER)
    low = max((pin.song for pin in others if pin.song < last.song), default=0.0)
    high = min((pin.song for pin in others if pin.song > last.song), default=SONG)
    times = np.arange(0, SONG, 0.04)
    times = times[(times < low - 1e-3) | (times > high + 1e-3)]
    ours, theirs = (TimeMap(document).sources_at(times)[1] for document in (after, before))
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


@settings(max_examples=10)
@given(pins())
def test_a_pin_taken_away_gives_the_lips_their_say_again(given_pins: list[Pin]) -> None:
    document = through(FOUND, given_pins)
    for pin in given_pins:
        document = unpinned(document, pin.song, SOLVER)
    assert document.pins == ()
    times = np.arange(1.0, SONG - 1, 0.2)
    shown = TimeMap(document).sources_at(times)[1]
    assert np.median(np.abs(shown - times - LATE)) < 0.04
