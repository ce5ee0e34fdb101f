"""What platforms ask for, and how files are encoded for them: one row for each.

Figures as the platforms' own help pages gave them in 2025; they change without notice, so each
errs on the side that is accepted everywhere. See docs/platforms.md.
"""

from __future__ import annotations

from dataclasses import dataclass

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """What the encoders are asked for.

    Parameters
    ----------
    crf
        x264's constant rate factor: the quality, lower is better.
    x264_preset
        x264's name for how much time it takes to reach that quality in fewer bytes.
    key_interval
        Most seconds between two key frames, where players can jump to; to the nearest frame.
    max_rate
        Frames per second above which a take's rate is brought down to this.
    audio_bit_rate
        Bits per second of the AAC sound.
    size
        Width and height of the output, both even; those of the first take when None. A take of
        another shape fills it, and what reaches over the sides is cut off.
    max_bit_rate
        Most bits per second of the picture over any second; no limit when None.
    """

    crf: float
    x264_preset: str
    key_interval: float
    max_rate: float
    audio_bit_rate: int
    size: Size | None = None
    max_bit_rate: int | None = None


@dataclass(frozen=True, slots=True)
class SafeZone:
    """Shares of the picture that a platform covers with its own buttons and words, at each side."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of output.

    Parameters
    ----------
    name
        What people call it.
    description
        One line on what it is for.
    settings
        How it is encoded.
    safe_zone
        What the platform covers; None where nothing is.
    max_duration
        Seconds that are accepted; None for no limit.
    """

    name: str
    description: str
    settings: RenderSettings
    safe_zone: SafeZone | None = None
    max_duration: float | None = None


def _for_platform(size: Size, max_rate: float = 60.0) -> RenderSettings:
    # Platforms encode again whatever comes, so it comes in good quality; key frames every half
    # second let them cut it where they like, and the cap keeps uploads within their limits.
    return RenderSettings(
        crf=18,
        x264_preset="fast",
        key_interval=0.5,
        max_rate=max_rate,
        audio_bit_rate=192_000,
        size=size,
        max_bit_rate=16_000_000,
    )


PRESETS = {
    "tiktok": Preset(
        "TikTok",
        "Upright, full screen",
        _for_platform((1080, 1920)),
        SafeZone(left=0.06, top=0.07, right=0.13, bottom=0.21),
        max_duration=600.0,
    ),
    "reels": Preset(
        "Instagram Reels",
        "Upright, full screen",
        _for_platform((1080, 1920)),
        SafeZone(left=0.06, top=0.12, right=0.06, bottom=0.20),
        max_duration=180.0,
    ),
    "stories": Preset(
        "Instagram Stories",
        "Up to a minute",
        _for_platform((1080, 1920)),
        SafeZone(left=0.06, top=0.14, right=0.06, bottom=0.18),
        max_duration=60.0,
    ),
    "feed": Preset(
        "Instagram Feed",
        "A little higher than wide",
        _for_platform((1080, 1350)),
        max_duration=180.0,
    ),
    "shorts": Preset(
        "YouTube Shorts",
        "Up to three minutes",
        _for_platform((1080, 1920)),
        SafeZone(left=0.04, top=0.10, right=0.13, bottom=0.20),
        max_duration=180.0,
    ),
    # Meant to be kept and to be encoded again: visually lossless (crf 18), jumps within a second,
    # and sound at a rate where AAC-LC is transparent.
    "master": Preset(
        "Master",
        "Size and rate of your take, best quality",
        RenderSettings(
            crf=18, x264_preset="fast", key_interval=1.0, max_rate=60.0, audio_bit_rate=256_000
        ),
    ),
}
DEFAULT = PRESETS["master"].settings
