"""Where the output's frame lies in the picture of a take: by itself, and as the user moved it.

Everything that shows a frame asks here, the renderer for its pixels and the window for what it
draws, so that both show the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import HandFraming
from lipsyncer.render.presets import Reframe, RenderSettings, SafeZone
from lipsyncer.render.reframe import Faces, crop_path, scaled_size
from lipsyncer.render.retime import FramePlan

Size = tuple[int, int]

SAME_SHAPE = 0.004
"""Difference of width over height that nobody sees: a row or two of pixels."""

_BY_ITSELF = HandFraming()


@dataclass(frozen=True)
class Framing:
    """How a take of another shape than the output's is shown.

    Attributes
    ----------
    kind
        See ``RenderSettings.reframe``.
    faces
        Where the face is, by the take's index, for those of which it is known.
    zone
        What the platform covers.
    """

    kind: Reframe = "black"
    faces: Mapping[int, Faces] = field(default_factory=dict)
    zone: SafeZone | None = None


WHOLE = Framing()


@dataclass(frozen=True, slots=True)
class View:
    """The output's frame in shares of a take's picture, whose upper left corner is 0, 0.

    It reaches beyond 0 to 1 only where the picture is shown whole and does not fill the frame.
    """

    left: float
    top: float
    width: float
    height: float


def framing_for(settings: RenderSettings, faces: Mapping[int, Faces]) -> Framing:
    """Give how takes are shown in an output; without a size of its own it shows them whole."""
    if settings.size is None:
        return WHOLE
    return Framing(settings.reframe, faces, settings.safe_zone)


def same_shape(source: Size, output: Size) -> bool:
    """Whether two pictures are of one shape, to a row or two of pixels."""
    return abs(source[0] / source[1] - output[0] / output[1]) < SAME_SHAPE


def laid_whole(source: Size, output: Size, framing: Framing) -> bool:
    """Whether a take is laid into the frame as a whole, and does not fill it."""
    return framing.kind in ("blur", "black") and not same_shape(source, output)


def filling_size(source: Size, output: Size) -> Size:
    """Size in which a source fills the output, and in whose pixels `corners` are."""
    return output if same_shape(source, output) else scaled_size(source, output)


def corners(
    sources: Float64s, rate: float, take: int, source: Size, output: Size, framing: Framing
) -> Float64s:
    """Find the upper left corner of the frame in a stretch of one take, as it is by itself.

    Parameters
    ----------
    sources
        (n,) moments of the take in seconds.
    rate
        Output frames per second.
    take
        Its index.
    source, output
        Width and height of the take and of the output.

    Returns
    -------
    (n, 2) x and y in pixels of the take in its ``filling_size``; zeros where it is not cropped.
    """
    if same_shape(source, output) or laid_whole(source, output, framing):
        return np.zeros((len(sources), 2))
    faces = framing.faces.get(take) if framing.kind == "follow" else None
    return crop_path(sources, rate, source, output, faces, framing.zone)


def plan_corners(
    plan: FramePlan, shapes: Mapping[int, Size], output: Size, framing: Framing
) -> Float64s:
    """Find the corners (n, 2) of all frames of a plan, as they will be written.

    Parameters
    ----------
    shapes
        Width and height of each take in the plan.
    """
    corner = np.zeros((len(plan), 2))
    for take, frames in plan.runs():
        part = slice(frames.start, frames.stop)
        corner[part] = corners(
            plan.sources[part], float(plan.rate), take, shapes[take], output, framing
        )
    return corner


def view_of(
    corner: Float64s, source: Size, output: Size, framing: Framing, hand: HandFraming | None = None
) -> View:
    """Give the frame of one output picture.

    A crop moves with the one that follows the face, is zoomed about its own middle, and stops at
    the picture's edges. A picture that is laid whole is enlarged about its middle; as long as it
    is smaller than the frame it stays inside, and once it is larger it fills the frame.

    Parameters
    ----------
    corner
        (2,) from ``corners``.
    source, output
        Width and height of the take and of the output.
    hand
        How the user has framed it.
    """
    hand = hand or _BY_ITSELF
    if laid_whole(source, output, framing):
        scale = min(output[0] / source[0], output[1] / source[1]) * hand.zoom
        sides = [side * scale for side in source]
        starts = [
            _between(0.0, room - side, (room - side) / 2 - moved * side)
            for room, side, moved in zip(output, sides, (hand.x, hand.y), strict=True)
        ]
        return View(
            -starts[0] / sides[0],
            -starts[1] / sides[1],
            output[0] / sides[0],
            output[1] / sides[1],
        )
    filled = filling_size(source, output)
    first, shares = [], []
    for axis, moved in enumerate((hand.x, hand.y)):
        whole, side = filled[axis], output[axis] / hand.zoom
        by = moved * whole
        if hand.zoom == 1:
            # Whole pixels of colour, so that a crop that stands still is not resampled.
            by = round(by / 2) * 2
        start = float(corner[axis]) + by + (output[axis] - side) / 2
        first.append(_between(0.0, whole - side, start) / whole)
        shares.append(side / whole)
    return View(first[0], first[1], shares[0], shares[1])


def within_reach(
    corner: Float64s, source: Size, output: Size, framing: Framing, hand: HandFraming
) -> HandFraming:
    """Bring a framing back to where it moves the picture, so that a drag does not run on unseen.

    Parameters
    ----------
    corner, source, output
        As for ``view_of``.
    """
    view = view_of(corner, source, output, framing, hand)
    if laid_whole(source, output, framing):
        middle = np.array([0.5, 0.5])
    else:
        middle = (np.asarray(corner) + np.array(output) / 2) / filling_size(source, output)
    x, y = view.left + view.width / 2 - middle[0], view.top + view.height / 2 - middle[1]
    # Crops lie on whole pixels; only what stops at an edge is another value.
    near = 2.0 / np.array(filling_size(source, output))
    return HandFraming(
        hand.x if abs(x - hand.x) <= near[0] else float(np.clip(x, -1, 1)),
        hand.y if abs(y - hand.y) <= near[1] else float(np.clip(y, -1, 1)),
        hand.zoom,
    )


def _between(one: float, other: float, value: float) -> float:
    return min(max(value, min(one, other)), max(one, other))
