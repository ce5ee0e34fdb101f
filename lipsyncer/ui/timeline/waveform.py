"""The song's outline, tinted where a voice sings."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QImage, QPainter

from lipsyncer.arrays import Booleans, Float32s, UInt8s
from lipsyncer.media.peaks import Peaks
from lipsyncer.ui.style import theme
from lipsyncer.ui.timeline.geometry import Geometry

_SUNG = 0.5
"""Share of a voice from which on the outline is tinted."""
_BREATH = 0.25
"""Seconds of silence within a line of song that are tinted like the line."""
_CORE = 0.55
"""Share of the outline that is drawn in full; around it, where only peaks reach, it is pale."""
_PALE = 0.55


def singing(voice: Float32s, rate: float) -> Booleans:
    """Where a voice sings, without the flicker of single syllables.

    Parameters
    ----------
    voice
        (n,) how much a voice sings, 0 to 1, ``rate`` values per second.

    Returns
    -------
    bool (n,).
    """
    sung = np.concatenate([[False], voice > _SUNG, [False]])
    edges = np.flatnonzero(sung[1:] != sung[:-1])
    ends, starts = edges[1:-1:2], edges[2::2]
    whole = sung[1:-1].copy()
    for end, start in zip(ends, starts, strict=True):
        if start - end <= _BREATH * rate:
            whole[end:start] = True
    return whole


def outline(
    peaks: Peaks,
    sung: Booleans | None,
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
    sung
        (n,) where a voice sings, ``rate`` values per second; None where not known.
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
    times = np.linspace(*span, width, endpoint=False) + (span[1] - span[0]) / width / 2
    inside = (times >= 0) & (times < peaks.duration)
    # Index of each pixel's colour: nothing, pale, full; and the same again where a voice sings.
    index = np.zeros((height, width), np.uint8)
    rows = np.arange(height, dtype=np.float32)[:, None] - (height - 1) / 2
    for share in (1.0, _CORE):
        up = np.maximum(edges[:, 1] * share * (height - 1) / 2, 0.5)
        down = np.minimum(edges[:, 0] * share * (height - 1) / 2, -0.5)
        index += (rows >= -up) & (rows <= -down) & inside
    if sung is not None and len(sung):
        at = np.clip((times * rate).astype(np.int64), 0, len(sung) - 1)
        index += np.where(sung[at], np.uint8(2), np.uint8(0)) * (index > 0)
    return _picture(index, colours)


def _picture(index: UInt8s, colours: tuple[str, str]) -> QImage:
    height, width = index.shape
    wide = np.zeros((height, -(-width // 4) * 4), np.uint8)  # rows of a QImage are whole words
    wide[:, :width] = index
    shape = QImage.Format.Format_Indexed8
    image = QImage(wide.tobytes(), width, height, wide.shape[1], shape)
    table = [QColor(0, 0, 0, 0).rgba()]
    for name in colours:
        colour = QColor(name)
        colour.setAlphaF(_PALE)
        table += [colour.rgba(), QColor(name).rgba()]
    image.setColorTable(table)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class Waveform:
    """The song's lane, which draws its outline anew only when something about it is new."""

    def __init__(self) -> None:
        self._peaks: Peaks | None = None
        self._sung: Booleans | None = None
        self._rate = 1.0
        self._image = QImage()
        self._of: object = None

    def show(self, peaks: Peaks | None, voice: Float32s | None, rate: float) -> None:
        """Show another song, and where a voice sings in it."""
        self._peaks = peaks
        self._sung = singing(voice, rate) if voice is not None else None
        self._rate = rate
        self._of = None

    def paint(self, painter: QPainter, geometry: Geometry) -> None:
        """Draw the stretch in view."""
        colours, lane = theme.theme(), geometry.waveform
        painter.fillRect(lane, colours.colour("panel"))
        if self._peaks is None:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        size = (max(1, round(lane.width() * ratio)), max(1, round(lane.height() * ratio)))
        span = (geometry.time(lane.left()), geometry.time(lane.right()))
        if self._of != (span, size, colours.name):
            tints = (colours.waveform, colours.vocals)
            self._image = outline(self._peaks, self._sung, self._rate, span, size, tints)
            self._of = (span, size, colours.name)
        painter.drawImage(QRectF(lane), self._image)


@lru_cache(maxsize=4)
def whole_song(peaks: Peaks, width: int, height: int, colour: str) -> QImage:
    """Draw the whole song, for the minimap; kept, as it seldom changes."""
    return outline(peaks, None, 1.0, (0.0, peaks.duration), (width, height), (colour, colour))
