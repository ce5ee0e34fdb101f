"""Framing by hand: each gesture is one step of the history."""

from __future__ import annotations

import itertools

from PyQt6.QtCore import QObject, QPointF, QRectF, pyqtSignal

from lipsyncer.edit import edits
from lipsyncer.edit.document import CLOSEST, Document, HandFraming
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview.output_frame import FrameFinder

ZOOM_STEP = 1.08
"""How much closer one notch of the wheel, or one press of a key, brings the picture."""

_THRESHOLD = 4
"""Pixels that the mouse may tremble in a click."""

_gestures = itertools.count()


class FramingHand(QObject):
    """Moves and enlarges the picture of the segment under the playhead.

    Parameters
    ----------
    session, finder
        What is edited, and where its frame lies.

    Attributes
    ----------
    place
        Where the whole picture is painted, in pixels; a drag moves it by so many.
    mirrored
        Whether the picture is painted with left and right changed.
    changed
        The hand has taken hold, or let go.
    """

    changed = pyqtSignal()

    def __init__(
        self, session: Session, finder: FrameFinder, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._finder = finder
        self.place = QRectF()
        self.mirrored = False
        self._before: Document | None = None
        self._index = -1
        self._pressed = QPointF()
        self._began = False
        self._size = (1.0, 1.0)
        self._gesture = ""

    @property
    def holds(self) -> bool:
        """Whether the picture is being dragged."""
        return self._before is not None

    def take_hold(self, where: QPointF) -> bool:
        """Begin a drag; says why not where the segment is locked."""
        index = self._shown()
        document = self._session.document
        if document is None or index < 0 or self.place.isEmpty():
            return False
        if document.segments[index].locked:
            self._session.edit("", lambda cut: edits.reset_framing(cut, index))  # says why
            return False
        self._session.select(index)
        self._before, self._index, self._pressed = document, index, where
        self._size = (self.place.width(), self.place.height())
        self._began = False
        self._gesture = f"frame {next(_gestures)}"
        self.changed.emit()
        return True

    def move(self, where: QPointF) -> None:
        """Follow the mouse: what is under it stays under it, as far as the picture reaches."""
        if self._before is None:
            return
        way = where - self._pressed
        if not self._began and way.manhattanLength() < _THRESHOLD:
            return
        self._began = True
        before = self._before.segments[self._index].framing or HandFraming()
        self._put(
            before.x - self._side * way.x() / self._size[0],
            before.y - way.y() / self._size[1],
            before.zoom,
            self._gesture,
        )

    def let_go(self) -> None:
        """End the drag."""
        self._before = None
        self.changed.emit()

    def give_up(self) -> None:
        """Bring back what was before the drag, without a trace in the history."""
        before = self._before
        if before is not None:
            self._session.edit("", lambda _: before, merge=self._gesture)
        self.let_go()

    def nudge(self, x: float, y: float) -> None:
        """Move the picture to the right and down by shares of the frame."""
        shown = self._finder.at(self._session.playhead)
        if shown is None:
            return
        self._index = shown.segment
        hand = shown.hand or HandFraming()
        self._put(
            hand.x - self._side * x * shown.view.width,
            hand.y - y * shown.view.height,
            hand.zoom,
            f"frame nudge {shown.segment}",
        )

    def zoom(self, factor: float) -> None:
        """Bring the picture of the segment closer by a factor, about the frame's middle."""
        shown = self._finder.at(self._session.playhead)
        if shown is None or self.holds:
            return
        self._index = shown.segment
        hand = shown.hand or HandFraming()
        self._put(hand.x, hand.y, hand.zoom * factor, f"frame zoom {shown.segment}")

    def reset(self) -> None:
        """Let the segment be framed by itself again."""
        index = self._shown()
        if index >= 0:
            self._session.edit(
                self.tr("Frame segment {n} automatically").format(n=index + 1),
                lambda cut: edits.reset_framing(cut, index),
            )

    def frame_take(self) -> None:
        """Frame all segments of the take as the one under the playhead."""
        index = self._shown()
        if index >= 0:
            self._session.edit(
                self.tr("Frame the whole take like segment {n}").format(n=index + 1),
                lambda cut: edits.frame_take(cut, index),
            )

    @property
    def _side(self) -> int:
        """Which way the right of the screen lies in the picture."""
        return -1 if self.mirrored else 1

    def _shown(self) -> int:
        document = self._session.document
        if document is None:
            return -1
        shown = self._finder.at(self._session.playhead)
        return shown.segment if shown is not None else document.index_at(self._session.playhead)

    def _put(self, x: float, y: float, zoom: float, merge: str) -> None:
        index = self._index
        wanted = HandFraming(_within(x, -1, 1), _within(y, -1, 1), _within(zoom, 1, CLOSEST))
        hand = self._finder.reached(self._session.playhead, wanted)
        self._session.edit(
            self.tr("Frame segment {n}, {zoom}").format(n=index + 1, zoom=f"{hand.zoom:.2f}×"),
            lambda cut: edits.reframe(cut, index, hand.x, hand.y, hand.zoom),
            merge=merge,
            select=index,
        )


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
