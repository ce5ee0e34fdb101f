"""The encoders that can write the picture, x264 and those of graphics cards, and their options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lipsyncer.render.presets import RenderSettings, Size

Kind = Literal["software", "hardware"]

_BITS_PER_PIXEL = 0.15
"""For encoders without a constant quality: 9 Mbit/s for 1080x1920 at 30 frames per second."""


@dataclass(frozen=True)
class Encoder:
    """An encoder of H.264.

    Parameters
    ----------
    codec
        FFmpeg's name of it.
    name
        What people call it.
    options
        Gives its options from the render's settings, size and frames per second; what all have in
        common, such as the length of a group of pictures, is set elsewhere.
    pixel_format
        4:2:0 as it takes it: ``yuv420p``, or ``nv12`` with the colours in one plane.
    """

    codec: str
    name: str
    options: Callable[[RenderSettings, Size, Fraction], dict[str, str]]
    pixel_format: str = "yuv420p"


def options_of(
    encoder: Encoder, settings: RenderSettings, size: Size, rate: Fraction
) -> dict[str, str]:
    """Give all options of an encoder: closed groups of pictures, no B-frames, within the limit."""
    options = {
        "profile": "high",
        "bf": "0",
        "g": str(max(1, round(settings.key_interval * rate))),
    }
    if settings.max_bit_rate is not None:
        limit = settings.max_bit_rate
        # Half a second of buffer: no second can hold more than one and a half times the limit.
        options |= {"maxrate": str(limit), "bufsize": str(limit // 2)}
    return options | encoder.options(settings, size, rate)


def _x264(settings: RenderSettings, size: Size, rate: Fraction) -> dict[str, str]:
    return {"preset": settings.x264_preset, "crf": str(settings.crf)}


def _nvenc(settings: RenderSettings, size: Size, rate: Fraction) -> dict[str, str]:
    quality = {"rc": "vbr", "cq": str(settings.crf + 1), "b": "0"}
    return {"preset": "p5", "forced-idr": "1", "strict_gop": "1", **quality}


def _videotoolbox(settings: RenderSettings, size: Size, rate: Fraction) -> dict[str, str]:
    return {"b": _budget(settings, size, rate), "allow_sw": "0"}


def _quicksync(settings: RenderSettings, size: Size, rate: Fraction) -> dict[str, str]:
    quality = {"global_quality": str(round(settings.crf + 1))}
    if settings.max_bit_rate is not None:  # which it can't hold to with a constant quality
        quality = {"b": _budget(settings, size, rate)}
    return {"preset": "slow", "idr_interval": "0", "forced_idr": "1", **quality}


def _amf(settings: RenderSettings, size: Size, rate: Fraction) -> dict[str, str]:
    return {"quality": "quality", "rc": "vbr_peak", "b": _budget(settings, size, rate)}


def _budget(settings: RenderSettings, size: Size, rate: Fraction) -> str:
    """Bits per second for a picture of this size, well below the limit."""
    wanted = _BITS_PER_PIXEL * size[0] * size[1] * float(rate)
    return str(round(min(wanted, 0.75 * (settings.max_bit_rate or wanted))))


X264 = Encoder("libx264", "x264", _x264)
HARDWARE = (
    Encoder("h264_nvenc", "NVENC (NVIDIA)", _nvenc),
    Encoder("h264_videotoolbox", "VideoToolbox (Apple)", _videotoolbox),
    Encoder("h264_qsv", "Quick Sync (Intel)", _quicksync, "nv12"),
    Encoder("h264_amf", "AMF (AMD)", _amf, "nv12"),
)
