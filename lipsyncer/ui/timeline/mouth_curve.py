"""How far the mouth is open, over the song: where it was filmed, and where it is shown now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF

from lipsyncer.arrays import Float32s, Float64s, Indices
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features import GRID_RATE
from lipsyncer.ui.style import theme
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.ruler import small_font

LEAST_SCALE = 12.0
"""Pixels of a second below which syllables run into one another, and no curve is drawn."""
_STEP = 1.5
"""Pixels between two points of a curve, at least."""
_THIN = [(0.0, 0.0)]
_BOLD = [(0.6, 0.0), (0.0, 0.6), (-0.6, 0.0), (0.0, -0.6)]
_RIM = [
    (1.6, 0.0),
    (1.1, 1.1),
    (0.0, 1.6),
    (-1.1, 1.1),
    (-1.6, 0.0),
    (-1.1, -1.1),
    (0.0, -1.6),
    (1.1, -1.1),
]
"""Where hairlines lie beside one another to make a thicker one, pixels to the right and down: Qt
takes a hundred times as long over one that is as thick."""
_ROOM = 3
"""Pixels that a curve keeps from the edges of its lane."""


def openings_at(openings: Sequence[Float32s], takes: Indices, sources: Float64s) -> Float64s:
    """Give how far the mouth is open at moments of takes.

    Parameters
    ----------
    openings
        Of each take (n,), 0 to 1, on the analysis grid; NaN where it is not seen.
    takes, sources
        (k,) indices of takes, and seconds of them.

    Returns
    -------
    (k,) 0 to 1; NaN where no mouth is seen, or outside of the take.
    """
    result = np.full(len(sources), np.nan)
    for take, opening in enumerate(openings):
        here = np.flatnonzero(takes == take)
        if len(opening) > 1 and len(here):
            grid = np.arange(len(opening)) / GRID_RATE
            result[here] = np.interp(sources[here], grid, opening, left=np.nan, right=np.nan)
    return result


def paint_curves(
    painter: QPainter,
    lane: QRectF,
    span: tuple[float, float],
    time_map: TimeMap,
    openings: Sequence[Float32s],
) -> None:
    """Draw both curves over a stretch of the song.

    Parameters
    ----------
    lane
        Where to; a closed mouth lies at its foot.
    span
        First and last song time (s) of the lane.
    time_map
        Of the cut.
    openings
        As for ``openings_at``.
    """
    first, last = max(span[0], time_map.span[0]), min(span[1], time_map.span[1])
    scale = lane.width() / (span[1] - span[0])
    if last <= first:
        return
    step = max(_STEP / scale, 1 / GRID_RATE)
    times = np.arange(first, last, step)
    takes, sources = time_map.sources_at(times)
    colours = theme.theme()
    x = lane.left() + (times - span[0]) * scale
    thin = _lines(lane, x, openings_at(openings, takes, times))
    bold = _lines(lane, x, openings_at(openings, takes, sources))
    for lines, colour, beside in (
        (thin, colours.colour("text", 0.55), _THIN),
        (bold, colours.colour("panel", 0.35), _RIM),
        (bold, colours.colour("selection"), _BOLD),
    ):
        _draw(painter, lines, colour, beside)


def paint_legend(painter: QPainter, lane: QRectF) -> None:
    """Say which curve is which, at the lane's upper right."""
    colours = theme.theme()
    painter.setFont(small_font(painter, theme.CAPTION - 1))
    metrics = painter.fontMetrics()
    parts = (
        (
            QCoreApplication.translate("MouthCurve", "mouth as filmed"),
            colours.colour("text", 0.55),
            _THIN,
        ),
        (
            QCoreApplication.translate("MouthCurve", "mouth now"),
            colours.colour("selection"),
            _BOLD,
        ),
    )
    widths = [theme.L + theme.XS + metrics.horizontalAdvance(text) for text, *_ in parts]
    width = sum(widths) + (len(parts) + 1) * theme.S
    if width > lane.width() / 2:
        return
    plate = QRectF(lane.right() - width, lane.top(), width, metrics.height() + theme.XS)
    painter.fillRect(plate, colours.colour("panel", 0.8))
    left, middle = plate.left() + theme.S, plate.center().y()
    for (text, colour, beside), wide in zip(parts, widths, strict=True):
        line = QPolygonF([QPointF(left, middle), QPointF(left + theme.L, middle)])
        _draw(painter, [line], colour, beside)
        painter.setPen(colours.colour("text"))
        place = QRectF(left + theme.L + theme.XS, plate.top(), wide, plate.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        left += wide + theme.S


def paint_over_song(
    painter: QPainter, geometry: Geometry, time_map: TimeMap, openings: Sequence[Float32s]
) -> None:
    """Draw the curves in the song's lane, where it is zoomed in far enough."""
    if geometry.scale < LEAST_SCALE or not any(len(opening) > 1 for opening in openings):
        return
    lane = geometry.waveform.adjusted(0, _ROOM, 0, -_ROOM)
    painter.save()
    painter.setClipRect(lane)
    span = (geometry.time(lane.left()), geometry.time(lane.right()))
    paint_curves(painter, lane, span, time_map, openings)
    painter.restore()
    paint_legend(painter, lane)


def _lines(lane: QRectF, x: Float64s, opening: Float64s) -> list[QPolygonF]:
    """Join the points that are known, with breaks where the mouth is not seen."""
    y = lane.bottom() - opening * lane.height()
    known = np.isfinite(y)
    breaks = np.flatnonzero(np.diff(known)) + 1
    parts = zip(*(np.split(values, breaks) for values in (known, x, y)), strict=True)
    return [
        QPolygonF(map(QPointF, left.tolist(), top.tolist()))
        for seen, left, top in parts
        if len(seen) and seen[0]
    ]


def _draw(
    painter: QPainter,
    lines: Sequence[QPolygonF],
    colour: QColor,
    beside: Sequence[tuple[float, float]],
) -> None:
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    for right, down in beside:
        painter.translate(right, down)
        for line in lines:
            painter.drawPolyline(line)
        painter.translate(-right, -down)
