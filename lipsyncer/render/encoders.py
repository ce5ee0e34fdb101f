"""Which encoder writes the picture: x264, or one of the graphics card where that is asked for.

A card's encoder is quicker and takes work off the processor; x264 makes smaller files of the same
look. What a card's maker promises is not believed: an encoder is used when a second of picture,
written by it just as a whole video would be, is found to be what platforms ask for. Nothing is
remembered from one run to the next, as drivers and cards change.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from lipsyncer.render.presets import RenderSettings, Size

log = logging.getLogger(__name__)

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


def chosen(
    kind: Kind,
    settings: RenderSettings,
    size: Size,
    rate: Fraction,
    candidates: Sequence[Encoder] | None = None,
) -> Encoder:
    """Choose the encoder: x264, or the first of the cards' that proves to work.

    Parameters
    ----------
    kind
        What was asked for; with ``"hardware"`` it is x264 all the same where no other works.
    settings, size, rate
        Of the render.
    candidates
        Encoders of cards, the preferred ones first; ``HARDWARE`` by default.
    """
    if kind == "software":
        return X264
    candidates = HARDWARE if candidates is None else candidates
    return next((one for one in candidates if works(one, settings, size, rate)), X264)


def works(encoder: Encoder, settings: RenderSettings, size: Size, rate: Fraction) -> bool:
    """Whether an encoder writes what platforms ask for, found out by writing a little with it."""
    # Imported late as it leads back here.
    from lipsyncer.media.delivery import measure

    with tempfile.TemporaryDirectory(prefix="lipsyncer-") as folder:
        path = Path(folder) / "trial.mp4"
        try:
            _write_trial(path, encoder, settings, size, rate)
            facts = measure(path)
        except Exception as error:  # drivers fail in ways of their own
            log.info("%s can't be used: %s", encoder.name, error)
            return False
    video = facts.video
    good = (
        video is not None
        and (video.codec, video.pixel_format) == ("h264", "yuv420p")
        and (video.width, video.height) == size
        and facts.profile == "High"
        and not facts.reordered
        and facts.closed_groups is True
        and facts.largest_key_interval <= settings.key_interval + 0.5 / float(rate)
        and (facts.colour, facts.colour_range) == ("bt709", "limited")
        and abs(facts.starts[0]) < 1e-4
    )
    if not good:
        log.info("%s is not used, since it writes %s", encoder.name, facts)
    return good


def _write_trial(
    path: Path, encoder: Encoder, settings: RenderSettings, size: Size, rate: Fraction
) -> None:
    """Write two groups of pictures and a bit, grey growing brighter."""
    import numpy as np
    from av.video.frame import VideoFrame

    from lipsyncer.render.encode import Mp4Writer

    count = 2 * max(1, round(settings.key_interval * rate)) + 3
    sound = np.zeros((round(count / rate * 48_000), 2), np.float32)
    with Mp4Writer(path, size, rate, sound, settings, encoder) as writer:
        for number in range(count):
            picture = VideoFrame(*size, "yuv420p")
            for plane, level in zip(picture.planes, (40 + number, 128, 128), strict=True):
                plane.update(bytes([level]) * plane.buffer_size)
            writer.add(picture)
        writer.finish()
