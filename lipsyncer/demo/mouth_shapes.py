"""Moving the mouth of the demo's portrait: where every pixel of a new mouth comes from.

Everything here is in *face units*: pixels of the shipped picture, turned upright, relative to
the middle between the corners of the mouth, x to the right and y down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import PchipInterpolator

from lipsyncer.arrays import Float64s, Floats

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
_JAW_DROP = 13.7
_SOFTNESS = 0.6  # of the lips' edges: the picture is no sharper
# Where lips, teeth and all between them can be.
_LIP_REACH, _LIP_TOP, _LIP_BOTTOM = 24.0, -8.0, 36.0
_CLOSED_SEAM = 5.2  # where the lips of the relaxed face meet, below the smile's corners


@dataclass(frozen=True)
class Shape:
    """A ``MouthShape`` (``demo.articulation``) at one moment: four plain floats."""

    opening: float
    spread: float
    rounding: float
    jaw: float


@dataclass(frozen=True, eq=False)
class MouthMap:
    """Where the pixels of a moved mouth come from, float32.

    Parameters
    ----------
    x, y
        (h, w) place in the still picture, in face units, of every pixel.
    inside
        How much of a pixel lies between the lips, 0 to 1.
    lips
        How much of it is lip, 0 to 1.
    upper, lower
        Face units below the upper lip and above the lower one (negative: on the lip).

    The last four cover only `MouthWarp.lip_window` of the pixels.
    """

    x: Floats
    y: Floats
    inside: Floats
    lips: Floats
    upper: Floats
    lower: Floats


@dataclass(frozen=True, eq=False)
class _Columns:
    """Heights of the lips in every column, (w,): where they are now and how far they moved."""

    outer_upper: Floats
    inner_upper: Floats
    inner_lower: Floats
    outer_lower: Floats
    moved_outer_upper: Floats
    moved_inner_upper: Floats
    moved_inner_lower: Floats
    moved_outer_lower: Floats


class MouthWarp:
    """Computes `MouthMap` for one grid of pixels.

    Parameters
    ----------
    xs, ys
        (w,) and (h,) face units of the grid's columns and rows.
    """

    def __init__(self, xs: Floats, ys: Floats) -> None:
        self._xs = xs.astype(np.float32)
        self._ys = ys.astype(np.float32)[:, None]
        self._softness = max(_SOFTNESS, float(ys[1] - ys[0]))
        left, right = np.searchsorted(xs, (-_LIP_REACH, _LIP_REACH))
        top, bottom = np.searchsorted(ys, (_LIP_TOP, _LIP_BOTTOM))
        self.lip_window = (slice(int(top), int(bottom)), slice(int(left), int(right)))

    def map(self, shape: Shape) -> MouthMap:
        """Displacement of the lower face for one lip shape.

        The face is taken column by column: nose, upper lip, seam, lower lip, chin and neck are
        knots that move up and down, with smooth steps between them; columns move sideways as the
        mouth narrows or widens. Above the seam a pixel comes from the upper face, below it from
        the lower.
        """
        xs, ys = self._xs, self._ys
        half_width = _HALF_WIDTH * _width(shape)
        beyond = np.abs(xs) - half_width
        fade = _ease(1.0 - beyond / (0.92 * RIGHT - half_width))
        columns = _columns(np.clip(xs / half_width, -1.0, 1.0), shape)

        # Upper face: still at the nose, moving with the lip's outer edge at the lip.
        still = _NOSE - 9.0 * _ease((np.abs(xs) - 9.0) / 12.0)
        near_lip = _ease((ys - still) / np.maximum(columns.outer_upper - still, 1.0))
        outer = columns.moved_outer_upper * fade
        inner = np.where(beyond < 0, columns.moved_inner_upper, outer)
        on_lip = _share(ys, columns.outer_upper, columns.inner_upper)
        upper_move = near_lip * (outer + (inner - outer) * on_lip)

        # Lower face: the chin drops with the jaw, less so towards the ears; the neck gives way.
        drop = _JAW_DROP * shape.jaw * _ease(1.0 - (np.abs(xs) - 14.0) / 36.0)
        chin = _CHIN - 0.011 * xs**2 + drop
        outer = columns.moved_outer_lower * fade
        inner = np.where(beyond < 0, columns.moved_inner_lower, outer)
        on_lip = 1.0 - _share(ys, columns.inner_lower, columns.outer_lower)
        to_chin = _ease((ys - columns.outer_lower) / (chin - columns.outer_lower))
        to_neck = _ease((ys - chin) / (BOTTOM - chin))
        lower_move = outer + (inner - outer) * on_lip + (drop - outer) * to_chin - drop * to_neck

        narrowed = np.clip(xs / half_width, -1.0, 1.0) * (_HALF_WIDTH - half_width) * fade
        seam = (columns.inner_upper + columns.inner_lower) / 2
        inside, lips, upper, lower = self._layers(columns, half_width)
        return MouthMap(
            x=xs + narrowed * (near_lip * (1.0 - to_chin)),
            y=ys - np.where(ys < seam, upper_move, lower_move),
            inside=inside,
            lips=lips,
            upper=upper,
            lower=lower,
        )

    def _layers(
        self, columns: _Columns, half_width: float
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """The last four fields of `MouthMap`."""
        rows, cols = self.lip_window
        xs, ys = self._xs[cols], self._ys[rows]
        upper = ys - columns.inner_upper[cols]
        lower = columns.inner_lower[cols] - ys
        in_mouth = np.abs(xs) < half_width
        inside = in_mouth * _edge(upper / self._softness) * _edge(lower / self._softness)
        lips = in_mouth * _edge((ys - columns.outer_upper[cols]) / 1.2)
        lips = lips * _edge((columns.outer_lower[cols] - ys) / 1.2) * (1.0 - inside)
        return inside, lips, upper, lower


def _columns(place: Floats, shape: Shape) -> _Columns:
    """Heights of the lips at places along the mouth, -1 (left corner) to 1."""
    was_outer_upper, was_inner_upper, was_inner_lower, was_outer_lower = (
        np.interp(place, _PLACES, heights).astype(np.float32) for heights in _PROFILES
    )
    gap = _WIDEST_GAP * shape.opening
    corner = 3.0 - 2.2 * shape.spread + 1.2 * shape.rounding + 0.14 * gap
    seam = _CLOSED_SEAM + (corner - _CLOSED_SEAM) * np.abs(place) ** 2.2
    arch = np.maximum(1.0 - (place / _INNER_SHARE) ** 2, 0.0) ** (0.85 - 0.25 * shape.rounding)
    inner_upper = seam - 0.14 * gap * arch
    inner_lower = seam + 0.86 * gap * arch
    # The smile in the picture has thinned the lips; stretching over an open mouth thins them too.
    stretch = 1.0 - 0.18 * shape.opening
    smile = max(shape.spread, 0.0)
    upper_lip = (1.45 - 0.35 * smile + 0.35 * shape.rounding) * stretch
    lower_lip = (1.12 - 0.12 * smile + 0.15 * shape.rounding) * stretch
    outer_upper = inner_upper - upper_lip * (was_inner_upper - was_outer_upper)
    outer_lower = inner_lower + lower_lip * (was_outer_lower - was_inner_lower)
    return _Columns(
        outer_upper,
        inner_upper,
        inner_lower,
        outer_lower,
        outer_upper - was_outer_upper,
        inner_upper - was_inner_upper,
        inner_lower - was_inner_lower,
        outer_lower - was_outer_lower,
    )


def face_units(points: ArrayLike) -> Floats:
    """Pixels of the picture, (n, 2), as upright face units."""
    x, y = (np.asarray(points, dtype=np.float64) - CENTRE).T
    angle = np.deg2rad(-ROLL_DEGREES)
    turned = (x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle))
    return np.stack(turned, axis=1)


def _profile(contour: tuple[tuple[float, float], ...]) -> Float64s:
    """Heights of a lip contour at `_PLACES` along the mouth, in face units."""
    x, y = face_units(contour).T
    place = x / _HALF_WIDTH
    # All four contours meet in the outer corners; from the inner ones on the lips touch.
    within = np.abs(place) < 0.97
    curve = PchipInterpolator([-1.0, *place[within], 1.0], [0.0, *y[within], 0.0])
    heights: Float64s = curve(_PLACES)
    return heights


def _width(shape: Shape) -> float:
    """Width of the mouth as a share of the smile in the picture."""
    return 0.82 + 0.13 * shape.spread - 0.26 * shape.rounding - 0.04 * shape.opening


def _share(ys: Floats, start: Floats, end: Floats) -> Floats:
    """How far ys are from start to end, 0 to 1."""
    share: Floats = np.clip((ys - start) / np.maximum(end - start, 0.05), 0.0, 1.0)
    return share


def _ease(share: Floats) -> Floats:
    share = np.clip(share, 0.0, 1.0)
    eased: Floats = share * share * (3.0 - 2.0 * share)
    return eased


def _edge(depth: Floats) -> Floats:
    """Coverage of a pixel so deep inside an edge, in widths of the edge."""
    coverage: Floats = np.clip(depth + 0.5, 0.0, 1.0)
    return coverage


_PLACES = np.linspace(-1.0, 1.0, 201)
_PROFILES = tuple(_profile(c) for c in (OUTER_UPPER, INNER_UPPER, INNER_LOWER, OUTER_LOWER))
