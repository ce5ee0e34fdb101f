"""The window's icons, drawn in the colours of the theme.

The pictures are ``assets/icons/*.svg``: strokes on a 24 by 24 grid in ``currentColor``.
"""

from __future__ import annotations

from functools import cache

from PyQt6.QtCore import QByteArray, QRectF, Qt
from PyQt6.QtGui import QIcon, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer

from lipsyncer.resources import resource
from lipsyncer.ui.style.theme import theme

_SIZE = 24
_SCALE = 3
"""Pixels drawn for one device-independent pixel: enough for the densest screens."""


def icon(name: str, colour: str = "text") -> QIcon:
    """Draw an icon in a colour of the theme in use.

    Parameters
    ----------
    name
        File name in ``assets/icons`` without its ending.
    colour
        A field of ``theme.Theme``.
    """
    result = QIcon()
    result.addPixmap(pixmap(name, colour), QIcon.Mode.Normal)
    result.addPixmap(pixmap(name, "gap"), QIcon.Mode.Disabled)
    return result


def pixmap(name: str, colour: str = "text", size: int = _SIZE) -> QPixmap:
    """Draw an icon as a picture of ``size`` device-independent pixels."""
    drawing = _drawing(name).replace("currentColor", getattr(theme(), colour))
    picture = QPixmap(size * _SCALE, size * _SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    side = float(size * _SCALE)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(_SCALE)
    return picture


@cache
def _drawing(name: str) -> str:
    return resource("assets", f"icons/{name}.svg").read_text(encoding="utf-8")
