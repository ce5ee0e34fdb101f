"""What an editing program wants to know of a take and of the song: frames, rate, time code."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from lipsyncer.media.probe import probe, require_song, require_take
from lipsyncer.media.streams import open_media
from lipsyncer.render.retime import output_rate

_RATES = tuple(
    sorted(
        [Fraction(rate) for rate in (24, 25, 30, 50, 60)]
        + [Fraction(rate * 1000, 1001) for rate in (24, 30, 60)]
    )
)
"""Frames per second that the time line of an editing program can have."""

_PLAIN_SOUND = ("pcm_",)
"""Beginnings of the names of codecs whose first sample nobody can be wrong about."""


@dataclass(frozen=True, slots=True)
class Footage:
    """The picture of a take as an editing program counts it.

    Parameters
    ----------
    path
        The file.
    rate
        Frames per second; the nominal rate where it varies.
    start
        Seconds of the file's own clock at which frame 0 appears.
    frames
        How many there are.
    timecode
        Time code of frame 0, as a number of frames.
    size
        Width and height of the picture as its file says it is shown.
    has_sound
        Whether there is any.
    turned
        Degrees clockwise by which it has to be turned beyond that.
    """

    path: Path
    rate: Fraction
    start: float
    frames: int
    timecode: int
    size: tuple[int, int]
    has_sound: bool
    turned: int = 0

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height of the picture once it is turned."""
        return self.size[::-1] if self.turned % 180 else self.size


@dataclass(frozen=True, slots=True)
class SongSound:
    """The sound of the song as an editing program finds it.

    Parameters
    ----------
    path
        The file.
    duration
        Seconds.
    rate
        Samples per second.
    plain
        Whether it is stored as bare samples. Of other kinds programs disagree on how much of the
        encoder's delay they play, up to 50 ms of an MP3.
    """

    path: Path
    duration: float
    rate: int
    plain: bool


def footage_of(path: Path, turned: int = 0) -> Footage:
    """Look into a take, whose picture is turned by so many degrees clockwise.

    Raises
    ------
    InputError
        When it can't be read or has no moving picture.
    """
    info = probe(path)
    video = require_take(info)
    rate = output_rate(video.rate, video.rate)
    return Footage(
        path=path,
        rate=rate,
        start=video.start,
        # Where the rate varies, frames are counted as if it did not, as editing programs do.
        frames=max(1, round(video.duration * rate)),
        timecode=_timecode(path, rate),
        size=(video.width, video.height),
        has_sound=info.audio is not None,
        turned=turned,
    )


def song_of(path: Path, duration: float) -> SongSound:
    """Look into a song of a known duration (s).

    Raises
    ------
    InputError
        When it can't be read.
    """
    info = probe(path)
    audio = require_song(info)
    plain = audio.codec.startswith(_PLAIN_SOUND) and info.video is None
    return SongSound(path, duration, audio.sample_rate, plain)


def timeline_rate(rate: Fraction) -> Fraction:
    """Give the rate of a time line for footage of a rate: the nearest that programs offer."""
    return min(_RATES, key=lambda offered: abs(offered - rate))


def _timecode(path: Path, rate: Fraction) -> int:
    """Read the time code of the first frame, as a number of frames; 0 where there is none."""
    with open_media(path) as container:
        notes = [container.metadata, *(stream.metadata for stream in container.streams)]
        text = next((note["timecode"] for note in notes if "timecode" in note), None)
    if text is not None:
        import opentimelineio as otio

        # A rate that has no time code, such as 29.8, or a note that is no time code.
        with contextlib.suppress(ValueError):
            return int(otio.opentime.from_timecode(text, float(rate)).value)
    return 0
