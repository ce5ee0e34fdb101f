"""A cut as a moviepy clip that shows what the renderer writes."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from moviepy.audio.AudioClip import AudioClip
from moviepy.video.VideoClip import VideoClip

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document
from lipsyncer.media.audio import Samples
from lipsyncer.render.compose import Pictures
from lipsyncer.render.interpolation import to_rgb
from lipsyncer.render.layers import Rgb
from lipsyncer.render.mix import SAMPLE_RATE, song_sound
from lipsyncer.render.retime import ROUNDING


def clip_of(document: Document, pictures: Pictures) -> Any:
    """Make a moviepy ``VideoClip`` of a cut, with the song as its audio.

    The song is decoded when it is first heard. Closing the clip closes the takes, also those of its
    copies, as with moviepy's own clips of files.
    """
    plan = pictures.plan
    seconds = float(plan.duration)

    def picture(time: float) -> Rgb:
        number = math.floor(time * float(plan.rate) + ROUNDING)
        return to_rgb(pictures[min(max(number, 0), len(plan) - 1)])

    clip = VideoClip(duration=seconds)
    # Not through the constructor, which would decode a frame to learn its size.
    clip.frame_function = picture
    clip.size, clip.fps = pictures.size, float(plan.rate)
    clip.audio = _audio(document, seconds)
    clip.close = pictures.close
    return clip


def _audio(document: Document, seconds: float) -> Any:
    """Make a moviepy ``AudioClip`` of the part of the song that a cut covers."""

    @cache
    def song() -> Samples:
        return song_sound(document, seconds)

    def sample(time: float | Float64s) -> Samples:
        index = np.rint(np.asarray(time) * SAMPLE_RATE).astype(int)
        inside = (index >= 0) & (index < len(song()))
        heard: Samples = song()[np.where(inside, index, 0)] * inside[..., np.newaxis]
        return heard

    audio = AudioClip(duration=seconds, fps=SAMPLE_RATE)
    audio.frame_function, audio.nchannels = sample, 2
    return audio
