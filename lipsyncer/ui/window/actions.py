"""How an action is made, so that menu, button, tooltip and shortcut sheet always agree."""

from __future__ import annotations

import re
from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QToolButton, QWidget

from lipsyncer.ui.style import theme
from lipsyncer.ui.style.icons import icon as icon_named


def make_action(
    owner: QObject,
    text: str,
    slot: Callable[[], object],
    *shortcuts: str | QKeySequence.StandardKey | Qt.Key,
    icon: str = "",
    tip: str = "",
    checkable: bool = False,
) -> QAction:
    """Make an action whose tooltip says what it does and on which key.

    Parameters
    ----------
    owner
        The action lives as long as this. It still has to be added to a widget to get its keys.
    text
        As the menu says it, with ``&`` before a letter and ``…`` where a question follows.
    slot
        Called without arguments when it is triggered.
    shortcuts
        Keys, the first of which is shown.
    icon
        Name from ``lipsyncer.ui.style.icons``.
    tip
        One more sentence for the tooltip and the status bar.
    checkable
        Whether it is on or off.
    """
    action = QAction(text, owner)
    action.setCheckable(checkable)
    action.setShortcuts([QKeySequence(key) for key in shortcuts])
    if icon:
        with_icon(action, icon)
    plain = plain_name(text)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    title = f"{plain} ({keys})" if keys else plain
    action.setToolTip(f"{title}\n{tip}" if tip else title)
    action.setStatusTip(tip)
    action.triggered.connect(lambda _checked=False: slot())
    return action


def plain_name(text: str) -> str:
    """Give an action's words without dots and keyboard letter: ``Open`` for ``&Open…``.

    Chinese has the letter behind the words, ``打开(&O)…``.
    """
    text = re.sub(r"\(&\w\)", "", text).replace("&&", "\0").replace("&", "")
    return text.replace("\0", "&").rstrip("…")


def with_icon(action: QAction, icon: str) -> QAction:
    """Give an action an icon that follows the theme."""
    action.setIcon(icon_named(icon))
    action.setProperty("icon name", icon)
    theme.manager.changed.connect(_Redraw(action).redraw)
    return action


class _Redraw(QObject):
    """Draws an action's icon anew in the colours of another theme; goes with its action."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self._action = action

    def redraw(self) -> None:
        """Draw it in the colours in use."""
        self._action.setIcon(icon_named(self._action.property("icon name")))


def tool_button(
    action: QAction, parent: QWidget | None = None, *, text: bool = False
) -> QToolButton:
    """Make a button for an action, with its words beside the icon if wanted.

    The button has the action's words as its accessible name, whatever it shows.
    """
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setToolButtonStyle(
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if text
        else Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    button.setMinimumSize(theme.HIT, theme.HIT)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(plain_name(action.text()))
    return button
