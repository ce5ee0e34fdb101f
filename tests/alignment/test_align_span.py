"""A span of the song solved anew, through moments that are given."""

from itertools import pairwise

import numpy as np
import pytest
from simulated_evidence import RATE, simulate

from lipsyncer.alignment import AlignSettings, Evidence, Piece, align
from lipsyncer.alignment.ridge import Ridge
from lipsyncer.alignment.span import Anchor, SpanSolver


def _ridge(source: np.ndarray, takes: int, *, height: float = 1.0) -> Evidence:
    """Evidence without noise: a smooth ridge along a map (song positions,)."""
    lag = np.arange(takes)[None, :] - source[:, None]
    pairs = height * (1.3 * np.exp(-0.5 * (lag / 1.2) ** 2) - 0.3)
    sung = np.ones(len(source), np.float32)
    return Evidence(RATE, pairs.astype(np.float32), sung, np.ones(takes, np.float32))


def _at(pieces: tuple[Piece, ...], song: float) -> float:
    """Source time at a song time, seconds; the earlier piece's at a cut."""
    piece = next(p for p in pieces if song <= p.song_end + 1e-12)
    return piece.source_start + (song - piece.song_start) * piece.slope


def test_a_span_between_two_moments_on_the_truth_is_one_straight_piece() -> None:
    solver = SpanSolver(_ridge(np.arange(750) + 10.0, 800))

    solution = solver.solve(4.0, 26.0, [Anchor(4.0, 4.4), Anchor(26.0, 26.4)])

    assert [(p.song_start, p.song_end) for p in solution.pieces] == [(4.0, 26.0)]
    assert solution.pieces[0].slope == pytest.approx(1.0)
    assert solution.pieces[0].confidence > 0.85


@pytest.mark.parametrize("family", ["in sync", "pieces", "smooth", "drift"])
@pytest.mark.parametrize("wrong", [0.0, 0.13, -0.42])
def test_every_moment_that_is_given_is_passed_exactly(family: str, wrong: float) -> None:
    simulated = simulate(family, 5, seconds=40)  # type: ignore[arg-type]
    solver = SpanSolver(simulated.evidence)
    given = [Anchor(s, s + wrong * (-1) ** k) for k, s in enumerate([5.013, 14.2, 21.777, 33.0])]

    pieces = solver.solve(2.0, 36.0, given).pieces

    assert (pieces[0].song_start, pieces[-1].song_end) == (2.0, 36.0)
    for before, after in pairwise(pieces):
        assert before.song_end == after.song_start
    for anchor in given:
        assert _at(pieces, anchor.song) == pytest.approx(anchor.source, abs=1e-9)
    limit = AlignSettings().max_stretch + 0.05
    for piece in pieces:
        assert piece.song_end > piece.song_start
        assert piece.slope == 0 or abs(piece.slope - 1) <= limit
        assert 0 <= piece.confidence <= 1


def test_moments_of_a_take_that_drifts_are_joined_by_a_line() -> None:
    source = np.arange(1000) * 1.01 + 5.0
    solver = SpanSolver(_ridge(source, 1050))

    pieces = solver.solve(4.0, 36.0, [Anchor(4.0, 4.24), Anchor(36.0, 36.56)]).pieces

    assert len(pieces) == 1


def test_a_cut_between_two_moments_is_found_where_it_is() -> None:
    source = np.arange(1000) + np.where(np.arange(1000) < 510, 5.0, 17.0)
    solver = SpanSolver(_ridge(source, 1050))

    pieces = solver.solve(4.0, 36.0, [Anchor(4.0, 4.2), Anchor(36.0, 36.68)]).pieces

    assert len(pieces) == 2
    assert pieces[0].song_end == pytest.approx(20.4, abs=0.1)
    assert [p.slope for p in pieces] == pytest.approx([1.0, 1.0])


def test_footage_that_was_left_out_by_the_minute_is_one_cut() -> None:
    source = np.arange(1000) + np.where(np.arange(1000) < 510, 5.0, 505.0)
    solver = SpanSolver(_ridge(source, 1550))

    pieces = solver.solve(4.0, 36.0, [Anchor(4.0, 4.2), Anchor(36.0, 56.2)]).pieces

    assert len(pieces) == 2
    assert pieces[0].song_end == pytest.approx(20.4, abs=0.1)


def test_without_evidence_two_moments_are_joined_by_a_line_or_a_cut_in_the_middle() -> None:
    evidence = _ridge(np.arange(500.0), 700)
    silent = Evidence(RATE, evidence.pairs, np.zeros(500, np.float32), evidence.face)
    solver = SpanSolver(silent)

    near = solver.solve(2.0, 18.0, [Anchor(2.0, 2.0), Anchor(18.0, 18.5)]).pieces
    far = solver.solve(2.0, 18.0, [Anchor(2.0, 2.0), Anchor(18.0, 27.0)]).pieces

    assert len(near) == 1
    assert [p.song_end for p in far] == [10.0, 18.0]


def test_one_moment_carries_the_whole_span_where_the_lips_agree() -> None:
    solver = SpanSolver(_ridge(np.arange(750) - 8.0, 700))

    pieces = solver.solve(2.0, 26.0, [Anchor(12.0, 11.68)]).pieces

    assert len(pieces) == 1
    assert pieces[0].source_start == pytest.approx(1.68, abs=1e-9)


def test_no_cut_comes_near_a_moment_that_the_user_has_set() -> None:
    solver = SpanSolver(_ridge(np.arange(750) + 10.0, 800))

    pieces = solver.solve(4.0, 26.0, [Anchor(15.0, 16.0)]).pieces

    shown = next(p for p in pieces if p.song_start < 15.0 <= p.song_end)
    assert shown.song_start <= 14.01 and shown.song_end >= 15.99
    assert shown.slope == pytest.approx(1.0)


def test_a_free_span_is_found_again_in_the_whole_take() -> None:
    simulated = simulate("offset", 2, seconds=40, strength=1.5)
    solver = SpanSolver(simulated.evidence)

    pieces = solver.solve(12.0, 22.0).pieces

    rows = np.arange(300, 550)[simulated.voiced[300:550]]
    found = np.array([_at(pieces, row / RATE) * RATE for row in rows])
    assert np.abs(found - simulated.source[rows]).max() < 1.0


def test_a_solved_span_is_as_good_as_the_alignment() -> None:
    for seed in range(4):
        simulated = simulate("pieces", seed, seconds=40, sharper=1.6)
        alignment = align(simulated.evidence)
        solver = SpanSolver(simulated.evidence, picture=alignment.picture)
        start = float(np.flatnonzero(simulated.voiced)[60]) / RATE
        source = float(np.interp(start * RATE, np.arange(len(simulated.source)), simulated.source))

        pieces = solver.solve(start, 38.0, [Anchor(start, source / RATE)]).pieces

        rows = np.flatnonzero(simulated.voiced)
        rows = rows[(rows / RATE > start) & (rows / RATE < 38.0)]
        found = np.array([_at(pieces, row / RATE) * RATE for row in rows])
        assert np.abs(found - simulated.source[rows]).mean() < 1.0, seed


def test_evidence_kept_ready_is_that_of_the_band_where_the_alignment_has_looked() -> None:
    simulated = simulate("offset", 1, seconds=20, sharper=1.6)
    picture = align(simulated.evidence).picture
    assert picture is not None

    plain, sharp = Ridge(simulated.evidence), Ridge(simulated.evidence, picture)

    rows = np.flatnonzero(simulated.voiced)
    columns = np.round(simulated.source[rows]).astype(int)
    better = sharp.weighted[rows, columns].mean()
    assert better > 1.2 * plain.weighted[rows, columns].mean()


@pytest.mark.parametrize(
    ("span", "anchors", "word"),
    [
        ((5.0, 5.0), [], "nothing between"),
        ((5.0, 9.0), [Anchor(10.0, 10.0)], "outside"),
        ((5.0, 9.0), [Anchor(7.0, 7.0), Anchor(6.0, 6.0)], "follow"),
    ],
)
def test_spans_that_make_no_sense_are_refused(
    span: tuple[float, float], anchors: list[Anchor], word: str
) -> None:
    solver = SpanSolver(_ridge(np.arange(500.0), 500))

    with pytest.raises(ValueError, match=word):
        solver.solve(*span, anchors)
