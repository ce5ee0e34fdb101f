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
LANE = 46
"""Height of a lane of a take or an attempt where there is room for its pictures."""
_LANES_SHARE = 0.3
"""The most of the widget that these lanes may have together."""
SIDE = theme.S
"""Margin left and right, so that the song's ends can be seen and grabbed."""
GAP = theme.XS
GRAB = 7
"""How near to a cut the mouse takes hold of it."""

_LEAST_WAVEFORM = 36
_LEAST_FILM = HEADER + 32
_WAVEFORM_SHARE = 0.28
_BEYOND = 24
MOST_LANES = 6
"""Takes and attempts that have a lane of their own; a segment's menu has the others too."""


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
    lanes
        How many takes and attempts there are; more than one have a lane each.
    """

    width: float
    height: float
    start: float
    end: float
    duration: float = 0.0
    lanes: int = 1

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
        bottom = self.confidence.top() - GAP - self._lanes_height
        return QRectF(0, top, self.width, max(bottom - top, 1.0))

    @property
    def confidence(self) -> QRectF:
        """How sure it is."""
        return QRectF(0, self.height - CONFIDENCE - FOOT, self.width, CONFIDENCE)

    @property
    def lane_rows(self) -> list[QRectF]:
        """A row for each take or attempt, under the footage; none where there is only one."""
        top, count, row = self.film.bottom() + GAP, self._lane_count, self._lane_height
        return [QRectF(0, top + number * row, self.width, row) for number in range(count)]

    @property
    def _lane_count(self) -> int:
        return min(self.lanes, MOST_LANES) if self.lanes > 1 else 0

    @property
    def _lane_height(self) -> int:
        spare = self._room_with_lanes - GAP - _LEAST_WAVEFORM - _LEAST_FILM
        most = max(min(_LANES_SHARE * self.height, spare), 0.0)
        return min(LANE, int(most / max(self._lane_count, 1)))

    @property
    def _lanes_height(self) -> float:
        return self._lane_count * self._lane_height + GAP if self._lane_count else 0.0

    @property
    def _room(self) -> float:
        return self._room_with_lanes - self._lanes_height

    @property
    def _room_with_lanes(self) -> float:
        return self.height - MINIMAP - RULER - CONFIDENCE - FOOT - 3 * GAP

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
