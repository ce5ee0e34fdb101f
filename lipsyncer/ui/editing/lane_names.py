"""What takes and their attempts are called, the same everywhere in the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PyQt6.QtCore import QCoreApplication

from lipsyncer.cut.lanes import Lane
from lipsyncer.edit.document import Document, Segment


def lane_name(document: Document, lane: Lane) -> str:
    """Name a lane: its file, and which attempt of it where there are several."""
    name = document.takes[lane.take].name
    if lane.attempt is None:
        return name
    text = QCoreApplication.translate("Lanes", "{name}, attempt {n}")
    return text.format(name=name, n=lane.attempt + 1)


def numbered_name(document: Document, lane: Lane) -> str:
    """Name a lane, with the take's number before it where there are several."""
    name = lane_name(document, lane)
    return f"{lane.take + 1}   {name}" if len(document.takes) > 1 else name


def strip_name(document: Document, lane: Lane) -> str:
    """Name a lane where there is little room: by its attempt alone where there is one take."""
    if len(document.takes) > 1 or lane.attempt is None:
        return numbered_name(document, lane)
    text = QCoreApplication.translate("Lanes", "Attempt {n}")
    return text.format(n=lane.attempt + 1)


def short_name(document: Document, lanes: Sequence[Lane], segment: Segment) -> str:
    """Say in two words which of several lanes a segment shows; nothing where there is one."""
    if len(lanes) < 2:
        return ""
    words = []
    if len(document.takes) > 1:
        take = QCoreApplication.translate("Timeline", "take {n}")
        words.append(document.takes[segment.take].label or take.format(n=segment.take + 1))
    shown = next((lane for lane in lanes if lane.shows(segment)), None)
    if shown is not None and shown.attempt is not None:
        attempt = QCoreApplication.translate("Lanes", "attempt {n}")
        words.append(attempt.format(n=shown.attempt + 1))
    return " · ".join(words)


def attempts_told(document: Document, lanes: Sequence[Lane]) -> list[str]:
    """Say of each recording with several attempts how many there are."""
    counts = Counter(lane.take for lane in lanes if lane.attempt is not None)
    text = QCoreApplication.translate("Lanes", "{n} attempts in {name}")
    return [text.format(n=count, name=document.takes[take].name) for take, count in counts.items()]
