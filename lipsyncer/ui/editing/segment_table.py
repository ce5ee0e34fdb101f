"""The segments as a table: what the timeline draws, in words and numbers."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PyQt6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QSize,
    Qt,
)
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from lipsyncer.cut.lanes import Lane
from lipsyncer.edit.document import Document, Segment
from lipsyncer.ui.editing.lane_names import strip_name
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import clock, shift_in_words, signed_ms
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.confidence_grade import grade, match_in_words
from lipsyncer.ui.style.icons import icon

_SPEED_SHOWN = 0.0005
"""Least change of speed that a tenth of a per cent shows."""
_LEAST, _MOST = 300, 400
"""Pixels that the table wants to be wide."""


class Column(IntEnum):
    """What is told of a segment, in the order of the table; its number heads the row."""

    FROM = 0
    TO = 1
    SHIFT = 2
    MATCH = 3
    LOCKED = 4
    SPEED = 5
    FRAME = 6
    TAKE = 7


class SegmentModel(QAbstractTableModel):
    """The segments of the session's document, a row each.

    Only what an edit changed is told to the views, so that they keep their place.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document: Document | None = session.document
        session.changed.connect(self._follow)
        session.opened.connect(self._start_again)
        theme.manager.changed.connect(self._repaint)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Count the segments."""
        return 0 if parent.isValid() else len(self._segments())

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Count what is told of each."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name a column, and explain it in its tooltip; number a row."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names()[Column(section)][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._names()[Column(section)][1]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Tell one thing of one segment."""
        segments = self._segments()
        if not (index.isValid() and index.row() < len(segments)):
            return None
        segment, column = segments[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(segment, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name, text = self._names()[column][0], self._text(segment, column)
            return f"{name}: {text or self.tr('no')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(segment, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and column == Column.MATCH:
            found = grade(segment)
            return theme.theme().colour("muted" if found == "gap" else found)
        if role == Qt.ItemDataRole.DecorationRole and column == Column.LOCKED and segment.locked:
            return icon("lock")
        return None

    # ------------------------------------------------------------------------ words

    def _names(self) -> dict[Column, tuple[str, str]]:
        return {
            Column.FROM: (self.tr("From"), self.tr("Where it begins in the song")),
            Column.TO: (self.tr("To"), self.tr("Where it ends in the song")),
            Column.TAKE: (self.tr("Take"), self.tr("The video that is shown")),
            Column.SHIFT: (
                self.tr("Shift"),
                self.tr("How far the picture was moved: + is later, − is earlier"),
            ),
            Column.SPEED: (
                self.tr("Speed"),
                self.tr("How fast the video runs: 100 % is as it was filmed"),
            ),
            Column.MATCH: (self.tr("Match"), self.tr("How well the lips fit the song")),
            Column.FRAME: (
                self.tr("Frame"),
                self.tr("Zoom, where you framed the picture by hand"),
            ),
            Column.LOCKED: (self.tr("Locked"), self.tr("A locked segment is never moved")),
        }

    def _text(self, segment: Segment, column: Column) -> str:
        assert self._document is not None
        if column == Column.FROM:
            return clock(segment.song_start)
        if column == Column.TO:
            return clock(segment.song_end)
        if column == Column.TAKE:
            lanes = self._session.lanes
            shown = next((lane for lane in lanes if lane.shows(segment)), Lane(segment.take, ()))
            return strip_name(self._document, shown)
        if column == Column.SHIFT:
            return signed_ms(segment.song_start - segment.source_start)
        if column == Column.SPEED:
            return f"{100 * segment.slope:.1f} %" if segment.slope else self.tr("still")
        if column == Column.MATCH:
            return match_in_words(segment)
        if column == Column.FRAME:
            hand = segment.framing
            return self.tr("by hand, {zoom}").format(zoom=f"{hand.zoom:.2f}×") if hand else ""
        return self.tr("locked") if segment.locked else ""

    def _tip(self, segment: Segment, column: Column) -> str | None:
        assert self._document is not None
        if column == Column.TAKE:
            return str(self._document.takes[segment.take].path)
        if column == Column.SHIFT:
            return shift_in_words(segment.song_start - segment.source_start)
        if column == Column.MATCH and grade(segment) == "gap":
            return self.tr(
                "There is no singing to match here, so the picture only bridges the time."
            )
        if column == Column.MATCH and grade(segment) == "poor":
            return self.tr("Look at this one, and move its picture if the lips are off.")
        return None

    # ------------------------------------------------------------------------ following

    def _segments(self) -> tuple[Segment, ...]:
        return self._document.segments if self._document is not None else ()

    def _start_again(self) -> None:
        self.beginResetModel()
        self._document = self._session.document
        self.endResetModel()

    def _follow(self) -> None:
        """Go over to the session's document, telling only of the rows that differ.

        Rows that both documents begin and end with stay; those between are changed as far as both
        have them, and the rest are inserted or removed.
        """
        old, new = self._segments(), self._session.document
        if new is None or not old:
            self._start_again()
            return
        now = new.segments
        shorter = min(len(old), len(now))
        head = next((i for i in range(shorter) if old[i] != now[i]), shorter)
        room = shorter - head
        tail = next((i for i in range(room) if old[-1 - i] != now[-1 - i]), room)
        last = head + room - tail  # rows head to last are in both, and differ
        if len(now) > len(old):
            self.beginInsertRows(QModelIndex(), last, last + len(now) - len(old) - 1)
            self._document = new
            self.endInsertRows()
        elif len(now) < len(old):
            self.beginRemoveRows(QModelIndex(), last, last + len(old) - len(now) - 1)
            self._document = new
            self.endRemoveRows()
        self._document = new
        if last > head:
            self.dataChanged.emit(self.index(head, 0), self.index(last - 1, len(Column) - 1))

    def _repaint(self) -> None:
        if self._segments():
            last = self.index(self.rowCount() - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class SegmentTable(QTableView):
    """Shows the segments, selects with the timeline, and goes to one with Enter.

    Parameters
    ----------
    session
        Whose segments are shown and selected.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        model = SegmentModel(session, self)
        # Rows that go make Qt choose another current one; that is nobody's wish. Connected before
        # Qt's own selection is; the session's ``changed`` ends it.
        for begins in (model.rowsAboutToBeRemoved, model.modelAboutToBeReset):
            begins.connect(self._begin_following)
        self.setModel(model)
        self.setAccessibleName(self.tr("Segments"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self._dress_headers()
        session.selection_changed.connect(self._show_selection)
        session.changed.connect(self._show_selection)
        session.changed.connect(self._show_columns)
        session.opened.connect(self._show_columns)
        session.analysed.connect(self._show_columns)
        selection = self.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(self._select)
        self.activated.connect(self._seek)
        self._show_selection()
        self._show_columns()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give room for every column, so that none has to be scrolled to."""
        header, rows = self.horizontalHeader(), self.verticalHeader()
        width = 2 * self.frameWidth()
        if header is not None and rows is not None:
            shown = [column for column in Column if not self.isColumnHidden(column)]
            width += sum(max(header.sectionSizeHint(c), self.sizeHintForColumn(c)) for c in shown)
            width += rows.sizeHint().width() + theme.L
        return QSize(min(max(width, _LEAST), _MOST), super().sizeHint().height())

    def _dress_headers(self) -> None:
        header, rows = self.horizontalHeader(), self.verticalHeader()
        if header is None or rows is None:
            return
        rows.setDefaultSectionSize(theme.HIT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.setHighlightSections(False)
        rows.setMinimumWidth(theme.HIT)
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(64)  # rows that are measured: quick for long songs
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(theme.XL)

    def _show_columns(self) -> None:
        """Leave out what would say the same of every segment, so that the rest can be read."""
        document = self._session.document
        segments = document.segments if document is not None else ()
        worth = {
            Column.LOCKED: any(segment.locked for segment in segments),
            Column.SPEED: any(abs(segment.slope - 1) >= _SPEED_SHOWN for segment in segments),
            Column.FRAME: any(segment.framing is not None for segment in segments),
            Column.TAKE: len(self._session.lanes) > 1,
        }
        for column, shown in worth.items():
            self.setColumnHidden(column, not shown)

    def _begin_following(self) -> None:
        self._following = True

    def _show_selection(self) -> None:
        """Select the session's segment, without telling the session of it."""
        selection, model = self.selectionModel(), self.model()
        if selection is None or model is None:
            return
        self._following = True
        try:
            row = self._session.selected
            if row < 0:
                selection.clearSelection()
                selection.setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.Clear)
            elif [index.row() for index in selection.selectedRows()] != [row]:
                column = max(0, self.currentIndex().column())
                select = QItemSelectionModel.SelectionFlag.ClearAndSelect
                rows = QItemSelectionModel.SelectionFlag.Rows
                selection.setCurrentIndex(model.index(row, column), select | rows)
        finally:
            self._following = False

    def _select(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._following and current.isValid():
            self._session.choose(current.row())

    def _seek(self, index: QModelIndex) -> None:
        document = self._session.document
        if document is not None and 0 <= index.row() < len(document.segments):
            self._session.seek(document.segments[index.row()].song_start)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Go to a segment with Enter on every system; the rest is the table's own."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event is not None and event.key() in keys and not event.modifiers():
            self._seek(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    words = column in (Column.TAKE, Column.MATCH, Column.FRAME, Column.LOCKED)
    side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
