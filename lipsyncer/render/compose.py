"""The picture of every output frame, ready for the encoder.

A take that already has the output's size goes from decoder to encoder as it is. Where pictures
have to be laid over one another, as a take is laid whole over black, moviepy composes
them; it owns neither the time axis, which is the time map's, nor the file.

moviepy's own writer is left out because every frame becomes RGB, goes through a pipe and is turned
back: ``benchmarks/render_paths.py`` printed 1.14 to 1.27 times the processor time of a plain
re-encode by ffmpeg, and 1.00 to 1.03 for frames handed on as they are. It also tells ffmpeg the
rate with two decimals, so that sound and picture of a 24000/1001 take drift apart by 15 ms in 100
seconds, and leaves the colour tags out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from lipsyncer.media.frames import FrameReader
from lipsyncer.media.probe import VideoInfo
from lipsyncer.render.inbetween import packed, planes, tagged
from lipsyncer.render.presets import Reframe, SafeZone
from lipsyncer.render.reframe import Faces, Floats, crop_path, scaled_size
from lipsyncer.render.retime import FramePlan
from lipsyncer.render.seams import Footage

Rgb = NDArray[np.uint8]
Size = tuple[int, int]

SAME_SHAPE = 0.004
"""Difference of width over height that nobody sees: a row or two of pixels."""

_BLUR = 8
"""Times smaller in which a background is blurred."""
_DIMMED = 0.6
"""Of its brightness that a background keeps, so that the picture stands out."""


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


def even_size(video: VideoInfo) -> Size:
    """Width and height of a take, less the odd column or row that 4:2:0 colour can't have."""
    return max(2, video.width & ~1), max(2, video.height & ~1)


def pictures(
    plan: FramePlan,
    takes: Mapping[int, tuple[Path, VideoInfo]],
    size: Size,
    framing: Framing = WHOLE,
) -> Generator[VideoFrame, None, None]:
    """Yield each output frame's picture: yuv420p, bt709, limited range, of the given size.

    Parameters
    ----------
    plan
        What each output frame shows.
    takes
        File and picture of each take in the plan.
    size
        Width and height of the output, both even.
    framing
        How a take of another shape is shown.

    Raises
    ------
    InputError
        When a take can't be opened.
    """
    with contextlib.ExitStack() as open_readers:
        readers: dict[int, FrameReader] = {}
        for take, frames in plan.runs():
            path, video = takes[take]
            if take not in readers:
                readers[take] = open_readers.enter_context(FrameReader(path))
            sources = plan.sources[frames.start : frames.stop]
            rate = float(plan.rate)
            shown = Footage(
                readers[take],
                path,
                sources,
                frames.start,
                plan.treated,
                1 / video.rate,
                open_readers,
            )
            every = range(len(shown))
            if (video.width, video.height) == size:
                for index in every:
                    yield shown.video_frame(index)
            elif even_size(video) != size and same_shape(video, size):
                for index in every:
                    yield shown.video_frame(index).reformat(*size, interpolation="BICUBIC")
            elif framing.kind in ("follow", "centre"):
                faces = framing.faces.get(take) if framing.kind == "follow" else None
                shape = (video.width, video.height)
                corners = crop_path(sources, rate, shape, size, faces, framing.zone)
                yield from _cropped(shown, corners, shape, size)
            elif framing.kind == "blur":
                for index in every:
                    yield _for_encoder(_on_blur(shown.picture(index), size))
            else:
                laid = _laid_out(shown, rate, video, size)
                for index in every:
                    yield _for_encoder(laid.get_frame(index / rate))


def same_shape(video: VideoInfo, size: Size) -> bool:
    """Whether a take fills an output of some size, but for what nobody would see."""
    return abs(video.width / video.height - size[0] / size[1]) < SAME_SHAPE


def _cropped(
    shown: Footage, corners: Floats, source: Size, size: Size
) -> Generator[VideoFrame, None, None]:
    """Show the part of a take whose upper left corner goes along a path.

    The picture is scaled as a whole, and shown as it is wherever the crop stands on whole pixels;
    while it moves, the pixels between are interpolated, so that it does not move in steps.
    """
    scaled = scaled_size(source, size)
    for index, corner in enumerate(corners):
        frame = shown.video_frame(index)
        whole = packed(frame.reformat(*scaled, interpolation="BICUBIC"))
        out = np.empty((size[1] * 3 // 2, size[0]), np.uint8)
        for part, (x, y), into in zip(
            planes(whole, scaled),
            (corner, corner / 2, corner / 2),
            planes(out, size),
            strict=True,
        ):
            height, width = into.shape
            left, top = round(float(x)), round(float(y))
            if abs(x - left) < 0.01 and abs(y - top) < 0.01:
                into[:] = part[top : top + height, left : left + width]
            else:
                matrix = np.array([[1.0, 0.0, x], [0.0, 1.0, y]])
                into[:] = cv2.warpAffine(
                    part,
                    matrix,
                    (width, height),
                    flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
                    borderMode=cv2.BORDER_REPLICATE,
                )
        yield tagged(VideoFrame.from_ndarray(out, format="yuv420p"))


def _on_blur(picture: Rgb, size: Size) -> Rgb:
    """Lay a whole picture over itself, enlarged, blurred and darkened."""
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
    back = cv2.convertScaleAbs(back, alpha=_DIMMED)
    fitted = (min(round(picture.shape[1] * fit), width), min(round(picture.shape[0] * fit), height))
    method = cv2.INTER_AREA if fit < 1 else cv2.INTER_CUBIC
    front = cv2.resize(picture, fitted, interpolation=method)
    top, left = (height - fitted[1]) // 2, (width - fitted[0]) // 2
    back[top : top + fitted[1], left : left + fitted[0]] = front
    return np.asarray(back, np.uint8)


def _laid_out(shown: Footage, rate: float, video: VideoInfo, size: Size) -> Any:
    """Lay a stretch of a take over black, as a moviepy clip that starts at its first frame."""
    # Imported here because it takes half a second that most renders needn't wait.
    from moviepy.video.compositing.CompositeVideoClip import CompositeVideoClip
    from moviepy.video.VideoClip import VideoClip

    def picture(time: float) -> Rgb:
        # moviepy asks for times that stand for frames; rounding finds the frame again.
        return shown.picture(round(time * rate))

    footage = VideoClip(frame_function=picture)
    if even_size(video) != size:
        scale = min(size[0] / video.width, size[1] / video.height)
        fitted = (max(1, round(video.width * scale)), max(1, round(video.height * scale)))
        footage = footage.resized(fitted).with_position("center")
    return CompositeVideoClip([footage], size=size, bg_color=(0, 0, 0))


def _for_encoder(picture: Rgb) -> VideoFrame:
    """Convert a composed picture to yuv420p, bt709, limited range."""
    return VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, interpolation="BICUBIC"
    )
