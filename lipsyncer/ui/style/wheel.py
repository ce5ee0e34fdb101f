"""The wheel scrolls the page and changes no choice that happens to be under the mouse."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtWidgets import QWidget


class _PastWheel(QObject):
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Leave the wheel to what lies around the widget."""
        if event is not None and event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def let_wheel_past(widget: QWidget) -> None:
    """Have a widget leave the wheel to what lies around it."""
    widget.installEventFilter(_PastWheel(widget))
