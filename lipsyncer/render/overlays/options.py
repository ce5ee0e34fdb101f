"""What may be burned into the picture; by default nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Place = Literal["bottom", "top"]
LyricsSize = Literal["small", "medium", "large"]
Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]


@dataclass(frozen=True, slots=True)
class ExtrasSettings:
    """What is burned in, all of it inside what the platform leaves free.

    Parameters
    ----------
    lyrics
        An LRC or SRT file in times of the song; none when None.
    lyrics_place
        Where in the free part of the picture the lyrics stand; a line that would cover the mouth
        goes to the other end where it would not.
    lyrics_size
        How large their letters are.
    countdown
        Seconds that are counted down, one number a second; none when 0.
    first_word
        Song time (s) at which the first word is sung, for a countdown without lyrics, where it is
        known.
    watermark
        A picture; none when None.
    watermark_corner
        Where it stands.
    watermark_size
        Its longer side, as a share of the picture's shorter one.
    watermark_opacity
        0 to 1; its own transparency counts besides.
    """

    lyrics: Path | None = None
    lyrics_place: Place = "bottom"
    lyrics_size: LyricsSize = "medium"
    countdown: int = 0
    first_word: float | None = None
    watermark: Path | None = None
    watermark_corner: Corner = "top-right"
    watermark_size: float = 0.18
    watermark_opacity: float = 0.8


NO_EXTRAS = ExtrasSettings()
