"""A cut as a moviepy clip that shows what the renderer writes."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from moviepy.audio.AudioClip import AudioClip

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document
from lipsyncer.media.audio import Samples
from lipsyncer.render.composition import Composition
from lipsyncer.render.mix import SAMPLE_RATE, song_sound


def clip_of(document: Document, composition: Composition) -> Any:
    """Make a moviepy ``VideoClip`` of a cut, with the song as its audio.

    The song is decoded when it is first heard. Closing the clip closes the takes, also those of its
    copies, as with moviepy's own clips of files.
    """
    clip = composition.clip()
    clip.audio = _audio(document, clip.duration)
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
