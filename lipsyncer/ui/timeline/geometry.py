"""Where things are on the timeline: song time across, lanes from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QRectF

from lipsyncer.ui.style import theme

RULER = 26
MINIMAP = 26
CONFIDENCE = 32
FOOT = theme.XS
HEADER = 22
"""Height of the words above a segment's footage."""
TAKE_ROW = 14
_ROWS_SHARE = 0.16
"""The most of the widget that the rows of the takes may have together."""
SIDE = theme.S
"""Margin left and right, so that the song's ends can be seen and grabbed."""
GAP = theme.XS
GRAB = 7
"""How near to a cut the mouse takes hold of it."""

_LEAST_WAVEFORM = 36
_WAVEFORM_SHARE = 0.28
_BEYOND = 24
_MOST_ROWS = 5
"""Takes that have a row of their own; the words above the footage name the others."""


@dataclass(frozen=True)
class Geometry:
    """The lanes of a timeline of a size, with a stretch of the song in view.

    Attributes
    ----------
    width, height
        Of the widget.
    start, end
        Song times (s) at the left and the right margin.
    duration
        Length (s) of the song, for the minimap; up to ``end`` by default.
    takes
        How many there are; more than one have a row each.
    """

    width: float
    height: float
    start: float
    end: float
    duration: float = 0.0
    takes: int = 1

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return max(self.width - 2 * SIDE, 1.0)

    @property
    def scale(self) -> float:
        """Pixels per second."""
        return self.inner / (self.end - self.start)

    def x(self, song_time: float) -> float:
        """Where a song time (s) is."""
        return SIDE + (song_time - self.start) * self.scale

    def time(self, x: float) -> float:
        """Which song time (s) is at a place."""
        return self.start + (x - SIDE) / self.scale

    @property
    def minimap(self) -> QRectF:
        """The whole song, small."""
        return QRectF(SIDE, 0, self.inner, MINIMAP)

    @property
    def ruler(self) -> QRectF:
        """Times of the stretch in view."""
        return QRectF(0, MINIMAP + GAP, self.width, RULER)

    @property
    def waveform(self) -> QRectF:
        """The song."""
        top = self.ruler.bottom()
        return QRectF(0, top, self.width, max(_LEAST_WAVEFORM, round(_WAVEFORM_SHARE * self._room)))

    @property
    def film(self) -> QRectF:
        """The footage."""
        top = self.waveform.bottom() + GAP
        bottom = self.confidence.top() - GAP - self._rows_height
        return QRectF(0, top, self.width, max(bottom - top, 1.0))

    @property
    def confidence(self) -> QRectF:
        """How sure it is."""
        return QRectF(0, self.height - CONFIDENCE - FOOT, self.width, CONFIDENCE)

    @property
    def take_rows(self) -> list[QRectF]:
        """A row for each take, under the footage; none where there is only one take."""
        top, count, row = self.film.bottom() + GAP, self._row_count, self._row_height
        return [QRectF(0, top + number * row, self.width, row) for number in range(count)]

    @property
    def _row_count(self) -> int:
        return min(self.takes, _MOST_ROWS) if self.takes > 1 else 0

    @property
    def _row_height(self) -> int:
        return min(TAKE_ROW, int(_ROWS_SHARE * self.height / max(self._row_count, 1)))

    @property
    def _rows_height(self) -> float:
        return self._row_count * self._row_height + GAP if self._row_count else 0.0

    @property
    def _room(self) -> float:
        return self.height - MINIMAP - RULER - CONFIDENCE - FOOT - 3 * GAP - self._rows_height

    def block(self, song_start: float, song_end: float, lane: QRectF) -> QRectF:
        """Where a stretch (s) lies in a lane."""
        left = self.x(song_start)
        return QRectF(left, lane.top(), self.x(song_end) - left, lane.height())

    def seen_block(self, song_start: float, song_end: float, lane: QRectF) -> QRectF | None:
        """Where a stretch (s) lies in a lane, as far as it can be seen, a hair narrower.

        Cut well outside of the widget, so that no painter has to follow a block for miles.
        """
        left, right = self.x(song_start) + 1, self.x(song_end) - 1
        if right < 0 or left > self.width:
            return None
        left, right = max(left, -_BEYOND), min(right, self.width + _BEYOND)
        return QRectF(left, lane.top(), max(right - left, 1.0), lane.height())

    def map_x(self, song_time: float) -> float:
        """Where a song time (s) is on the minimap."""
        strip = self.minimap
        return strip.left() + song_time / (self.duration or self.end) * strip.width()

    def map_time(self, x: float) -> float:
        """Which song time (s) is at a place of the minimap."""
        strip = self.minimap
        return (x - strip.left()) / strip.width() * (self.duration or self.end)
