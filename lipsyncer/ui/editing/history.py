"""The history: every edit by its name, to go back to any of them."""

from __future__ import annotations

from PyQt6 import sip
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QUndoView, QWidget

from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.icons import icon


class HistoryList(QUndoView):
    """Lists a session's edits; choosing one undoes or redoes as far as there.

    The sign for saving stands beside the edit after which the project was saved.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.undo_stack, parent)
        self.setEmptyLabel(self.tr("As found"))
        self.setAccessibleName(self.tr("History"))
        self.setAccessibleDescription(
            self.tr("Every edit in the order it was made; choose one to go back to it")
        )
        self.setAlternatingRowColors(False)
        self._stack = session.undo_stack
        theme.manager.changed.connect(self._draw_icon)
        self._stack.cleanChanged.connect(self._draw_icon)
        self._stack.indexChanged.connect(self._draw_icon)
        self._draw_icon()

    def _draw_icon(self) -> None:
        if sip.isdeleted(self._stack):
            return  # it tells of its own end
        # Before the first edit nothing was saved by anybody.
        saved = self._stack.cleanIndex() > 0
        self.setCleanIcon(icon("save") if saved else QIcon())
