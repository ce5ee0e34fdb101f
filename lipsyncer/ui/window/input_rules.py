"""Which widget a key or a turn of the wheel belongs to, for the whole application."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QMainWindow,
    QMenu,
    QMenuBar,
    QScrollBar,
    QSlider,
    QTabBar,
)

_PRESS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOVE = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
_FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)


class InputRules(QObject):
    """Menus keep their keys, buttons Space, lists and sliders arrows; no field takes the wheel.

    Space plays wherever the keyboard focus is, but a user who has tabbed to a button wants to press
    it. A user who scrolls a panel does not want to change the field that passes under the mouse.
    """

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Claim a key for its widget, and hand the wheel on to what lies around a field."""
        if event is None:
            return False
        if event.type() in (QEvent.Type.Polish, QEvent.Type.Move):
            if isinstance(watched, QTabBar):
                _keep_focus_in_sight(watched)
            return False
        if event.type() == QEvent.Type.Wheel:
            if isinstance(watched, _FIELDS) and not isinstance(watched, QScrollBar):
                event.ignore()
                return True
            return False
        if (
            event.type() != QEvent.Type.ShortcutOverride
            or not isinstance(event, QKeyEvent)
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        key = Qt.Key(event.key())
        # An action in a menu counts as the menu bar's, so its key would edit while a menu is open.
        in_menu = isinstance(watched, (QMenu, QMenuBar))
        presses = isinstance(watched, (QAbstractButton, QComboBox)) and key in _PRESS
        lists = (QAbstractItemView, QComboBox, QSlider)
        moves = isinstance(watched, lists) and key in _MOVE
        if in_menu or presses or moves:
            event.accept()
            return True
        return False


def _keep_focus_in_sight(tabs: QTabBar) -> None:
    """Give no focus to the tabs of a single panel, which Qt keeps outside of the window."""
    window = tabs.parentWidget()
    if isinstance(window, QMainWindow):
        seen = window.rect().intersects(tabs.geometry())
        policy = Qt.FocusPolicy.TabFocus if seen else Qt.FocusPolicy.NoFocus
        tabs.setFocusPolicy(policy)


def keep_input_rules(owner: QObject) -> None:
    """Apply the rules to every widget of the application while ``owner`` lives."""
    application = QApplication.instance()
    if application is not None:
        application.installEventFilter(InputRules(owner))
