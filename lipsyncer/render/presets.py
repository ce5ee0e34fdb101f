"""How output files are encoded: one row for each kind of file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """What the encoders are asked for; size and rate are those of the first take.

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
    """

    crf: float
    x264_preset: str
    key_interval: float
    max_rate: float
    audio_bit_rate: int


PRESETS = {
    # Meant to be kept and to be encoded again by a platform: visually lossless (crf 18), jumps
    # within a second, and sound at a rate where AAC-LC is transparent.
    "master": RenderSettings(
        crf=18, x264_preset="fast", key_interval=1.0, max_rate=60.0, audio_bit_rate=256_000
    ),
}
DEFAULT = PRESETS["master"]
