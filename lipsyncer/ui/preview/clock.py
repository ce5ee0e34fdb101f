"""What time it is in the song while it plays: an even clock, kept in step with the sound."""

from __future__ import annotations

from collections.abc import Callable

_FOLLOW = 0.1
"""Share of its error that the clock makes up for each time it is told the sound's position."""
_LOST = 0.15
"""Seconds of error from which on the clock jumps: the sound stopped, or the machine slept."""


class Clock:
    """A song time that runs evenly.

    A sound device tells its position in jumps of some milliseconds; followed to the letter, the
    picture would tremble. So the clock runs on wall time and leans towards what it is told.

    Parameters
    ----------
    now
        Gives the wall time in seconds, such as ``time.monotonic``.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._base = 0.0
        self._since = now()
        self._rate = 0.0

    @property
    def time(self) -> float:
        """Song time (s) now."""
        return self._base + (self._now() - self._since) * self._rate

    @property
    def rate(self) -> float:
        """Seconds of song a second; 0 when it stands."""
        return self._rate

    def put(self, song_time: float) -> None:
        """Put the clock to a song time (s)."""
        self._base, self._since = song_time, self._now()

    def run(self, rate: float) -> None:
        """Run at a rate from now on; 0 to stand, negative to run backwards."""
        self.put(self.time)
        self._rate = rate

    def follow(self, heard: float) -> None:
        """Lean towards the song time (s) that is heard."""
        error = heard - self.time
        self._base += error if abs(error) > _LOST else error * _FOLLOW
