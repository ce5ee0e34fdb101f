"""Where in the output the singer's mouth is, so that no words are laid over it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lipsyncer.arrays import Booleans, Float64s
from lipsyncer.edit.document import HandFraming
from lipsyncer.render.framing import Framing, View, plan_corners, view_of
from lipsyncer.render.reframe import Faces
from lipsyncer.render.retime import FramePlan

Size = tuple[int, int]

_ACROSS, _DOWN = 0.6, 0.45
"""Half the width and height of a mouth that sings, in distances between the eyes."""
_UNSEEN = 0.5
"""Seconds for which a mouth is taken to be where it was seen last."""


def mouth_boxes(
    plan: FramePlan,
    shapes: Mapping[int, Size],
    size: Size,
    framing: Framing,
    faces: Mapping[int, Faces],
    corners: Float64s | None = None,
) -> Float64s:
    """Say where the mouth is on each output frame.

    Parameters
    ----------
    plan
        What each output frame shows.
    shapes
        Width and height of each take in the plan.
    size
        Width and height of the output.
    framing
        How takes of another shape are shown.
    faces
        Where the face is, by the take's index.
    corners
        (n, 2) from ``plan_corners``, where they are known already.

    Returns
    -------
    (n, 4) left, top, right and bottom in pixels of the output; NaN where no mouth is known.
    """
    if corners is None:
        corners = plan_corners(plan, shapes, size, framing)
    boxes = np.full((len(plan), 4), np.nan)
    for take, frames in plan.runs():
        known = faces.get(take)
        if known is None or not len(known.times):
            continue
        shape = shapes[take]
        sources = plan.sources[frames.start : frames.stop]
        x, y, eyes = (
            np.interp(sources, known.times, values) for values in (known.x, known.y, known.eyes)
        )
        # The distance between the eyes is a share of the height; half a mouth is one of each side.
        half = np.stack([eyes * shape[1] / shape[0] * _ACROSS, eyes * _DOWN], axis=1)
        middle = np.stack([x, y], axis=1)
        views: dict[tuple[float, float, HandFraming | None], View] = {}
        rows = []
        for number in range(frames.start, frames.stop):
            corner, hand = corners[number], plan.framed.get(number)
            key = (float(corner[0]), float(corner[1]), hand)
            if key not in views:  # a crop that stands still is the same in frame after frame
                views[key] = view_of(corner, shape, size, framing, hand)
            view = views[key]
            rows.append((view.left, view.top, view.width, view.height))
        first, sides = np.split(np.array(rows), 2, axis=1)
        ends = [((middle + sign * half - first) / sides * size) for sign in (-1, 1)]
        box = np.hstack(ends)
        box[~_near(sources, known.times)] = np.nan
        boxes[frames.start : frames.stop] = box
    return boxes


def covered(boxes: Float64s, box: tuple[int, int, int, int]) -> float:
    """Share of some frames on which a box (left, top, right, bottom) lies over the mouth."""
    if not len(boxes):
        return 0.0
    left, top, right, bottom = boxes.T
    # Comparisons with NaN, where no mouth is known, are false.
    meet = (left < box[2]) & (box[0] < right) & (top < box[3]) & (box[1] < bottom)
    return float(meet.mean())


def _near(sources: Float64s, times: Float64s) -> Booleans:
    """Whether the mouth was seen close to each of some moments."""
    after = np.clip(np.searchsorted(times, sources), 0, len(times) - 1)
    before = np.maximum(after - 1, 0)
    away = np.minimum(np.abs(times[after] - sources), np.abs(times[before] - sources))
    return np.asarray(away <= _UNSEEN, np.bool_)
