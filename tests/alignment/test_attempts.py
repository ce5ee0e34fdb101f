"""One recording that holds several attempts at the song."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from lipsyncer.alignment import Alignment, Evidence, align
from lipsyncer.alignment import attempts as attempts_module
from lipsyncer.alignment import passages as passages_module
from lipsyncer.alignment.agreement import probably_following
from lipsyncer.alignment.attempts import Attempt, align_attempts
from lipsyncer.alignment.evidence import Piece, SearchedBand
from lipsyncer.alignment.passages import Passage, passages

RATE = 25.0
SONGS = 1500  # a minute

Span = tuple[float, float] | float
"""From and to which second of the song a stretch follows it; or seconds of something else."""


def _voice() -> np.ndarray:
    """Phrases of three seconds and pauses of one."""
    return (np.arange(SONGS) % 100 < 75).astype(np.float32)


def _shown(*spans: Span) -> np.ndarray:
    """The song position that each take position shows, NaN where it is none."""
    parts = []
    for span in spans:
        if isinstance(span, float):
            parts.append(np.full(round(span * RATE), np.nan))
        else:
            parts.append(np.arange(round(span[0] * RATE), round(span[1] * RATE), dtype=float))
    return np.concatenate(parts)


def _evidence(*spans: Span, seed: int = 1, chorus: tuple[float, float] | None = None) -> Evidence:
    """What the lips say; ten seconds of words from ``chorus[0]`` come again at ``chorus[1]``."""
    shown = _shown(*spans)
    lag = np.arange(SONGS)[:, None] - np.where(np.isnan(shown), -1e6, shown)[None, :]
    if chorus:
        first, second = (round(start * RATE) for start in chorus)
        length = round(10 * RATE)
        for here, there in ((first, second), (second, first)):
            columns = (shown >= there) & (shown < there + length)
            rows = slice(here, here + length)
            again = np.arange(SONGS)[rows, None] - (shown[columns] - there + here)[None, :]
            lag[rows, columns] = again
    ridge = 1.6 * np.exp(-0.5 * (lag / 1.2) ** 2)
    noise = np.random.default_rng(seed).normal(0, 0.4, ridge.shape)
    pairs = (ridge + noise - 0.3).astype(np.float32)
    return Evidence(RATE, pairs, _voice(), np.ones(len(shown), np.float32))


def _is(attempt: Attempt, take: tuple[float, float], song: tuple[float, float]) -> None:
    """Begins and ends where it should, give or take a rest, and is right all along."""
    assert (attempt.take_start, attempt.take_end) == pytest.approx(take, abs=0.7)
    assert attempt.alignment.span == pytest.approx(song, abs=0.7)
    for piece in attempt.alignment.pieces:
        assert piece.source_start - piece.song_start == pytest.approx(take[0] - song[0], abs=0.04)
    assert attempt.alignment.confidence > 0.9


def test_a_recording_that_is_one_attempt_is_aligned_as_it_is() -> None:
    evidence = _evidence(2.0, (0.0, 60.0))

    (attempt,) = align_attempts(evidence)

    whole = align(evidence)
    assert attempt.alignment.pieces == whole.pieces
    assert attempt.alignment.confidence == whole.confidence
    assert (attempt.take_start, attempt.take_end) == (0.0, 62.0)


def test_a_take_that_was_cut_a_little_is_one_attempt() -> None:
    assert len(align_attempts(_evidence((0.0, 20.0), (20.6, 40.0), (38.8, 60.0)))) == 1


def test_a_second_attempt_that_begins_a_verse_earlier_is_found() -> None:
    first, second = align_attempts(_evidence((0.0, 30.0), 8.0, (20.0, 60.0)))

    _is(first, (0.0, 30.0), (0.0, 30.0))
    _is(second, (38.0, 78.0), (20.0, 60.0))


def test_a_part_of_the_song_may_be_left_out() -> None:
    first, second = align_attempts(_evidence((0.0, 24.0), (31.2, 60.0)))

    _is(first, (0.0, 24.0), (0.0, 24.0))
    _is(second, (24.0, 52.8), (31.2, 60.0))


def test_attempts_come_in_any_order() -> None:
    first, second = align_attempts(_evidence((30.0, 60.0), 5.0, (0.0, 30.0)))

    _is(first, (0.0, 30.0), (30.0, 60.0))
    _is(second, (35.0, 65.0), (0.0, 30.0))


def test_talk_after_a_part_of_the_song_is_no_part_of_the_attempt() -> None:
    (attempt,) = align_attempts(_evidence((12.0, 36.0), 9.0))

    _is(attempt, (0.0, 24.0), (12.0, 36.0))


def test_what_only_interrupts_an_attempt_is_not_believed() -> None:
    """Another face for five seconds, while the song runs on."""
    (attempt,) = align_attempts(_evidence((0.0, 20.0), 5.0, (25.0, 45.0), 8.0))

    def confidence(time: float) -> float:
        (piece,) = (p for p in attempt.alignment.pieces if p.song_start <= time < p.song_end)
        return piece.confidence

    assert min(confidence(time) for time in (2.0, 10.0, 18.5, 26.5, 35.0, 43.0)) > 0.8
    assert max(confidence(time) for time in (21.5, 22.5, 23.5)) < 0.5


@pytest.mark.parametrize("seed", [1, 2])
def test_what_interrupts_a_whole_recording_beneath_music_is_not_believed(seed: int) -> None:
    evidence = _evidence((0.0, 20.0), 5.0, (25.0, 60.0), seed=seed)
    evidence.pairs[:] *= 0.3

    (attempt,) = align_attempts(evidence)

    assert (attempt.take_start, attempt.take_end) == (0.0, 60.0)
    believed = [p for p in attempt.alignment.pieces if p.confidence > 0.5]
    assert [piece.song_start for piece in believed] == pytest.approx([0.0, 25.0], abs=0.3)
    assert [piece.song_end for piece in believed] == pytest.approx([20.0, 59.0], abs=0.3)


def test_lips_are_followed_as_long_as_they_fit() -> None:
    ratios = np.random.default_rng(1).normal(-0.4, 0.5, 500)
    ratios[100:300] += 0.8

    following = probably_following(ratios, RATE)

    assert following[110:290].min() > 0.8
    assert max(following[:90].max(), following[310:].max()) < 0.2


def test_the_same_words_are_taken_from_another_chorus_where_nobody_sings_them() -> None:
    found = align_attempts(_evidence((0.0, 30.0), 5.0, (52.0, 60.0), chorus=(12.0, 38.0)))

    first, again, last = found
    _is(first, (0.0, 30.0), (0.0, 30.0))
    _is(again, (12.0, 22.0), (38.0, 48.0))
    _is(last, (35.0, 43.0), (52.0, 60.0))


def test_no_chorus_is_mistaken_for_another_where_both_are_sung() -> None:
    first, second = align_attempts(_evidence((0.0, 30.0), 5.0, (28.0, 60.0), chorus=(12.0, 38.0)))

    _is(first, (0.0, 30.0), (0.0, 30.0))
    _is(second, (35.0, 67.0), (28.0, 60.0))


def test_attempts_never_share_footage() -> None:
    found = align_attempts(
        _evidence((0.0, 21.7), (10.3, 33.1), 3.0, (22.4, 41.9), (37.7, 60.0)), None
    )

    assert len(found) == 4
    assert all(before.take_end <= after.take_start + 0.04 for before, after in pairwise(found))


def test_other_lips_are_no_attempt() -> None:
    (attempt,) = align_attempts(_evidence(80.0))

    assert attempt.alignment.confidence < 0.5


def test_only_what_may_follow_the_song_is_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def watched(evidence: Evidence, *more: Any) -> Alignment:
        seen.append(len(evidence.face))
        return align(evidence, *more)

    monkeypatch.setattr(attempts_module, "align", watched)
    (attempt,) = align_attempts(_evidence(60.0, (0.0, 60.0), 90.0))

    for piece in attempt.alignment.pieces:
        if piece.kind == "matched":
            assert piece.source_start - piece.song_start == pytest.approx(60.0, abs=0.04)
    assert attempt.alignment.confidence > 0.9
    assert max(seen) < 90 * RATE


def test_a_long_recording_is_gone_through_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = _evidence((0.0, 30.0), 8.0, (20.0, 60.0))
    whole = passages(evidence)
    monkeypatch.setattr(passages_module, "_BLOCK", 700)

    in_blocks = passages(evidence)

    for one, other in zip(
        (p for p in whole if p.score > 50), (p for p in in_blocks if p.score > 50), strict=True
    ):
        assert one.take_start == pytest.approx(other.take_start, abs=3)
        assert one.song_end == pytest.approx(other.song_end, abs=3)


@pytest.mark.parametrize(
    ("seed", "height", "left"),
    [(0, 0.9, 1.0), (2, 1.0, 1.0), (5, 1.2, 1.0), (5, 1.2, 0.5), (0, 1.2, 0.3)],
)
def test_other_movement_after_a_part_is_not_the_rest_of_it(
    seed: int, height: float, left: float
) -> None:
    """``left``: of the evidence, beneath music."""
    evidence = _evidence((10.0, 30.0), 8.0, seed=seed)
    rng = np.random.default_rng(seed)
    # Each stretch of it somewhat resembles words within a second of those that would come next.
    for first in range(500, 661, 40):
        columns = np.arange(first, first + 40)
        rows = columns + 250 + rng.integers(-25, 25)
        for step in (-1, 0, 1):
            evidence.pairs[rows + step, columns] += height * np.exp(-0.5 * (step / 1.2) ** 2)
    evidence.pairs[:] *= left

    (attempt,) = align_attempts(evidence)

    assert attempt.take_end == pytest.approx(20.0, abs=1.0)
    assert attempt.alignment.span[1] == pytest.approx(30.0, abs=1.0)


@pytest.mark.parametrize(("following", "confidence"), [(1.0, 0.9), (0.0, 0.0), (0.5, 0.58)])
def test_a_part_is_right_more_often_than_its_moments_say(
    following: float, confidence: float
) -> None:
    piece = Piece(0.0, 4.0, 1.0, 5.0, "matched", 0.9)

    (part,) = attempts_module._rated([piece], np.full(100, following), 25.0)

    assert part.confidence == pytest.approx(confidence, abs=0.01)


def _doubted(
    spoken: np.ndarray,
    chain: tuple[Passage, ...],
    pieces: tuple[Piece, ...],
    path: np.ndarray,
    lips: np.ndarray,
) -> tuple[Piece, ...]:
    """Pieces of a whole recording that begins 2 s before a song of 50 s and ends 2 s after it.

    ``path`` (N,) leads through it, and ``lips`` (N,) are worth so much where it just runs on.
    """
    songs = len(spoken)
    picture = SearchedBand(
        0.0, RATE, path / RATE, np.zeros((songs, 3), np.float32), path.astype(np.float64) / RATE
    )
    whole = Alignment(pieces, 0.0, 0.9, 50.0, "offset", picture=picture)
    pairs = np.pad(np.diag(lips), ((0, 0), (50, 50))).astype(np.float32)
    evidence = Evidence(RATE, pairs, np.ones(songs, np.float32), np.ones(songs + 100, np.float32))
    return attempts_module._doubted(whole, chain, spoken, evidence).pieces


@pytest.mark.parametrize(
    ("against", "confidences"),
    [
        ({}, [0.9, 0.0]),  # nothing that speaks against it
        ({(4.0, 6.0): 0.5}, [0.9, 0.0]),  # a passage was believed as a whole
        ({(24.0, 45.0): 0.1}, [0.9, 0.05, 0.0]),  # a gap stays whole
        ({(40.1, 42.0): 0.5}, [0.9, 0.0]),  # too short to be said
        ({(0.0, 2.0): 0.5, (24.0, 40.0): 0.1}, [0.9, 0.05, 0.0]),
        ({(8.0, 12.0): 0.2, (24.0, 40.0): 0.1}, [0.9, 0.08, 0.9, 0.05, 0.0]),
    ],
)
def test_a_whole_recording_is_believed_less_where_other_lips_are_likelier(
    against: dict[tuple[float, float], float], confidences: list[float]
) -> None:
    spoken = np.full(1250, 0.1)
    for (start, end), nats in against.items():
        spoken[round(start * RATE) : round(end * RATE)] = -nats
    chain = (Passage(50, 250, 0, 200, 100.0), Passage(350, 650, 300, 600, 100.0))
    pieces = (
        Piece(0.0, 40.0, 2.0, 42.0, "matched", 0.9),
        Piece(40.0, 50.0, 42.0, 52.0, "gap", 0.0),
    )

    found = _doubted(spoken, chain, pieces, np.arange(50, 1300), spoken + 0.25)

    assert [piece.confidence for piece in found] == pytest.approx(confidences, abs=0.05)
    assert found[-1] == pieces[-1]
    assert (found[0].song_start, found[-2].song_end) == (0.0, 40.0)
    for before, after in pairwise(found[:-1]):
        assert (before.song_end, before.source_end) == (after.song_start, after.source_start)


@pytest.mark.parametrize("at_end", [True, False])
@pytest.mark.parametrize(
    ("jump", "gathered", "straight_on", "believed"),
    [
        (1.0, 4.0, -20.0, False),  # less than some lips or other give a path that may jump
        (1.0, 15.0, -20.0, True),
        (0.0, 4.0, 4.0, True),  # little, but where it has to be
        (0.0, -4.0, -4.0, False),
        (-12.0, 15.0, -20.0, False),  # footage that shows other words already
    ],
)
def test_a_jump_away_from_what_is_sure_has_to_be_worth_it(
    jump: float, gathered: float, straight_on: float, believed: bool, at_end: bool
) -> None:
    """The last or the first ten seconds of a recording; ``jump`` leads away from the middle."""
    outside, inside = slice(0, 250), slice(250, 1250)
    if at_end:
        outside, inside, jump = slice(1000, 1250), slice(0, 1000), -jump
    chain = (Passage(inside.start + 50, inside.stop + 50, inside.start, inside.stop, 500.0),)
    spoken, lips, path = np.full(1250, 0.25), np.full(1250, 0.5), np.arange(50.0, 1300.0)
    spoken[outside] = gathered / 250
    lips[outside] = straight_on / 250 + 0.25
    path[outside] -= jump * RATE
    pieces = tuple(
        Piece(start / 25, end / 25, path[start] / 25, (path[end - 1] + 1) / 25, "matched", 0.9)
        for start, end in sorted((rows.start, rows.stop) for rows in (outside, inside))
    )

    found = _doubted(spoken, chain, pieces, path, lips)

    inner, outer = (found[0], found[-1]) if at_end else (found[-1], found[0])
    assert inner.confidence == pytest.approx(0.9, abs=0.01)
    assert (outer.confidence > 0.5) == believed


def test_nothing_is_believed_where_a_path_leaves_what_is_sure() -> None:
    path = np.arange(50.0, 1300.0)
    path[500:600] += 30
    pieces = (
        Piece(0.0, 20.0, 2.0, 22.0, "matched", 0.9),
        Piece(20.0, 24.0, 23.2, 27.2, "matched", 0.9),
        Piece(24.0, 50.0, 26.0, 52.0, "matched", 0.9),
    )
    chain = (Passage(50, 1300, 0, 1250, 600.0),)

    found = _doubted(np.full(1250, 0.25), chain, pieces, path, np.full(1250, 0.5))

    assert [piece.confidence for piece in found] == pytest.approx([0.9, 0.0, 0.9], abs=0.01)


def test_a_path_that_leaves_a_passage_for_the_next_one_early_is_believed() -> None:
    path = np.arange(50.0, 1300.0)
    path[600:] += 15
    pieces = (
        Piece(0.0, 24.0, 2.0, 26.0, "matched", 0.9),
        Piece(24.0, 50.0, 26.6, 52.6, "matched", 0.9),
    )
    chain = (Passage(50, 700, 0, 650, 300.0), Passage(695, 1315, 630, 1250, 300.0))

    found = _doubted(np.full(1250, 0.25), chain, pieces, path, np.full(1250, 0.5))

    assert found == pieces
