"""What an output shows: the cut, what is burned in, and effects; composed by moviepy if need be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from av.video.frame import VideoFrame

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document
from lipsyncer.edit.edits import as_filmed
from lipsyncer.media.probe import MediaInfo, require_take
from lipsyncer.render.compose import Pictures, pictures_of
from lipsyncer.render.effects import NO_EFFECTS, EffectSettings
from lipsyncer.render.interpolation import to_rgb
from lipsyncer.render.layers import Rgb, for_encoder, rounded
from lipsyncer.render.overlays.burn import TITLE_SAFE, Burn, burn_in, burned, song_times_of
from lipsyncer.render.overlays.fonts import faces_for
from lipsyncer.render.overlays.lettering import lettered
from lipsyncer.render.overlays.mouth_avoidance import mouth_boxes
from lipsyncer.render.overlays.patch import Patch, patch
from lipsyncer.render.presets import RenderSettings, Size
from lipsyncer.render.reframe import Faces
from lipsyncer.render.retime import ROUNDING
from lipsyncer.render.transitions import PLAIN

Clip: TypeAlias = Any
"""A moviepy ``VideoClip``; moviepy carries no types."""

_LINE = 4
"""Pixels between the two halves."""
_TITLE = 0.055
"""Size of the titles' letters, as a share of the picture's shorter side."""


def composes(effects: EffectSettings) -> bool:
    """Whether moviepy composes the frames of an output.

    A cut without effects goes from decoder to encoder, and what is burned in is laid over it
    there: docs/figures.md says what that saves.
    """
    return effects != replace(NO_EFFECTS, titles=effects.titles)


@dataclass(frozen=True)
class Composition:
    """The pictures of an output, and what lies over them.

    Attributes
    ----------
    after
        The cut.
    before
        The take as it was filmed, where that is shown too.
    size
        Width and height of the output, both even.
    effects
        What is done to the picture.
    burn
        What is burned in.
    margins
        Shares of the output's sides that stay free of words.
    """

    after: Pictures
    before: Pictures | None
    size: Size
    effects: EffectSettings
    burn: Burn | None
    margins: tuple[float, float, float, float]

    def frames(self) -> Iterator[VideoFrame]:
        """Give every output frame in order: yuv420p, bt709, limited range."""
        if not composes(self.effects):
            yield from burned(self.after, self.burn)
            return
        clip, rate = self.clip(), float(self.after.plan.rate)
        for number in range(len(self.after)):
            yield for_encoder(rounded(clip.get_frame((number + 0.5) / rate)))

    def clip(self) -> Clip:
        """Give the output as a silent moviepy ``VideoClip``; closing it closes the takes."""
        from moviepy import vfx  # takes half a second, which most exports needn't wait

        effects = self.effects
        changes = [
            *([vfx.MirrorX()] if effects.mirror else []),
            *([vfx.BlackAndWhite()] if effects.black_white else []),
        ]
        clip = clip_of_pictures(self.after).with_effects(changes)
        if self.before is not None:
            clip = self._compared(clip_of_pictures(self.before).with_effects(changes), clip)
        if self.burn is not None:
            clip = clip.transform(self._with_burned)
        fades = [
            *([vfx.FadeIn(effects.fade_in)] if effects.fade_in else []),
            *([vfx.FadeOut(effects.fade_out)] if effects.fade_out else []),
        ]
        clip = clip.with_effects(fades)
        clip.close = self.close
        return clip

    def close(self) -> None:
        """Close the takes; they are opened again when a frame is asked for."""
        self.after.close()
        if self.before is not None:
            self.before.close()

    def _compared(self, before: Clip, after: Clip) -> Clip:
        """Lay the halves out, with a title over each."""
        from moviepy import ColorClip, CompositeVideoClip

        width, height = self.size
        if self.effects.before_after == "split":
            line = ColorClip((_LINE, height), (255, 255, 255), duration=after.duration)
            layers = [
                after,
                before.cropped(x2=width // 2),
                line.with_position(((width - _LINE) // 2, 0)),
            ]
            boxes = [(0, 0, width // 2, height), (width // 2, 0, width, height)]
        else:
            stacked = after.size[0] == width
            corner = (0, height - after.size[1]) if stacked else (width - after.size[0], 0)
            layers = [before, after.with_position(corner)]
            boxes = [
                (0, 0, *before.size),
                (*corner, *self.size),
            ]
        clip = CompositeVideoClip(layers, size=self.size).with_fps(after.fps)
        titles = self._titles(boxes)
        return clip.image_transform(lambda picture: _laid_over(picture, titles))

    def _titles(self, boxes: list[tuple[int, int, int, int]]) -> list[Patch]:
        """Letter the titles in the upper left corner of each box, inside of what stays free."""
        width, height = self.size
        free = (
            math.ceil(self.margins[0] * width),
            math.ceil(self.margins[1] * height),
            math.floor((1 - self.margins[2]) * width),
        )
        pixels = round(_TITLE * min(self.size))
        faces = faces_for(self.effects.titles, Path("titles"))
        patches = []
        for text, (left, top, right, bottom) in zip(self.effects.titles, boxes, strict=True):
            left, right = max(left, free[0]), min(right, free[2])
            title = lettered(text, faces, pixels, right - left - pixels, (bottom - top) // 4)
            patches.append(patch(title, left + pixels // 2, max(top + pixels // 2, free[1])))
        return patches

    def _with_burned(self, get_frame: Any, time: float) -> Rgb:
        """Lay what is burned in over a frame of a clip."""
        assert self.burn is not None
        return _laid_over(get_frame(time), self.burn.at(_number(self.after, time)))


def composition_of(
    document: Document,
    settings: RenderSettings,
    faces: Mapping[int, Faces] | None = None,
    media: Mapping[Path, MediaInfo] | None = None,
    fitted: Document | None = None,
) -> Composition:
    """Give what an output shows of a cut.

    Parameters
    ----------
    faces
        Where the singer's face is in each take (by index), for crops that follow it and words that
        stay off the mouth.
    media
        What ``probe`` said of the takes; those missing are probed.
    fitted
        See ``output_sound``.

    Raises
    ------
    InputError
        When a take, or a file that is burned in, can't be used.
    """
    effects, framed = settings.effects, settings
    if framed_size(settings) != settings.size:
        framed = replace(settings, size=framed_size(settings), safe_zone=None)
    after, before = pictures_of(document, framed, faces, media), None
    if effects.before_after != "none":
        filmed = replace(framed, transitions=PLAIN)
        before = pictures_of(as_filmed(document), filmed, faces, media)
    size = settings.size or after.size
    if effects.before_after == "beside" and settings.size is None:
        size = 2 * size[0] + _LINE, size[1]
    zone = settings.safe_zone
    margins = (zone.left, zone.top, zone.right, zone.bottom) if zone else TITLE_SAFE
    rate = float(after.plan.rate)
    times = song_times_of(document, fitted, len(after), rate)
    mouths = None
    if settings.extras.lyrics is not None and faces and before is None:
        mouths = _mouths(after, faces, mirrored=effects.mirror)
    burn = burn_in(settings.extras, size, margins, times, rate, mouths)
    return Composition(after, before, size, effects, burn, margins)


def framed_size(settings: RenderSettings) -> Size | None:
    """Give the size into which takes are framed: the output's, or that of its halves.

    Halves lie one above the other where the output is upright. None stands for that of the first
    take.
    """
    size = settings.size
    if size is None or settings.effects.before_after != "beside":
        return size
    width, height = size
    if height > width:
        return width, (height - _LINE) // 2 & ~1
    return (width - _LINE) // 2 & ~1, height


def clip_of_pictures(pictures: Pictures) -> Clip:
    """Give pictures as a silent moviepy ``VideoClip``, which opens no file before it is asked."""
    from moviepy.video.VideoClip import VideoClip

    clip = VideoClip(duration=float(pictures.plan.duration))
    # Not through the constructor, which would decode a frame to learn its size.
    clip.frame_function = lambda time: to_rgb(pictures[_number(pictures, time)])
    clip.size, clip.fps = pictures.size, float(pictures.plan.rate)
    return clip


def _number(pictures: Pictures, time: float) -> int:
    """Give the number of the frame that is on screen at a time (s) of the output."""
    number = math.floor(time * float(pictures.plan.rate) + ROUNDING)
    return min(max(number, 0), len(pictures) - 1)


def _mouths(pictures: Pictures, faces: Mapping[int, Faces], *, mirrored: bool) -> Float64s:
    videos = {index: require_take(info) for index, info in pictures.takes.items()}
    shapes = {index: (video.width, video.height) for index, video in videos.items()}
    boxes = mouth_boxes(pictures.plan, shapes, pictures.size, pictures.framing, faces)
    if mirrored:
        boxes[:, [0, 2]] = pictures.size[0] - boxes[:, [2, 0]]
    return boxes


def _laid_over(picture: Rgb, patches: list[Patch]) -> Rgb:
    """Lay patches over a copy of a picture."""
    out = rounded(picture).copy()
    for one in patches:
        left, top = one.corner
        above = np.asarray(one.picture, np.float32)
        area = out[top : top + above.shape[0], left : left + above.shape[1]]
        alpha = above[..., 3:] * (one.opacity / 255)
        area[:] = np.rint(area + (above[..., :3] - area) * alpha)
    return out
