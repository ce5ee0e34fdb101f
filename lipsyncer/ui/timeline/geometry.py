"""Where things are on the timeline: song time across, lanes from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QRectF

from lipsyncer.ui import theme

RULER = 26
MINIMAP = 26
CONFIDENCE = 30
SIDE = theme.S
"""Margin left and right, so that the song's ends can be seen and grabbed."""
GAP = theme.XS
GRAB = 7
"""How near to a cut the mouse takes hold of it."""

_LEAST_WAVEFORM = 36
_WAVEFORM_SHARE = 0.3


@dataclass(frozen=True)
class Geometry:
    """The lanes of a timeline of a size, with a stretch of the song in view.

    Attributes
    ----------
    width, height
        Of the widget.
    start, end
        Song times (s) at the left and the right margin.
    """

    width: float
    height: float
    start: float
    end: float

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
        return QRectF(0, top, self.width, max(_LEAST_WAVEFORM, _WAVEFORM_SHARE * self._room))

    @property
    def film(self) -> QRectF:
        """The footage."""
        top = self.waveform.bottom() + GAP
        bottom = self.confidence.top() - GAP
        return QRectF(0, top, self.width, max(bottom - top, 1.0))

    @property
    def confidence(self) -> QRectF:
        """How sure it is."""
        return QRectF(0, self.height - CONFIDENCE, self.width, CONFIDENCE)

    @property
    def _room(self) -> float:
        return self.height - MINIMAP - RULER - CONFIDENCE - 3 * GAP

    def block(self, song_start: float, song_end: float, lane: QRectF) -> QRectF:
        """Where a stretch (s) lies in a lane."""
        left = self.x(song_start)
        return QRectF(left, lane.top(), self.x(song_end) - left, lane.height())
