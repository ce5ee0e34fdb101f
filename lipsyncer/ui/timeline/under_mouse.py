"""What a place on the timeline is: a cut, a segment, a lane, and what a press takes hold of."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, Qt

from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.timeline.drags import CutDrag, Drag, LoopDrag, MapDrag, SeekDrag, SlipDrag
from lipsyncer.ui.timeline.geometry import GRAB, Geometry
from lipsyncer.ui.timeline.lane_strips import lane_at


def cut_at(session: Session, geometry: Geometry, place: QPointF) -> int:
    """Index of the segment whose last cut is near a place in the footage; -1 for none."""
    document = session.document
    on_lane = lane_at(geometry, session.lanes, place) is not None
    if document is None or place.y() < geometry.film.top() or on_lane:
        return -1
    distances = [
        abs(geometry.x(segment.song_end) - place.x()) for segment in document.segments[:-1]
    ]
    nearest = min(range(len(distances)), key=distances.__getitem__, default=-1)
    return nearest if nearest >= 0 and distances[nearest] <= GRAB else -1


def take_hold(
    session: Session, geometry: Geometry, place: QPointF, keys: Qt.KeyboardModifier
) -> Drag | None:
    """Begin what a press of the left button does at a place; None on a lane."""
    document = session.document
    if document is None or lane_at(geometry, session.lanes, place) is not None:
        return None
    if place.y() < geometry.ruler.top():
        return MapDrag(session, geometry)
    if place.y() < geometry.film.top():
        if keys & Qt.KeyboardModifier.ShiftModifier:
            return LoopDrag(session, geometry.time(place.x()))
        return SeekDrag(session)
    cut = cut_at(session, geometry, place)
    if cut >= 0:
        return CutDrag(session, document, cut, place.x())
    index = document.index_at(geometry.time(place.x()))
    return SlipDrag(session, document, index, place.x())


def cursor_at(
    session: Session, geometry: Geometry, place: QPointF, drag: Drag | None
) -> Qt.CursorShape:
    """Show what a drag does, or a press would."""
    if isinstance(drag, SlipDrag):
        return Qt.CursorShape.ClosedHandCursor
    if isinstance(drag, CutDrag):
        return Qt.CursorShape.SplitHCursor
    if place.y() < geometry.ruler.top():
        return Qt.CursorShape.PointingHandCursor
    if place.y() < geometry.film.top():
        return Qt.CursorShape.ArrowCursor
    if lane_at(geometry, session.lanes, place) is not None:
        return Qt.CursorShape.PointingHandCursor
    if cut_at(session, geometry, place) >= 0:
        return Qt.CursorShape.SplitHCursor
    return Qt.CursorShape.OpenHandCursor
