"""The whole song in a strip, with the stretch in view as a frame that can be dragged."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPen

from lipsyncer.edit.document import Document
from lipsyncer.media.peaks import Peaks
from lipsyncer.ui import theme
from lipsyncer.ui.grading import grade
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.waveform import whole_song


def paint_minimap(
    painter: QPainter,
    geometry: Geometry,
    document: Document,
    peaks: Peaks | None,
    playhead: float,
) -> None:
    """Draw the song, how sure each segment is, the view and the playhead."""
    colours, strip = theme.theme(), geometry.minimap
    per_second = strip.width() / document.song_duration
    painter.fillRect(strip, colours.colour("panel"))
    if peaks is not None:
        width, height = max(1, round(strip.width())), round(strip.height()) - 4
        painter.drawImage(strip.topLeft(), whole_song(peaks, width, height, colours.waveform))
    for segment in document.segments:
        left = strip.left() + segment.song_start * per_second
        right = strip.left() + segment.song_end * per_second
        line = QRectF(left, strip.bottom() - 3, max(right - left - 1, 1.0), 3)
        painter.fillRect(line, colours.colour(grade(segment)))
    left = strip.left() + geometry.start * per_second
    right = strip.left() + geometry.end * per_second
    view = QRectF(left, strip.top(), right - left, strip.height())
    shade = colours.colour("window", 0.65)
    painter.fillRect(QRectF(strip.left(), strip.top(), left - strip.left(), strip.height()), shade)
    painter.fillRect(QRectF(right, strip.top(), strip.right() - right, strip.height()), shade)
    painter.setPen(QPen(colours.colour("muted"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(view.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    x = strip.left() + playhead * per_second
    painter.fillRect(QRectF(x - 0.5, strip.top(), 1.5, strip.height()), colours.colour("playhead"))
