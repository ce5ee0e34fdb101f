"""What a widget shows, as numbers."""

from __future__ import annotations

import numpy as np
from PyQt6.QtGui import QImage


def pixels(image: QImage) -> np.ndarray:
    """Give the pixels of an image, uint8 (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
    rows = rows.reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
