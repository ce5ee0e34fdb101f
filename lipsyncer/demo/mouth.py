"""Moving the mouth of the demo's portrait: where every pixel of a new mouth comes from.

Everything here is in *face units*: pixels of the shipped picture, turned upright, relative to
the middle between the corners of the mouth, x to the right and y down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]

# Lip contours of assets/portrait.jpg as mediapipe's FaceMesh (refined landmarks) finds them, in
# pixels from the left corner of the mouth to the right one; tests/demo holds them to it.
OUTER_UPPER = (
    (201.9, 139.2), (204.2, 139.0), (207.4, 139.0), (211.5, 139.0), (217.4, 139.1), (224.0, 140.3),
    (230.5, 139.6), (236.5, 139.8), (240.4, 140.1), (243.4, 140.3), (245.5, 140.8),
)  # fmt: skip
INNER_UPPER = (
    (203.4, 139.9), (206.1, 140.2), (209.3, 140.7), (213.2, 141.5), (218.0, 142.3), (223.9, 143.1),
    (229.8, 142.8), (234.5, 142.1), (238.3, 141.7), (241.4, 141.4), (243.9, 141.3),
)  # fmt: skip
INNER_LOWER = (
    (203.4, 139.9), (206.6, 143.3), (209.2, 145.6), (213.0, 147.7), (217.7, 149.3), (223.4, 150.0),
    (229.1, 149.7), (233.7, 148.4), (237.6, 146.5), (240.3, 144.5), (243.9, 141.3),
)  # fmt: skip
OUTER_LOWER = (
    (201.9, 139.2), (204.1, 143.5), (207.0, 147.5), (211.3, 151.2), (216.7, 153.6), (223.3, 154.6),
    (229.7, 154.2), (235.3, 152.2), (239.8, 148.8), (243.0, 144.9), (245.5, 140.8),
)  # fmt: skip
CENTRE = (223.7, 140.3)
ROLL_DEGREES = 2.1
"""How far the face leans: the line through the corners of the mouth falls to the right."""

# Extent of what moves, in face units.
LEFT, RIGHT, TOP, BOTTOM = -52.0, 52.0, -26.0, 74.0

_HALF_WIDTH = 21.8  # of the smile in the picture
_INNER_SHARE = 0.94  # of the mouth's width that opens
_CHIN = 37.0
_NOSE = -7.5
_WIDEST_GAP = 19.0
_SOFTNESS = 0.6  # of the lips' edges: the picture is no sharper
_CLOSED_SEAM = 5.2  # where the lips of the relaxed face meet, below the smile's corners


@dataclass(frozen=True)
class Shape:
    """One lip shape: see `lipsyncer.demo.articulation.Lips`; here all four are plain floats."""

    opening: float
    spread: float
    rounding: float
    jaw: float


@dataclass(frozen=True, eq=False)
class MouthMap:
    """Where the pixels of a moved mouth come from.

    Parameters
    ----------
    x, y
        (h, w) place in the still picture, in face units, of every pixel.
    inside
        (h, w) how much of the pixel lies between the lips, 0 to 1.
    lips
        (h, w) how much of the pixel is lip, 0 to 1.
    upper, lower
        (h, w) face units below the upper lip and above the lower one (negative: on the lip).
    """

    x: Array
    y: Array
    inside: Array
    lips: Array
    upper: Array
    lower: Array


class MouthWarp:
    """Computes `MouthMap` for one grid of pixels.

    Parameters
    ----------
    xs, ys
        (w,) and (h,) face units of the grid's columns and rows.
    """

    def __init__(self, xs: Array, ys: Array) -> None:
        self._xs = xs
        self._ys = ys[:, None]
        self._pixel = float(ys[1] - ys[0])
        self._outer_upper = _profile(OUTER_UPPER)
        self._inner_upper = _profile(INNER_UPPER)
        self._inner_lower = _profile(INNER_LOWER)
        self._outer_lower = _profile(OUTER_LOWER)

    def map(self, shape: Shape) -> MouthMap:
        """Displacement of the lower face for one lip shape.

        The face is taken column by column: nose, upper lip, seam, lower lip, chin and neck are
        knots that move up and down, with smooth steps between them; columns move sideways as the
        mouth narrows or widens. Above the seam a pixel comes from the upper face, below it from
        the lower.
        """
        xs, ys = self._xs, self._ys
        half_width = _HALF_WIDTH * _width(shape)
        place = np.clip(xs / half_width, -1.0, 1.0)  # 0 middle, -1 and 1 the corners
        beyond = np.maximum(np.abs(xs) - half_width, 0.0)
        fade = _ease(1.0 - beyond / (0.92 * RIGHT - half_width))

        source = [p(place) for p in self._knot_profiles()]
        source_outer_upper, source_inner_upper, source_inner_lower, source_outer_lower = source
        upper_edge, lower_edge = self._inner_contours(place, shape)
        thinner = 1.0 - 0.18 * shape.opening
        thick_upper = (1.45 - 0.35 * max(shape.spread, 0.0) + 0.35 * shape.rounding) * thinner
        thick_lower = (1.12 - 0.12 * max(shape.spread, 0.0) + 0.15 * shape.rounding) * thinner
        outer_upper = upper_edge - thick_upper * (source_inner_upper - source_outer_upper)
        outer_lower = lower_edge + thick_lower * (source_outer_lower - source_inner_lower)

        # Upper face: still at the nose, moving with the lip's outer edge at the lip.
        still = _NOSE - 9.0 * _ease((np.abs(xs) - 9.0) / 12.0)
        rise = (outer_upper - source_outer_upper) * fade
        share_upper = _ease((ys - still) / np.maximum(outer_upper - still, 1.0))
        on_lip = np.clip((ys - outer_upper) / np.maximum(upper_edge - outer_upper, 0.05), 0.0, 1.0)
        move = rise + (upper_edge - source_inner_upper - rise) * on_lip * (beyond == 0)
        upper_y = ys - share_upper * move

        # Lower face: the chin drops with the jaw, less so towards the ears; the neck gives way.
        drop = _jaw_drop(shape) * _ease(1.0 - (np.abs(xs) - 14.0) / 36.0)
        chin = _CHIN - 0.011 * xs**2 + drop
        sink = (outer_lower - source_outer_lower) * fade
        on_lip = np.clip((outer_lower - ys) / np.maximum(outer_lower - lower_edge, 0.05), 0.0, 1.0)
        to_chin = _ease((ys - outer_lower) / (chin - outer_lower))
        to_neck = _ease((ys - chin) / (BOTTOM - chin))
        move = sink + (drop - sink) * to_chin - drop * to_neck
        move = move + (lower_edge - source_inner_lower - sink) * on_lip * (beyond == 0)
        lower_y = ys - move

        sideways = np.sign(xs) * (_HALF_WIDTH - half_width) * fade
        sideways = np.where(beyond > 0, sideways, xs * (_HALF_WIDTH / half_width - 1.0))
        level = share_upper * (1.0 - to_chin)
        below_upper, above_lower = ys - upper_edge, lower_edge - ys
        in_mouth = np.where(np.abs(xs) < half_width, 1.0, 0.0)
        soft = max(_SOFTNESS, self._pixel)
        inside = _edge(below_upper / soft) * _edge(above_lower / soft) * in_mouth
        lips = _edge((ys - outer_upper) / 1.2) * _edge((outer_lower - ys) / 1.2) * in_mouth
        return MouthMap(
            x=xs + sideways * level,
            y=np.where(ys < (upper_edge + lower_edge) / 2, upper_y, lower_y),
            inside=inside,
            lips=lips * (1.0 - inside),
            upper=below_upper + 0.0 * xs,
            lower=above_lower + 0.0 * xs,
        )

    def _knot_profiles(self) -> tuple[PchipInterpolator, ...]:
        return (self._outer_upper, self._inner_upper, self._inner_lower, self._outer_lower)

    @staticmethod
    def _inner_contours(place: Array, shape: Shape) -> tuple[Array, Array]:
        """Lower edge of the upper lip and upper edge of the lower lip, per column."""
        gap = _WIDEST_GAP * shape.opening
        corner = 3.0 - 2.2 * shape.spread + 1.2 * shape.rounding + 0.14 * gap
        seam = _CLOSED_SEAM + (corner - _CLOSED_SEAM) * np.abs(place) ** 2.2
        arch = np.maximum(1.0 - (place / _INNER_SHARE) ** 2, 0.0) ** (0.85 - 0.25 * shape.rounding)
        return seam - 0.14 * gap * arch, seam + 0.86 * gap * arch


def face_units(points: ArrayLike) -> Array:
    """Pixels of the picture, (n, 2), as upright face units."""
    x, y = (np.asarray(points, dtype=np.float64) - CENTRE).T
    angle = np.deg2rad(-ROLL_DEGREES)
    turned = (x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle))
    return np.stack(turned, axis=1)


def _profile(contour: tuple[tuple[float, float], ...]) -> PchipInterpolator:
    """Height of a lip contour against place along the mouth, -1 to 1, in face units."""
    x, y = face_units(contour).T
    place = x / _HALF_WIDTH
    # All four contours meet in the outer corners; from the inner ones on the lips touch.
    within = np.abs(place) < 0.97
    return PchipInterpolator([-1.0, *place[within], 1.0], [0.0, *y[within], 0.0])


def _width(shape: Shape) -> float:
    """Width of the mouth as a share of the smile in the picture."""
    return 0.82 + 0.13 * shape.spread - 0.26 * shape.rounding - 0.04 * shape.opening


def _jaw_drop(shape: Shape) -> float:
    return 0.72 * _WIDEST_GAP * shape.jaw


def _ease(share: Array) -> Array:
    share = np.clip(share, 0.0, 1.0)
    eased: Array = share * share * (3.0 - 2.0 * share)
    return eased


def _edge(depth: Array) -> Array:
    """Coverage of a pixel so deep inside an edge, in widths of the edge."""
    return np.clip(depth + 0.5, 0.0, 1.0)
