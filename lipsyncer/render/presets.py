"""What platforms ask for, and how files are encoded for them: one row for each.

The figures are of November 2026, with a source for each in docs/platforms.md; they change without
notice, so each errs on the side that is accepted everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lipsyncer.render.effects import NO_EFFECTS, EffectSettings
from lipsyncer.render.overlays.options import NO_EXTRAS, ExtrasSettings
from lipsyncer.render.soundtrack import SONG_AS_IT_IS, SoundSettings
from lipsyncer.render.transitions import HIDDEN, TransitionSettings

Size = tuple[int, int]

Reframe = Literal["follow", "centre", "blur", "black"]
"""How a take of another shape is shown: cropped around the face or the middle, or whole."""


@dataclass(frozen=True, slots=True)
class SafeZone:
    """Shares of the picture that a platform covers with its own buttons and words, at each side."""

    left: float
    top: float
    right: float
    bottom: float


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
        Width and height of the output, both even; those of the first take when None, into which
        takes of another shape are fitted whole, over black.
    max_bit_rate
        Most bits per second of the picture over any second; no limit when None.
    min_rate
        Frames per second below which a take's rate is multiplied, by showing frames again.
    reframe
        How a take of another shape than ``size`` is shown.
    safe_zone
        What the platform covers, of which a crop keeps the mouth clear.
    sound
        What is done to the song.
    transitions
        How jumps and slowed stretches are hidden.
    extras
        What is burned in.
    effects
        What is done to the whole picture.
    encoder
        Whether the processor encodes the picture, by x264, or the graphics card where it can.
    """

    crf: float
    x264_preset: str
    key_interval: float
    max_rate: float
    audio_bit_rate: int
    size: Size | None = None
    max_bit_rate: int | None = None
    min_rate: float = 0.0
    reframe: Reframe = "follow"
    safe_zone: SafeZone | None = None
    sound: SoundSettings = SONG_AS_IT_IS
    transitions: TransitionSettings = HIDDEN
    extras: ExtrasSettings = NO_EXTRAS
    effects: EffectSettings = NO_EFFECTS
    encoder: Literal["software", "hardware"] = "software"


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
    max_duration, min_duration
        Seconds that are accepted; None for no limit.
    max_bytes
        Size of a file that is accepted; None for no limit.
    max_level
        Highest level of H.264, which is how much a decoder has to manage.
    upload
        Address of the page on which a browser uploads a video; empty where only the app does.
    """

    name: str
    description: str
    settings: RenderSettings
    max_duration: float | None = None
    min_duration: float = 1.0
    max_bytes: int | None = None
    max_level: float = 4.2
    upload: str = ""

    @property
    def safe_zone(self) -> SafeZone | None:
        """What the platform covers; None where nothing is."""
        return self.settings.safe_zone


def _for_platform(
    size: Size, audio_bit_rate: int, safe_zone: SafeZone | None = None
) -> RenderSettings:
    # Platforms encode again whatever comes, so it comes in good quality; key frames every half
    # second let them cut it where they like, and the cap keeps uploads within their limits.
    return RenderSettings(
        crf=18,
        x264_preset="fast",
        key_interval=0.5,
        max_rate=60.0,
        audio_bit_rate=audio_bit_rate,
        size=size,
        max_bit_rate=16_000_000,
        min_rate=23.0,
        safe_zone=safe_zone,
    )


_INSTAGRAM_SOUND = 128_000
_INSTAGRAM_BYTES = 1_000_000_000
_INSTAGRAM_PAGE = "https://www.instagram.com/"
_SHORT_VIDEO_ZONE = SafeZone(left=0.06, top=0.08, right=0.14, bottom=0.22)
"""Of TikTok, and of apps whose buttons stand where TikTok has its own."""

PRESETS = {
    "tiktok": Preset(
        "TikTok",
        "Upright, full screen",
        _for_platform((1080, 1920), 192_000, _SHORT_VIDEO_ZONE),
        max_duration=600.0,
        min_duration=3.0,
        max_bytes=4_000_000_000,
        upload="https://www.tiktok.com/tiktokstudio/upload",
    ),
    "reels": Preset(
        "Instagram Reels",
        "Upright, full screen",
        _for_platform(
            (1080, 1920), _INSTAGRAM_SOUND, SafeZone(left=0.06, top=0.14, right=0.06, bottom=0.35)
        ),
        max_duration=180.0,
        min_duration=3.0,
        max_bytes=_INSTAGRAM_BYTES,
        upload=_INSTAGRAM_PAGE,
    ),
    "stories": Preset(
        "Instagram Stories",
        "Up to a minute",
        _for_platform(
            (1080, 1920), _INSTAGRAM_SOUND, SafeZone(left=0.06, top=0.14, right=0.06, bottom=0.20)
        ),
        max_duration=60.0,
        min_duration=3.0,
        max_bytes=_INSTAGRAM_BYTES,
    ),
    "feed": Preset(
        "Instagram Feed",
        "A little higher than wide",
        _for_platform((1080, 1350), _INSTAGRAM_SOUND),
        max_duration=180.0,
        min_duration=3.0,
        max_bytes=_INSTAGRAM_BYTES,
        upload=_INSTAGRAM_PAGE,
    ),
    "shorts": Preset(
        "YouTube Shorts",
        "Up to three minutes",
        _for_platform(
            (1080, 1920), 384_000, SafeZone(left=0.04, top=0.10, right=0.13, bottom=0.20)
        ),
        max_duration=180.0,
        upload="https://www.youtube.com/upload",
    ),
    "douyin": Preset(
        "Douyin",
        "Upright, full screen",
        _for_platform((1080, 1920), 192_000, _SHORT_VIDEO_ZONE),
        max_duration=900.0,
        min_duration=3.0,
        max_bytes=4_000_000_000,
        upload="https://creator.douyin.com/creator-micro/content/upload",
    ),
    "kuaishou": Preset(
        "Kuaishou",
        "Upright, full screen",
        _for_platform((1080, 1920), 192_000, _SHORT_VIDEO_ZONE),
        max_duration=600.0,
        min_duration=3.0,
        upload="https://cp.kuaishou.com/article/publish/video",
    ),
    "xiaohongshu": Preset(
        "Xiaohongshu",
        "Three wide, four high",
        _for_platform((1080, 1440), 192_000),
        max_duration=900.0,
        min_duration=3.0,
        max_bytes=500_000_000,
        upload="https://creator.xiaohongshu.com/publish/publish",
    ),
    "bilibili": Preset(
        "Bilibili",
        "Wide",
        _for_platform((1920, 1080), 192_000),
        max_duration=14_400.0,
        max_bytes=2_000_000_000,
        upload="https://member.bilibili.com/platform/upload/video/frame",
    ),
    # Meant to be kept and to be encoded again: visually lossless (crf 18), jumps within a second,
    # and sound at a rate where AAC-LC is transparent.
    "master": Preset(
        "Master",
        "Size and rate of your take, best quality",
        RenderSettings(
            crf=18, x264_preset="fast", key_interval=1.0, max_rate=60.0, audio_bit_rate=256_000
        ),
        max_level=6.2,
    ),
}
DEFAULT = PRESETS["master"].settings
