"""Whether a finished file meets a platform's requirements, one line for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lipsyncer.media.delivery import Delivery, measure
from lipsyncer.media.probe import AudioInfo, VideoInfo
from lipsyncer.render.presets import Preset

_TOGETHER = 0.001
"""Seconds by which picture and sound may start or end apart: a thirtieth of a frame."""
_PACKET = 1024 / 48_000
"""Seconds of an AAC packet, the last of which is filled up."""
_PEAK = 1.5
"""Times the largest bit rate that one second may have: the decoder's buffer holds half a second."""


@dataclass(frozen=True)
class Check:
    """One requirement.

    Attributes
    ----------
    name
        What is looked at.
    actual, wanted
        What is there, and what is asked for, in words.
    passed
        Whether they agree.
    """

    name: str
    actual: str
    wanted: str
    passed: bool


def check(path: Path, preset: Preset) -> list[Check]:
    """Measure a file against a platform's requirements.

    Raises
    ------
    InputError
        When the file can't be read.
    """
    return list(_checks(measure(path), preset))


def _checks(file: Delivery, preset: Preset) -> Iterator[Check]:
    mp4 = "mp4" in file.container
    yield Check("container", "MP4" if mp4 else file.container, "MP4", mp4)
    first = {True: "at the front", False: "at the end", None: "none"}[file.index_first]
    yield Check("index (moov)", first, "at the front", file.index_first is True)
    yield Check("edit lists", str(file.edit_lists or "none"), "none", file.edit_lists == 0)
    yield Check("location", "stored" if file.location else "none", "none", not file.location)
    yield from _size(file, preset)
    if file.video is None:
        yield Check("picture", "none", "H.264", False)
    else:
        yield from _picture(file, file.video, preset)
    if file.audio is None:
        yield Check("sound", "none", "AAC", False)
    else:
        yield from _sound(file, file.audio)
    if file.video is not None and file.audio is not None:
        yield from _together(file)


def _size(file: Delivery, preset: Preset) -> Iterator[Check]:
    least, most = preset.min_duration, preset.max_duration
    words = f"at least {least:g} s" if most is None else f"{least:g} to {most:g} s"
    fits = file.duration >= least - 1e-3 and (most is None or file.duration <= most + 1e-3)
    yield Check("length", f"{file.duration:.2f} s", words, fits)
    if preset.max_bytes is not None:
        fits = file.size_bytes <= preset.max_bytes
        limit = f"at most {preset.max_bytes / 1e6:.0f} MB"
        yield Check("file size", f"{file.size_bytes / 1e6:.1f} MB", limit, fits)


def _picture(file: Delivery, video: VideoInfo, preset: Preset) -> Iterator[Check]:
    settings = preset.settings
    codec = " ".join(part for part in (video.codec, file.profile) if part)
    high = video.codec == "h264" and file.profile == "High"
    yield Check("codec", codec, "h264 High", high)
    level = f"{file.level:.1f}" if file.level else "unknown"
    yield Check(
        "level", level, f"at most {preset.max_level:.1f}", 0 < file.level <= preset.max_level
    )
    shape = f"{video.width}x{video.height}"
    if settings.size is not None:
        wanted = "{}x{}".format(*settings.size)
        yield Check("size", shape, wanted, shape == wanted)
    else:
        even = video.width % 2 == 0 and video.height % 2 == 0
        yield Check("size", shape, "even", even)
    turned = f"{video.rotation} degrees" + (", mirrored" if video.mirrored else "")
    upright = video.rotation == 0 and not video.mirrored
    yield Check("rotation flag", turned if not upright else "none", "none", upright)
    pixels = "square" if file.square_pixels else "not square"
    yield Check("pixels", pixels, "square", file.square_pixels)
    yield Check("pixel format", video.pixel_format, "yuv420p", video.pixel_format == "yuv420p")
    colour = f"{file.colour}, {file.colour_range}"
    yield Check("colour", colour, "bt709, limited", colour == "bt709, limited")
    rate = f"{video.rate:.3f}".rstrip("0").rstrip(".")
    even = file.even_rate and not video.variable_rate
    least, most = settings.min_rate, settings.max_rate
    yield Check(
        "frames per second",
        f"{rate}{'' if even else ', variable'}",
        f"{least:g} to {most:g}, constant" if least else f"at most {most:g}, constant",
        even and least - 0.03 <= video.rate <= most + 0.03,
    )
    order = "reordered (B-frames)" if file.reordered else "display order"
    yield Check("frame order", order, "display order", not file.reordered)
    closed = {True: "closed", False: "open", None: "unknown"}[file.closed_groups]
    longest = settings.key_interval + 0.5 / video.rate
    yield Check(
        "groups of pictures",
        f"{closed}, up to {file.largest_key_interval:.2f} s",
        f"closed, up to {settings.key_interval:g} s",
        file.closed_groups is True and file.largest_key_interval <= longest,
    )
    if settings.max_bit_rate is not None:
        limit = settings.max_bit_rate
        yield Check(
            "picture bit rate",
            f"{file.bit_rate / 1e6:.1f} Mbit/s, peak {file.worst_second / 1e6:.1f}",
            f"at most {limit / 1e6:g} Mbit/s",
            file.bit_rate <= limit and file.worst_second <= _PEAK * limit,
        )


def _sound(file: Delivery, audio: AudioInfo) -> Iterator[Check]:
    codec = " ".join(part for part in (audio.codec, file.audio_profile) if part)
    yield Check("sound", codec, "aac LC", codec == "aac LC")
    form = f"{audio.sample_rate} Hz, {audio.channels} channels"
    yield Check("samples", form, "48000 Hz, 2 channels", form == "48000 Hz, 2 channels")


def _together(file: Delivery) -> Iterator[Check]:
    picture, sound = (1000 * start for start in file.starts)
    yield Check(
        "start of picture and sound",
        f"{picture:.1f} and {sound:.1f} ms",
        "0 and 0 ms",
        max(abs(start) for start in file.starts) <= _TOGETHER,
    )
    yield Check(
        "sound ends after the picture",
        f"{1000 * file.end_gap:.1f} ms",
        "0, or less than a packet (21.3 ms)",
        -_TOGETHER <= file.end_gap <= _PACKET,
    )
