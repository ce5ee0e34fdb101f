"""What may be laid over the picture: the mouth that was watched, and what a platform covers."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QImage, QPainter, QPainterPath, QPen

from lipsyncer.features import GRID_RATE
from lipsyncer.render.framing import View
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import percent
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.confidence_grade import grade
from lipsyncer.ui.timeline.ruler import small_font

_LEFT_OUT = 0.3
"""Opacity of what the frame leaves out."""


def paint_label(painter: QPainter, corner: QPointF, text: str) -> None:
    """Write a word on a dark plate."""
    painter.setFont(small_font(painter, theme.BODY))
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.S
    plate = QRectF(corner.x(), corner.y(), width, 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.theme().colour("stage", 0.75))
    painter.drawRoundedRect(plate, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    painter.setPen(theme.theme().colour("on_stage"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def paint_face(
    painter: QPainter, place: QRectF, session: Session, frame_width: int, *, mirrored: bool
) -> None:
    """Draw the box that was watched, and how sure the segment is."""
    document, time_map = session.document, session.time_map
    if document is None or time_map is None:
        return
    take, source = time_map.source_at(session.playhead)
    footage = session.footage(take)
    if footage is None or not len(footage.track.boxes):
        return
    position = min(max(round(source * GRID_RATE), 0), len(footage.track.boxes) - 1)
    x, y, side = (float(value) for value in footage.track.boxes[position])
    x = frame_width - x if mirrored else x
    seen = float(footage.track.quality[position]) > 0.3
    segment = document.segment_at(session.playhead)
    scale = place.width() / frame_width
    box = QRectF(0, 0, side * scale, side * scale)
    box.moveCenter(place.topLeft() + QPointF(x, y) * scale)
    if seen:
        painter.setPen(QPen(theme.DARK.colour(grade(segment)), 2))
    else:
        painter.setPen(QPen(theme.DARK.colour("gap"), 2, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    if seen and segment.kind == "matched":
        paint_label(painter, box.bottomLeft() + QPointF(0, theme.XS), percent(segment.confidence))


def frame_in(place: QRectF, view: View) -> QRectF:
    """Where the frame lies on the screen when a picture is painted in a place."""
    return QRectF(
        place.left() + view.left * place.width(),
        place.top() + view.top * place.height(),
        view.width * place.width(),
        view.height * place.height(),
    )


def picture_around(frame: QRectF, view: View) -> QRectF:
    """Where a picture has to be painted for the frame to lie in a place."""
    width, height = frame.width() / view.width, frame.height() / view.height
    return QRectF(frame.left() - view.left * width, frame.top() - view.top * height, width, height)


def frame_room(room: QRectF) -> QRectF:
    """Leave room around a frame for what it leaves out of the picture."""
    return room.adjusted(theme.M, theme.M, -theme.M, -theme.M)


def paint_in_frame(
    painter: QPainter, image: QImage, place: QRectF, frame: QRectF, room: QRectF
) -> None:
    """Paint a picture in the frame, and dimly what lies outside of it."""
    painter.save()
    painter.setClipRect(room)
    painter.setOpacity(_LEFT_OUT)
    painter.drawImage(place, image)
    painter.setOpacity(1.0)
    painter.setClipRect(frame.intersected(room))
    painter.fillRect(frame, Qt.GlobalColor.black)
    painter.drawImage(place, image)
    painter.restore()
    _paint_border(painter, frame)


def paint_left_out(painter: QPainter, place: QRectF, frame: QRectF) -> None:
    """Dim what the frame leaves out of a picture that is shown whole."""
    painter.save()
    outside = QPainterPath()
    outside.addRect(place)
    inside = QPainterPath()
    inside.addRect(frame)
    painter.fillPath(outside - inside, theme.theme().colour("stage", 1 - 1.5 * _LEFT_OUT))
    painter.restore()
    _paint_border(painter, frame.intersected(place))


def _paint_border(painter: QPainter, frame: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.theme().colour("on_stage", 0.8), 1))
    painter.drawRect(frame)


def paint_safe_zone(painter: QPainter, place: QRectF, name: str, *, hatched: bool = True) -> None:
    """Outline what a platform leaves free of its own buttons and words, and hatch what it covers.

    Parameters
    ----------
    place
        The platform's frame.
    name
        Of its preset.
    hatched
        Whether what is covered is hatched.
    """
    preset = PRESETS.get(name)
    if preset is None or preset.safe_zone is None:
        return
    zone = preset.safe_zone
    free = place.adjusted(
        zone.left * place.width(),
        zone.top * place.height(),
        -zone.right * place.width(),
        -zone.bottom * place.height(),
    )
    painter.save()
    painter.setBrush(QBrush(theme.DARK.colour("accent", 0.5), Qt.BrushStyle.BDiagPattern))
    painter.setPen(Qt.PenStyle.NoPen)
    covers = (
        QRectF(place.left(), place.top(), place.width(), free.top() - place.top()),
        QRectF(place.left(), free.bottom(), place.width(), place.bottom() - free.bottom()),
        QRectF(place.left(), free.top(), free.left() - place.left(), free.height()),
        QRectF(free.right(), free.top(), place.right() - free.right(), free.height()),
    )
    for covered in covers if hatched else ():
        painter.drawRect(covered)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.DARK.colour("accent"), 1, Qt.PenStyle.DashLine))
    painter.drawRect(free)
    painter.restore()
