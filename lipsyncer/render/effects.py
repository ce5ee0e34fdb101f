"""What may be done to the whole picture; by default nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BeforeAfter = Literal["none", "beside", "split"]
"""Whether the take as it was filmed is shown too: in a half of its own, or in the left half."""


@dataclass(frozen=True, slots=True)
class EffectSettings:
    """Changes of the whole picture, which moviepy makes.

    Parameters
    ----------
    before_after
        How the take as it was filmed is shown with the cut.
    titles
        What stands over the two halves.
    mirror
        Whether left and right change places, as in a phone's own view of a selfie. Words that are
        burned in are not mirrored.
    black_white
        Whether the colours go.
    fade_in, fade_out
        Seconds in which the picture comes out of black and goes back into it.
    """

    before_after: BeforeAfter = "none"
    titles: tuple[str, str] = ("Before", "After")
    mirror: bool = False
    black_white: bool = False
    fade_in: float = 0.0
    fade_out: float = 0.0


NO_EFFECTS = EffectSettings()
