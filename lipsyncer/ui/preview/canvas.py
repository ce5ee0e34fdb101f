"""The picture: the frame that the cut shows now, beside the raw take if wanted."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PyQt6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.render.retime import frame_at
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview.burned_in import ExtrasOverlay
from lipsyncer.ui.preview.close_up import CloseUp
from lipsyncer.ui.preview.framing_gestures import ZOOM_STEP, FramingHand
from lipsyncer.ui.preview.output_frame import FrameFinder, Shown
from lipsyncer.ui.preview.overlays import (
    frame_in,
    frame_room,
    paint_face,
    paint_in_frame,
    paint_label,
    paint_left_out,
    paint_safe_zone,
    picture_around,
)
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import FrameServer, Wish, frame_index

_CLOSER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_WIDER = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)

Mode = Literal["after", "before", "both"]

_KEPT = 12
"""Frames kept, so that stepping to and fro is instant."""


class Canvas(QWidget):
    """Paints frames as they come; the newest that is wanted wins.

    Parameters
    ----------
    session
        Whose playhead is followed.
    player
        For the frame rate.

    Attributes
    ----------
    shown
        Take and frame of the proxy that are on screen as "after"; None before the first.
    """

    _handled = False  # Qt sends events while the widget is being made

    def __init__(self, session: Session, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._server = FrameServer(parent=self)
        self._server.ready.connect(self._take_frame)
        self._server.lost.connect(lambda _take, error: session.say_error(error))
        self._frames: OrderedDict[Wish, QImage] = OrderedDict()
        self._last: dict[str, QImage] = {}
        self._mode: Mode = "after"
        self._peeks = False
        self._face = False
        self._close_up: CloseUp | None = None
        self._preset, self._covered = "", False
        self.finder = FrameFinder(session, self)
        self.hand = FramingHand(session, self.finder, self)
        self.hand.changed.connect(self.update)
        self._extras = ExtrasOverlay(session, self)
        self._extras.changed.connect(self.update)
        self.shown: Wish | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Preview"))
        self.finder.found.connect(self.update)
        session.playhead_moved.connect(self._ask)
        session.changed.connect(self._ask)
        session.changed.connect(self.update)
        session.paired.connect(self._ask)
        session.paired.connect(self.update)
        session.looked.connect(self._ask)
        session.looked.connect(self.update)
        session.analysed.connect(self._take_analysis)
        session.copies.made.connect(self._server.reopen)
        theme.manager.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give the size at which a face can be judged."""
        return QSize(640, 420)

    def close(self) -> bool:
        """End the threads that read and frame the pictures."""
        self._server.close()
        self.finder.close()
        self._extras.close()
        return super().close()

    @property
    def mode(self) -> Mode:
        """What is compared."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show the result, the raw take, or both side by side."""
        self._mode = mode
        self._ask()
        self.update()

    def peek(self, before: bool) -> None:
        """Show the raw take in place of the result, or the result again."""
        if before != self._peeks:
            self._peeks = before
            self._ask()
            self.update()

    def set_face(self, shown: bool) -> None:
        """Show where the mouth was seen and how sure the segment is."""
        self._face = shown
        self.update()

    def set_close_up(self, shown: bool) -> None:
        """Show the mouth, large, beside the voice of the same instant."""
        self._close_up = CloseUp(self._session) if shown else None
        self._ask()
        self.update()

    def set_platform(self, preset: str, *, covered: bool, framing: bool) -> None:
        """Show the frame of a platform.

        Parameters
        ----------
        preset
            Its name.
        covered
            Whether to hatch what it covers with its buttons.
        framing
            Whether the picture is shown in the frame, to be moved by hand.
        """
        self._preset, self._covered = preset, covered
        self._handled = framing
        shown = PRESETS.get(preset) if covered or framing else None
        self.finder.show(shown.settings if shown else None)
        if framing:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
        self.hand.changed.emit()

    @property
    def framing(self) -> bool:
        """Whether the picture is shown in the frame, to be moved by hand."""
        return self._handled and self._mode != "before"

    def set_extras(self, render: RenderSettings) -> None:
        """Show what an export with these settings would burn in."""
        self._extras.show(render)
        self.update()

    # ------------------------------------------------------------------------ which frame

    def wish_at(self, song_time: float) -> Wish | None:
        """Give the take and frame that the written video would show at a song time (s)."""
        viewed = self._session.viewed
        if viewed is None:
            return None
        document, time_map = viewed
        # As in plan_frames: an output frame shows the map at its middle.
        rate = self._player.frame_rate
        number = frame_at(document, rate, song_time)
        middle = time_map.song_at_output((number + 0.5) / float(rate))
        take, source = time_map.source_at(middle)
        footage = self._session.footage(take)
        return (take, frame_index(footage.proxy, source)) if footage is not None else None

    def raw_wish_at(self, song_time: float) -> Wish | None:
        """Give the frame of the first take as it was filmed, laid under the song's start."""
        footage = self._session.footage(0)
        return (0, frame_index(footage.proxy, song_time)) if footage is not None else None

    def _wishes(self) -> dict[str, Wish]:
        wishes = {}
        pair = self._session.pair
        if pair is not None:
            for side, (take, source) in (("left", pair.left), ("right", pair.right)):
                footage = self._session.footage(take)
                if footage is not None:
                    wishes[side] = (take, frame_index(footage.proxy, source))
            return wishes
        after = self.wish_at(self._session.playhead)
        before = self.raw_wish_at(self._session.playhead)
        if after is not None and (self._mode != "before" or self._close_up is not None):
            wishes["after"] = after
        if before is not None and (self._mode != "after" or self._peeks):
            wishes["before"] = before
        return wishes

    def _ask(self) -> None:
        wishes = self._wishes()
        for side, wish in wishes.items():
            if wish in self._frames:
                self._show(side, wish)
        self._server.ask([wish for wish in wishes.values() if wish not in self._frames])

    def _take_frame(self, take: int, frame: int, image: QImage, showing: int) -> None:
        if showing != self._server.showing:
            return  # read from footage that was replaced meanwhile
        self._frames[take, frame] = image
        while len(self._frames) > _KEPT:
            self._frames.popitem(last=False)
        for side, wish in self._wishes().items():
            if wish == (take, frame):
                self._show(side, wish)

    def _show(self, side: str, wish: Wish) -> None:
        self._last[side] = self._frames[wish]
        self._frames.move_to_end(wish)
        if side == "after":
            self.shown = wish
        self.update()

    def _take_analysis(self) -> None:
        self._frames.clear()
        self._last.clear()
        self.shown = None
        self._server.show_takes([take.proxy for take in self._session.pictures])
        self._ask()
        self.update()

    # ------------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        """Paint the frames at hand, and a ring around them where the keyboard is."""
        painter = QPainter(self)
        self._paint_all(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.theme().colour("selection"), theme.FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_all(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.theme().colour("stage"))
        whole = QRectF(self.rect())
        if not self._session.pictures:
            painter.setPen(theme.theme().colour("on_stage", 0.7))
            text = self.tr("Preparing the picture…") if self._session.document else ""
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, text)
            return
        pair = self._session.pair
        if pair is not None:
            for side, place, label in zip(
                ("left", "right"), self._halves(whole), pair.labels, strict=True
            ):
                self._paint(painter, side, place, label)
            return
        if self._close_up is not None:
            whole, below = self._close_up.split(whole)
            text = self.tr("No mouth is seen here.")
            self._close_up.paint(painter, below, self._last.get("after"), text)
        if self._mode == "both":
            left, right = self._halves(whole)
            self._paint(painter, "before", left, self.tr("Before"))
            self._paint(painter, "after", right, self.tr("After"))
        elif self._mode == "before" or self._peeks:
            self._paint(painter, "before", whole, self.tr("Before"))
        else:
            self._paint(painter, "after", whole, "")

    def _halves(self, whole: QRectF) -> tuple[QRectF, QRectF]:
        """Give the room of either picture, so that the two touch in the middle."""
        image = self._last.get("after") or self._last.get("before")
        width = whole.width() / 2
        if image is not None and not self.framing:
            width = min(width, whole.height() * image.width() / image.height())
        middle, gap = whole.center().x(), theme.XS / 2
        size = QSizeF(width - gap, whole.height())
        return QRectF(QPointF(middle - width, 0), size), QRectF(QPointF(middle + gap, 0), size)

    def _paint(self, painter: QPainter, side: str, room: QRectF, label: str) -> None:
        image = self._last.get(side)
        if image is None:
            return
        place = fitted(image.width(), image.height(), room)
        # Where the frame lies is known of the cut alone, not of what it might be.
        certain = side == "after" and self._session.look is None
        shown = self.finder.at(self._session.playhead) if certain else None
        framed = shown is not None and self.framing
        if shown is not None and framed:
            frame = fitted(*shown.size, frame_room(room))
            place = picture_around(frame, shown.view)
            self.hand.place = place
            paint_in_frame(painter, image, place, frame, room)
        else:
            painter.drawImage(place, image)
        if side == "after":
            self._extras.paint(painter, place, self._session.playhead)
        if certain and self._face:
            paint_face(painter, place, self._session, image.width())
        if shown is not None and (framed or self._covered):
            frame = frame if framed else frame_in(place, shown.view)
            if not framed:
                paint_left_out(painter, place, frame)
            paint_safe_zone(painter, frame, self._preset, hatched=self._covered)
        corner = place.topLeft()
        if shown is not None and framed:
            # Beside the frame, where it hides nothing of what will be seen.
            corner = room.topLeft()
            label = " · ".join(filter(None, (label, self._told(shown))))
        if label:
            paint_label(painter, corner + QPointF(theme.S, theme.S), label)

    def _told(self, shown: Shown) -> str:
        """Say who has framed the picture."""
        if shown.hand is None:
            return self.tr("Framed automatically")
        zoom = f"{shown.hand.zoom:.2f}×"
        return self.tr("Framed by hand, {zoom}").format(zoom=zoom)

    # ------------------------------------------------------------------------ the hand

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Take hold of the picture in the frame."""
        if event is None or not self.framing or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.hand.take_hold(event.position()):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Move the picture with the mouse."""
        if event is not None:
            self.hand.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Let go of the picture."""
        self.hand.let_go()
        if self.framing:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Let the picture be framed by itself again."""
        if self.framing:
            self.hand.reset()

    def wheelEvent(self, event: QWheelEvent | None) -> None:  # noqa: N802
        """Bring the picture closer, or further away."""
        if event is None or not self.framing:
            super().wheelEvent(event)
            return
        self.hand.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))
        event.accept()

    def event(self, event: QEvent | None) -> bool:
        """Zoom by pinching, and claim the keys that move the picture while it has the keyboard."""
        if self.framing and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.hand.zoom(1 + event.value())
                return True
        elif (
            self.framing
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (*_CLOSER, *_WIDER)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Zoom with + and −, and give up a drag with Esc."""
        if event is not None and self.framing:
            if event.key() in _CLOSER:
                self.hand.zoom(ZOOM_STEP)
                return
            if event.key() in _WIDER:
                self.hand.zoom(1 / ZOOM_STEP)
                return
            if event.key() == Qt.Key.Key_Escape and self.hand.holds:
                self.hand.give_up()
                return
        super().keyPressEvent(event)


def fitted(width: float, height: float, room: QRectF) -> QRectF:
    """Give the largest place of a shape in the middle of a room."""
    scale = min(room.width() / width, room.height() / height)
    size = (width * scale, height * scale)
    return QRectF(
        room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, size[0], size[1]
    )
