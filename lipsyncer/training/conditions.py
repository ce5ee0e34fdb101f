"""What clips sound like when a network is measured: speech, singing, and music beneath either."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial as bind

import numpy as np

from lipsyncer.arrays import Float32s
from lipsyncer.progress import Stage
from lipsyncer.training.clips import Clip, with_sound
from lipsyncer.training.distort import voiced_positions
from lipsyncer.training.music import random_music
from lipsyncer.training.singing import POSITION
from lipsyncer.training.singing_clips import sung_clips

# Other seeds than training's: it has heard none of these pieces and tunes.
_MUSIC_SEED, _SINGING_SEED = 1007, 1007
_PIECES, _SECONDS = 24, 30.0


@dataclass(frozen=True)
class Condition:
    """One way for clips to sound.

    Attributes
    ----------
    title
        For a table.
    sung
        Whether the speech is turned into singing.
    level
        Level of the voice over the music beneath it in dB; None where there is no music.
    """

    title: str
    sung: bool = False
    level: float | None = None


CONDITIONS = {
    "speech": Condition("speech"),
    "music": Condition("speech, music 0 dB", level=0.0),
    "loud-music": Condition("speech, music -5 dB", level=-5.0),
    "singing": Condition("singing", sung=True),
    "singing-music": Condition("singing, music 0 dB", sung=True, level=0.0),
}
"""By the names of ``lipsyncer evaluate --conditions``; the levels are of voice to music."""

Change = Callable[[Clip], Clip]


class Sounds:
    """Makes what the conditions need, once.

    Parameters
    ----------
    conditions
        Those that will be asked for.
    clips
        Spoken clips.
    """

    def __init__(self, conditions: Sequence[Condition], clips: list[Clip]) -> None:
        self._spoken = clips
        self._sung: list[Clip] = []
        self._wants_singing = any(c.sung for c in conditions)
        self._wants_music = any(c.level is not None for c in conditions)
        self._music: list[Float32s] = []

    def make(self) -> Stage[None]:
        """Make singing and music; a LipsyncerError names the program that is missing."""
        if self._wants_music:
            self._music = random_music(_PIECES, _SECONDS, _MUSIC_SEED)
        yield 0.2
        if self._wants_singing:
            self._sung = yield from sung_clips(self._spoken, _SINGING_SEED)

    def voices(self, condition: Condition) -> list[Clip]:
        """Clips of a condition before any music."""
        return self._sung if condition.sung else self._spoken

    def change(self, condition: Condition) -> Change:
        """The function that lays a condition's music beneath a clip."""
        if condition.level is None:
            return _as_it_is
        return bind(under_music, pieces=self._music, level=condition.level)


def under_music(clip: Clip, pieces: list[Float32s], level: float) -> Clip:
    """Lay music beneath a clip's voice; which, depends on the clip's name and length alone.

    Parameters
    ----------
    clip
        A clip without music.
    pieces
        Music at 16 kHz, to draw from; a piece too short is repeated.
    level
        Power of the voice, where one sounds, over that of the music in dB.
    """
    rng = np.random.default_rng((zlib.crc32(clip.name.encode()), len(clip)))
    piece = pieces[int(rng.integers(len(pieces)))]
    start = int(rng.integers(len(piece)))
    voice = clip.sound.astype(np.float32) / 32768
    music = np.resize(np.roll(piece, -start), len(voice))
    sounding = np.repeat(voiced_positions(clip.power), POSITION)
    # A rest in the music must not be turned up to a roar.
    loud = max(_power(music), 0.01 * _power(piece))
    gain = np.sqrt(_power(voice[sounding]) / loud * 10 ** (-level / 10))
    mixed = voice + np.float32(gain) * music
    return with_sound(clip, mixed / max(float(np.abs(mixed).max()), 1.0))


def _power(samples: Float32s) -> float:
    return float(np.mean(np.square(samples))) if len(samples) else 0.0


def _as_it_is(clip: Clip) -> Clip:
    return clip
