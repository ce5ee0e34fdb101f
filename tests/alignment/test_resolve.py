"""Pins and finding segments again: documents in, documents out."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_up_analysis import made_up_analysis
from simulated_evidence import RATE, simulate

from lipsyncer.alignment import AlignSettings, Evidence, align
from lipsyncer.alignment.span import SpanSolver
from lipsyncer.cut.realign import Solvers, pinned, rated, realigned, unpinned
from lipsyncer.cut.segments import segments_of
from lipsyncer.edit.document import Document, Pin, Segment, Take
from lipsyncer.edit.edits import LockedError, lock, reframe, slip, split
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.media import Proxy


def _ridge(source: np.ndarray, takes: int) -> Evidence:
    """Evidence without noise: a smooth ridge along a map (song positions,)."""
    lag = np.arange(takes)[None, :] - source[:, None]
    pairs = 1.3 * np.exp(-0.5 * (lag / 1.2) ** 2) - 0.3
    sung = np.ones(len(source), np.float32)
    return Evidence(RATE, pairs.astype(np.float32), sung, np.ones(takes, np.float32))


def _document(evidence: Evidence, segments: tuple[Segment, ...] | None = None) -> Document:
    songs, takes = evidence.pairs.shape
    song, length = Path("song.wav"), songs / RATE
    found = segments or segments_of(align(evidence).pieces, length)
    return Document(song, length, (Take(Path("take.mp4"), takes / RATE),), found)


def _segment(start: float, end: float, offset: float, **other: object) -> Segment:
    return Segment(start, end, 0, start + offset, end + offset, "matched", 0.9, **other)  # type: ignore[arg-type]


def _shown(document: Document, song: float) -> float:
    return TimeMap(document).source_at(song)[1]


@pytest.mark.parametrize("family", ["offset", "drift", "pieces", "smooth"])
def test_the_map_passes_through_every_pin_and_changes_only_between_its_neighbours(
    family: str,
) -> None:
    simulated = simulate(family, 4, seconds=50)  # type: ignore[arg-type]
    document = _document(simulated.evidence)
    pins = [Pin(s, 0, _shown(document, s) + d) for s, d in [(12.3, 0.1), (35.0, -0.1), (24.0, 0.2)]]
    before, solver = document, SpanSolver(simulated.evidence)
    for pin in pins:
        before, document = document, pinned(document, pin, solver)

    for pin in pins:
        assert _shown(document, pin.song) == pytest.approx(pin.source, abs=1e-9)
    assert [pin.song for pin in document.pins] == [12.3, 24.0, 35.0]
    for left, right in pairwise(document.segments):
        assert left.song_end == pytest.approx(right.song_start, abs=1e-6)
    assert document.span == before.span
    outside = np.concatenate([np.arange(1, 12.29, 0.1), np.arange(35.01, 48, 0.1)])
    after, then = TimeMap(document).sources_at(outside), TimeMap(before).sources_at(outside)
    np.testing.assert_allclose(after[1], then[1], atol=1e-6)


def test_one_pin_puts_a_take_right_that_was_found_in_the_wrong_place() -> None:
    evidence = _ridge(np.arange(750) + 40.0, 850)
    wrong = _document(evidence, (_segment(0, 30, 0.0),))

    document = pinned(wrong, Pin(10.0, 0, 11.6), SpanSolver(evidence))

    for song in (1.0, 10.0, 28.0):
        assert _shown(document, song) == pytest.approx(song + 1.6, abs=0.005)


def test_a_locked_segment_stays_and_takes_no_pin() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = split(_document(evidence, (_segment(0, 30, 0.4),)), 12.0)
    document = lock(document, 0)

    moved = pinned(document, Pin(16.0, 0, 16.9), SpanSolver(evidence))

    assert moved.segments[0] == document.segments[0]
    assert _shown(moved, 16.0) == pytest.approx(16.9, abs=1e-9)
    with pytest.raises(LockedError, match="unlock"):
        pinned(document, Pin(5.0, 0, 5.4), SpanSolver(evidence))


def test_footage_stays_joined_to_a_locked_segment() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = lock(split(_document(evidence, (_segment(0, 30, 0.4),)), 12.0), 0)

    moved = pinned(document, Pin(16.0, 0, 16.4), SpanSolver(evidence))

    assert len(moved.segments) <= 3
    assert moved.segments[1].source_start == pytest.approx(12.4, abs=1e-9)


@pytest.mark.parametrize(
    ("pin", "word"),
    [
        (Pin(40.0, 0, 5.0), "part of the song"),
        (Pin(8.0, 0, 33.0), "in its take"),
        (Pin(8.0, 0, -0.1), "in its take"),
        (Pin(8.0, 1, 8.0), "no take 2"),
        (Pin(8.0, 0, 12.0), "contradicts the one at 10.00 s"),
        (Pin(12.0, 0, 10.4), "contradicts"),
    ],
)
def test_pins_that_can_not_be_are_refused_with_the_reason(pin: Pin, word: str) -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = pinned(_document(evidence), Pin(10.0, 0, 10.4), SpanSolver(evidence))

    with pytest.raises(ValueError, match=word):
        pinned(document, pin, SpanSolver(evidence))


def test_a_pin_dragged_to_another_place_leaves_nothing_of_the_one_before() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = _document(evidence)

    there = pinned(document, Pin(10.0, 0, 10.9), SpanSolver(evidence))
    back = pinned(there, Pin(10.0, 0, 10.4), SpanSolver(evidence))

    assert back.pins == (Pin(10.0, 0, 10.4),)
    for song in (2.0, 9.0, 10.0, 12.0, 25.0):
        assert _shown(back, song) == pytest.approx(song + 0.4, abs=0.006)


def test_taking_a_pin_away_finds_again_what_the_lips_say() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = _document(evidence)
    moved = pinned(document, Pin(10.0, 0, 11.0), SpanSolver(evidence))
    assert _shown(moved, 10.5) == pytest.approx(11.5, abs=0.01)

    free = unpinned(moved, 10.0, SpanSolver(evidence))

    assert free.pins == ()
    assert _shown(free, 10.5) == pytest.approx(10.9, abs=0.006)
    assert unpinned(moved, 10.0).segments == moved.segments


def test_a_pin_shows_its_take_where_another_one_was_shown() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    one = _document(evidence, (_segment(0, 12, 0.0), _segment(12, 20, 0.2), _segment(20, 30, 0.0)))
    document = replace(one, takes=(*one.takes, Take(Path("other.mp4"), 32.0)))

    changed = pinned(document, Pin(15.0, 1, 15.4), SpanSolver(evidence))

    assert TimeMap(changed).source_at(15.0) == (1, pytest.approx(15.4, abs=1e-9))
    assert {s.take for s in changed.segments if 12 <= s.song_start < 20} == {1}
    assert changed.segments[0] == document.segments[0]
    assert changed.segments[-1] == document.segments[-1]


def test_a_segment_that_was_slipped_is_found_again_between_its_neighbours() -> None:
    simulated = simulate("offset", 6, seconds=40, strength=1.5)
    found = _document(simulated.evidence)
    document = split(split(found, 12.0), 22.0)
    index = document.index_at(15.0)
    document = slip(document, index, 0.6)

    again = realigned(document, index, SpanSolver(simulated.evidence))

    songs = np.arange(2.0, 38.0, 0.5)
    was, now = TimeMap(found).sources_at(songs)[1], TimeMap(again).sources_at(songs)[1]
    assert np.abs(was - now).max() < 0.03
    assert np.abs(was - TimeMap(document).sources_at(songs)[1]).max() > 0.5


def test_a_segment_that_is_found_again_is_framed_as_it_was() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = split(_document(evidence, (_segment(0, 30, 0.4),)), 12.0)
    framed = reframe(document, 1, 0.1, 0.0, 1.5)
    hand = framed.segments[1].framing
    assert hand is not None
    for found in (
        realigned(slip(framed, 1, 0.2), 1, SpanSolver(evidence)),
        pinned(lock(framed, 0), Pin(20.0, 0, 20.5), SpanSolver(evidence)),
    ):
        for segment in found.segments:
            assert segment.framing == (None if segment.song_end <= 12.0 + 1e-6 else hand)


def test_finding_a_segment_again_keeps_to_its_pins() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = pinned(_document(evidence), Pin(10.0, 0, 10.7), SpanSolver(evidence))
    index = document.index_at(10.0)

    again = realigned(document, index, SpanSolver(evidence))

    assert _shown(again, 10.0) == pytest.approx(10.7, abs=1e-9)


def test_segments_that_can_not_be_found_again_say_why() -> None:
    evidence = _ridge(np.arange(750) + 10.0, 800)
    document = _document(evidence, (_segment(0, 29.9, 0.4), _segment(29.9, 30, 0.4)))
    silent = Evidence(RATE, evidence.pairs, np.zeros(750, np.float32), evidence.face)

    with pytest.raises(ValueError, match="too short"):
        realigned(document, 1, SpanSolver(evidence))
    with pytest.raises(ValueError, match="no usable lips or no voice"):
        realigned(document, 0, SpanSolver(silent))
    with pytest.raises(LockedError):
        realigned(lock(document, 0), 0, SpanSolver(evidence))


def test_threads_that_ask_for_a_take_at_once_share_one_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = Document(
        Path("song.wav"), 4.0, (Take(Path("a.mp4"), 4.0),) * 2, (_segment(0, 4, 0),)
    )
    still = np.zeros(1)
    proxies = [Proxy(take.path, RATE, 8, 8, still, still, take.duration) for take in document.takes]
    takes = made_up_analysis(document, proxies).takes
    made, make = [], SpanSolver.__init__

    def slow(self: SpanSolver, *arguments: Any) -> None:
        made.append(arguments)
        time.sleep(0.05)
        make(self, *arguments)

    monkeypatch.setattr(SpanSolver, "__init__", slow)
    solvers = Solvers(takes, AlignSettings(max_cuts=3))
    assert len(solvers) == 2 and solvers.ready(0) is None
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(solvers.__getitem__, [0, 1] * 4))
    assert len(made) == 2 and len(set(answers)) == 2
    assert solvers.ready(1) is answers[1]
    assert answers[0].evidence is takes[0].evidence
    assert answers[0].settings == AlignSettings(max_cuts=3)


def test_a_segment_that_was_moved_off_is_rated_anew_and_not_sure() -> None:
    evidence = _ridge(np.arange(1000) + 10.0, 1050)
    document, solver = _document(evidence), SpanSolver(evidence)
    sure = document.segments[0].confidence
    off = rated(slip(document, 0, 0.3), lambda _: solver)
    assert off.segments[0].confidence < 0.05 < 0.8 < sure
    assert not off.segments[0].moved
    back = rated(slip(off, 0, -0.3), lambda _: solver)
    assert back.segments[0].confidence > 0.9
    nudged = rated(slip(document, 0, 0.02), lambda _: solver)
    assert nudged.segments[0].confidence > 0.8


def test_footage_that_belongs_nowhere_is_not_sure_wherever_it_lies() -> None:
    noise = np.random.default_rng(3).normal(-0.05, 0.3, (500, 500)).astype(np.float32)
    ones = np.ones(500, np.float32)
    solver = SpanSolver(Evidence(RATE, noise, ones, ones))
    placed = [solver.confidence(2.0, 18.0, 2.0 + d, 18.0 + d) for d in np.arange(-1.0, 1.0, 0.11)]
    assert np.mean(placed) < 0.2


def test_what_can_not_be_rated_stays_moved_by_the_user() -> None:
    evidence = _ridge(np.arange(500) + 10.0, 550)
    moved = rated(slip(_document(evidence), 0, 0.3), lambda _: None)
    assert moved.segments[0].moved


def test_a_pin_leaves_what_the_user_has_moved_and_split_as_it_is() -> None:
    evidence = _ridge(np.arange(2000) + 10.0, 2050)
    segments = tuple(_segment(k * 20.0, k * 20.0 + 20.0, 0.4) for k in range(4))
    document = slip(_document(evidence, segments), 0, 0.5)
    document = split(document, 70.0)
    pinned_at_30 = pinned(document, Pin(30.0, 0, 30.6), SpanSolver(evidence))
    assert pinned_at_30.segments[0] == document.segments[0]
    assert pinned_at_30.segments[-2:] == document.segments[-2:]
    assert _shown(pinned_at_30, 30.0) == pytest.approx(30.6)
