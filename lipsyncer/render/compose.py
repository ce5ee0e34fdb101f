"""The picture of every output frame, ready for the encoder.

A take that already has the output's size goes from decoder to encoder as it is. Where pictures
have to be laid over one another, as a take of another shape is laid over black, moviepy composes
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
from pathlib import Path
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from lipsyncer.media.frames import FrameReader
from lipsyncer.media.probe import VideoInfo
from lipsyncer.render.retime import FramePlan

Rgb = NDArray[np.uint8]
Size = tuple[int, int]

_SAME_SHAPE = 0.004
"""Difference of width over height that nobody sees: a row or two of pixels."""


def even_size(video: VideoInfo) -> Size:
    """Width and height of a take, less the odd column or row that 4:2:0 colour can't have."""
    return max(2, video.width & ~1), max(2, video.height & ~1)


def pictures(
    plan: FramePlan,
    takes: Mapping[int, tuple[Path, VideoInfo]],
    size: Size,
    *,
    fill: bool = False,
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
    fill
        Whether a take of another shape fills the output, cut off at two sides, or is shown whole
        over black.

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
            reader = readers[take]
            sources = plan.sources[frames.start : frames.stop]
            if (video.width, video.height) == size:
                for source in sources:
                    yield reader.video_frame_at(float(source))
            elif even_size(video) != size and _same_shape(video, size):
                for source in sources:
                    frame = reader.video_frame_at(float(source))
                    yield frame.reformat(*size, interpolation="BICUBIC")
            else:
                shown = _laid_out(reader, sources, float(plan.rate), video, size, fill=fill)
                for index in range(len(sources)):
                    yield _for_encoder(shown.get_frame(index / float(plan.rate)))


def _same_shape(video: VideoInfo, size: Size) -> bool:
    return abs(video.width / video.height - size[0] / size[1]) < _SAME_SHAPE


def _laid_out(
    reader: FrameReader,
    sources: NDArray[np.float64],
    rate: float,
    video: VideoInfo,
    size: Size,
    *,
    fill: bool,
) -> Any:
    """Lay a stretch of a take into the output, as a moviepy clip that starts at its first frame.

    Parameters
    ----------
    sources
        Take times of the stretch's frames, ``rate`` per second.
    """
    # Imported here because it takes half a second that most renders needn't wait.
    from moviepy.video.compositing.CompositeVideoClip import CompositeVideoClip
    from moviepy.video.VideoClip import VideoClip

    def picture(time: float) -> Rgb:
        # moviepy asks for times that stand for frames; rounding finds the frame again.
        return reader.frame_at(float(sources[round(time * rate)]))

    footage = VideoClip(frame_function=picture)
    if even_size(video) != size:
        scales = (size[0] / video.width, size[1] / video.height)
        scale = max(scales) if fill else min(scales)
        fitted = (max(1, round(video.width * scale)), max(1, round(video.height * scale)))
        footage = footage.resized(fitted).with_position("center")
    return CompositeVideoClip([footage], size=size, bg_color=(0, 0, 0))


def _for_encoder(picture: Rgb) -> VideoFrame:
    """Convert a composed picture to yuv420p, bt709, limited range."""
    return VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, interpolation="BICUBIC"
    )
