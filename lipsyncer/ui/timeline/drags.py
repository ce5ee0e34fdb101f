"""What the mouse can drag on the timeline; each gesture is at most one step of the history."""

from __future__ import annotations

import itertools

from PyQt6.QtCore import QCoreApplication, Qt

from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.ui.editing.look import Pair
from lipsyncer.ui.editing.nudging import frame_length, slip_name
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import clock, signed_ms
from lipsyncer.ui.timeline.geometry import Geometry

_gestures = itertools.count()
_THRESHOLD = 4
"""Pixels that the mouse may tremble in a click."""
FINE = 0.010
"""Seconds by which a pixel slips the footage, however far the timeline is zoomed out."""
_SNAP = 4
"""Pixels within which the footage snaps to where it was found, and to where it was filmed."""


class Drag:
    """A gesture from press to release.

    Attributes
    ----------
    readout
        What to write beside the mouse; empty for nothing.
    """

    readout = ""

    def move(self, x: float, geometry: Geometry, keys: Qt.KeyboardModifier) -> None:
        """Follow the mouse."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Bring back what was before the press."""

    def let_go(self) -> None:
        """End it where it is."""


class SeekDrag(Drag):
    """The playhead follows the mouse."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before = session.playhead

    def move(self, x: float, geometry: Geometry, keys: Qt.KeyboardModifier) -> None:
        """Put the playhead under the mouse."""
        self._session.seek(geometry.time(x))
        self.readout = clock(self._session.playhead)

    def give_up(self) -> None:
        """Bring the playhead back."""
        self._session.seek(self._before)


class LoopDrag(Drag):
    """A span to loop, from where the mouse was pressed."""

    def __init__(self, session: Session, start: float) -> None:
        self._session = session
        self._start = start
        self._before = session.loop

    def move(self, x: float, geometry: Geometry, keys: Qt.KeyboardModifier) -> None:
        """Loop as far as the mouse."""
        first, last = sorted((self._start, geometry.time(x)))
        self._session.set_loop((max(first, 0.0), last))

    def give_up(self) -> None:
        """Loop what was looped before."""
        self._session.set_loop(self._before)


class MapDrag(Drag):
    """The stretch in view, on the minimap."""

    def __init__(self, session: Session, geometry: Geometry) -> None:
        self._session = session
        self._before = (geometry.start, geometry.end)
        self._length = geometry.end - geometry.start

    def move(self, x: float, geometry: Geometry, keys: Qt.KeyboardModifier) -> None:
        """Show what lies around the mouse."""
        middle = geometry.map_time(x)
        self._session.view.show(middle - self._length / 2, middle + self._length / 2)

    def give_up(self) -> None:
        """Show the stretch that was in view."""
        self._session.view.show(*self._before)


class _EditDrag(Drag):
    """A gesture that edits: every move starts from the document before it.

    Parameters
    ----------
    x
        Where the mouse was pressed.
    """

    def __init__(self, session: Session, before: Document, x: float) -> None:
        self._session = session
        self._before = before
        self._x = x
        self._began = False
        self._playhead = session.playhead
        self._gesture = f"drag {next(_gestures)}"

    def give_up(self) -> None:
        """Bring the document back, without a trace in the history."""
        self.let_go()
        self._session.edit("", lambda _: self._before, merge=self._gesture)
        if self._began and self._session.playhead != self._playhead:
            self._session.seek(self._playhead)

    def let_go(self) -> None:
        """Show the cut again."""
        self._session.hold_up(None)

    def _begins(self, x: float, geometry: Geometry) -> bool:
        """Whether the mouse has moved far enough to mean it."""
        if not self._began and abs(x - self._x) >= _THRESHOLD:
            self._began = True
            self._begin(geometry)
        return self._began

    def _begin(self, geometry: Geometry) -> None:
        """Get ready, once, when the mouse begins to move."""

    def _refused(self, *segments: Segment) -> bool:
        """Say beside the mouse that what is locked stays where it is."""
        if any(segment.locked for segment in segments):
            self.readout = QCoreApplication.translate("Drag", "Locked")
            return True
        return False


class SlipDrag(_EditDrag):
    """The footage of a segment, moved under the song by whole frames, or freely with Alt.

    A pixel is ``FINE`` seconds at most; with Shift the footage stays under the mouse.
    """

    def __init__(self, session: Session, before: Document, index: int, x: float) -> None:
        super().__init__(session, before, x)
        self._index = index
        self._pressed: float | None = None

    def let_go(self) -> None:
        """Show the cut again; what was no drag is a click, and goes to its moment."""
        super().let_go()
        if not self._began and self._pressed is not None:
            self._session.seek(self._pressed)

    def move(self, x: float, geometry: Geometry, keys: Qt.KeyboardModifier) -> None:
        """Move the picture with the mouse."""
        self._pressed = geometry.time(self._x)
        segment = self._before.segments[self._index]
        if not self._begins(x, geometry) or self._refused(segment):
            return
        frame = frame_length(self._session, segment.take)
        on_map = 1 / geometry.scale
        per_pixel = on_map if keys & Qt.KeyboardModifier.ShiftModifier else min(FINE, on_map)
        seconds = (x - self._x) * per_pixel
        if not keys & Qt.KeyboardModifier.AltModifier:
            seconds = self._snapped(seconds, frame, _SNAP * per_pixel)
        # A picture that comes later shows earlier footage at the same moment of the song.
        self._session.edit(
            slip_name(self._session, self._index, segment.source_start - seconds),
            lambda _: edits.slip(self._before, self._index, -seconds),
            merge=self._gesture,
        )
        frames = QCoreApplication.translate("Drag", "{shift}  ({frames} frames)")
        self.readout = frames.format(shift=signed_ms(seconds), frames=_signed(seconds / frame))
        moment = segment.source_at(self._session.playhead)
        self._session.hold_up(
            Pair(
                (segment.take, moment),
                (segment.take, moment - seconds),
                (QCoreApplication.translate("Drag", "Before"), self.readout),
            )
        )

    def _snapped(self, seconds: float, frame: float, reach: float) -> float:
        """Move by whole frames, or to the found place or the filmed one if that is near (s)."""
        segment = self._before.segments[self._index]
        places = [segment.song_start]
        found = self._session.found
        if found is not None and found.takes == self._before.takes:
            take, source = TimeMap(found).source_at(segment.song_start)
            if take == segment.take:
                places.insert(0, source)
        for place in places:
            if abs(segment.source_start - place - seconds) <= reach:
                return segment.source_start - place
        return round(seconds / frame) * frame

    def _begin(self, geometry: Geometry) -> None:
        """Have the preview show the segment that is moved."""
        segment = self._before.segments[self._index]
        if segment.locked or segment.song_start <= self._session.playhead < segment.song_end:
            return
        pressed = max(geometry.time(self._x), segment.song_start)
        self._session.seek(min(pressed, segment.song_end - 1e-3))


class CutDrag(_EditDrag):
    """The cut between a segment and the next."""

    def __init__(self, session: Session, before: Document, index: int, x: float) -> None:
        super().__init__(session, before, x)
        self._index = index

    def move(self, x: float, geometry: Geometry, keys: Qt.KeyboardModifier) -> None:
        """Move the cut with the mouse, as far as its two segments reach."""
        first, second = self._before.segments[self._index : self._index + 2]
        if not self._begins(x, geometry) or self._refused(first, second):
            return
        frame = frame_length(self._session, first.take)
        # The mouse keeps its distance: a press beside the cut must not make it jump.
        time = first.song_end + (x - self._x) / geometry.scale
        time = min(max(time, first.song_start + frame), second.song_end - frame)
        if not first.song_start < time < second.song_end:
            return
        name = QCoreApplication.translate("Drag", "Move cut {n} to {time}")
        self._session.edit(
            name.format(n=self._index + 1, time=clock(time)),
            lambda _: edits.move_cut(self._before, self._index, time),
            merge=self._gesture,
        )
        shift = signed_ms(time - first.song_end)
        readout = QCoreApplication.translate("Drag", "{time}  ({shift})")
        self.readout = readout.format(time=clock(time), shift=shift)
        self._session.hold_up(
            Pair(
                (first.take, first.source_at(time - frame / 2)),
                (second.take, second.source_at(time + frame / 2)),
                (
                    QCoreApplication.translate("Drag", "Last before the cut"),
                    QCoreApplication.translate("Drag", "First after the cut"),
                ),
            )
        )


def _signed(frames: float) -> str:
    """Write a number of frames, with a part of one only where there is one."""
    whole = round(frames)
    text = f"{whole:+d}" if abs(frames - whole) < 0.05 else f"{frames:+.1f}"
    return ("±0" if text == "+0" else text).replace("-", "−")
