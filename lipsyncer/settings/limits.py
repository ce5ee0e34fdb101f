"""How far what a user may choose reaches, for the command line, the window and stored settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The least and the most that a number may be, both allowed."""

    least: float
    most: float

    def __contains__(self, value: float) -> bool:
        return self.least <= value <= self.most


FADE = Limits(0, 60)
"""Seconds."""
CAMERA_LEVEL = Limits(-60, 6)
"""dB."""
COUNTDOWN = Limits(1, 9)
"""Seconds: what is counted has one digit. Without a countdown it is 0."""
WATERMARK = Limits(1, 100)
"""Per cent, of its size and of its opacity."""
STRETCH = Limits(0, 50)
"""Per cent by which speed may change."""
OUTPUT_DELAY = Limits(-300, 300)
"""Milliseconds."""
AUTOSAVE = Limits(1, 60)
"""Seconds."""
