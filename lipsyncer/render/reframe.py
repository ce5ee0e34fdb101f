"""Which part of a take is shown in an output of another shape: a crop that follows the face.

A face that moves a little is let move; only when it would leave the middle does the crop follow,
as a camera on a tripod would. The shortest path through the tube of positions that keep the face
in the middle is the taut string (Davies and Kovac, 2001): it stands still as long as it can, and
where it must move it moves evenly. Rounded at its corners it starts and stops gently. Footage that
is cut gets a path of its own on each side of the cut, so that the crop cuts and does not pan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.ndimage import gaussian_filter1d, median_filter

from lipsyncer.arrays import Booleans, Float64s
from lipsyncer.render.presets import SafeZone

Size = tuple[int, int]

EYES = 1 / 3
"""Where the eyes belong, as a share of the output's height from the top."""

_EYES_ABOVE_MOUTH = 1.0
_HEAD_ABOVE_MOUTH, _CHIN_BELOW_MOUTH, _HALF_FACE = 2.0, 0.9, 1.1
"""Of a grown-up's face, in distances between the eyes."""

_FREE = 0.06
"""Share of the crop's side by which the face may stray from its place before the crop follows."""
_ROUNDING = 0.35  # s; standard deviation with which the path's corners are rounded
_OUTLIERS = 0.5  # s; shorter leaps of the face finder are not followed
_JUMP = 0.1  # s; a larger step of the footage is a cut


@dataclass(frozen=True)
class Faces:
    """Where the singer's face is in a take.

    Attributes
    ----------
    times
        (n,) seconds of the take, growing.
    x, y
        (n,) middle of the mouth, in shares of the picture's width and height.
    eyes
        (n,) distance between the eyes, in shares of the picture's height.
    """

    times: Float64s
    x: Float64s
    y: Float64s
    eyes: Float64s


def scaled_size(source: Size, output: Size) -> Size:
    """Size in which a source just fills the output: even, and nowhere smaller than it."""
    scale = max(output[0] / source[0], output[1] / source[1])
    width, height = (round(side * scale / 2) * 2 for side in source)
    return max(width, output[0]), max(height, output[1])


def crop_path(
    sources: Float64s,
    rate: float,
    source: Size,
    output: Size,
    faces: Faces | None,
    zone: SafeZone | None = None,
) -> Float64s:
    """Find the upper left corner of the crop for each output frame.

    Parameters
    ----------
    sources
        (n,) moment of the take in seconds that each output frame shows.
    rate
        Output frames per second.
    source, output
        Width and height of the take and of the output.
    faces
        Where the face is; the middle is shown where it is None or nothing was seen.
    zone
        What the platform covers, which the mouth keeps clear of where that is possible.

    Returns
    -------
    (n, 2) x and y in pixels of the take scaled to `scaled_size`. Even whole numbers as long as the
    crop stands still, so that the picture is not resampled then.
    """
    width, height = scaled_size(source, output)
    most = np.array([width - output[0], height - output[1]], dtype=np.float64)
    path = np.tile(np.floor(most / 4) * 2, (len(sources), 1))
    if faces is None or len(faces.times) == 0:
        return path
    for first, stop in shots(sources, rate):
        part = sources[first:stop]
        wanted, radius = _wanted(part, rate, (width, height), output, faces, zone)
        for axis in range(2):
            if most[axis] > 0:
                path[first:stop, axis] = _followed(
                    wanted[:, axis], radius[axis], float(most[axis]), rate
                )
    return path


def shots(sources: Float64s, rate: float) -> Iterator[tuple[int, int]]:
    """Split output frames where the footage jumps: (first, one past the last)."""
    steps = np.diff(sources)
    cuts = np.flatnonzero((steps < -_JUMP) | (steps > 1 / rate + _JUMP)) + 1
    borders = [0, *cuts.tolist(), len(sources)]
    yield from pairwise(borders)


def face_inside(
    corner: Float64s, sources: Float64s, source: Size, output: Size, faces: Faces
) -> Booleans:
    """Whether the whole face lies in the crop at each output frame: forehead, chin and cheeks."""
    width, height = scaled_size(source, output)
    x, y, eyes = _seen(sources, faces)
    x, y, eyes = x * width, y * height, eyes * height
    left, top = corner[:, 0], corner[:, 1]
    across = (x - _HALF_FACE * eyes >= left) & (x + _HALF_FACE * eyes <= left + output[0])
    down = (y - _EYES_ABOVE_MOUTH * 1.5 * eyes >= top) & (
        y + _CHIN_BELOW_MOUTH * eyes <= top + output[1]
    )
    return across & down


def _seen(sources: Float64s, faces: Faces) -> tuple[Float64s, Float64s, Float64s]:
    x, y, eyes = (
        np.interp(sources, faces.times, values) for values in (faces.x, faces.y, faces.eyes)
    )
    return x, y, eyes


def _wanted(
    sources: Float64s, rate: float, scaled: Size, output: Size, faces: Faces, zone: SafeZone | None
) -> tuple[Float64s, tuple[float, float]]:
    """Give the corners (n, 2) that would put the face in its place, and how far off they may be."""
    x, y, eyes = _seen(sources, faces)
    window = max(1, round(_OUTLIERS * rate)) | 1
    x, y, eyes = (median_filter(values, window, mode="nearest") for values in (x, y, eyes))
    x, y, eyes = x * scaled[0], y * scaled[1], eyes * scaled[1]
    left = x - output[0] / 2
    top = y - _EYES_ABOVE_MOUTH * eyes - EYES * output[1]
    # A large face needs room for its chin, and a tall one for its head.
    top = np.maximum(top, y + _CHIN_BELOW_MOUTH * eyes - output[1])
    top = np.minimum(top, np.maximum(y - _HEAD_ABOVE_MOUTH * eyes, top - output[1] * _FREE))
    radius = (_FREE * output[0], _FREE * output[1])
    if zone is not None:
        # Both ends of the tube have to keep the mouth clear of what is covered.
        for corner, place, side, before, after, free in (
            (left, x, output[0], zone.left, zone.right, radius[0]),
            (top, y, output[1], zone.top, zone.bottom, radius[1]),
        ):
            lowest, highest = place - (1 - after) * side + free, place - before * side - free
            np.clip(corner, lowest, np.maximum(lowest, highest), out=corner)
    return np.stack([left, top], axis=1), radius


def _followed(wanted: Float64s, radius: float, most: float, rate: float) -> Float64s:
    """Follow wanted positions as lazily as the radius allows, within 0 to ``most``."""
    lower = np.clip(wanted - radius, 0.0, most)
    upper = np.clip(wanted + radius, 0.0, most)
    path = taut_string(lower, upper)
    rounded = gaussian_filter1d(path, _ROUNDING * rate, mode="nearest", truncate=3.0)
    still = np.abs(rounded - path) < 0.02
    return np.clip(np.where(still, path, rounded), 0.0, most)


def taut_string(lower: Float64s, upper: Float64s) -> Float64s:
    """Find the shortest path between two curves, free at both ends (Davies and Kovac, 2001).

    Parameters
    ----------
    lower, upper
        (n,) with ``lower <= upper``.

    Returns
    -------
    (n,) within the curves to two pixels: its corners lie on even whole numbers.
    """
    count = len(lower)
    # As long as one height serves, stand there; it is the nearest to the middle that does.
    low, high = np.maximum.accumulate(lower), np.minimum.accumulate(upper)
    together = int(np.argmax(low > high)) if np.any(low > high) else count
    bottom, top = low[together - 1], high[together - 1]
    at, height = 0, _even(float(np.clip((lower[0] + upper[0]) / 2, bottom, top)))
    if together == count:
        return np.full(count, height)
    # It will have to go up or down; so much the better to stand on that side at first.
    height = _even(float(top if lower[together] > top else bottom))
    path = np.empty(count)
    path[0] = height
    while at < count - 1:
        steps = np.arange(1, count - at)
        # A pixel of play, since corners are rounded to even numbers.
        to_lower = (lower[at + 1 :] - 1.0 - height) / steps
        to_upper = (upper[at + 1 :] + 1.0 - height) / steps
        least, most = np.maximum.accumulate(to_lower), np.minimum.accumulate(to_upper)
        stuck = np.flatnonzero(least > most)
        end = int(stuck[0]) if len(stuck) else len(steps)
        if not len(stuck) and least[-1] <= 0 <= most[-1]:
            path[at + 1 :] = height
            break
        # It bends around the curve that lies in the way of where it has to go.
        upwards = to_lower[end] > most[end - 1] if len(stuck) else least[-1] > 0
        around_upper = upwards if len(stuck) else not upwards
        touch = int(np.argmin(to_upper[:end]) if around_upper else np.argmax(to_lower[:end]))
        target = _even(float((upper if around_upper else lower)[at + 1 + touch]))
        path[at + 1 : at + 2 + touch] = np.linspace(height, target, touch + 2)[1:]
        at, height = at + 1 + touch, target
    return path


def _even(value: float) -> float:
    return round(value / 2) * 2.0
