"""How sure is sure: the words, colours and shapes of a segment's confidence all ask here."""

from __future__ import annotations

from lipsyncer.edit.document import Segment

SURE, UNSURE = 0.8, 0.5
"""Confidence from which on a segment is good, and below which it is poor."""


def grade(segment: Segment) -> str:
    """Name the theme's colour for how sure a segment is: good, fair, poor or gap.

    A segment that the user has moved and that can't be rated has the colour of the selection.
    """
    if segment.kind == "gap":
        return "gap"
    if segment.moved:
        return "selection"
    if segment.confidence >= SURE:
        return "good"
    return "fair" if segment.confidence >= UNSURE else "poor"
