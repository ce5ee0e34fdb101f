"""The picture of every frame of a cut, ready for the encoder.

A take that already has the output's size goes from decoder to encoder as it is. Where pictures
have to be laid over one another, as a take is laid whole over black, and where effects are asked
for (``composition``), moviepy composes them; it owns neither the time axis, which is the time
map's, nor the file.

moviepy composes only where there are layers: its frames are RGB, and most output frames need no
more than to be decoded and encoded. Its writer is left out because every frame becomes RGB, goes
through a pipe and is turned back: ``benchmarks/render_paths.py`` printed 1.14 to 1.27 times the
processor time of a plain re-encode by ffmpeg, and 1.00 to 1.03 for frames handed on as they are. It
also tells ffmpeg the rate with two decimals, so that sound and picture of a 24000/1001 take drift
apart by 15 ms in 100 seconds, and leaves the colour tags out.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from av.video.frame import VideoFrame

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document
from lipsyncer.media.frames import FrameReader
from lipsyncer.media.probe import MediaInfo, VideoInfo, probe_take, require_take
from lipsyncer.render.framing import (
    WHOLE,
    Framing,
    Size,
    corners,
    framing_for,
    laid_whole,
    same_shape,
    view_of,
)
from lipsyncer.render.layers import Rgb, cropped, for_encoder, on_black, on_blur, zoomed
from lipsyncer.render.presets import RenderSettings
from lipsyncer.render.reframe import Faces, scaled_size
from lipsyncer.render.retime import FramePlan, output_rate, plan_frames
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


class Pictures:
    """The picture of each output frame, in any order: yuv420p, bt709, limited range.

    Asked in order, each frame of a take is decoded once. Files are opened when a frame of theirs
    is asked for, after ``close`` as well.

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
    """

    def __init__(
        self,
        plan: FramePlan,
        takes: Mapping[int, MediaInfo],
        size: Size,
        framing: Framing = WHOLE,
    ) -> None:
        self.plan, self.takes, self.size, self.framing = plan, takes, size, framing
        self._runs = list(plan.runs())
        self._starts = [frames.start for _, frames in self._runs]
        self._files = contextlib.ExitStack()
        self._readers: dict[int, FrameReader] = {}
        self._drawn: dict[int, Callable[[int], VideoFrame]] = {}

    def __len__(self) -> int:
        return len(self.plan)

    def __getitem__(self, number: int) -> VideoFrame:
        """Give the picture of an output frame.

        Raises
        ------
        InputError
            When a take can't be opened.
        """
        if not 0 <= number < len(self):
            raise IndexError(number)
        run = bisect_right(self._starts, number) - 1
        if run not in self._drawn:
            self._drawn[run] = self._drawing(*self._runs[run])
        return self._drawn[run](number - self._starts[run])

    def __iter__(self) -> Iterator[VideoFrame]:
        return (self[number] for number in range(len(self)))

    def close(self) -> None:
        """Close the takes."""
        self._drawn.clear()
        self._readers.clear()
        self._files.close()

    def _drawing(self, take: int, frames: range) -> Callable[[int], VideoFrame]:
        """Give what makes the pictures of a stretch of one take."""
        plan, size, framing = self.plan, self.size, self.framing
        info, video = self.takes[take], require_take(self.takes[take])
        if take not in self._readers:
            self._readers[take] = self._files.enter_context(FrameReader(info))
        sources = plan.sources[frames.start : frames.stop]
        rate = float(plan.rate)
        footage = ShownFrames(
            self._readers[take],
            info,
            sources,
            frames.start,
            plan.treated,
            1 / video.rate,
            self._files,
        )
        shape = (video.width, video.height)
        corner = corners(sources, rate, take, shape, size, framing)
        by_itself = _by_itself(footage, corner, rate, video, size, framing)

        def drawn(index: int) -> VideoFrame:
            hand = plan.framed.get(frames.start + index)
            if hand is None:
                return by_itself(index)
            view = view_of(corner[index], shape, size, framing, hand)
            if not laid_whole(shape, size, framing):
                return zoomed(footage.video_frame(index), view, size)
            if framing.kind == "blur":
                return for_encoder(on_blur(footage.picture(index), size, view))
            return for_encoder(on_black(footage.picture(index), size, view))

        return drawn


def pictures_of(
    document: Document,
    settings: RenderSettings,
    faces: Mapping[int, Faces] | None = None,
    media: Mapping[Path, MediaInfo] | None = None,
) -> Pictures:
    """Give the pictures of a cut as settings want them.

    Parameters
    ----------
    faces
        Where the singer's face is in each take (by index), for crops that follow it.
    media
        What ``probe`` said of the takes; those missing are probed.

    Raises
    ------
    InputError
        When a take can't be read.
    """
    media = media or {}
    # The first take gives size and rate even where it isn't shown.
    used = sorted({0, *(segment.take for segment in document.segments)})
    shown = {index: document.takes[index] for index in used}
    takes = {index: media.get(take.path) or probe_take(take) for index, take in shown.items()}
    for info in takes.values():
        require_take(info)
    size, rate = output_format(require_take(takes[0]), settings)
    plan = plan_frames(document, rate, settings.transitions)
    return Pictures(plan, takes, size, framing_for(settings, faces or {}))


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
