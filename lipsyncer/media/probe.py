"""What a media file holds: streams, durations, orientation, rate and dynamic range."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..diagnostics import InputError
from .streams import decoded, first_stamp, open_media, packets, picture_stream, sound_stream
from .tonemap import HdrTransfer
from .upright import hdr_of, orientation_of, upright_size

SHORTEST = 1.0

#: Rates that cameras mean, to which a measured rate close to one of them is rounded.
_STANDARD_RATES = (
    *(n * 1000 / 1001 for n in (24, 30, 60, 120, 240)),
    *(
        5.0,
        8.0,
        10.0,
        12.0,
        12.5,
        15.0,
        20.0,
        24.0,
        25.0,
        30.0,
        48.0,
        50.0,
        60.0,
        100.0,
        120.0,
        240.0,
    ),
)


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """The moving picture of a file.

    Parameters
    ----------
    codec
        Name of the codec, such as ``"h264"``.
    width, height
        Pixels of the picture as it is shown: upright, square pixels.
    rotation, mirrored
        How the stored picture is turned to be upright: mirrored left to right first where
        ``mirrored``, then turned clockwise by 0, 90, 180 or 270 degrees.
    rate
        Nominal frames per second: the spacing that most frames keep.
    variable_rate
        Whether frames stray from an even spacing by half of it or more.
    start, duration
        Seconds: when the first frame appears, on the file's own clock, and how long from then on
        to the end of the last one.
    frames
        Number of frames that are shown.
    pixel_format
        As stored, such as ``"yuv420p10le"``.
    hdr
        ``"hlg"`` or ``"pq"`` for high dynamic range, else None.
    """

    codec: str
    width: int
    height: int
    rotation: int
    mirrored: bool
    rate: float
    variable_rate: bool
    start: float
    duration: float
    frames: int
    pixel_format: str
    hdr: HdrTransfer | None


@dataclass(frozen=True, slots=True)
class AudioInfo:
    """The sound of a file.

    Parameters
    ----------
    codec
        Name of the codec, such as ``"aac"``.
    sample_rate
        Samples per second as stored.
    channels
        How many.
    start, duration
        Seconds: when sound begins on the file's own clock, and how long it lasts.
    """

    codec: str
    sample_rate: int
    channels: int
    start: float
    duration: float


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a media file holds.

    Parameters
    ----------
    path
        The file.
    size_bytes
        Its size.
    container
        Short name of the container format.
    start
        Raw time stamp (s) of time 0 of the file's own clock; everything else is on that clock.
    duration
        Seconds from time 0 to the end of its picture or sound, whichever is later.
    video, audio
        Its picture and its sound, None where it has none. Cover art is no picture.
    """

    path: Path
    size_bytes: int
    container: str
    start: float
    duration: float
    video: VideoInfo | None
    audio: AudioInfo | None


def probe(path: str | Path) -> MediaInfo:
    """Find out what a media file holds.

    All its packets are read, so the figures are true for cut-off files and wrong headers too, but
    only the first frames are decoded.

    Raises
    ------
    InputError
        When it is missing, a folder, empty, cut off, no media file, or its streams are unreadable.
    """
    path = Path(path)
    with open_media(path) as container:
        picture, sound = picture_stream(container), sound_stream(container)
        if picture is None and sound is None:
            raise InputError(path, "the file holds neither picture nor sound; choose another file.")
        for stream in (picture, sound):
            if stream is not None and stream.codec_context is None:
                raise InputError(
                    path, f"its {stream.type} is of an unknown kind; convert the file first."
                )
        first = None if picture is None else _first_frame(path, container, picture)
    with open_media(path) as container:
        picture, sound = picture_stream(container), sound_stream(container)
        start = first_stamp(container, picture, sound)
    with open_media(path) as container:
        picture, sound = picture_stream(container), sound_stream(container)
        spans = _packet_spans(container, [s for s in (picture, sound) if s is not None])
        video = None if picture is None else _video(picture, first, spans[picture.index], start)
        audio = None if sound is None else _audio(sound, spans[sound.index], start)
        ends = [s.start + s.duration for s in (video, audio) if s is not None]
        return MediaInfo(
            path=path,
            size_bytes=path.stat().st_size,
            container=container.format.name,
            start=start,
            duration=max(ends),
            video=video,
            audio=audio,
        )


def require_take(info: MediaInfo) -> VideoInfo:
    """Return the picture of a file that is to be a take.

    Raises
    ------
    InputError
        When it has no moving picture, or less than a second of it.
    """
    video = info.video
    if video is None:
        raise InputError(info.path, "this file has no picture; choose a video of the performance.")
    if video.frames < 2:
        raise InputError(
            info.path, "this is a still picture, not a video; choose a video of the performance."
        )
    if video.duration < SHORTEST:
        raise InputError(
            info.path,
            f"the video lasts only {video.duration:.2f} seconds; choose one of a second or more.",
        )
    return video


def require_song(info: MediaInfo) -> AudioInfo:
    """Return the sound of a file that is to be a song.

    Raises
    ------
    InputError
        When it has no sound, or less than a second of it.
    """
    audio = info.audio
    if audio is None:
        raise InputError(info.path, "this file has no sound; choose the song.")
    if audio.duration < SHORTEST:
        raise InputError(
            info.path,
            f"the song lasts only {audio.duration:.2f} seconds; choose one of a second or more.",
        )
    return audio


def _first_frame(path: Path, container: Any, picture: Any) -> Any:
    for packet in packets(container, picture):
        for frame in decoded(packet):
            return frame
    raise InputError(
        path,
        f"its picture ({picture.codec_context.name}) can't be decoded; convert the file first.",
    )


def _packet_spans(container: Any, streams: list[Any]) -> dict[int, npt.NDArray[np.float64]]:
    """Raw start and end (s) of every packet that is presented, (n, 2) per stream, in order."""
    spans: dict[int, list[tuple[float, float]]] = {s.index: [] for s in streams}
    for packet in packets(container, *streams):
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or packet.is_discard or packet.size == 0:
            continue
        tick = packet.time_base
        spans[packet.stream_index].append(
            (float(stamp * tick), float((stamp + (packet.duration or 0)) * tick))
        )
    return {
        index: np.array(sorted(rows), dtype=np.float64).reshape(-1, 2)
        for index, rows in spans.items()
    }


def _video(picture: Any, first: Any, spans: npt.NDArray[np.float64], start: float) -> VideoInfo:
    stamps = spans[:, 0]
    rate, variable = _rate(stamps, float(picture.guessed_rate or 25))
    end = max(float(spans[:, 1].max()), float(stamps[-1]) + 0.5 / rate)
    turn = orientation_of(first)
    width, height = upright_size(first, picture.sample_aspect_ratio, turn)
    return VideoInfo(
        codec=picture.codec_context.name,
        width=width,
        height=height,
        rotation=turn.rotation,
        mirrored=turn.mirrored,
        rate=rate,
        variable_rate=variable,
        start=float(stamps[0]) - start,
        duration=end - float(stamps[0]),
        frames=len(stamps),
        pixel_format=first.format.name,
        hdr=hdr_of(picture),
    )


def _audio(sound: Any, spans: npt.NDArray[np.float64], start: float) -> AudioInfo:
    context = sound.codec_context
    begin = max(start, float(spans[0, 0])) if len(spans) else start
    end = float(spans[:, 1].max()) if len(spans) else start
    return AudioInfo(
        codec=context.name,
        sample_rate=context.sample_rate,
        channels=context.channels,
        start=begin - start,
        duration=max(0.0, end - begin),
    )


def _rate(stamps: npt.NDArray[np.float64], fallback: float) -> tuple[float, bool]:
    """Nominal rate (frames per second) of frames with these stamps, and whether it varies."""
    steps = np.diff(stamps)
    steps = steps[steps > 0]
    if len(steps) == 0:
        return fallback, False
    typical = float(np.median(steps))
    step = float(steps[np.abs(steps - typical) < 0.25 * typical].mean())
    even = stamps[0] + np.arange(len(stamps)) * step
    variable = bool(np.abs(stamps - even).max() >= 0.5 * step)
    rate = 1.0 / step
    nearest = min(_STANDARD_RATES, key=lambda r: abs(r - rate))
    near = 5e-3 if variable else 5e-4
    return (nearest if abs(rate / nearest - 1) < near else rate), variable
