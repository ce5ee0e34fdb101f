"""What was done to a video, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum


class Correction(Enum):
    """What was wrong with the timing of the footage, and is put right in the cut."""

    NONE = "none"
    LATE = "late"
    EARLY = "early"
    LEAD = "lead"
    PART_OF_SONG = "part of the song"
    SLOW = "slow"
    FAST = "fast"
    FILMED_AT = "filmed at"
    ONE_JUMP = "one jump"
    JUMPS = "jumps"
    SPEEDS = "speeds"
    ONE_TAKE = "one take"
    SWITCHES = "switches"
    ONE_ATTEMPT = "one attempt"
    ATTEMPTS = "attempts"
    MISMATCH = "mismatch"
    TOO_SHORT = "too short"


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done to a video.

    Attributes
    ----------
    correction
        What was put right.
    amount
        Seconds of an offset or into the song, percent of a speed, how many times the song's speed,
        how many jumps or switches, how many attempts are shown.
    takes
        How many there are; attempts, where the correction is about those.
    left
        How many findings are left to look at.
    """

    correction: Correction
    amount: float = 0.0
    takes: int = 1
    left: int = 0


CORRECTIONS: Mapping[Correction, str] = {
    Correction.NONE: "Your video was already in time",
    Correction.LATE: "Your video was {seconds} s late",
    Correction.EARLY: "Your video was {seconds} s early",
    Correction.LEAD: "The song begins {seconds} s into your video",
    Correction.PART_OF_SONG: "Your video begins {seconds} s into the song",
    Correction.SLOW: "Your video ran {percent} % slower than the song",
    Correction.FAST: "Your video ran {percent} % faster than the song",
    Correction.FILMED_AT: "You filmed at {speed}× the song's speed",
    Correction.ONE_JUMP: "Your video slipped once",
    Correction.JUMPS: "Your video slipped {count} times",
    Correction.SPEEDS: "Your video kept changing its speed",
    Correction.ONE_TAKE: "The cut shows one of {takes} takes throughout",
    Correction.SWITCHES: "The cut switches {count} times between {takes} takes",
    Correction.ONE_ATTEMPT: "The cut shows one of your {takes} attempts throughout",
    Correction.ATTEMPTS: "The cut joins {count} of your {takes} attempts",
    Correction.MISMATCH: "Your video does not seem to match the song",
    Correction.TOO_SHORT: "Your video is too short to tell where in the song it belongs",
}
"""English beginnings of the sentence, with named blanks."""

ALL_MATCHES = "everything matches now"
NOTHING_CHANGED = "nothing had to be changed"
ONE_LEFT = "there is one place left to look at"
SEVERAL_LEFT = "there are {left} places left to look at"
WRONG_SONG = "check that it is the right song"
FILM_MORE = "film ten seconds or more"
BOTH = "{correction}; {outcome}."
"""How the two halves of the sentence are joined."""

SUMMARY_WORDING = (
    *CORRECTIONS.values(),
    ALL_MATCHES,
    NOTHING_CHANGED,
    ONE_LEFT,
    SEVERAL_LEFT,
    WRONG_SONG,
    FILM_MORE,
    BOTH,
)
"""All that has to be translated."""


def summary_sentence(summary: Summary, translate: Callable[[str], str] = str) -> str:
    """Say what was done.

    Parameters
    ----------
    translate
        Gives an entry of ``SUMMARY_WORDING`` in another language, with the same blanks.
    """
    outcome = ALL_MATCHES
    if summary.correction is Correction.MISMATCH:
        outcome = WRONG_SONG
    elif summary.correction is Correction.TOO_SHORT:
        outcome = FILM_MORE
    elif summary.correction is Correction.NONE and not summary.left:
        outcome = NOTHING_CHANGED
    elif summary.left:
        outcome = ONE_LEFT if summary.left == 1 else SEVERAL_LEFT
    blanks = {
        "seconds": f"{summary.amount:.2f}",
        "percent": f"{summary.amount:.1f}",
        "speed": f"{summary.amount:.3g}",
        "count": f"{summary.amount:.0f}",
        "takes": str(summary.takes),
        "left": str(summary.left),
    }
    return translate(BOTH).format(
        correction=translate(CORRECTIONS[summary.correction]).format(**blanks),
        outcome=translate(outcome).format(**blanks),
    )
