"""Keys that belong to the widget that has the keyboard, although the window has a use for them."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QSlider

_PRESS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOVE = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}


class OwnKeys(QObject):
    """Lets buttons keep Space, and lists and sliders their arrows.

    Space plays wherever the keyboard is, but who has tabbed to a button wants to press that.
    """

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Claim a key for the widget before a shortcut takes it."""
        if (
            event is None
            or event.type() != QEvent.Type.ShortcutOverride
            or not isinstance(event, QKeyEvent)
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        key = Qt.Key(event.key())
        presses = isinstance(watched, (QAbstractButton, QComboBox)) and key in _PRESS
        lists = (QAbstractItemView, QComboBox, QSlider)
        moves = isinstance(watched, lists) and key in _MOVE
        if presses or moves:
            event.accept()
            return True
        return False


def keep_own_keys(owner: QObject) -> None:
    """Have every widget of the application keep its own keys while ``owner`` lives."""
    application = QApplication.instance()
    if application is not None:
        application.installEventFilter(OwnKeys(owner))
