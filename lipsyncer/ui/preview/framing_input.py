"""Mouse, wheel, pinch and keys over the preview while the picture is framed by hand."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PyQt6.QtWidgets import QWidget

from lipsyncer.ui.preview.framing_gestures import ZOOM_STEP, FramingHand

_CLOSER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_WIDER = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)


class FramingInput(QObject):
    """Turns what is done over a widget into gestures of a hand.

    Parameters
    ----------
    widget
        Over which it is done.
    hand
        What moves the picture.
    framing
        Says whether the picture is framed by hand now; if not, the widget keeps its events.
    """

    def __init__(
        self, widget: QWidget, hand: FramingHand, framing: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._widget, self._hand, self._framing = widget, hand, framing
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Take the events that move the picture."""
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if not self._framing():
            return False
        if isinstance(event, QWheelEvent):
            self._hand.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._hand.zoom(1 + event.value())
                return True
            return False
        return isinstance(event, QKeyEvent) and self._key(event)

    def _mouse(self, event: QMouseEvent) -> bool:
        left = event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseMove:
            self._hand.move(event.position())
        elif event.type() == QEvent.Type.MouseButtonRelease and self._hand.holds:
            self._hand.let_go()
            self.show_cursor()
        elif not self._framing() or not left:
            return False
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._widget.setFocus(Qt.FocusReason.MouseFocusReason)
            if self._hand.take_hold(event.position()):
                self._widget.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self._hand.reset()
        else:
            return False
        return True

    def _key(self, event: QKeyEvent) -> bool:
        """Zoom with + and −, and give up a drag with Esc."""
        zooms = event.key() in (*_CLOSER, *_WIDER)
        if event.type() == QEvent.Type.ShortcutOverride and zooms:
            event.accept()  # they would zoom the timeline
        elif event.type() == QEvent.Type.KeyPress and zooms:
            self._hand.zoom(ZOOM_STEP if event.key() in _CLOSER else 1 / ZOOM_STEP)
        elif event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            if not self._hand.holds:
                return False
            self._hand.give_up()
        else:
            return False
        return True

    def show_cursor(self) -> None:
        """Show a hand where the picture can be taken hold of."""
        if self._framing():
            self._widget.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._widget.unsetCursor()
