"""No window opens larger than the screen it is on."""

from __future__ import annotations

from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QWidget


def resize_within_screen(window: QWidget, size: QSize) -> None:
    """Give a window a size, or as much of it as the screen has room for."""
    screen = window.screen()
    window.resize(size if screen is None else size.boundedTo(screen.availableSize()))
