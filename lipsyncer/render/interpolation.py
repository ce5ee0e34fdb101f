"""Pictures between two others, by the motion from one to the other.

The motion is dense optical flow (DIS: Kroeger, Timofte, Dai and Van Gool, 2016). It is believed
where the way there and the way back agree (Sundaram, Brox and Keutzer, 2010), and where the two
pictures, each moved half-way, look alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Flow = NDArray[np.float32]

_LONGER_SIDE = 480  # pixels of the pictures in which motion is looked for
_AGREEING = 0.85
"""Share of the picture in which both ways must agree."""
_FAR = 0.08
"""Share of the width beyond which a motion is not followed."""
_ALIKE = 10.0
"""Mean difference of brightness (of 255) up to which two pictures moved half-way are one."""


@dataclass(frozen=True)
class Motion:
    """How two pictures of one size move into each other.

    Attributes
    ----------
    there, back
        Pixels (h, w, 2) of a smaller picture: from the first to the second, and the other way.
    believed
        Whether pictures between them can be made of it.
    """

    there: Flow
    back: Flow
    believed: bool


def motion(first: VideoFrame, second: VideoFrame) -> Motion:
    """Find the motion between two yuv420p pictures of one size."""
    one, other = _small(first), _small(second)
    finder = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    there = np.asarray(finder.calc(one, other, None), np.float32)
    back = np.asarray(finder.calc(other, one, None), np.float32)
    return Motion(there, back, _believed(one, other, there, back))


def between(first: VideoFrame, second: VideoFrame, share: float, moved: Motion) -> VideoFrame:
    """Make the picture that lies a share (0 to 1) of the way from one picture to the next."""
    size = (first.width, first.height)
    one, other = packed(first), packed(second)
    out = np.empty_like(one)
    for a, b, into in zip(planes(one, size), planes(other, size), planes(out, size), strict=True):
        into[:] = _blend(
            _warped(a, share * moved.back), _warped(b, (1 - share) * moved.there), share
        )
    return tagged(VideoFrame.from_ndarray(out, format="yuv420p"))


def packed(frame: VideoFrame) -> Plane:
    """All planes of a picture as yuv420p, one below the other, uint8 (height * 3 / 2, width)."""
    return np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8)


def planes(picture: Plane, size: tuple[int, int]) -> tuple[Plane, Plane, Plane]:
    """Views of the three planes of a packed yuv420p picture."""
    width, height = size
    luma, colour = picture[:height], picture[height:].reshape(-1)
    quarter = width * height // 4
    half = (height // 2, width // 2)
    return luma, colour[:quarter].reshape(half), colour[quarter:].reshape(half)


def tagged(frame: VideoFrame) -> VideoFrame:
    """Say of a frame that it is bt709 in video range."""
    frame.colorspace = Colorspace.ITU709
    frame.color_range = ColorRange.MPEG
    return frame


def to_rgb(frame: VideoFrame) -> Plane:
    """Convert a bt709 frame to red, green and blue, uint8 (height, width, 3)."""
    # PyAV heeds the matrix only where it differs from the target's, and else takes bt601.
    rgb = frame.reformat(
        format="rgb24", src_colorspace=Colorspace.ITU709, dst_colorspace=Colorspace.DEFAULT
    )
    return np.asarray(rgb.to_ndarray(), np.uint8)


def _small(frame: VideoFrame) -> Plane:
    scale = min(1.0, _LONGER_SIDE / max(frame.width, frame.height))
    size = (max(16, round(frame.width * scale)), max(16, round(frame.height * scale)))
    luma = packed(frame)[: frame.height]
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)


def _believed(one: Plane, other: Plane, there: Flow, back: Flow) -> bool:
    returned = there + _sampled(back, there)
    size = (there**2).sum(axis=2) + (_sampled(back, there) ** 2).sum(axis=2)
    agreeing = (returned**2).sum(axis=2) < 0.01 * size + 0.5
    far = float(np.quantile(np.abs(there), 0.99)) > _FAR * one.shape[1]
    halfway = _warped(one, 0.5 * back).astype(np.float32) - _warped(other, 0.5 * there)
    return not far and agreeing.mean() >= _AGREEING and float(np.abs(halfway).mean()) <= _ALIKE


def _warped(plane: Plane, flow: Flow) -> Plane:
    """Fetch each pixel of a plane from where the flow, of a smaller picture, points to."""
    height, width = plane.shape
    scale = (width / flow.shape[1], height / flow.shape[0])
    if flow.shape[:2] != plane.shape:
        flow = np.asarray(cv2.resize(flow, (width, height)), np.float32)
    x = np.arange(width, dtype=np.float32)[None] + flow[..., 0] * np.float32(scale[0])
    y = np.arange(height, dtype=np.float32)[:, None] + flow[..., 1] * np.float32(scale[1])
    return np.asarray(
        cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _sampled(flow: Flow, at: Flow) -> Flow:
    """Values of a flow at the ends of another one."""
    height, width = flow.shape[:2]
    x = np.arange(width, dtype=np.float32)[None] + at[..., 0]
    y = np.arange(height, dtype=np.float32)[:, None] + at[..., 1]
    return np.asarray(
        cv2.remap(flow, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _blend(one: Plane, other: Plane, share: float) -> Plane:
    return np.asarray(cv2.addWeighted(one, 1 - share, other, share, 0.0), np.uint8)
