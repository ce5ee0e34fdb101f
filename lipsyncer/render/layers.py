"""Pixels of composed pictures: cropped, enlarged, and laid over black or blur."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from lipsyncer.arrays import Float64s
from lipsyncer.render.framing import View
from lipsyncer.render.interpolation import packed, planes, tagged
from lipsyncer.render.subpixel import fetched, part_of

Rgb = NDArray[np.uint8]
Plane = NDArray[np.uint8]
Size = tuple[int, int]

_BLUR = 8
"""Times smaller in which a background is blurred."""
_MARGIN = 3
"""Pixels around a part that its enlargement looks at."""
_DIMMED = 0.6
"""Of its brightness that a background keeps, so that the picture stands out."""


def cropped(frame: VideoFrame, corner: Float64s, scaled: Size, size: Size) -> VideoFrame:
    """Show the part of a picture that begins at a corner.

    The picture is scaled as a whole, and shown as it is where the crop stands on whole pixels;
    while it moves, the pixels between are interpolated, so that it does not move in steps.

    Parameters
    ----------
    corner
        (2,) pixels of the picture scaled to ``scaled``.
    size
        Width and height of the result.
    """
    return part_of(frame.reformat(*scaled, interpolation="BICUBIC"), corner, size)


def zoomed(frame: VideoFrame, view: View, size: Size) -> VideoFrame:
    """Show a part of a picture in another size, from the pixels that were filmed.

    Where these are finer than the result's they are brought down to its scale, else the result's
    pixels are interpolated between them, in one step either way.
    """
    source = (frame.width & ~1, frame.height & ~1)
    enlarged = _even(size[0] / view.width), _even(size[1] / view.height)
    if enlarged[0] <= source[0]:
        corner = np.array([view.left * enlarged[0], view.top * enlarged[1]])
        most = np.array([enlarged[0] - size[0], enlarged[1] - size[1]], np.float64)
        return cropped(frame, np.clip(corner, 0.0, most), enlarged, size)
    whole = packed(frame.reformat(*source, interpolation="BICUBIC"))
    out = np.empty((size[1] * 3 // 2, size[0]), np.uint8)
    for part, into in zip(planes(whole, source), planes(out, size), strict=True):
        rows, columns = part.shape
        height, width = into.shape
        steps = (view.width * columns / width, view.height * rows / height)
        into[:] = _enlarged(part, (width, height), steps, (view.left * columns, view.top * rows))
    return tagged(VideoFrame.from_ndarray(out, format="yuv420p"))


def on_blur(picture: Rgb, size: Size, view: View | None = None) -> Rgb:
    """Lay a whole picture over itself, enlarged, blurred and darkened.

    Parameters
    ----------
    view
        Where the frame lies; about the picture's middle by default.
    """
    width, height = size
    fill = max(width / picture.shape[1], height / picture.shape[0])
    fit = min(width / picture.shape[1], height / picture.shape[0])
    # Blurred when small, which is as good and much quicker.
    small = cv2.resize(
        picture, None, fx=fill / _BLUR, fy=fill / _BLUR, interpolation=cv2.INTER_AREA
    )
    small = cv2.GaussianBlur(small, (0, 0), 3.0)
    rows, columns = height // _BLUR, width // _BLUR
    top, left = (small.shape[0] - rows) // 2, (small.shape[1] - columns) // 2
    middle = small[max(top, 0) : max(top, 0) + rows, max(left, 0) : max(left, 0) + columns]
    back = cv2.resize(middle, size, interpolation=cv2.INTER_CUBIC)
    back = np.asarray(cv2.convertScaleAbs(back, alpha=_DIMMED), np.uint8)
    if view is not None:
        return _laid(back, picture, view)
    fitted = (min(round(picture.shape[1] * fit), width), min(round(picture.shape[0] * fit), height))
    front = _resized(picture, fitted)
    top, left = (height - fitted[1]) // 2, (width - fitted[0]) // 2
    back[top : top + fitted[1], left : left + fitted[0]] = front
    return back


def on_black(picture: Rgb, size: Size, view: View) -> Rgb:
    """Lay a whole picture over black."""
    return _laid(np.zeros((size[1], size[0], 3), np.uint8), picture, view)


def rounded(picture: NDArray[Any]) -> Rgb:
    """Give a picture of 0 to 255 in whole numbers; some of moviepy's effects make fractions."""
    if picture.dtype == np.uint8:
        return picture
    return np.asarray(np.clip(np.rint(picture), 0, 255), np.uint8)


def for_encoder(picture: Rgb) -> VideoFrame:
    """Convert a composed picture to yuv420p, bt709, limited range."""
    return VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, interpolation="BICUBIC"
    )


def _laid(back: Rgb, picture: Rgb, view: View) -> Rgb:
    """Lay what the frame shows of a picture over a background of the frame's size, in place."""
    height, width = back.shape[:2]
    front = _resized(picture, (round(width / view.width), round(height / view.height)))
    left, top = round(-view.left * front.shape[1]), round(-view.top * front.shape[0])
    x, y = max(left, 0), max(top, 0)
    part = front[y - top : height - top, x - left : width - left]
    back[y : y + part.shape[0], x : x + part.shape[1]] = part
    return back


def _resized(picture: Rgb, size: Size) -> Rgb:
    method = cv2.INTER_AREA if size[0] < picture.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8)


def _enlarged(
    plane: Plane, size: Size, steps: tuple[float, float], edge: tuple[float, float]
) -> Plane:
    """Enlarge the part of a plane that begins at an edge (x, y), by so many pixels for one.

    It is enlarged from a whole pixel on, and moved by the rest where pixels are finer.
    """
    parts = []
    for place, step, length, most in zip(edge, steps, size, plane.shape[::-1], strict=True):
        first, last = int(place) - _MARGIN, int(place + step * length) + 1 + _MARGIN
        parts.append((max(first, 0), min(last, most), max(-first, 0), max(last - most, 0)))
    (left, right, before, after), (top, bottom, above, below) = parts
    part = cv2.copyMakeBorder(
        plane[top:bottom, left:right], above, below, before, after, cv2.BORDER_REPLICATE
    )
    enlarged = cv2.resize(
        part, None, fx=1 / steps[0], fy=1 / steps[1], interpolation=cv2.INTER_CUBIC
    )
    x, y = ((p - int(p) + _MARGIN) / step for p, step in zip(edge, steps, strict=True))
    return fetched(np.asarray(enlarged, np.uint8), x, y, size)


def _even(side: float) -> int:
    return round(side / 2) * 2
