"""Blinking of the demo's portrait."""

from __future__ import annotations

import cv2
import numpy as np

from lipsyncer.arrays import UInt8s
from lipsyncer.demo.mouth_shapes import face_units

# Outer or inner corner, upper lid, other corner, lower lid of each eye of assets/portrait.jpg, as
# mediapipe's FaceMesh finds them (pixels).
EYES = (
    ((195.0, 100.8), (202.7, 97.5), (213.3, 103.6), (203.3, 104.2)),
    ((237.0, 104.9), (248.3, 99.7), (255.7, 104.2), (246.6, 106.7)),
)
_LID_HEIGHT = 8.0  # face units of skin above the eye that stretch over it


class Eye:
    """One eye of the still picture.

    Parameters
    ----------
    outline
        Left corner, upper lid, right corner and lower lid in pixels of the picture.
    origin, scale
        Where face units lie on the enlarged picture: pixel = origin + scale * unit.
    """

    def __init__(
        self,
        outline: tuple[tuple[float, float], ...],
        origin: tuple[float, float],
        scale: float,
    ) -> None:
        left, upper, right, lower = face_units(outline) * scale + np.array(origin)
        middle, reach = (left[0] + right[0]) / 2, (right[0] - left[0]) / 2 * 1.1
        columns = np.arange(int(middle - reach), int(middle + reach) + 1)
        rows = np.arange(int(upper[1] - _LID_HEIGHT * scale), int(lower[1] + 2 * scale))
        self._window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        share = np.clip((columns - middle) / reach, -1.0, 1.0)
        corners = np.interp(columns, (left[0], right[0]), (left[1], right[1]))
        arch = np.sqrt(1.0 - share**2)
        self._open_edge = corners + (upper[1] - (left[1] + right[1]) / 2) * arch
        self._closed_edge = corners + (lower[1] - (left[1] + right[1]) / 2) * arch
        self._x = np.broadcast_to(columns.astype(np.float32), (len(rows), len(columns)))
        self._y = rows.astype(np.float64)[:, None]

    def close(self, picture: UInt8s, still: UInt8s, share: float) -> None:
        """Draw the eye into `picture`, closed by a share from 0 (as in `still`) to 1."""
        if share < 0.01:
            return
        edge = self._open_edge + share * (self._closed_edge - self._open_edge)
        top = self._y[0]
        # The lid's skin stretches down to its edge; below it the eye stays as it is.
        stretched = top + (self._y - top) * (self._open_edge - top) / (edge - top)
        rows = np.where(self._y < edge, stretched, self._y).astype(np.float32)
        picture[self._window] = cv2.remap(still, self._x, rows, cv2.INTER_LINEAR)
