"""One sentence says what was done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lipsyncer.cut.corrections import summary_of
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.findings import CORRECTIONS, Correction, summary_sentence

SONG = 20.0


def part(start: float, end: float, late: float, *, speed: float = 1.0, take: int = 0) -> Segment:
    source = start + late
    return Segment(start, end, take, source, source + (end - start) * speed, "matched", 0.9)


def said(
    *segments: Segment,
    takes: int = 1,
    matches: bool = True,
    left: int = 0,
    attempts: tuple[int, int] = (1, 1),
) -> str:
    files = tuple(Take(Path(f"{k}.mp4"), 60.0) for k in range(takes))
    document = Document(Path("song.wav"), SONG, files, segments)
    return summary_sentence(summary_of(document, matches=matches, left=left, attempts=attempts))


@pytest.mark.parametrize(
    ("segments", "sentence"),
    [
        ([part(0, 20, 0.01)], "Your video was already in time; nothing had to be changed."),
        ([part(0, 20, 0.28)], "Your video was 0.28 s late; everything matches now."),
        ([part(0, 20, -0.4)], "Your video was 0.40 s early; everything matches now."),
        ([part(0, 20, 12)], "The song begins 12.00 s into your video; everything matches now."),
        ([part(8, 20, -8)], "Your video begins 8.00 s into the song; everything matches now."),
        (
            [part(0, 20, 0.2, speed=1.015)],
            "Your video ran 1.5 % slower than the song; everything matches now.",
        ),
        (
            [part(0, 20, 0.2, speed=0.99)],
            "Your video ran 1.0 % faster than the song; everything matches now.",
        ),
        (
            [part(0, 20, 0.4, speed=0.502)],
            "You filmed at 2× the song's speed; everything matches now.",
        ),
        ([part(0, 9, 0.2), part(9, 20, 0.6)], "Your video slipped once; everything matches now."),
        (
            [part(0, 9, 0.2), part(9, 15, 0.6), part(15, 20, 0)],
            "Your video slipped 2 times; everything matches now.",
        ),
        (
            [part(0, 9, 0.2), part(9, 20, 0.2, speed=1.1)],
            "Your video kept changing its speed; everything matches now.",
        ),
    ],
)
def test_the_correction_is_named(segments: list[Segment], sentence: str) -> None:
    assert said(*segments) == sentence


def test_a_closed_mouth_in_a_rest_is_no_slip_of_the_video() -> None:
    closed = replace(part(9, 10, 3.0), kind="gap")
    sentence = said(part(0, 9, 0.28), closed, part(10, 20, 0.28))
    assert sentence == "Your video was 0.28 s late; everything matches now."


def test_what_is_left_to_look_at_is_counted() -> None:
    line = part(0, 20, 0.28)
    assert said(line, left=1).endswith("; there is one place left to look at.")
    assert said(line, left=3).endswith("; there are 3 places left to look at.")


def test_what_is_unsure_is_no_slip_of_the_video() -> None:
    unsure = replace(part(9, 11, 1.7), confidence=0.3)
    sentence = said(part(0, 9, 0.28), unsure, part(11, 20, 0.28), left=1)
    assert sentence == "Your video was 0.28 s late; there is one place left to look at."
    by_hand = replace(unsure, by_hand=True)
    sentence = said(part(0, 9, 0.28), by_hand, part(11, 20, 0.28), left=1)
    assert sentence.startswith("Your video slipped 2 times;")


def test_a_cut_of_several_attempts_is_no_video_that_slipped() -> None:
    jumps = (part(0, 9, 0.2), part(9, 20, 30.0))
    assert said(*jumps, attempts=(2, 3)) == (
        "The cut joins 2 of your 3 attempts; everything matches now."
    )
    assert said(part(0, 20, 30.0), attempts=(1, 3)).startswith(
        "The cut shows one of your 3 attempts throughout;"
    )


def test_several_takes_and_other_songs_have_their_own_sentence() -> None:
    takes = [part(0, 9, 0.2), part(9, 15, 4, take=1), part(15, 20, 0.2)]
    assert said(*takes, takes=2).startswith("The cut switches 2 times between 2 takes;")
    assert said(part(0, 20, 1), takes=2).startswith("The cut shows one of 2 takes throughout;")
    other = said(part(0, 20, 1), matches=False)
    assert other.endswith("does not seem to match the song; check that it is the right song.")


def test_every_correction_has_words() -> None:
    assert CORRECTIONS.keys() == set(Correction)
