"""The takes: what each is called and does in the cut, which is preferred, and which goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QImage, QKeySequence, QPixmap
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.alignment import REFUSAL_THRESHOLD
from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit.document import Document
from lipsyncer.edit.edits import rename_take
from lipsyncer.jobs import Job
from lipsyncer.jobs.rematch import Rematch, preferring, without_take
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import percent
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import FrameServer, frame_index
from lipsyncer.ui.threads.worker import Failure, JobRunner

_PICTURE = 64
"""Height of a take's picture."""
_LONGEST_NAME = 80


@dataclass(frozen=True)
class _Doing:
    """What is being found, and for which document."""

    number: int
    name: str
    job: Callable[[Analysis, Document], Job[Rematch]]
    document: Document


class TakesPanel(QWidget):
    """Lists the takes with a picture of each; one can be renamed, preferred, or removed.

    Parameters
    ----------
    session
        Whose takes they are.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._doing: _Doing | None = None
        self._runner: JobRunner | None = None
        self._server = FrameServer(2 * _PICTURE, self)
        self._server.ready.connect(self._take_picture)
        self._list = QListWidget(self)
        self._list.setIconSize(QSize(2 * _PICTURE, _PICTURE))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Takes"))
        self._list.currentRowChanged.connect(self._enable)
        self._list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self._names = _Names(session, self._list)
        self._names.renamed.connect(self._rename)
        self._list.setItemDelegate(self._names)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._prefer = QPushButton(self.tr("Prefer"), self)
        self._prefer.setCheckable(True)
        self._prefer.setToolTip(
            self.tr("Shows this take wherever it fits, unless another one fits much better")
        )
        self._prefer.clicked.connect(self._toggle_preferred)
        self._remove = QPushButton(self.tr("Remove"), self)
        self._remove.setToolTip(
            self.tr("Makes the cut without this take; the file stays where it is")
        )
        self._remove.clicked.connect(self._remove_take)
        row = QHBoxLayout()
        row.addWidget(self._prefer)
        row.addWidget(self._remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        session.analysed.connect(self._begin)
        session.matched.connect(self._begin)
        session.changed.connect(self._write)
        self._begin()

    def close(self) -> bool:
        """End the threads."""
        self._server.close()
        if self._runner is not None:
            self._runner.close()
        return super().close()

    # ------------------------------------------------------------------------ what is listed

    def _begin(self) -> None:
        """Ask for a picture of each take, and list them."""
        proxies = [take.proxy for take in self._session.pictures]
        self._server.show_takes(proxies)
        self._server.ask(
            [(k, frame_index(proxy, proxy.duration / 2)) for k, proxy in enumerate(proxies)]
        )
        self._write()

    def _write(self) -> None:
        document = self._session.document
        takes = document.takes if document is not None else ()
        while self._list.count() > len(takes):
            self._list.takeItem(self._list.count() - 1)
        while self._list.count() < len(takes):
            added = QListWidgetItem()
            added.setFlags(added.flags() | Qt.ItemFlag.ItemIsEditable)
            self._list.addItem(added)
        for number in range(len(takes)):
            item = self._list.item(number)
            if item is not None and document is not None:
                item.setText(self._about(document, number))
                hint = self.tr("Double-click, or press F2, to rename it")
                item.setToolTip(f"{takes[number].path}\n{hint}")
        self._enable()

    def _about(self, document: Document, take: int) -> str:
        first, last = document.span
        shown = sum(s.song_end - s.song_start for s in document.segments if s.take == take)
        lines = [f"{take + 1}   {document.takes[take].name}"]
        share = percent(shown / (last - first))
        facts = [
            self.tr("{percent} of the cut").format(percent=share) if shown else self.tr("not shown")
        ]
        known = self._session.aligned(take)
        if known is not None:
            if known.alignment.confidence < REFUSAL_THRESHOLD:
                facts.append(self.tr("does not seem to match"))
            if len(known.attempts) > 1:
                facts.append(self.tr("{n} attempts").format(n=len(known.attempts)))
        if take == self._preferred:
            facts.append(self.tr("preferred"))
        return "\n".join([*lines, " · ".join(facts)])

    def _take_picture(self, take: int, _frame: int, image: QImage, showing: int) -> None:
        item = self._list.item(take)
        if showing == self._server.showing and item is not None:
            icon = QIcon(QPixmap.fromImage(image))
            icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Selected)  # never tinted
            item.setIcon(icon)

    @property
    def _preferred(self) -> int | None:
        analysis = self._session.analysis
        if analysis is None or analysis.basis is None:
            return None
        return analysis.basis.settings.prefer_take

    def _enable(self) -> None:
        document, analysis = self._session.document, self._session.analysis
        several = document is not None and len(document.takes) > 1
        known = several and analysis is not None and analysis.basis is not None
        row = self._list.currentRow()
        for button in (self._prefer, self._remove):
            button.setEnabled(bool(known) and row >= 0 and self._doing is None)
        self._prefer.setChecked(row >= 0 and row == self._preferred)

    # ------------------------------------------------------------------------ what is done

    def _show_menu(self, place: QPoint) -> None:
        """Offer for the take that was clicked what can be done with it."""
        item = self._list.itemAt(place)
        if item is None:
            return
        self._list.setCurrentItem(item)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rename = menu.addAction(self.tr("Rename"), partial(self._list.editItem, item))
        if rename is not None:
            rename.setShortcut(QKeySequence("F2"))
        for button in (self._prefer, self._remove):
            action = menu.addAction(button.text(), button.click)
            if action is not None:
                action.setEnabled(button.isEnabled())
                action.setCheckable(button.isCheckable())
                action.setChecked(button.isChecked())
        menu.popup(self._list.mapToGlobal(place))

    def _rename(self, take: int, label: str) -> None:
        name = self.tr("Rename take {n}").format(n=take + 1)
        self._session.edit(name, partial(rename_take, take=take, label=label))

    def _toggle_preferred(self) -> None:
        row, document = self._list.currentRow(), self._session.document
        if document is not None and row >= 0:
            wanted = None if row == self._preferred else row
            name = self.tr("Prefer no take") if wanted is None else self.tr("Prefer take {n}")
            self._do(name.format(n=row + 1), partial(preferring, take=wanted))

    def _remove_take(self) -> None:
        row, document = self._list.currentRow(), self._session.document
        if document is not None and row >= 0:
            name = self.tr("Remove {name}").format(name=document.takes[row].name)
            self._do(name, partial(without_take, take=row))

    def _do(self, name: str, job: Callable[[Analysis, Document], Job[Rematch]]) -> None:
        """Find the cut again off the GUI thread."""
        document, analysis = self._session.document, self._session.analysis
        if document is None or analysis is None or analysis.basis is None:
            return
        if self._runner is None:
            self._runner = JobRunner("takes", self)
            self._runner.finished.connect(self._take)
            self._runner.failed.connect(self._hear_failure)
        number = self._runner.start(partial(job, analysis, document))
        self._doing = _Doing(number, name, job, document)
        self._enable()

    def _take(self, number: int, again: Rematch) -> None:
        doing = self._doing
        if doing is None or doing.number != number:
            return
        self._doing = None
        if self._session.document is doing.document:
            self._session.match_again(doing.name, again)
        else:
            self._do(doing.name, doing.job)  # it was edited meanwhile
        self._enable()

    def _hear_failure(self, number: int, failure: Failure) -> None:
        if self._doing is not None and self._doing.number == number:
            self._doing = None
            self._session.say_error(failure.error, failure.details)
            self._enable()


class _Names(QStyledItemDelegate):
    """Lets a take's name be edited where it is written.

    Attributes
    ----------
    renamed
        Index of the take, and what it is to be called.
    """

    renamed = pyqtSignal(int, str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def createEditor(  # noqa: N802
        self, parent: QWidget | None, _option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        """Make a field for the name alone, as it is, all of it chosen."""
        editor = QLineEdit(parent)
        editor.setMaxLength(_LONGEST_NAME)
        document = self._session.document
        if document is not None:
            editor.setText(document.takes[index.row()].name)
            editor.selectAll()
        return editor

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:  # noqa: N802
        """Leave what was typed: the list calls this again when a picture comes to the row."""

    def setModelData(  # noqa: N802
        self, editor: QWidget | None, _model: QAbstractItemModel | None, index: QModelIndex
    ) -> None:
        """Tell what was written."""
        if isinstance(editor, QLineEdit):
            self.renamed.emit(index.row(), editor.text())

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget | None, option: QStyleOptionViewItem, _index: QModelIndex
    ) -> None:
        """Lie over the name, beside the picture."""
        if editor is not None:
            place = option.rect.adjusted(2 * _PICTURE + theme.S, theme.XS, -theme.XS, -theme.XS)
            place.setHeight(editor.sizeHint().height())
            editor.setGeometry(place)
