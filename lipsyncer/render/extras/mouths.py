"""Where in the output the singer's mouth is, so that no words are laid over it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lipsyncer.render.presets import SafeZone
from lipsyncer.render.reframe import Faces, crop_path, scaled_size
from lipsyncer.render.retime import FramePlan

Floats = NDArray[np.float64]
Size = tuple[int, int]

_ACROSS, _DOWN = 0.6, 0.45
"""Half the width and height of a mouth that sings, in distances between the eyes."""
_UNSEEN = 0.5
"""Seconds for which a mouth is taken to be where it was seen last."""


def mouth_boxes(
    plan: FramePlan,
    shapes: Mapping[int, Size],
    size: Size,
    faces: Mapping[int, Faces],
    *,
    kind: str = "black",
    zone: SafeZone | None = None,
) -> Floats:
    """Say where the mouth is on each output frame.

    Parameters
    ----------
    plan
        What each output frame shows.
    shapes
        Width and height of each take in the plan.
    size
        Width and height of the output.
    faces
        Where the face is, by the take's index.
    kind, zone
        How takes of another shape are shown; see ``Framing``.

    Returns
    -------
    (n, 4) left, top, right and bottom in pixels of the output; NaN where no mouth is known.
    """
    boxes = np.full((len(plan), 4), np.nan)
    for take, frames in plan.runs():
        known = faces.get(take)
        if known is None or not len(known.times):
            continue
        shape = shapes[take]
        sources = plan.sources[frames.start : frames.stop]
        followed = known if kind == "follow" else None
        shown, corners = _placed(sources, float(plan.rate), shape, size, kind, followed, zone)
        x, y, eyes = (
            np.interp(sources, known.times, values) for values in (known.x, known.y, known.eyes)
        )
        middle = np.stack([x, y], axis=1) * shown - corners
        half = (eyes * shown[1])[:, None] * np.array([_ACROSS, _DOWN])
        found = np.hstack([middle - half, middle + half])
        found[~_near(sources, known.times)] = np.nan
        boxes[frames.start : frames.stop] = found
    return boxes


def covered(boxes: Floats, box: tuple[int, int, int, int]) -> float:
    """Share of some frames on which a box (left, top, right, bottom) lies over the mouth."""
    if not len(boxes):
        return 0.0
    left, top, right, bottom = boxes.T
    # Comparisons with NaN, where no mouth is known, are false.
    meet = (left < box[2]) & (box[0] < right) & (top < box[3]) & (box[1] < bottom)
    return float(meet.mean())


def _placed(
    sources: Floats,
    rate: float,
    shape: Size,
    size: Size,
    kind: str,
    followed: Faces | None,
    zone: SafeZone | None,
) -> tuple[Floats, Floats]:
    """Size (2,) in which a take is shown, and which of its pixels (n, 2) is the output's first."""
    if kind in ("follow", "centre"):
        corners = crop_path(sources, rate, shape, size, followed, zone)
        return np.array(scaled_size(shape, size), np.float64), corners
    scale = min(size[0] / shape[0], size[1] / shape[1])
    shown = np.array(shape) * scale
    return shown, np.tile((shown - size) / 2, (len(sources), 1))


def _near(sources: Floats, times: Floats) -> NDArray[np.bool_]:
    """Whether the mouth was seen close to each of some moments."""
    after = np.clip(np.searchsorted(times, sources), 0, len(times) - 1)
    before = np.maximum(after - 1, 0)
    away = np.minimum(np.abs(times[after] - sources), np.abs(times[before] - sources))
    return np.asarray(away <= _UNSEEN, np.bool_)
