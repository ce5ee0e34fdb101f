"""Parts of a picture at places between its pixels, quickly enough for every frame of a video.

Moving a picture by part of a pixel is the same small filter at every pixel, once across and once
down, so it need not be resampled point by point: OpenCV's filters take a tenth of the time of its
``warpAffine`` and weigh pixels by the exact distance, which that rounds to 1/32.
"""

from __future__ import annotations

import cv2
import numpy as np
from av.video.frame import VideoFrame

from lipsyncer.arrays import Float64s
from lipsyncer.render.interpolation import Plane, tagged

_SHARPNESS = -0.5
"""Of cubic convolution (Keys, 1981). With this one straight slopes stay straight, so that what is
seen moves as evenly as the crop; OpenCV's -0.75 is sharper, but lets it shake by 1/20 pixel."""
_NEAR = 0.01
"""Pixels from a whole one within which nothing is interpolated."""


def part_of(frame: VideoFrame, corner: Float64s, size: tuple[int, int]) -> VideoFrame:
    """Cut a part out of a picture.

    Parameters
    ----------
    frame
        yuv420p, at least as large as the part.
    corner
        x and y of the part's upper left corner in pixels, not needing to be whole.
    size
        Width and height of the part, both even.

    Returns
    -------
    av.VideoFrame
        yuv420p, tagged as bt709 in video range.
    """
    out = VideoFrame(*size, "yuv420p")
    for plane, into, scale in zip(_planes(frame), _planes(out), (1, 2, 2), strict=True):
        x, y = (float(place) / scale for place in corner)
        into[:] = fetched(plane, x, y, (into.shape[1], into.shape[0]))
    return tagged(out)


def fetched(plane: Plane, x: float, y: float, size: tuple[int, int]) -> Plane:
    """Fetch the part of a plane whose upper left corner lies at x and y, in pixels.

    Between pixels cubic convolution tells the values; beyond the plane its border goes on.

    Parameters
    ----------
    plane
        uint8 (height, width).
    size
        Width and height of the part.
    """
    rows, down, above = _reach(y, size[1], plane.shape[0])
    columns, across, left = _reach(x, size[0], plane.shape[1])
    part = plane[rows, columns]
    kernel = np.outer(down, across)
    if kernel.size > max(kernel.shape):
        part = cv2.sepFilter2D(
            part, -1, across, down, anchor=(1, 1), borderType=cv2.BORDER_REPLICATE
        )
    elif kernel.size > 1:
        anchor = (min(1, len(across) - 1), min(1, len(down) - 1))
        part = cv2.filter2D(part, -1, kernel, anchor=anchor, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(part[above : above + size[1], left : left + size[0]], np.uint8)


def _reach(place: float, length: int, most: int) -> tuple[slice, Float64s, int]:
    """Say which pixels along an axis are needed, how they are weighed, and where the part begins.

    Returns
    -------
    needed
        Pixels of the plane.
    weights
        One for a whole place; four, for the pixel before a place and the three after it.
    begin
        First pixel of the part among those needed.
    """
    whole = round(place)
    if abs(place - whole) < _NEAR:
        whole = min(max(whole, 0), most - length)
        return slice(whole, whole + length), np.ones(1), 0
    whole = int(np.floor(place))
    first = max(whole - 1, 0)
    return slice(first, min(whole + length + 2, most)), _weights(place - whole), whole - first


def _weights(share: float) -> Float64s:
    """Weights of the pixels at -1, 0, 1 and 2 for a place between those at 0 and 1."""
    a, d = _SHARPNESS, np.array([1 + share, share, 1 - share, 2 - share])
    near = ((a + 2) * d - (a + 3)) * d * d + 1
    far = ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
    weights = np.where(d <= 1, near, far)
    return np.asarray(weights / weights.sum(), np.float64)


def _planes(frame: VideoFrame) -> list[Plane]:
    """Views of a picture's planes, without copying it."""
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, -1)[:, : plane.width]
        for plane in frame.planes
    ]
