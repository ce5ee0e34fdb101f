"""Which take is shown when, of several."""

from itertools import pairwise

import numpy as np
import pytest
from simulated_evidence import RATE

from lipsyncer.alignment import Alignment, Evidence, align
from lipsyncer.cut.switching import Choice, shown_pieces, switch_takes, usable_takes

SONGS = 1500  # a minute

Take = tuple[Evidence, Alignment]


def _voice() -> np.ndarray:
    """Phrases of three seconds and pauses of one."""
    return (np.arange(SONGS) % 100 < 75).astype(np.float32)


def _take(
    offset: float,
    *,
    covers: tuple[float, float] = (0.0, 60.0),
    false: tuple[float, float] = (0.0, 0.0),
    unrelated: bool = False,
    seed: int = 0,
) -> Take:
    """A take whose lips are those of the song except between two song times (s)."""
    first, last = (round(t * RATE) for t in covers)
    songs = np.arange(SONGS)
    source = songs - first + offset
    takes = last - first + round(abs(offset))
    lag = np.arange(takes)[None, :] - source[:, None]
    ridge = 1.6 * np.exp(-0.5 * (lag / 1.2) ** 2)
    ridge[round(false[0] * RATE) : round(false[1] * RATE)] = 0
    if unrelated:
        ridge[:] = 0
    noise = np.random.default_rng(seed).normal(0, 0.4, ridge.shape)
    pairs = (ridge + noise - 0.3).astype(np.float32)
    evidence = Evidence(RATE, pairs, _voice(), np.ones(takes, np.float32))
    return evidence, align(evidence)


def _covering(choices: tuple[Choice, ...]) -> None:
    for before, after in pairwise(choices):
        assert before.song_end == after.song_start
        assert before.take != after.take
    assert all(choice.song_end > choice.song_start for choice in choices)


def _changes_in_pauses(choices: tuple[Choice, ...]) -> bool:
    return all(_voice()[round(c.song_start * RATE)] == 0 for c in choices[1:])


def test_one_take_is_shown_all_along() -> None:
    assert switch_takes([_take(5.0)]) == (Choice(0, 0.0, 60.0),)


def test_equally_good_takes_are_not_cut_between() -> None:
    choices = switch_takes([_take(5.0, seed=1), _take(-3.0, seed=2), _take(12.0, seed=3)])

    assert len(choices) == 1


def test_each_stretch_is_shown_from_the_take_whose_lips_fit() -> None:
    one, other = _take(5.0, false=(20.0, 40.0), seed=1), _take(8.0, false=(0.0, 19.0), seed=2)

    choices = switch_takes([one, other])

    _covering(choices)
    assert [choice.take for choice in choices] == [0, 1]
    assert choices[0].song_end == pytest.approx(19.5, abs=0.6)
    assert _changes_in_pauses(choices)


def test_a_short_slip_is_not_worth_a_change() -> None:
    choices = switch_takes([_take(5.0, false=(20.0, 20.7), seed=1), _take(8.0, seed=2)], prefer=[0])

    assert [choice.take for choice in choices] == [0]


def test_takes_of_parts_of_the_song_are_laid_end_to_end_and_changed_in_a_pause() -> None:
    one, other = _take(0.0, covers=(0.0, 34.0), seed=1), _take(0.0, covers=(26.0, 60.0), seed=2)

    choices = switch_takes([one, other])

    _covering(choices)
    assert [choice.take for choice in choices] == [0, 1]
    assert 26.0 <= choices[0].song_end <= 34.0
    assert _changes_in_pauses(choices)
    assert (choices[0].song_start, choices[-1].song_end) == (0.0, 60.0)


def test_where_footage_ends_in_a_word_and_other_begins_the_change_is_there() -> None:
    one, other = _take(0.0, covers=(0.0, 29.2), seed=1), _take(0.0, covers=(29.2, 60.0), seed=2)

    choices = switch_takes([one, other])

    assert [choice.take for choice in choices] == [0, 1]
    assert choices[0].song_end == pytest.approx(29.2, abs=0.05)


def test_what_no_take_covers_is_held_from_the_nearest() -> None:
    one, other = _take(0.0, covers=(0.0, 24.0), seed=1), _take(0.0, covers=(34.0, 60.0), seed=2)

    choices = switch_takes([one, other])

    _covering(choices)
    assert [choice.take for choice in choices] == [0, 1]
    held = [
        piece
        for choice in choices
        for piece in shown_pieces(
            (one, other)[choice.take][1].pieces, choice.song_start, choice.song_end
        )
        if piece.source_end == piece.source_start
    ]
    assert sum(p.song_end - p.song_start for p in held) == pytest.approx(10.0, abs=0.1)
    assert all(piece.kind == "gap" for piece in held)


def test_the_preferred_take_is_shown_unless_it_fails() -> None:
    takes = [_take(5.0, seed=1), _take(8.0, false=(16.0, 32.0), seed=2)]

    assert {
        choice.take for choice in switch_takes([*takes[:1], _take(8.0, seed=2)], prefer=[1])
    } == {1}
    assert [choice.take for choice in switch_takes(takes, prefer=[1])] == [1, 0, 1]


@pytest.mark.parametrize("most", [0, 1, 2, 5])
def test_there_are_no_more_cuts_than_allowed(most: int) -> None:
    takes = [
        _take(5.0, false=(16.0, 28.0), seed=1),
        _take(8.0, false=(32.0, 44.0), seed=2),
        _take(2.0, false=(0.0, 12.0), seed=3),
    ]

    choices = switch_takes(takes, max_cuts=most)

    cuts = len(choices) - 1
    for choice in choices:
        pieces = shown_pieces(takes[choice.take][1].pieces, choice.song_start, choice.song_end)
        cuts += sum(abs(a.source_end - b.source_start) > 0.02 for a, b in pairwise(pieces))
    assert cuts <= most


def test_a_take_of_another_song_is_not_shown() -> None:
    takes = [_take(5.0, false=(20.0, 36.0), seed=1), _take(0.0, unrelated=True, seed=2)]

    assert usable_takes([alignment for _, alignment in takes]) == [0]
    assert {choice.take for choice in switch_takes(takes, prefer=[1])} == {0}


def test_pieces_of_a_stretch_are_cut_and_carried_on_by_held_frames() -> None:
    _, alignment = _take(0.0, covers=(10.0, 40.0))

    pieces = shown_pieces(alignment.pieces, 2.0, 44.0)

    assert (pieces[0].song_start, pieces[-1].song_end) == (2.0, 44.0)
    for before, after in pairwise(pieces):
        assert before.song_end == pytest.approx(after.song_start, abs=1e-9)
        assert before.source_end == pytest.approx(after.source_start, abs=1e-6)
    assert pieces[0].source_start == pieces[0].source_end == pytest.approx(0.0, abs=0.05)


def test_takes_of_different_songs_make_no_programme() -> None:
    evidence, alignment = _take(0.0)
    shorter = Evidence(RATE, evidence.pairs[:900], evidence.voice[:900], evidence.face)

    with pytest.raises(ValueError, match="same song"):
        switch_takes([(evidence, alignment), (shorter, alignment)])
    with pytest.raises(ValueError, match="at least one"):
        switch_takes([])


def test_a_change_of_take_lies_on_a_beat_of_its_pause() -> None:
    takes = [_take(5.0, false=(20.0, 40.0), seed=1), _take(8.0, false=(0.0, 19.0), seed=2)]
    # Every second beat lies in singing; a change there would be inside a word.
    beats = np.arange(0.23, 60.0, 0.5)

    choices = switch_takes(takes, beats=beats.tolist())

    assert [choice.take for choice in choices] == [0, 1]
    assert np.abs(beats - choices[0].song_end).min() < 0.001
    assert _changes_in_pauses(choices)


def test_without_a_beat_in_the_pause_nothing_changes() -> None:
    takes = [_take(5.0, false=(20.0, 40.0), seed=1), _take(8.0, false=(0.0, 19.0), seed=2)]
    sung = [beat for beat in np.arange(0.0, 60.0, 0.5) if _voice()[round(beat * RATE)]]

    assert switch_takes(takes, beats=sung) == switch_takes(takes)


def test_a_beat_makes_no_change_that_was_not_worth_one() -> None:
    takes = [_take(5.0, seed=1), _take(-3.0, seed=2)]

    assert len(switch_takes(takes, beats=np.arange(0.1, 60.0, 0.4).tolist())) == 1
