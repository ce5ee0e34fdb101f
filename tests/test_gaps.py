"""Where nobody sings a closed mouth is shown, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.alignment import Evidence
from lipsyncer.cut.closed_mouths import NEIGHBOURING
from lipsyncer.cut.picture_steps import UNSEEN, PictureStep
from lipsyncer.cut.rests import BEFORE_ONSET, Lips, MouthFix, close_gaps, false_singing
from lipsyncer.edit.document import Document, Pin, Segment, Take
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.progress import finish

SONG, RATE = 20.0, 25
GAP = (8.0, 12.0)
MOVING = (9.0, 11.0)
CLOSED = (14.0, 17.0)
"""Seconds of the take in which the mouth is closed though others sing on."""


def lips(
    moving: tuple[float, float] = MOVING,
    closed: tuple[float, float] = CLOSED,
    *,
    fitting: float = 0.0,
) -> Lips:
    """A take in sync with a song that pauses; it moves its lips in a part of the pause."""
    times = np.arange(round(SONG * RATE)) / RATE
    voice = np.where((times >= GAP[0]) & (times < GAP[1]), 0.0, 1.0).astype(np.float32)
    sings = (times < GAP[0]) | (times >= GAP[1]) | ((times >= moving[0]) & (times < moving[1]))
    sings &= ~((times >= closed[0]) & (times < closed[1]))
    activity = np.where(sings, 0.7, 0.02).astype(np.float32)
    pairs = np.zeros((len(times), len(times)), np.float32)
    pairs[np.diag_indices(len(times))] = np.where(voice > 0, 0.1, fitting)
    return Lips(Evidence(RATE, pairs, voice, np.ones(len(times), np.float32)), activity)


def cut(*, locked: bool = False, pins: tuple[Pin, ...] = (), takes: int = 1) -> Document:
    segment = Segment(0.0, SONG, 0, 0.0, SONG, "matched", 1.0, locked=locked)
    files = tuple(Take(Path(f"{k}.mp4"), SONG) for k in range(takes))
    return Document(Path("song.wav"), SONG, files, (segment,), pins)


def alike(take: int, one: float, other: float) -> float:
    """A take whose moments all look the same."""
    return 0.0


def closing(
    document: Document, *takes: Lips, step: PictureStep = alike, max_cuts: int | None = None
) -> tuple[Document, tuple[MouthFix, ...]]:
    return finish(close_gaps(document, takes, step, max_cuts=max_cuts))


def activity_shown(document: Document, *takes: Lips) -> np.ndarray:
    """Activity at each song position, 25 a second."""
    shown, sources = TimeMap(document).sources_at(np.arange(round(SONG * RATE)) / RATE)
    columns = np.clip(np.round(sources * RATE).astype(int), 0, round(SONG * RATE) - 1)
    return np.array([takes[k].activity[c] for k, c in zip(shown, columns, strict=True)])


def same_outside_of_the_gap(before: Document, after: Document) -> bool:
    times = np.arange(0.0, SONG, 0.04)
    sung = times[(times < GAP[0]) | (times >= GAP[1] - BEFORE_ONSET)]
    (t0, s0), (t1, s1) = (TimeMap(d).sources_at(sung) for d in (before, after))
    return bool((t0 == t1).all() and np.allclose(s0, s1, atol=1e-6))


def test_lips_that_move_in_a_gap_give_way_to_a_closed_mouth() -> None:
    document, take = cut(), lips()
    after, closed = closing(document, take)
    (stretch,) = closed
    assert stretch.start <= MOVING[0] < MOVING[1] <= stretch.end
    moves = activity_shown(after, take)[round(GAP[0] * RATE) : round(GAP[1] * RATE)]
    assert moves.max() < 0.1
    assert same_outside_of_the_gap(document, after)


def test_what_is_closed_around_the_movement_serves_where_nothing_else_is_closed() -> None:
    moving = (10.7, 11.6)
    document, take = cut(), lips(moving, closed=(0.0, 0.0))
    after, (stretch,) = closing(document, take)
    inside = activity_shown(after, take)[round(GAP[0] * RATE) : round(GAP[1] * RATE)]
    assert inside.max() < 0.1
    assert GAP[0] <= stretch.source < moving[0]
    assert same_outside_of_the_gap(document, after)


def test_where_there_is_no_closed_mouth_the_footage_stays() -> None:
    take = lips((8.2, 11.7), closed=(0.0, 0.0))
    assert closing(cut(), take) == (cut(), ())
    assert false_singing(cut(), [take])


def test_a_closed_mouth_comes_from_another_take_only_between_two_cuts() -> None:
    own, other = lips((8.4, 11.4), closed=(0.0, 0.0)), lips((0.0, 0.0), closed=(0.0, 0.0))
    assert closing(cut(takes=2), own, other) == (cut(takes=2), ())
    jumping = (
        Segment(0.0, 8.2, 0, 0.0, 8.2, "matched", 1.0),
        Segment(8.2, 11.6, 0, 8.25, 11.65, "gap", 0.0),
        Segment(11.6, SONG, 0, 11.6, SONG, "matched", 1.0),
    )
    document = replace(cut(takes=2), segments=jumping)
    after, closed = closing(document, own, other)
    assert [stretch.take for stretch in closed] == [1]
    assert same_outside_of_the_gap(document, after)


def test_a_take_that_is_closed_in_the_gap_is_left_as_it_is() -> None:
    assert closing(cut(), lips((0.0, 0.0))) == (cut(), ())


@pytest.mark.parametrize("moving", [(9.0, 9.3), (11.8, 12.0)], ids=["twitch", "breath"])
def test_a_twitch_and_a_breath_before_the_phrase_are_no_singing(
    moving: tuple[float, float],
) -> None:
    assert closing(cut(), lips(moving)) == (cut(), ())


def test_lips_that_fit_the_song_are_believed_to_sing_whatever_the_voice_says() -> None:
    assert closing(cut(), lips(fitting=0.1)) == (cut(), ())
    assert closing(cut(), lips(fitting=-0.1))[1]


def test_locked_segments_and_pinned_moments_stay() -> None:
    locked = cut(locked=True)
    assert closing(locked, lips()) == (locked, ())
    pinned = cut(pins=(Pin(10.0, 0, 10.0),))
    assert closing(pinned, lips()) == (pinned, ())
    beside = cut(pins=(Pin(8.8, 0, 8.8),))
    after, closed = closing(beside, lips())
    assert closed[0].start >= 8.8
    assert TimeMap(after).source_at(8.8)[1] == pytest.approx(8.8)


def test_a_take_that_is_not_to_be_shown_closes_no_gap() -> None:
    own, other = lips((8.2, 11.7), closed=(0.0, 0.0)), lips((0.0, 0.0), closed=(0.0, 0.0))
    unwatched = replace(other, activity=np.full_like(other.activity, np.nan))
    assert closing(cut(takes=2), own, unwatched) == (cut(takes=2), ())


def test_no_more_cuts_are_made_than_allowed() -> None:
    assert closing(cut(), lips(), max_cuts=0) == (cut(), ())
    assert closing(cut(), lips(), max_cuts=2)[1]


def test_footage_stays_where_the_head_would_jump() -> None:
    def jump(take: int, one: float, other: float) -> float:
        return 1.1 * UNSEEN

    assert closing(cut(), lips(), step=jump) == (cut(), ())


def test_a_closed_mouth_that_the_user_asks_for_may_jump() -> None:
    def jump(take: int, one: float, other: float) -> float:
        return 5.0 * UNSEEN

    after, (stretch,) = finish(close_gaps(cut(), [lips()], jump, most=np.inf))
    assert stretch.start <= MOVING[0] < MOVING[1] <= stretch.end
    assert same_outside_of_the_gap(cut(), after)
    elsewhere = finish(close_gaps(cut(), [lips()], jump, most=np.inf, within=(0.0, 8.0)))
    assert elsewhere == (cut(), ())


def test_what_looks_alike_at_both_ends_is_shown() -> None:
    wanted = CLOSED[0] + 0.4

    def step(take: int, one: float, other: float) -> float:
        return 0.0 if max(one, other) >= wanted else 3.0

    _, (plain,) = closing(cut(), lips())
    assert plain.source < wanted
    _, (chosen,) = closing(cut(), lips(), step=step)
    assert chosen.source >= wanted


def test_a_frame_that_stands_still_moves_no_lips() -> None:
    held = (
        Segment(0.0, GAP[0], 0, 0.0, GAP[0], "matched", 1.0),
        Segment(GAP[0], GAP[1], 0, 10.0, 10.0, "gap", 0.0),
        Segment(GAP[1], SONG, 0, GAP[1], SONG, "matched", 1.0),
    )
    document = replace(cut(), segments=held)
    assert closing(document, lips()) == (document, ())


def test_a_rest_gets_one_closed_mouth_at_most() -> None:
    take = lips((8.4, 11.4), closed=(13.0, 14.6))
    take.activity[round(9.4 * RATE) : round(10.4 * RATE)] = 0.02
    assert len(false_singing(cut(), [take])) == 2
    after, (stretch,) = closing(cut(), take)
    assert stretch.end - stretch.start < 2.0
    assert len(false_singing(after, [take])) == 1


def test_a_movement_that_no_closed_stretch_is_as_long_as_stays() -> None:
    document = cut()
    assert closing(document, lips((8.4, 11.4), closed=(13.0, 14.4))) == (document, ())


def test_a_closed_mouth_is_lent_from_near_by() -> None:
    start = GAP[1] + NEIGHBOURING + 0.5
    assert closing(cut(), lips(GAP, closed=(start, start + 3.0))) == (cut(), ())
    assert closing(cut(), lips(GAP, closed=(start - 2.0, start + 2.5)))[1]
