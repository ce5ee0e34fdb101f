"""The value that stands for one thing to look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

Span = tuple[float, float]
"""Start and end in seconds."""


class FindingKind(Enum):
    """What a finding is about. The values are the report's reasons, so they never change."""

    NO_VOICE = "no voice"
    NO_FOOTAGE = "no footage"
    NO_FACE = "no face"
    MOUTH_COVERED = "mouth covered"
    MOUTH_HARD_TO_SEE = "mouth hardly seen"
    LIPS_DO_NOT_MATCH = "lips don't match"
    LIPS_MOVE = "lips move though nobody sings"
    MOUTH_CLOSED = "closed mouth put in"

    LOOSE_MATCH = "loose match"
    DAMAGED_SOURCE = "damaged source"
    SEVERAL_FACES = "several faces"
    TAKE_DOES_NOT_MATCH = "take does not match"
    NOTHING_MATCHES = "nothing matches"
    TOO_SHORT = "too short"
    NOTHING_TO_ALIGN = "nothing to align"
    SONG_NOT_RECORDED = "song not in the camera sound"
    SONG_TRACK = "sound track of the song"
    TAKE_TRACK = "sound track of the take"
    TURNED = "turned"
    ENCODED_BY_PROCESSOR = "encoded by the processor"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, and its place.

    Attributes
    ----------
    kind
        What it is about.
    take
        Index of the take it is about; None where that is the cut as a whole.
    span
        Stretch of the song; None where it has no place on the timeline.
    source
        Stretch of the take, where the finding is about the file itself.
    number
        What its sentence counts: faces, percent of confidence, or a sound track's number.
    warns
        Whether it is worth a sentence; if not, it is only marked.
    """

    kind: FindingKind
    take: int | None = None
    span: Span | None = None
    source: Span | None = None
    number: int | None = None
    warns: bool = True
