"""How late a sound device plays, from somebody tapping along with it.

Nobody taps exactly on a beat; most come a little early, and each person by an amount of their own
(Repp, 2005, "Sensorimotor synchronization"). So the same person taps along with a flash too: what
the two have in common is the person, and the difference is the device.
"""

from __future__ import annotations

import math
from statistics import median

BEAT = 0.75
"""Seconds from one beat to the next: easy to follow, and longer than any usual delay is wide."""
WARM_UP = 2
"""Taps at the start that don't count: they go to finding the beat."""
NEEDED = 8
"""Taps that count."""
STEADY = 0.06
"""Seconds by which taps may scatter (median distance from their median) to be believed."""


class TapRow:
    """Taps along with a beat at 0, `BEAT`, 2 `BEAT`...

    Taps are kept as seconds after the beat that they belong to: the nearest beat, as seen
    from the taps before, so that a late device is not taken for an early one.
    """

    def __init__(self) -> None:
        self._lags: list[float] = []

    def add(self, time: float) -> None:
        """Take in a tap at a time (s) on the beat's clock."""
        around = median(self._lags) if self._lags else 0.1
        lag = time - around
        self._lags.append(time - BEAT * math.floor(lag / BEAT + 0.5))

    @property
    def counted(self) -> int:
        """How many taps count so far."""
        return max(0, len(self._lags) - WARM_UP)

    @property
    def complete(self) -> bool:
        """Whether there are enough."""
        return self.counted >= NEEDED

    @property
    def lag(self) -> float:
        """Seconds after the beat at which this person taps."""
        return median(self._lags[WARM_UP:])

    @property
    def steady(self) -> bool:
        """Whether the taps lie close enough together to mean something."""
        lag = self.lag
        return median(abs(tap - lag) for tap in self._lags[WARM_UP:]) <= STEADY


def output_delay(heard: TapRow, seen: TapRow) -> float | None:
    """Give the device's delay in seconds, or None where one of the rows is too uneven.

    Parameters
    ----------
    heard
        Taps along with clicks, timed by when they were handed to the device.
    seen
        Taps of the same person along with flashes.
    """
    if not (heard.complete and seen.complete and heard.steady and seen.steady):
        return None
    delay = heard.lag - seen.lag
    return delay - BEAT * round(delay / BEAT)
