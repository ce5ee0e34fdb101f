"""Everything that the output sounds like: the song, fades, the camera's sound, the level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lipsyncer.edit.document import Document
from lipsyncer.media.audio import Samples
from lipsyncer.media.probe import MediaInfo
from lipsyncer.render.camera_audio import camera_sound
from lipsyncer.render.loudness import Loudness, loudness_of, turn_down
from lipsyncer.render.mix import SAMPLE_RATE, song_sound


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """What is done to the song; by default nothing.

    Parameters
    ----------
    fade_in, fade_out
        Seconds over which the output's sound rises and falls.
    camera
        Level (dB) at which the takes' own sound is laid under the song; not at all when None.
    turn_down
        Whether sound louder than platforms play is brought down to their level.
    """

    fade_in: float = 0.0
    fade_out: float = 0.0
    camera: float | None = None
    turn_down: bool = False


SONG_AS_IT_IS = SoundSettings()


def output_sound(
    document: Document,
    seconds: float,
    settings: SoundSettings,
    fitted: Document | None = None,
    media: Mapping[Path, MediaInfo] | None = None,
) -> tuple[Samples, Loudness]:
    """Mix the sound of an output and measure it.

    Parameters
    ----------
    seconds
        Length of the output.
    fitted
        Where the picture stays and the song is moved: which moment of the song is heard when, from
        ``fit_song``.
    media
        What ``probe`` said of song and takes; those missing are probed.

    Returns
    -------
    sound
        (round(seconds * SAMPLE_RATE), 2); the song's own samples unless the settings ask for more.
    loudness
        Of that sound.

    Raises
    ------
    InputError
        When the song or a take's sound can't be read.
    """
    sound = camera_sound(fitted, seconds, media) if fitted else song_sound(document, seconds, media)
    if settings.camera is not None:
        sound += camera_sound(document, seconds, media) * np.float32(10 ** (settings.camera / 20))
    start, end = document.span
    _fade(sound, settings.fade_in)
    _fade(sound[: round((end - start) * SAMPLE_RATE)][::-1], settings.fade_out)
    measured = loudness_of(sound, SAMPLE_RATE)
    if settings.turn_down and (gain := turn_down(measured)) < 0:
        sound *= np.float32(10 ** (gain / 20))
        measured = Loudness(measured.integrated + gain, measured.true_peak + gain)
    return sound, measured


def _fade(sound: Samples, seconds: float) -> None:
    """Let sound rise from its beginning, in place, along half a cosine."""
    length = min(round(seconds * SAMPLE_RATE), len(sound))
    rise = 0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(length, 1))
    sound[:length] *= rise.astype(np.float32)[:, np.newaxis]
