"""Laying a small picture over a frame as the encoder takes it, only where it lies.

A frame is never made RGB: the small picture is brought once to the frame's own colours, those of
BT.709 in video range (ITU-R BT.709-6, 3.4 and 3.5: black 16, white 235), and mixed in there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from lipsyncer.arrays import Float64s, UInt8s
from lipsyncer.render.interpolation import tagged

_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
Words = NDArray[np.uint16]


@dataclass(frozen=True)
class _Layer:
    """One plane of a patch.

    Attributes
    ----------
    left, top
        Where it lies, in pixels of the plane.
    colour
        (h, w) its values times its opacity, 0 to 255 * 255, and a half for rounding.
    seen
        (h, w) how much of the frame is seen through it, 0 to 255.
    """

    left: int
    top: int
    colour: Words
    seen: Words

    def mix_into(self, plane: UInt8s) -> None:
        height, width = self.seen.shape
        area = plane[self.top : self.top + height, self.left : self.left + width]
        mixed = np.multiply(area, self.seen, dtype=np.uint16)
        mixed += self.colour
        mixed //= 255
        area[:] = mixed


@dataclass(frozen=True)
class Patch:
    """A small picture ready to be laid over frames.

    Attributes
    ----------
    layers
        Of the planes Y, Cb and Cr.
    picture
        RGBA, for a look at it elsewhere than on a frame.
    corner
        Pixel of the frame on which the picture's upper left one lies.
    opacity
        Of the whole, 0 to 1.
    """

    layers: tuple[_Layer, ...]
    picture: Image.Image
    corner: tuple[int, int]
    opacity: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in the frame, to even pixels."""
        luma = self.layers[0]
        height, width = luma.seen.shape
        return luma.left, luma.top, luma.left + width, luma.top + height


def patch(picture: Image.Image, left: int, top: int, opacity: float = 1.0) -> Patch:
    """Prepare a picture.

    Parameters
    ----------
    picture
        RGBA, its colours those of BT.709 or sRGB.
    left, top
        Pixel of the frame on which its upper left one lies. All of it must lie in the frame.
    opacity
        Of the whole, 0 to 1.
    """
    # Colour has half the pixels, so a patch begins and ends on even ones.
    wide, high = picture.width + left % 2, picture.height + top % 2
    even = Image.new("RGBA", (wide + wide % 2, high + high % 2), (0, 0, 0, 0))
    even.paste(picture, (left % 2, top % 2))
    values = np.asarray(even, np.float64) / 255
    alpha = values[..., 3] * opacity
    luma = values[..., :3] @ np.array([_RED, _GREEN, _BLUE])
    blue = (values[..., 2] - luma) / (2 * (1 - _BLUE))
    red = (values[..., 0] - luma) / (2 * (1 - _RED))
    half = _halved(alpha)
    layers = (
        _layer(left - left % 2, top - top % 2, alpha * (16 + 219 * luma), alpha),
        *(
            _layer(left // 2, top // 2, _halved(alpha * (128 + 224 * colour)), half)
            for colour in (blue, red)
        ),
    )
    return Patch(layers, picture, (left, top), opacity)


def _halved(plane: Float64s) -> Float64s:
    height, width = plane.shape
    blocks = plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    return np.asarray(blocks, np.float64)


def _layer(left: int, top: int, weighted: Float64s, alpha: Any) -> _Layer:
    colour = np.round(weighted * 255).astype(np.uint16) + np.uint16(127)
    seen = (255 - np.round(alpha * 255)).astype(np.uint16)
    return _Layer(left, top, colour, seen)


def laid_over(frame: VideoFrame, patches: Sequence[Patch]) -> VideoFrame:
    """Lay patches over a copy of a frame.

    The frame itself stays as it is: the decoder may still need it for those that follow, and it
    may be shown again.

    Parameters
    ----------
    frame
        yuv420p, bt709, limited range.
    """
    copy = VideoFrame(frame.width, frame.height, "yuv420p")
    for number, (source, target) in enumerate(zip(frame.planes, copy.planes, strict=True)):
        plane = _pixels(target)
        plane[:] = _pixels(source)
        for one in patches:
            one.layers[number].mix_into(plane)
    return tagged(copy)


def _pixels(plane: Any) -> UInt8s:
    """View a plane's pixels, (height, width), without the bytes that fill up each row."""
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]
