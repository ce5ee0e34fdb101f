"""A row of widgets that goes on in another row where there is no more room."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect, QSize
from PyQt6.QtWidgets import QLayout, QLayoutItem

from lipsyncer.ui.style import theme


class FlowLayout(QLayout):
    """Lays widgets out as words are laid out in a text, none wider than it asks to be."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(theme.S)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem | None) -> None:  # noqa: N802
        """Add what Qt hands in for a widget."""
        if item is not None:
            self._items.append(item)

    def count(self) -> int:
        """How many widgets there are, hidden ones too."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give one of them; None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Take one of them out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for room for all in one row."""
        sizes = [item.sizeHint() for item in self._seen()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """Make do with the widest alone in a row."""
        sizes = [item.sizeHint() for item in self._seen()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """It is higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Give the height of the rows that so many pixels lead to."""
        places = self._places(width)
        return max((place.bottom() + 1 for _, place in places), default=0)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Put every widget in its place."""
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        places: list[tuple[QLayoutItem, QRect]] = []
        left = top = below = 0
        for item in self._seen():
            size = item.sizeHint()
            if left and left + size.width() > width:
                left, top = 0, below + self.spacing()
            places.append((item, QRect(QPoint(left, top), size)))
            left += size.width() + self.spacing()
            below = max(below, top + size.height())
        return places
