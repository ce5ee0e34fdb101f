"""The mouth, large, beside the voice of the same instant."""

from __future__ import annotations

from PyQt6.QtCore import QLineF, QRectF, Qt
from PyQt6.QtGui import QImage, QPainter, QPen

from lipsyncer.arrays import Float32s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.movement import relative_opening
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme
from lipsyncer.ui.timeline.mouth_curve import paint_curves
from lipsyncer.ui.timeline.waveform import outline, singing

_SHARE = 0.3
"""Of the viewer's height, what the close-up takes."""
_AROUND = 1.0
"""Seconds of the song to either side of the playhead."""
_CLOSER = 1.3
"""Side of what is shown by that of the box that was watched."""


class CloseUp:
    """Paints the mouth of a frame, and what is heard then.

    Parameters
    ----------
    session
        Whose analysis knows where the mouth is.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._openings: list[Float32s] = []
        self._of: object = None

    def split(self, room: QRectF) -> tuple[QRectF, QRectF]:
        """Divide the viewer: the picture above, the close-up below."""
        height = round(_SHARE * room.height())
        above = room.adjusted(0, 0, 0, -height - theme.XS)
        return above, QRectF(room.left(), room.bottom() - height, room.width(), height)

    def paint(self, painter: QPainter, room: QRectF, image: QImage | None, text: str) -> None:
        """Paint the close-up.

        Parameters
        ----------
        image
            The frame on screen, as large as the proxy's; None before the first.
        text
            What to say where no mouth is seen.
        """
        side = min(room.height(), room.width() / 2)
        mouth = QRectF(room.left(), room.top(), side, room.height())
        song = QRectF(mouth.right() + theme.XS, room.top(), room.width() - side, room.height())
        painter.fillRect(room, theme.theme().colour("panel"))
        source = self._mouth()
        if image is None or source is None:
            painter.setPen(theme.theme().colour("muted"))
            painter.drawText(mouth, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        else:
            painter.drawImage(mouth, image, _in_shape(source, mouth))
        self._paint_song(painter, song.adjusted(0, 0, -theme.XS, 0))

    def _mouth(self) -> QRectF | None:
        """Where in the frame on screen the mouth is, pixels of the proxy; None where not seen."""
        viewed = self._session.viewed
        if viewed is None:
            return None
        take, source = viewed[1].source_at(self._session.playhead)
        footage = self._session.footage(take)
        if footage is None or not len(footage.track.boxes):
            return None
        position = min(max(round(source * GRID_RATE), 0), len(footage.track.boxes) - 1)
        x, y, side = (float(value) for value in footage.track.boxes[position])
        if side <= 0:
            return None
        side *= _CLOSER
        return QRectF(x - side / 2, y - side / 2, side, side)

    def _paint_song(self, painter: QPainter, lane: QRectF) -> None:
        analysis, viewed = self._session.analysis, self._session.viewed
        if analysis is None or viewed is None or lane.width() < 1:
            return
        if self._of is not analysis:
            self._openings = [relative_opening(take.track) for take in analysis.takes]
            self._of = analysis
        colours = theme.theme()
        time = self._session.playhead
        span = (time - _AROUND, time + _AROUND)
        evidence = analysis.takes[0].evidence
        sung = singing(evidence.voice, evidence.rate)
        size = (max(1, round(lane.width())), max(1, round(lane.height())))
        tints = (colours.waveform, colours.vocals)
        painter.drawImage(lane, outline(analysis.peaks, sung, evidence.rate, span, size, tints))
        painter.save()
        painter.setClipRect(lane)
        inner = lane.adjusted(0, theme.XS, 0, -theme.XS)
        paint_curves(painter, inner, span, viewed[1], self._openings)
        painter.restore()
        middle = lane.center().x()
        painter.setPen(QPen(colours.colour("playhead"), 1.5))
        painter.drawLine(QLineF(middle, lane.top(), middle, lane.bottom()))


def _in_shape(source: QRectF, place: QRectF) -> QRectF:
    """Cut a square down to the shape of where it is shown."""
    wide = place.width() / place.height()
    width, height = (
        (source.width(), source.height() / wide)
        if wide > 1
        else (
            source.width() * wide,
            source.height(),
        )
    )
    cut = QRectF(0, 0, width, height)
    cut.moveCenter(source.center())
    return cut
