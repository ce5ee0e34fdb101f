"""The lips' shape from landmarks, in the frontal frame of the head."""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Float64s, Floats

_OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191)
_JAW = (152, 148, 377, 176, 400, 200, 199, 18, 32, 262, 205, 425, 164, 2, 98, 327)

SHAPE_POINTS = np.array(_OUTER + _INNER + _JAW, np.int64)
"""Landmarks that make a mouth's shape: outer lips, inner lips, chin, cheeks and nose base."""

LIP_POINTS = np.array(_OUTER + _INNER, np.int64)

# How the points change places in a mirror: the lips run around, the rest stands in pairs.
_MIRROR_OF = dict(
    [
        (a, b)
        for ring in (_OUTER, _INNER)
        for a, b in zip(ring, ring[10::-1] + ring[:10:-1], strict=True)
    ]
    + [(a, a) for a in (152, 200, 199, 18, 164, 2)]
    + [(148, 377), (176, 400), (32, 262), (205, 425), (98, 327)]
    + [(377, 148), (400, 176), (262, 32), (425, 205), (327, 98)]
)
MIRROR = np.array(
    [int(np.flatnonzero(_MIRROR_OF[p] == SHAPE_POINTS)[0]) for p in SHAPE_POINTS], np.int64
)
"""Permutation of the shape's points under a left-right flip of the picture."""

_AT = {int(point): index for index, point in enumerate(SHAPE_POINTS)}


def lip_opening(shape: Floats) -> Float64s:
    """Distance between the inner lips, float64 (n,), in units of the eyes' distance.

    ``shape`` is (n, 56, 3) in the order of ``SHAPE_POINTS``. The mean over three places along the
    lips is steadier than the middle alone.
    """
    pairs = ((13, 14), (82, 87), (312, 317))
    opening: Float64s = np.mean(
        [np.linalg.norm(shape[:, _AT[a]] - shape[:, _AT[b]], axis=-1) for a, b in pairs], axis=0
    )
    return opening
