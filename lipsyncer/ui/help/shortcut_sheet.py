"""The sheet of shortcuts, made from the actions themselves, so that it is never out of date."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.ui.style import theme
from lipsyncer.ui.style.screen_room import resize_within_screen
from lipsyncer.ui.window.actions import plain_name

Group = tuple[str, Sequence[QAction]]
_WIDTH, _HEIGHT = 100 * theme.S, 76 * theme.S
_COLUMNS = 2


class ShortcutSheet(QDialog):
    """Lists every action that has a key, by group; typing finds one by its name or key.

    Parameters
    ----------
    groups
        What each group is called, and its actions.
    """

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        resize_within_screen(self, QSize(_WIDTH, _HEIGHT))
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Search: “cut”, “undo”, or a key"))
        self._search.setAccessibleName(self.tr("Search the shortcuts"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._find)
        self._nothing = QLabel(self.tr("No shortcut has that name."), self)
        self._nothing.setProperty("role", "muted")
        self._nothing.hide()
        self._groups = [
            _Group(name, actions, self)
            for name, actions in groups
            if any(action.shortcuts() for action in actions)
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self._search)
        column.addWidget(self._nothing)
        column.addWidget(self._scrolled(), 1)
        self._search.setFocus()

    def _scrolled(self) -> QScrollArea:
        """Lay the groups out in two columns of about the same height."""
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for group in self._groups:
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(group)
            heights[shortest] += len(group.rows) + 2
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, theme.S, 0)
        row.setSpacing(theme.L)
        for column in columns:
            column.setSpacing(theme.L)
            column.addStretch()
            row.addLayout(column, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        for surface in (holder, scroll.viewport()):
            if surface is not None:
                surface.setAutoFillBackground(False)
        return scroll

    def _find(self, text: str) -> None:
        found = [group.show_only(text.strip().casefold()) for group in self._groups]
        self._nothing.setVisible(not any(found))


class _Group(QFrame):
    """One group: its name, and a row for each action with a key."""

    def __init__(self, name: str, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAccessibleName(name)
        heading = QLabel(name, self)
        heading.setProperty("role", "title")
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        grid.setVerticalSpacing(theme.XS)
        grid.setHorizontalSpacing(theme.L)
        grid.setColumnStretch(0, 1)
        grid.addWidget(heading, 0, 0, 1, 2)
        self.rows: list[tuple[str, list[QWidget]]] = []
        for action in actions:
            keys = [native(key) for key in action.shortcuts() if not key.isEmpty()]
            if keys:
                self._add(grid, action, keys)

    def _add(self, grid: QGridLayout, action: QAction, keys: list[str]) -> None:
        text = plain_name(action.text())
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setToolTip(action.statusTip())
        label.setAccessibleName(f"{text}: {', '.join(keys)}")
        caps = QWidget(self)
        row = QHBoxLayout(caps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addStretch()
        for key in keys:
            row.addWidget(_KeyCap(key, caps))
        line = grid.rowCount()
        grid.addWidget(label, line, 0)
        grid.addWidget(caps, line, 1)
        words = " ".join((text, action.statusTip(), *keys)).casefold()
        self.rows.append((words, [label, caps]))

    def show_only(self, text: str) -> bool:
        """Show only the rows that have a text in them, and say whether there are any."""
        some = False
        for words, widgets in self.rows:
            for widget in widgets:
                widget.setVisible(text in words)
            some = some or text in words
        self.setVisible(some)
        return some


class _KeyCap(QLabel):
    """A key as it looks on the keyboard."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(key, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(theme.HIT - theme.XS)
        theme.manager.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        colours = theme.theme()
        self.setStyleSheet(
            f"background: {colours.raised}; border: 1px solid {colours.border};"
            f" border-bottom-width: {theme.FOCUS}px; border-radius: {theme.RADIUS_SMALL}px;"
            f" padding: 0 {theme.XS}px; font-size: {theme.CAPTION}px;"
        )


def native(key: QKeySequence) -> str:
    """Write a key as it is called on this system."""
    return key.toString(QKeySequence.SequenceFormat.NativeText)
