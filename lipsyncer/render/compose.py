"""The picture of every output frame, ready for the encoder.

A take that already has the output's size goes from decoder to encoder as it is. Where pictures
have to be laid over one another, as a take is laid whole over black, moviepy composes
them; it owns neither the time axis, which is the time map's, nor the file.

moviepy composes only where there are layers: its frames are RGB, and most output frames need no
more than to be decoded and encoded. Its writer is left out because every frame becomes RGB, goes
through a pipe and is turned back: ``benchmarks/render_paths.py`` printed 1.14 to 1.27 times the
processor time of a plain re-encode by ffmpeg, and 1.00 to 1.03 for frames handed on as they are. It
also tells ffmpeg the rate with two decimals, so that sound and picture of a 24000/1001 take drift
apart by 15 ms in 100 seconds, and leaves the colour tags out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping
from fractions import Fraction
from typing import Any

from av.video.frame import VideoFrame

from lipsyncer.arrays import Float64s
from lipsyncer.media.frames import FrameReader
from lipsyncer.media.probe import MediaInfo, VideoInfo, require_take
from lipsyncer.render.framing import (
    WHOLE,
    Framing,
    Size,
    corners,
    laid_whole,
    same_shape,
    view_of,
)
from lipsyncer.render.layers import Rgb, cropped, for_encoder, on_black, on_blur, zoomed
from lipsyncer.render.presets import RenderSettings
from lipsyncer.render.reframe import scaled_size
from lipsyncer.render.retime import FramePlan, output_rate
from lipsyncer.render.transitions import ShownFrames


def even_size(video: VideoInfo) -> Size:
    """Width and height of a take, less the odd column or row that 4:2:0 colour can't have."""
    return max(2, video.width & ~1), max(2, video.height & ~1)


def output_format(first: VideoInfo, settings: RenderSettings) -> tuple[Size, Fraction]:
    """Give an output's size, and its frames per second, from those of the first take."""
    return (
        settings.size or even_size(first),
        output_rate(first.rate, settings.max_rate, settings.min_rate),
    )


def pictures(
    plan: FramePlan,
    takes: Mapping[int, MediaInfo],
    size: Size,
    framing: Framing = WHOLE,
) -> Generator[VideoFrame, None, None]:
    """Yield each output frame's picture: yuv420p, bt709, limited range, of the given size.

    Parameters
    ----------
    plan
        What each output frame shows.
    takes
        What each take in the plan holds.
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
            info, video = takes[take], require_take(takes[take])
            if take not in readers:
                readers[take] = open_readers.enter_context(FrameReader(info))
            sources = plan.sources[frames.start : frames.stop]
            rate = float(plan.rate)
            footage = ShownFrames(
                readers[take],
                info,
                sources,
                frames.start,
                plan.treated,
                1 / video.rate,
                open_readers,
            )
            shape = (video.width, video.height)
            corner = corners(sources, rate, take, shape, size, framing)
            by_itself = _by_itself(footage, corner, rate, video, size, framing)
            for index in range(len(footage)):
                hand = plan.framed.get(frames.start + index)
                if hand is None:
                    yield by_itself(index)
                    continue
                view = view_of(corner[index], shape, size, framing, hand)
                if not laid_whole(shape, size, framing):
                    yield zoomed(footage.video_frame(index), view, size)
                elif framing.kind == "blur":
                    yield for_encoder(on_blur(footage.picture(index), size, view))
                else:
                    yield for_encoder(on_black(footage.picture(index), size, view))


def _by_itself(
    footage: ShownFrames,
    corner: Float64s,
    rate: float,
    video: VideoInfo,
    size: Size,
    framing: Framing,
) -> Callable[[int], VideoFrame]:
    """Give what makes the pictures of a stretch of which nothing is framed by hand."""
    shape = (video.width, video.height)
    if shape == size:
        return footage.video_frame
    if even_size(video) != size and same_shape(shape, size):
        return lambda index: footage.video_frame(index).reformat(*size, interpolation="BICUBIC")
    if framing.kind in ("follow", "centre"):
        scaled = scaled_size(shape, size)
        return lambda index: cropped(footage.video_frame(index), corner[index], scaled, size)
    if framing.kind == "blur":
        return lambda index: for_encoder(on_blur(footage.picture(index), size))
    laid = _laid_out(footage, rate, video, size)
    return lambda index: for_encoder(laid.get_frame(index / rate))


def _laid_out(footage: ShownFrames, rate: float, video: VideoInfo, size: Size) -> Any:
    """Lay a stretch of a take over black, as a moviepy clip that starts at its first frame."""
    # Imported here because it takes half a second that most renders needn't wait.
    from moviepy.video.compositing.CompositeVideoClip import CompositeVideoClip
    from moviepy.video.VideoClip import VideoClip

    def picture(time: float) -> Rgb:
        # moviepy asks for times that stand for frames; rounding finds the frame again.
        return footage.picture(round(time * rate))

    layer = VideoClip(frame_function=picture)
    if even_size(video) != size:
        scale = min(size[0] / video.width, size[1] / video.height)
        fitted = (max(1, round(video.width * scale)), max(1, round(video.height * scale)))
        layer = layer.resized(fitted).with_position("center")
    return CompositeVideoClip([layer], size=size, bg_color=(0, 0, 0))
