"""The song as the output hears it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from lipsyncer.arrays import Float32s
from lipsyncer.edit.document import TOLERANCE, Document
from lipsyncer.media.audio import read_audio
from lipsyncer.media.probe import MediaInfo

SAMPLE_RATE = 48_000
"""Samples per second of every output."""

FADE = 0.005
"""Seconds over which a song that is cut rises and falls, so that the cut doesn't click."""


def song_sound(
    document: Document, seconds: float, media: Mapping[Path, MediaInfo] | None = None
) -> Float32s:
    """Decode the part of the song that the document covers.

    Parameters
    ----------
    seconds
        Length of the output, at least that of the span; what lies after the span is silent.
    media
        What ``probe`` said of the song, where it is known.

    Returns
    -------
    sound
        (round(seconds * SAMPLE_RATE), 2) stereo. It is the song's samples untouched, but for a
        fade where the span begins after the song does or ends before it.

    Raises
    ------
    InputError
        When the song can't be read.
    """
    source = (media or {}).get(document.song, document.song)
    song = stereo(read_audio(source, rate=SAMPLE_RATE, mono=False))
    start, end = document.span
    first = round(start * SAMPLE_RATE)
    part = song[first : round(end * SAMPLE_RATE)]
    sound = np.zeros((round(seconds * SAMPLE_RATE), 2), dtype=np.float32)
    length = min(len(part), len(sound))
    sound[:length] = part[:length]
    fade = min(round(FADE * SAMPLE_RATE), length)
    rise = (np.arange(fade, dtype=np.float32)[:, np.newaxis] + 0.5) / max(fade, 1)
    if start > TOLERANCE:
        sound[:fade] *= rise
    if end < document.song_duration - TOLERANCE:
        sound[length - fade : length] *= rise[::-1]
    return sound


def stereo(samples: Float32s) -> Float32s:
    """Give (n, 2) for mono or stereo, given as (n,) or (n, channels)."""
    channels = samples.reshape(len(samples), -1)
    return np.repeat(channels, 2, axis=1) if channels.shape[1] == 1 else channels
