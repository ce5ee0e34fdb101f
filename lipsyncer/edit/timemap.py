"""The one time map: which moment of which take is shown at a moment of the song.

Preview and render both ask it; neither has arithmetic of its own.
"""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Float64s, Indices, Time
from lipsyncer.edit.document import Document


class TimeMap:
    """Song time to (take, take time) for one document.

    The map is linear inside a segment and right-continuous at its borders: the moment of a cut
    already shows the later segment. Song times before the first segment count as its start, those
    after the last as its end. Take times are held within the take, so its first or last frame
    stands still where a segment reaches beyond the footage.
    """

    def __init__(self, document: Document) -> None:
        segments = document.segments
        self._first, self._last = document.span
        self._starts = np.array([segment.song_start for segment in segments])
        self._sources = np.array([segment.source_start for segment in segments])
        self._slopes = np.array([segment.slope for segment in segments])
        self._takes = np.array([segment.take for segment in segments], dtype=np.intp)
        self._ends = np.array([document.takes[segment.take].duration for segment in segments])

    @property
    def span(self) -> tuple[float, float]:
        """First and last song time (s) that the document shows."""
        return float(self._first), float(self._last)

    def source_at(self, song_time: float) -> tuple[int, float]:
        """Take index and take time (s) shown at one song time (s)."""
        takes, sources = self.sources_at(np.array([song_time]))
        return int(takes[0]), float(sources[0])

    def sources_at(self, song_times: Float64s) -> tuple[Indices, Float64s]:
        """Take indices and take times shown at many song times.

        Parameters
        ----------
        song_times
            (n,) seconds, in any order.

        Returns
        -------
        takes, sources
            (n,) indices into the document's takes, and (n,) seconds of those takes.
        """
        times = np.clip(np.asarray(song_times, dtype=np.float64), self._first, self._last)
        index = self.indices_at(times)
        sources = self._sources[index] + (times - self._starts[index]) * self._slopes[index]
        return self._takes[index], np.clip(sources, 0.0, self._ends[index])

    def indices_at(self, song_times: Float64s) -> Indices:
        """(n,) indices of the document's segments shown at song times (s)."""
        return np.maximum(np.searchsorted(self._starts, song_times, side="right") - 1, 0)

    def song_at_output(self, output_time: Time) -> Time:
        """Song time (s) heard at an output time (s): the output starts where the span starts."""
        return self._first + output_time
