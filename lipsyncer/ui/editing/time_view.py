"""The stretch of the song that is in view, shared by timeline, minimap and matrix."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

SHORTEST = 0.2
"""Seconds in view at the closest zoom."""


class TimeView(QObject):
    """A window onto the song's time, in seconds.

    Attributes
    ----------
    changed
        Another stretch is in view.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duration = 1.0
        self._start, self._end = 0.0, 1.0

    @property
    def start(self) -> float:
        """First song time (s) in view."""
        return self._start

    @property
    def end(self) -> float:
        """Last song time (s) in view."""
        return self._end

    @property
    def duration(self) -> float:
        """Length (s) of the whole song."""
        return self._duration

    def show_song(self, duration: float) -> None:
        """Show a whole song of a length (s)."""
        self._duration = max(duration, SHORTEST)
        self._start, self._end = 0.0, self._duration
        self.changed.emit()

    def fit(self) -> None:
        """Show the whole song."""
        self.show(0.0, self._duration)

    def show(self, start: float, end: float) -> None:
        """Show a stretch, moved to lie inside the song and cut to its length."""
        length = min(max(end - start, SHORTEST), self._duration)
        middle = (start + end) / 2
        start = min(max(middle - length / 2, 0.0), self._duration - length)
        if (start, start + length) != (self._start, self._end):
            self._start, self._end = start, start + length
            self.changed.emit()

    def zoom(self, factor: float, anchor: float) -> None:
        """Show ``factor`` times as much, with one song time (s) kept where it is on the screen."""
        length = min(max((self._end - self._start) * factor, SHORTEST), self._duration)
        share = (anchor - self._start) / (self._end - self._start)
        start = anchor - share * length
        self.show(start, start + length)

    def scroll(self, seconds: float) -> None:
        """Show what lies later by some seconds, as far as the song goes."""
        length = self._end - self._start
        start = min(max(self._start + seconds, 0.0), self._duration - length)
        self.show(start, start + length)

    def reveal(self, song_time: float) -> None:
        """Scroll as little as needed to have a song time (s) in view."""
        if song_time < self._start:
            self.scroll(song_time - self._start)
        elif song_time > self._end:
            self.scroll(song_time - self._end)
