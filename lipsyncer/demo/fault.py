"""Known faults of footage, and how far any time map is from undoing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lipsyncer.demo.song import Performance

Times = NDArray[np.float64]

POSITIONS_PER_SECOND = 25


@dataclass(frozen=True)
class Jump:
    """From the song time `at` on, footage is `seconds` later than before (earlier if negative)."""

    at: float
    seconds: float


@dataclass(frozen=True)
class Truth:
    """Which moment of the song the footage shows at which of its own times.

    The mouth event that is heard at song time x is shown at take time::

        take_time(x) = late + (1 + drift) * x + the jumps' seconds with at <= x

    Without a fault take time and song time are the same. Where the footage jumps later, the mouth
    waits; where it jumps earlier, the seconds before the jump were not filmed.

    Parameters
    ----------
    late
        Seconds by which the mouth is late at song time 0.
    drift
        0.01: the mouth runs 1 % slower than the song.
    jumps
        In time order, none so early that the footage would run backwards.
    """

    late: float = 0.0
    drift: float = 0.0
    jumps: tuple[Jump, ...] = ()

    def take_time(self, song_times: ArrayLike) -> Times:
        """Where the mouth events of these song times are shown: the ideal time map (s)."""
        song = np.asarray(song_times, dtype=np.float64)
        take = self.late + (1.0 + self.drift) * song
        for jump in self.jumps:
            take = take + np.where(song >= jump.at, jump.seconds, 0.0)
        return take

    def song_time(self, take_times: ArrayLike) -> Times:
        """Song time of the mouth event that is shown at these take times (s).

        Constant while the mouth waits in a jump to later; skips a jump to earlier. May lie before
        0 or after the song's end, where the mouth rests.
        """
        take = np.asarray(take_times, dtype=np.float64)
        shift = self.late
        song = (take - shift) / (1.0 + self.drift)
        for jump in self.jumps:
            reached = take >= shift + (1.0 + self.drift) * jump.at + min(jump.seconds, 0.0)
            shift += jump.seconds
            after = np.maximum((take - shift) / (1.0 + self.drift), jump.at)
            song = np.where(reached, after, song)
        return song

    def error(self, time_map: Callable[[Times], ArrayLike], song: Performance) -> SyncError:
        """How well a time map brings the mouth to the song.

        Parameters
        ----------
        time_map
            From song times (s) to the take times (s) of the footage shown there; given an array.
        song
            Tells which of the 25 positions per second are voiced; only those count.
        """
        positions = np.arange(int(song.duration * POSITIONS_PER_SECOND)) / POSITIONS_PER_SECOND
        positions = positions[song.voiced_at(positions)]
        shown = np.asarray(time_map(positions), dtype=np.float64)
        return SyncError(positions, 1000.0 * (positions - self.song_time(shown)))


@dataclass(frozen=True, eq=False)
class SyncError:
    """The error at every voiced position of a song.

    Parameters
    ----------
    positions
        (n,) song times (s).
    milliseconds
        (n,) time the mouth event is shown minus time it is heard; positive: sound early, the
        mouth is late.
    """

    positions: Times
    milliseconds: Times

    @property
    def mean(self) -> float:
        """Mean absolute error (ms)."""
        return float(np.mean(np.abs(self.milliseconds)))

    @property
    def share_undetectable(self) -> float:
        """Share within -125 and +45 ms, what viewers do not notice (ITU-R BT.1359-1)."""
        inside = (self.milliseconds >= -125.0) & (self.milliseconds <= 45.0)
        return float(np.mean(inside))


def usual_fault(song: Performance) -> Truth:
    """0.4 s late, 1 % drift and a jump of 0.5 s in the pause nearest to the song's middle."""
    middle = song.duration / 2
    inner = [(a, b) for a, b in song.score.pauses() if a > 0 and b < song.duration]
    start, end = min(inner, key=lambda p: abs(sum(p) / 2 - middle), default=(middle, middle))
    return Truth(late=0.4, drift=0.01, jumps=(Jump((start + end) / 2, 0.5),))
