"""What the mouse rests on, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QCoreApplication, QPointF

from lipsyncer.cut.lanes import Lane
from lipsyncer.edit.document import Document
from lipsyncer.ui.editing.lane_names import lane_name
from lipsyncer.ui.language.spoken_values import clock, shift_in_words
from lipsyncer.ui.style.confidence_grade import match_in_words
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.lane_strips import lane_at


def tip_at(geometry: Geometry, document: Document, lanes: Sequence[Lane], place: QPointF) -> str:
    """Say what is at a place, and how to use it; nothing where there is nothing to say."""
    if place.y() < geometry.ruler.top():
        return QCoreApplication.translate("Timeline", "The whole song. Drag to look elsewhere.")
    if place.y() < geometry.film.top():
        return QCoreApplication.translate(
            "Timeline",
            "The song, tinted where it has a voice. Click to go there; hold Shift and "
            "drag to loop a part.",
        )
    lane = lane_at(geometry, lanes, place)
    if lane is not None:
        return _about_lane(document, lane)
    return _about_segment(document, document.index_at(geometry.time(place.x())))


def _about_lane(document: Document, lane: Lane) -> str:
    name = lane_name(document, lane)
    if not lane.segments:
        return name
    return QCoreApplication.translate(
        "Timeline",
        "{name}: {start} to {end} of the song\nDouble-click to show it in the segment here.",
    ).format(
        name=name,
        start=clock(lane.segments[0].song_start),
        end=clock(lane.segments[-1].song_end),
    )


def _about_segment(document: Document, index: int) -> str:
    segment = document.segments[index]
    return QCoreApplication.translate(
        "Timeline",
        "Segment {n}, {start} to {end}: {match}\n{take}, {shift}\n"
        "Drag to move the picture under the song, drag an edge to move the cut.",
    ).format(
        n=index + 1,
        start=clock(segment.song_start),
        end=clock(segment.song_end),
        match=match_in_words(segment),
        take=document.takes[segment.take].name,
        shift=shift_in_words(segment.song_start - segment.source_start),
    )
