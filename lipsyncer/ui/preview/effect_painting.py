"""The picture's effects as the export will have them: mirrored, without colour, fading."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QImage, QPainter

from lipsyncer.render.effects import EffectSettings


def without_colour(image: QImage) -> QImage:
    """Weigh the three colours alike, as moviepy does."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    assert bits is not None
    lines = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
    lines = lines.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    grey = lines.reshape(image.height(), image.width(), 3).sum(axis=2, dtype=np.uint16) // 3
    size, kind = (image.width(), image.height()), QImage.Format.Format_Grayscale8
    return QImage(grey.astype(np.uint8).tobytes(), *size, image.width(), kind).copy()


def darkness(effects: EffectSettings, span: tuple[float, float], song_time: float) -> float:
    """Give how far the picture has faded to black, 0 to 1.

    Parameters
    ----------
    span
        Seconds of the song that are exported.
    """
    light = 1.0
    for seconds, into in (
        (effects.fade_in, song_time - span[0]),
        (effects.fade_out, span[1] - song_time),
    ):
        if seconds > 0:
            light *= min(max(into / seconds, 0.0), 1.0)
    return 1 - light


def mirror_about(painter: QPainter, room: QRectF) -> None:
    """Have a painter change left and right about the middle of a room."""
    painter.translate(2 * room.center().x(), 0)
    painter.scale(-1, 1)


def mirrored_in(place: QRectF, around: QRectF) -> QRectF:
    """Give where a place comes to lie when what is around it is mirrored."""
    corner = QPointF(around.left() + around.right() - place.right(), place.top())
    return QRectF(corner, place.size())
