"""What a finished file really holds: measured from its boxes and packets, not from what it claims.

Platforms look at more than a player does: whether the index comes first, whether an edit list
shifts a stream, whether each group of pictures stands alone.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media.probe import AudioInfo, VideoInfo, probe
from lipsyncer.media.streams import (
    open_media,
    packets,
    picture_stream,
    reading,
    sound_stream,
)

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"meta"}
"""Boxes that hold boxes (ISO/IEC 14496-12)."""

_DEEPEST = 8
"""Boxes in boxes in boxes that are looked into; files of cameras and editors nest six."""

_IDR = 5
"""Kind of a H.264 unit from which decoding can start with nothing from before (ITU-T H.264)."""

_LOCATION = ("location", "xyz", "gps", "iso6709")
_PROFILES = {66: "Baseline", 77: "Main", 88: "Extended", 100: "High", 110: "High 10"}

_MATRICES = {1: "bt709", 5: "bt601", 6: "bt601", 9: "bt2020"}
_RANGES = {1: "limited", 2: "full"}


@dataclass(frozen=True)
class Delivery:
    """A file as a platform's intake sees it.

    Attributes
    ----------
    path, size_bytes, container
        The file, its bytes, and FFmpeg's name of its format.
    index_first
        Whether an MP4's index comes before the media, so that playing can start at once; None
        where the format has no such thing.
    edit_lists
        How many streams are shifted or cut by an edit list.
    video, audio
        As `probe` finds them; None where there is none.
    profile, level
        Of H.264, such as "High" and 4.2; empty and 0 for other codecs.
    reordered
        Whether frames are stored in another order than they are shown, as B-frames make it.
    largest_key_interval
        Seconds between the two key frames that lie furthest apart.
    closed_groups
        Whether every key frame of H.264 lets decoding start; None for other codecs.
    even_rate
        Whether all frames are on screen equally long, to a tenth of a millisecond.
    colour, colour_range
        Matrix, and whether black is at 16; "unknown" where the file does not say.
    square_pixels
        Whether a pixel is as wide as high.
    bit_rate, worst_second
        Bits per second of the picture on average, and over the heaviest second.
    audio_profile
        Such as "LC" for AAC.
    starts
        Time stamps (s) at which picture and sound start, with edit lists ignored.
    end_gap
        Seconds by which the sound ends after the picture.
    location
        Whether the file says where it was filmed.
    """

    path: Path
    size_bytes: int
    container: str
    index_first: bool | None
    edit_lists: int
    video: VideoInfo | None
    audio: AudioInfo | None
    profile: str = ""
    level: float = 0.0
    reordered: bool = False
    largest_key_interval: float = 0.0
    closed_groups: bool | None = None
    even_rate: bool = True
    colour: str = "unknown"
    colour_range: str = "unknown"
    square_pixels: bool = True
    bit_rate: float = 0.0
    worst_second: float = 0.0
    audio_profile: str = ""
    starts: tuple[float, float] = (0.0, 0.0)
    end_gap: float = 0.0
    location: bool = False

    @property
    def duration(self) -> float:
        """Seconds of the picture; of the sound where there is no picture."""
        stream = self.video or self.audio
        return stream.duration if stream is not None else 0.0


def measure(path: Path) -> Delivery:
    """Measure a file.

    Raises
    ------
    InputError
        When it can't be read, or holds neither picture nor sound.
    """
    info = probe(path)
    if info.video is None and info.audio is None:
        raise InputError(path, "it contains neither picture nor sound; choose another file.")
    index_first, edit_lists, boxed_location = _boxes(path)
    facts: dict[str, Any] = {}
    with reading(path), open_media(path) as container:
        tags = [key for part in (container, *container.streams) for key in part.metadata]
        facts["location"] = boxed_location or any(
            sign in tag.lower() for tag in tags for sign in _LOCATION
        )
        picture = picture_stream(container) if info.video is not None else None
        sound = sound_stream(container) if info.audio is not None else None
        if picture is not None:
            facts |= _picture_facts(picture)
        if sound is not None:
            facts["audio_profile"] = _plain(sound.codec_context.profile)
    facts |= _packet_facts(path, info.video is not None, info.audio is not None)
    return Delivery(
        path,
        info.size_bytes,
        info.container,
        index_first,
        edit_lists,
        info.video,
        info.audio,
        **facts,
    )


def _picture_facts(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    facts: dict[str, Any] = {
        "colour": _MATRICES.get(int(context.colorspace), "unknown"),
        "colour_range": _RANGES.get(int(context.color_range), "unknown"),
        "square_pixels": stream.sample_aspect_ratio in (None, 0, 1),
    }
    extra = context.extradata
    if context.name == "h264" and extra and len(extra) > 6 and extra[0] == 1:  # avcC
        facts["profile"] = _PROFILES.get(extra[1], f"profile {extra[1]}")
        facts["level"] = extra[3] / 10
    elif context.name == "h264":
        facts["profile"] = _plain(context.profile)
    return facts


def _packet_facts(path: Path, has_picture: bool, has_sound: bool) -> dict[str, Any]:
    """Walk through all packets once, with the stamps that are stored."""
    pictures: list[tuple[float, float, float, int, bool]] = []
    sounds: list[tuple[float, float]] = []
    closed: bool | None = None
    with reading(path), open_media(path, ignore_edit_lists=True) as container:
        picture = picture_stream(container) if has_picture else None
        sound = sound_stream(container) if has_sound else None
        wanted = [stream for stream in (picture, sound) if stream is not None]
        extra = picture.codec_context.extradata if picture is not None else None
        codec = picture.codec_context.name if picture is not None else ""
        prefix = (extra[4] & 3) + 1 if extra and len(extra) > 6 and extra[0] == 1 else 0
        for packet in packets(container, *wanted):
            if packet.pts is None or packet.size == 0 or packet.stream not in wanted:
                continue
            time, length = float(packet.pts * packet.time_base), 0.0
            if packet.duration:
                length = float(packet.duration * packet.time_base)
            if packet.stream is picture:
                decoded = float((packet.dts or packet.pts) * packet.time_base)
                pictures.append((time, decoded, length, packet.size, packet.is_keyframe))
                if packet.is_keyframe and codec == "h264":
                    stands_alone = _IDR in _units(bytes(packet), prefix)
                    closed = stands_alone if closed is None else closed and stands_alone
            else:
                sounds.append((time, length))
    facts: dict[str, Any] = {"closed_groups": closed}
    if pictures:
        facts |= _timing_facts(pictures)
    if pictures and sounds:
        last, length = max((time, length) for time, _, length, _, _ in pictures)
        facts["starts"] = (min(pictures)[0], min(sounds)[0])
        facts["end_gap"] = max(time + span for time, span in sounds) - (last + length)
    return facts


def _timing_facts(pictures: list[tuple[float, float, float, int, bool]]) -> dict[str, Any]:
    times = np.sort([time for time, *_ in pictures])
    order = [time for time, *_ in pictures]
    steps = np.diff(times)
    sizes = np.array([size for _, _, _, size, _ in sorted(pictures)]) * 8.0
    keys = sorted(time for time, _, _, _, key in pictures if key)
    end = times[-1] + (float(np.median(steps)) if len(steps) else 0.0)
    totals = np.concatenate([[0.0], np.cumsum(sizes)])
    upto = np.searchsorted(times, times + 1.0)
    worst = float((totals[upto] - totals[:-1]).max())
    return {
        "reordered": bool(np.any(np.diff(order) < 0)),
        "even_rate": bool(len(steps) == 0 or np.ptp(steps) < 2e-4),
        "largest_key_interval": float(np.diff([*keys, end]).max()) if keys else float(end),
        "bit_rate": float(totals[-1] / max(end - times[0], 1e-3)),
        "worst_second": worst,
    }


def _units(packet: bytes, prefix: int) -> set[int]:
    """Kinds of the H.264 units of a packet, whose lengths precede them or start codes do."""
    kinds = set()
    if prefix:
        place = 0
        while place + prefix < len(packet):
            length = int.from_bytes(packet[place : place + prefix], "big")
            kinds.add(packet[place + prefix] & 31)
            place += prefix + length
        return kinds
    place = packet.find(b"\0\0\1")
    while 0 <= place < len(packet) - 3:
        kinds.add(packet[place + 3] & 31)
        place = packet.find(b"\0\0\1", place + 3)
    return kinds


def _boxes(path: Path) -> tuple[bool | None, int, bool]:
    """Whether the index comes first, how many edit lists there are, and whether a place is told."""
    order, lists, location = [], 0, False
    with path.open("rb") as file:
        if file.read(8)[4:8] != b"ftyp":
            return None, 0, False
        for name, content in _walk(file, 0, path.stat().st_size):
            if name in (b"moov", b"mdat"):
                order.append(name)
            if name == b"elst" and _shifts(content):
                lists += 1
            location = location or name in (b"\xa9xyz", b"loci")
    first = (
        order.index(b"moov") < order.index(b"mdat") if {b"moov", b"mdat"} <= set(order) else None
    )
    return first, lists, location


def _walk(file: BinaryIO, start: int, end: int, depth: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and beginning of each box, of boxes in boxes too as deep as MP4 nests them."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        if len(head) < 8:
            return
        size, name = struct.unpack(">I4s", head[:8])
        skip = 8
        if size == 1 and len(head) == 16:
            size, skip = struct.unpack(">Q", head[8:])[0], 16
        size = end - start if size == 0 else size
        if size < skip:
            return
        yield name, head[8:] + file.read(56)
        if name in _CONTAINERS and depth < _DEEPEST:
            yield from _walk(file, start + skip, min(start + size, end), depth + 1)
        start += size


def _shifts(content: bytes) -> bool:
    """Whether an edit list does anything: it is more than one edit, or does not begin at 0."""
    if len(content) < 20:
        return False
    version, count = content[0], struct.unpack(">I", content[4:8])[0]
    begin = (
        struct.unpack(">q", content[16:24])[0]
        if version
        else struct.unpack(">i", content[12:16])[0]
    )
    return bool(count > 1 or begin != 0)


def _plain(profile: Any) -> str:
    return str(profile) if profile else ""
