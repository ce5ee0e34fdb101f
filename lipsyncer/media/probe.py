"""What a media file holds: streams, durations, orientation, rate and dynamic range."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import av
import numpy as np

from lipsyncer.arrays import Float64s
from lipsyncer.diagnostics.errors import InputError, require_file
from lipsyncer.edit.document import Take
from lipsyncer.media.media_limits import (
    LONGEST_SONG,
    check_gap,
    check_length,
    check_picture,
    check_sound,
)
from lipsyncer.media.streams import (
    clock_start,
    decoded,
    nominal_step,
    open_media,
    packets,
    picture_stream,
    presented,
    reading,
    sound_stream,
    sound_streams,
)
from lipsyncer.media.tonemap import HdrTransfer
from lipsyncer.media.trial import read_first
from lipsyncer.media.upright import hdr_of, orientation_of, upright_size

SHORTEST = 1.0

#: Rates that cameras mean, to which a measured rate close to one of them is rounded.
_STANDARD_RATES = tuple(
    [float(rate) for rate in (5, 8, 10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 100, 120, 240)]
    + [rate * 1000 / 1001 for rate in (24, 30, 60, 120, 240)]
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
    times
        float64 (frames,), seconds of the file's own clock: when each frame appears, in order.
    lost
        Seconds that the file's index promises after its last frame, 0 for a whole file.
    turned
        Degrees clockwise by which the picture has to be turned beyond that, though the file does
        not say so; width and height are those of the picture so turned.
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
    times: Float64s = field(compare=False, repr=False)
    lost: float = 0.0
    turned: int = 0


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
    tracks
        How many sound tracks there are; this is the one that a player would choose.
    """

    codec: str
    sample_rate: int
    channels: int
    start: float
    duration: float
    tracks: int = 1


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

    def turned(self, degrees: int) -> MediaInfo:
        """Say that the picture has to be turned (0, 90, 180 or 270 degrees clockwise) as well."""
        video = self.video
        if video is None or not degrees:
            return self
        sides = (video.width, video.height)
        width, height = sides if degrees == 180 else sides[::-1]
        turned = (video.turned + degrees) % 360
        return replace(self, video=replace(video, width=width, height=height, turned=turned))


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
    require_file(path)
    read_first(path)
    with reading(path), open_media(path) as container:
        picture, sound = picture_stream(container), sound_stream(container)
        scans = _scan(container, [s for s in (picture, sound) if s is not None])
        for scan in scans.values():
            check_gap(path, scan.longest_gap)
        # A stream that holds nothing, or nothing that can be decoded, might as well not be there:
        # a phone that may not use its microphone writes an empty sound track.
        picture, sound = (s if s in scans else None for s in (picture, sound))
        if not scans and container.streams.subtitles:
            raise InputError(
                path, "it holds lyrics or subtitles alone; choose a video or a song instead."
            )
        if not scans:
            raise InputError(
                path, "it contains no readable picture or sound; convert or replace it."
            )
        start = min(scan.begin for scan in scans.values())
        check_gap(path, max(scan.begin for scan in scans.values()) - start)
        check_length(path, max(scan.end for scan in scans.values()) - start)
        if picture is not None:
            check_picture(path, scans[picture].first.width, scans[picture].first.height)
        if sound is not None:
            frame = scans[sound].first
            check_sound(path, frame.layout.nb_channels, frame.sample_rate)
        video = None if picture is None else _video(picture, scans[picture], start)
        audio = None if sound is None else _audio(sound, scans[sound], start)
        return MediaInfo(
            path=path,
            size_bytes=path.stat().st_size,
            container=container.format.name,
            start=start,
            duration=max(s.start + s.duration for s in (video, audio) if s is not None),
            video=video,
            audio=audio,
        )


def path_and_start(source: str | Path | MediaInfo) -> tuple[Path, float]:
    """Return a file's path and the raw stamp (s) of its time 0, read anew where it isn't known."""
    if isinstance(source, MediaInfo):
        return source.path, source.start
    return Path(source), clock_start(source)


def require_take(info: MediaInfo) -> VideoInfo:
    """Return the picture of a file that is to be a take.

    Raises
    ------
    InputError
        When it has no moving picture, or less than a second of it.
    """
    video = info.video
    if video is None:
        raise InputError(
            info.path,
            "this file has no readable picture; choose a video of the performance.",
        )
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
        raise InputError(info.path, "this file has no readable sound; choose the song.")
    if audio.duration < SHORTEST:
        raise InputError(
            info.path,
            f"the song lasts only {audio.duration:.2f} seconds; choose one of a second or more.",
        )
    check_length(info.path, audio.duration, LONGEST_SONG)
    return audio


def probe_take(take: Take) -> MediaInfo:
    """Find out what a take holds, its picture turned as the cut has it; see `probe`."""
    return probe(take.path).turned(take.turned)


@dataclass(slots=True)
class _Scan:
    """What the packets of a stream say, in raw stamps (s)."""

    spans: list[tuple[float, float]] = field(default_factory=list)
    first: Any = None
    last_packets: deque[Any] = field(default_factory=lambda: deque(maxlen=4))

    @property
    def begin(self) -> float:
        """When it is first seen or heard: the decoder drops what an encoder put in front."""
        stamp = self.first.time if isinstance(self.first, av.AudioFrame) else None
        return float(stamp) if stamp is not None else min(self.spans)[0]

    @property
    def end(self) -> float:
        return max(end for _, end in self.spans)

    @property
    def longest_gap(self) -> float:
        """Seconds, the most between the start of one packet and that of the next."""
        starts = np.sort([start for start, _ in self.spans])
        return float(np.diff(starts).max(initial=0.0))


def _scan(container: Any, streams: list[Any]) -> dict[Any, _Scan]:
    """Read every packet of some streams, decoding each stream until its first frame.

    Streams of which nothing could be decoded are left out.
    """
    scans = {stream.index: _Scan() for stream in streams}
    for packet in packets(container, *streams):
        scan = scans.get(packet.stream.index)
        if scan is None:
            continue
        span = presented(packet)
        if span is None and packet.dts is None and packet.size:
            # A raw stream has no stamps: its frames follow each other at the nominal rate.
            length = float((packet.duration or 0) * packet.time_base)
            begin = scan.spans[-1][1] if scan.spans else 0.0
            span = (begin, begin + (length or nominal_step(packet.stream)))
        if span is not None:
            scan.spans.append(span)
            scan.last_packets.append(packet)
        if scan.first is None:
            scan.first = next(iter(decoded(packet)), None)
    by_stream = {stream: scans[stream.index] for stream in streams}
    return {s: scan for s, scan in by_stream.items() if scan.first is not None and scan.spans}


def _video(picture: Any, scan: _Scan, start: float) -> VideoInfo:
    stamps = np.sort(np.array([begin for begin, _ in scan.spans]))
    rate, variable = _rate(stamps, 1.0 / nominal_step(picture))
    end = max(scan.end, float(stamps[-1]) + 0.5 / rate)
    turn = orientation_of(scan.first)
    width, height = upright_size(scan.first, picture.sample_aspect_ratio, turn)
    promised = float((picture.duration or 0) * picture.time_base) if picture.time_base else 0.0
    return VideoInfo(
        codec=picture.codec.canonical_name,
        width=width,
        height=height,
        rotation=turn.rotation,
        mirrored=turn.mirrored,
        rate=rate,
        variable_rate=variable,
        start=float(stamps[0]) - start,
        duration=end - float(stamps[0]),
        frames=len(stamps),
        pixel_format=scan.first.format.name,
        hdr=hdr_of(picture),
        times=stamps - start,
        lost=max(0.0, promised - (end - float(stamps[0]))),
    )


def _audio(sound: Any, scan: _Scan, start: float) -> AudioInfo:
    end = scan.end
    # The encoder fills its last packet up; some containers say so only to the decoder.
    tail = [f for packet in scan.last_packets for f in decoded(packet) if f.time is not None]
    if tail:
        end = min(end, tail[-1].time + tail[-1].samples / tail[-1].sample_rate)
    context = sound.codec_context
    return AudioInfo(
        codec=context.codec.canonical_name,
        sample_rate=context.sample_rate,
        channels=context.channels,
        start=scan.begin - start,
        duration=max(0.0, end - scan.begin),
        tracks=len(sound_streams(sound.container)),
    )


def _rate(stamps: Float64s, fallback: float) -> tuple[float, bool]:
    """Nominal rate (frames per second) of frames with these stamps, and whether it varies."""
    steps = np.diff(stamps)
    steps = steps[steps > 0]
    if len(steps) == 0:
        return fallback, False
    typical = float(np.median(steps))
    near_typical = steps[np.abs(steps - typical) < 0.5 * typical]
    step = float(near_typical.mean()) if len(near_typical) else typical
    even = stamps[0] + np.arange(len(stamps)) * step
    variable = bool(np.abs(stamps - even).max() >= 0.5 * step)
    rate = 1.0 / step
    nearest = min(_STANDARD_RATES, key=lambda r: abs(r - rate))
    near = 5e-3 if variable else 5e-4
    return (nearest if abs(rate / nearest - 1) < near else rate), variable
