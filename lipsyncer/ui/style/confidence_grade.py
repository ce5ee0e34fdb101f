"""How sure is sure: the words, colours and shapes of a segment's confidence all ask here."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from lipsyncer.cut.corrections import is_loose
from lipsyncer.edit.document import Segment
from lipsyncer.ui.language.spoken_values import percent

_SURE = 0.8
"""Confidence from which on a segment is good."""


def grade(segment: Segment) -> str:
    """Name the theme's colour for how sure a segment is: good, fair, poor or gap.

    One that the user answers for has the colour of the selection: it was moved and can't be rated,
    or is unsure and was locked. Every poor one is among the places to look at.
    """
    if segment.kind == "gap":
        return "gap"
    if segment.moved or (segment.locked and is_loose(segment)):
        return "selection"
    if is_loose(segment):
        return "poor"
    return "good" if segment.confidence >= _SURE else "fair"


def match_in_words(segment: Segment) -> str:
    """Say how sure a segment is."""
    form = {
        "good": QCoreApplication.translate("SegmentModel", "sure, {percent}"),
        "fair": QCoreApplication.translate("SegmentModel", "fairly sure, {percent}"),
        "poor": QCoreApplication.translate("SegmentModel", "unsure, {percent}"),
        "selection": QCoreApplication.translate("SegmentModel", "moved by you")
        if segment.moved
        else QCoreApplication.translate("SegmentModel", "checked by you"),
        "gap": QCoreApplication.translate("SegmentModel", "nothing to match"),
    }[grade(segment)]
    return form.format(percent=percent(segment.confidence))
