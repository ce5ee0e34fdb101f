"""The song's outline, tinted where a voice sings."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QImage, QPainter

from lipsyncer.media.peaks import Peaks
from lipsyncer.ui import theme
from lipsyncer.ui.timeline.geometry import Geometry

Floats = npt.NDArray[np.float32]

_SUNG = 0.5
"""Share of a voice from which on the outline is tinted."""


def outline(
    peaks: Peaks,
    voice: Floats | None,
    rate: float,
    span: tuple[float, float],
    size: tuple[int, int],
    colours: tuple[str, str],
) -> QImage:
    """Draw an outline as a picture with a clear ground.

    Parameters
    ----------
    peaks
        Of the song.
    voice
        (n,) how much a voice sings, 0 to 1, ``rate`` values per second; None where not known.
    span
        First and last song time (s) of the picture.
    size
        Its width and height in pixels.
    colours
        Of the outline, and of it where a voice sings.
    """
    width, height = size
    loudest = max(float(np.abs(peaks.levels[-1]).max(initial=0.0)), 1e-3)
    edges = peaks.between(*span, width) / loudest
    middle = (height - 1) / 2
    top = np.minimum(np.floor(middle - edges[:, 1] * middle), np.floor(middle))
    bottom = np.maximum(np.ceil(middle - edges[:, 0] * middle), np.ceil(middle))
    rows = np.arange(height)[:, None]
    ink = (rows >= top[None, :]) & (rows <= bottom[None, :])
    times = np.linspace(*span, width, endpoint=False) + (span[1] - span[0]) / width / 2
    inside = (times >= 0) & (times < peaks.duration)
    sung = np.zeros(width, bool)
    if voice is not None and len(voice):
        at = np.clip((times * rate).astype(np.int64), 0, len(voice) - 1)
        sung = voice[at] > _SUNG
    plain, tinted = (np.uint32(QColor(colour).rgba()) for colour in colours)
    pixels = np.where(ink & inside[None, :], np.where(sung[None, :], tinted, plain), np.uint32(0))
    picture = np.ascontiguousarray(pixels.astype(np.uint32))
    image = QImage(picture.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32)
    return image.copy()


def paint_waveform(
    painter: QPainter, geometry: Geometry, lane: QRectF, peaks: Peaks, voice: Floats | None
) -> None:
    """Draw the stretch in view into a lane."""
    ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0  # type: ignore[union-attr]
    colours = theme.theme()
    size = (max(1, round(lane.width() * ratio)), max(1, round(lane.height() * ratio)))
    span = (geometry.time(lane.left()), geometry.time(lane.right()))
    image = outline(peaks, voice, 25.0, span, size, (colours.waveform, colours.vocals))
    painter.drawImage(lane, image)


@lru_cache(maxsize=4)
def whole_song(peaks: Peaks, width: int, height: int, colour: str) -> QImage:
    """Draw the whole song, for the minimap; kept, as it seldom changes."""
    return outline(peaks, None, 25.0, (0.0, peaks.duration), (width, height), (colour, colour))
