"""A copy of a video whose picture is moved against its sound; nothing is encoded anew.

Players and platforms differ in whether they honour the edit lists of MP4, so none is written and
none is needed: both streams begin at 0. A picture that has to come later holds its first frame. One
that has to come earlier shows its first frames within a few hundredths of a millisecond, so that
every frame stays there for those after it to be decoded from, and none is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from lipsyncer.arrays import Integers
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media.audio import read_sound
from lipsyncer.media.probe import MediaInfo
from lipsyncer.media.streams import (
    decoded,
    is_counted,
    open_media,
    packets,
    picture_stream,
    sound_streams,
)

TICKS = 90_000
"""Units per second in which the copy's picture is stamped."""
MOST_SKIPPED = 1.0
"""Seconds of picture before the sound that are passed over in no time; where there are more, the
sound begins later than the picture by an edit list, as it did before."""


_NEITHER = "it contains no readable picture or sound; convert or replace it."


def shift_picture(info: MediaInfo, target: Path, seconds: float, form: str = "mp4") -> bool:
    """Copy a video with its picture moved against its sound.

    Parameters
    ----------
    info
        What ``probe`` said of any video with sound.
    target
        File to write; what is there is replaced.
    seconds
        How much later every frame is to be shown; negative for earlier.
    form
        Kind of the copy, ``mp4`` or ``mov``.

    Returns
    -------
    bool
        Whether players that ignore edit lists show the copy as all others do.

    Raises
    ------
    InputError
        When the source can't be read.
    ValueError
        When this kind of file does not take the source's streams.
    OSError, av.error.FFmpegError
        When the copy can't be written.
    """
    with open_media(info.path) as container:
        picture, sound = picture_stream(container), _heard(container, info)
        if picture is None or sound is None:
            raise InputError(info.path, _NEITHER)
        stored: dict[int, list[Any]] = {picture.index: [], sound.index: []}
        for packet in packets(container, picture, sound):
            if packet.size and packet.dts is not None and packet.pts is not None:
                stored[packet.stream.index].append(packet)
        frames, sound_packets = stored[picture.index], _audible(info, stored[sound.index])
        if not frames or not sound_packets:
            raise InputError(info.path, _NEITHER)
        if is_counted(container):
            _stamp_by_count(info.path, frames)
        begins = float(sound_packets[0].pts * sound_packets[0].time_base)
        first_shown = min(float(packet.pts * packet.time_base) for packet in frames)
        lead = begins - (first_shown + seconds)
        without_edit_list = lead <= MOST_SKIPPED
        # Time 0 of the copy, on the clock of the source's sound.
        zero = begins if without_edit_list else first_shown + seconds
        shown_at, decoded_at = _restamped(frames, seconds - zero)
        options = {"movflags": "+faststart", "use_editlist": "0" if without_edit_list else "1"}
        with av.open(str(target), "w", format=form, options=options) as copy:
            copy.metadata.update(container.metadata)
            video = copy.add_stream_from_template(picture)
            audio = copy.add_stream_from_template(sound)
            video.time_base = Fraction(1, TICKS)
            stamped = [(decoded_at[k] / TICKS, k, True) for k in range(len(frames))]
            for k, packet in enumerate(sound_packets):
                packet.pts -= round(zero / packet.time_base)
                packet.dts = packet.pts
                stamped.append((float(packet.pts * packet.time_base), k, False))
            for _, k, is_picture in sorted(stamped):
                packet = frames[k] if is_picture else sound_packets[k]
                if is_picture:
                    # The base goes first: a packet's stamps are in whichever it has.
                    packet.time_base = Fraction(1, TICKS)
                    packet.pts, packet.dts = int(shown_at[k]), int(decoded_at[k])
                    packet.duration = 0
                packet.stream = video if is_picture else audio
                copy.mux(packet)
    return without_edit_list


def _heard(container: Any, info: MediaInfo) -> Any | None:
    """The sound track that everything else listens to."""
    tracks = sound_streams(container)
    if len(tracks) < 2:
        return next(iter(tracks), None)
    return container.streams.audio[(read_sound(info, rate=48_000).track or 1) - 1]


def _stamp_by_count(path: Path, frames: Sequence[Any]) -> None:
    """Stamp the frames of a file that only counts them; a decoder knows which is shown when."""
    order: list[int] = []
    with open_media(path) as container:
        number = 0
        for packet in packets(container, picture_stream(container)):
            if packet.size and packet.dts is not None:
                packet.pts, number = number, number + 1
            order += [frame.pts for frame in decoded(packet)]
    if sorted(order) != list(range(len(frames))):
        raise ValueError("some packets hold no frame, or several")
    stamps = [packet.dts for packet in frames]
    ahead = max(number - place for place, number in enumerate(order))
    for place, number in enumerate(order):
        frames[number].pts = stamps[place]
        frames[number].dts = stamps[max(number - ahead, 0)]


def _audible(info: MediaInfo, sound: Sequence[Any]) -> list[Any]:
    """The packets of sound without those that hold nothing but the encoder's delay."""
    first = info.start + (info.audio.start if info.audio else 0.0)
    # Half a packet of sound to spare, which is a rounded stamp's error and no whole packet.
    return [
        packet
        for packet in sound
        if float((packet.pts + (packet.duration or 0) // 2) * packet.time_base) >= first
    ] or list(sound)


def _restamped(frames: Sequence[Any], shift: float) -> tuple[Integers, Integers]:
    """When frames are to be shown and decoded, in ticks, by their order in the file.

    The k-th frame shown gets its own time, or else the first tick that is left for it; the order of
    decoding, which runs ahead of the order on screen by a few frames, is kept.
    """
    base = frames[0].time_base
    shown = np.array([round((p.pts * base + Fraction(shift)) * TICKS) for p in frames], np.int64)
    decoded = np.array([round((p.dts * base + Fraction(shift)) * TICKS) for p in frames], np.int64)
    count = np.arange(len(frames))
    rank = np.empty(len(frames), np.int64)
    rank[np.argsort(shown, kind="stable")] = count
    ahead = max(0, int((count - rank).max()))
    shown = np.maximum(shown, rank + ahead)
    # The first frame is there from the start, and held where the picture comes later.
    shown[rank == 0] = ahead
    decoded = np.minimum(np.maximum(decoded, count), shown)
    decoded[0] = 0
    return shown, np.maximum.accumulate(decoded - count) + count
