"""What may be laid over the picture: the mouth that was watched, and what a platform covers."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QPainter, QPen

from lipsyncer.features import GRID_RATE
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui import theme
from lipsyncer.ui.grading import grade
from lipsyncer.ui.session import Session
from lipsyncer.ui.timeline.ruler import small_font
from lipsyncer.ui.wording import percent


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


def paint_face(painter: QPainter, place: QRectF, session: Session, frame_width: int) -> None:
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
    seen = float(footage.track.quality[position]) > 0.3
    segment = document.segments[document.index_at(session.playhead)]
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


def platform_frame(place: QRectF, size: tuple[int, int] | None) -> QRectF:
    """Give the frame of an output of some size, or of the take's, over a take's picture.

    The picture fills that frame, so it is the largest of its shape inside it.
    """
    if size is None:
        return place
    scale = min(place.width() / size[0], place.height() / size[1])
    frame = QRectF(0, 0, size[0] * scale, size[1] * scale)
    frame.moveCenter(place.center())
    return frame


def paint_safe_zone(painter: QPainter, place: QRectF, name: str) -> None:
    """Hatch what a platform covers with its own buttons and words."""
    preset = PRESETS.get(name)
    if preset is None or preset.safe_zone is None:
        return
    place = platform_frame(place, preset.settings.size)
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
    for covered in (
        QRectF(place.left(), place.top(), place.width(), free.top() - place.top()),
        QRectF(place.left(), free.bottom(), place.width(), place.bottom() - free.bottom()),
        QRectF(place.left(), free.top(), free.left() - place.left(), free.height()),
        QRectF(free.right(), free.top(), place.right() - free.right(), free.height()),
    ):
        painter.drawRect(covered)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.DARK.colour("accent"), 1, Qt.PenStyle.DashLine))
    painter.drawRect(free)
    painter.restore()
