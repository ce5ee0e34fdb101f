"""What a media file may claim: beyond these a file is refused before anything is allocated."""

from __future__ import annotations

from pathlib import Path

from lipsyncer.diagnostics.errors import InputError

LONGEST = 3 * 3600.0
"""Seconds of a take."""
LONGEST_SONG = 1800.0
"""Seconds of a song, and of an output: all of their samples are in memory at a time."""
LONGEST_GAP = 600.0
"""Seconds without picture or sound inside a stream, and between the starts of two streams."""
MOST_WORK = 6 * 2**30
"""Bytes that an analysis may take: what a computer with 8 GB has to give."""
MOST_CHANNELS = 32
MOST_SAMPLES_PER_SECOND = 384_000
MOST_PIXELS = 8192 * 8192
"""Of one picture."""
TRIAL_SECONDS = 120
"""For which the first reading of a file may last."""
TRIAL_MEMORY = 2 * 2**30
"""Bytes that the first reading of a file may take."""

# Bytes that an analysis takes: libraries and networks, a second of a take (its mouth), and a second
# of a take with a second of the song (two matrices of 25 x 25 single precision numbers).
_PROGRAM, _PER_SECOND, _PER_PAIR = 6e8, 1e6, 2 * 4 * 25 * 25


def check_length(path: Path, seconds: float, most: float = LONGEST) -> None:
    """Refuse a file whose picture or sound is longer than ``most`` seconds.

    Raises
    ------
    InputError
        When it is.
    """
    if not seconds <= most:  # NaN is refused too
        raise InputError(
            path,
            f"it claims to last {seconds / 60:.0f} minutes, and at most {most / 60:.0f} can be "
            "used; cut it first, or convert it if it is really shorter.",
        )


def check_work(longest: Path, song: float, takes: float) -> None:
    """Refuse takes that are too long to be matched with a song in ``MOST_WORK`` bytes.

    Parameters
    ----------
    longest
        The longest take, which is named.
    song, takes
        Seconds of the song, and of all takes together.

    Raises
    ------
    InputError
        When they are.
    """
    most = (MOST_WORK - _PROGRAM) / (_PER_SECOND + _PER_PAIR * song)
    if takes > most:
        raise InputError(
            longest,
            f"the takes last {takes / 60:.0f} minutes in all, and with a song of "
            f"{song / 60:.1f} minutes at most {most // 60:.0f} can be matched; cut them to where "
            "the song is performed.",
        )


def check_gap(path: Path, seconds: float) -> None:
    """Refuse a file whose time stamps leap over more than ``LONGEST_GAP``.

    Raises
    ------
    InputError
        When they do.
    """
    if not seconds <= LONGEST_GAP:
        raise InputError(
            path,
            f"its time stamps leap by {seconds / 60:.0f} minutes where there is no picture or "
            "sound; convert the file first.",
        )


def check_sound(path: Path, channels: int, rate: int) -> None:
    """Refuse sound with more channels or samples per second than recordings have.

    Raises
    ------
    InputError
        When it has.
    """
    if not 1 <= channels <= MOST_CHANNELS or not 1 <= rate <= MOST_SAMPLES_PER_SECOND:
        raise InputError(
            path,
            f"its sound has {channels} channels at {rate} Hz, which can't be used; convert it "
            "to stereo at 48000 Hz.",
        )


def check_picture(path: Path, width: int, height: int) -> None:
    """Refuse a picture of more than ``MOST_PIXELS``.

    Raises
    ------
    InputError
        When it has more, or none.
    """
    if not 0 < width * height <= MOST_PIXELS:
        raise InputError(
            path, f"its picture of {width}x{height} pixels can't be used; make it smaller first."
        )
