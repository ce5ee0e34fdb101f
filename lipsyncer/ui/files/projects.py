"""How the work is kept: saving, opening, autosave, and what is asked before it could be lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QMessageBox, QWidget

from lipsyncer.diagnostics.errors import LipsyncerError, is_file
from lipsyncer.project import SUFFIX, Project, load_project, relocated, save_project
from lipsyncer.project.autosave import Autosave, Recoverable, forget, project_lock, recoverable
from lipsyncer.project.locks import Lock
from lipsyncer.project.recent import RecentProjects
from lipsyncer.project.relink import (
    changed_media,
    find_media,
    fits,
    missing_media,
    with_fingerprints,
)
from lipsyncer.settings.matching import Matching
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.message import Message


class Projects(QObject):
    """Keeps a session's work on disk.

    Parameters
    ----------
    session
        Whose document is kept.
    store
        For how soon a change is autosaved.
    window
        Over which questions are asked.

    Attributes
    ----------
    named
        The project has another name or file.
    recent_changed
        The list of recent projects is another one.
    opened
        A project was opened; its footage has to be looked at.
    """

    named = pyqtSignal()
    recent_changed = pyqtSignal()
    opened = pyqtSignal()

    def __init__(self, session: Session, store: PreferenceStore, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._store, self._window = session, store, window
        self._path: Path | None = None
        self._project: Project | None = None
        self._lock: Lock | None = None
        self._autosave: Autosave | None = None
        self._recent = RecentProjects()
        self._given_up = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        session.undo_stack.indexChanged.connect(self._note_change)
        session.keep_work = self.keep

    # ------------------------------------------------------------------------ what it is

    @property
    def path(self) -> Path | None:
        """The user's own file, if there is one."""
        return self._path

    def name(self) -> str:
        """What the project is called; empty without a document."""
        document = self._session.document
        if document is None:
            return ""
        return self._path.stem if self._path is not None else document.song.stem

    def recent(self) -> list[tuple[str, Path, datetime]]:
        """Projects that were open lately."""
        return self._recent.entries()

    @property
    def changed(self) -> bool:
        """Whether the user has done work that is not saved."""
        return self._session.document is not None and not self._session.undo_stack.isClean()

    # ------------------------------------------------------------------------ beginning

    def begin_untitled(self) -> None:
        """Keep a new piece of work that has no file of its own yet."""
        self._begin(None)
        self._timer.start(0)  # once the work is on the screen

    def leave(self) -> None:
        """Let go of the work at hand; whoever calls this has made sure that it is safe."""
        self._timer.stop()
        if self._autosave is not None:
            self._autosave.discard()
        if self._lock is not None:
            self._lock.give_back()
        self._autosave = self._lock = self._project = self._path = None
        self._given_up = False
        self.named.emit()

    def _begin(self, path: Path | None, project: Project | None = None) -> None:
        self._path, self._project = path, project
        self._autosave = Autosave()
        self.named.emit()

    # ------------------------------------------------------------------------ opening

    def open(self, path: Path) -> None:
        """Open a project file."""
        here = self._path is not None and path.absolute() == self._path.absolute()
        lock = self._lock if here and self._lock is not None else project_lock(path)
        try:
            project = load_project(path)
        except LipsyncerError as error:
            self._session.say_error(error)
            return
        if not lock.take():
            text = self.tr(
                "{name} is open in another window, so this is a copy. Saving asks for another name."
            )
            self._session.say(Message("warning", text.format(name=path.name)))
            self._show(project, None, path.absolute().parent)
            return
        self._show(project, path, path.absolute().parent, lock)
        self._recent.add(path)
        self.recent_changed.emit()

    def recover(self, work: Recoverable) -> None:
        """Go on with what a crash has left."""
        origin = work.origin if work.origin is not None and is_file(work.origin) else None
        folder = origin.parent if origin is not None else work.folder
        lock = project_lock(origin) if origin is not None else None
        if lock is not None and not lock.take():
            origin, lock = None, None
        self._show(work.project, origin, folder, lock)
        self._session.undo_stack.resetClean()
        self.keep()
        forget(work)
        self._session.say(Message("note", self.tr("Your work from before the crash is back.")))

    def offer_recovery(self) -> None:
        """Ask whether to go on with what a crash has left, if there is any."""
        left = recoverable()
        if not left:
            return
        work = left[0]
        box = self._question(
            self.tr("Lipsyncer closed without saving. Resume where you were?"),
            self.tr("{name}, saved at {time}").format(
                name=work.project.document.song.name, time=f"{work.when:%H:%M, %d.%m.%Y}"
            ),
        )
        go_on = box.addButton(self.tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Not now"), QMessageBox.ButtonRole.RejectRole)
        away = box.addButton(self.tr("Discard it"), QMessageBox.ButtonRole.DestructiveRole)

        def answer() -> None:
            if box.clickedButton() is go_on:
                self.recover(work)
            elif box.clickedButton() is away:
                forget(work)

        box.finished.connect(lambda _: answer())
        box.open()

    def _show(
        self,
        project: Project,
        path: Path | None,
        folder: Path,
        lock: Lock | None = None,
        moved: bool = False,
    ) -> None:
        """Show a project when all its media are found.

        Parameters
        ----------
        moved
            Whether some of them were found by hand already, which is worth saving.
        """
        found = find_media(project, [folder])
        moved = moved or bool(found)
        project = relocated(project, found)
        lost = missing_media(project)
        if lost:
            self._ask_where(
                project,
                lost[0],
                partial(self._show, path=path, folder=folder, lock=lock, moved=True),
                lambda: self._let_go(lock),
            )
            return
        for changed in changed_media(project):
            text = self.tr(
                "{name} has changed since this project was saved; the cut may not fit it."
            )
            self._session.say(Message("warning", text.format(name=changed.name)))
        self.leave()
        if lock is not None:
            lock.take()  # again, where it is the one that was just let go
        self._lock = lock
        self._begin(path, project)
        self._session.open(project.document, project.found)
        self._session.recall_matching(Matching.from_values(project.view.get("matching")))
        playhead = project.view.get("playhead")
        if isinstance(playhead, (int, float)):
            self._session.seek(float(playhead))
        if moved:
            self._session.undo_stack.resetClean()
        self.named.emit()
        self.opened.emit()

    def _let_go(self, lock: Lock | None) -> None:
        """Give back the lock of a project that is not shown after all."""
        if lock is not None and lock is not self._lock:
            lock.give_back()

    def _ask_where(
        self,
        project: Project,
        lost: Path,
        then: Callable[[Project], None],
        otherwise: Callable[[], None],
    ) -> None:
        """Ask where a file has gone."""
        dialog = QFileDialog(self._window, self.tr("Where is {name}?").format(name=lost.name))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(name: str) -> None:
            candidate = Path(name)
            if not fits(project, lost, candidate):
                text = self.tr("{name} is a different file from {lost}; the cut may not fit it.")
                words = text.format(name=candidate.name, lost=lost.name)
                self._session.say(Message("warning", words))
            then(relocated(project, {lost: candidate}))

        def given_up() -> None:
            otherwise()
            text = self.tr(
                "{name} was not found, so Lipsyncer can't open the project. Put it beside "
                "the project and open the project again."
            )
            self._session.say(Message("error", text.format(name=lost.name)))

        dialog.fileSelected.connect(chosen)
        dialog.rejected.connect(given_up)
        dialog.open()

    # ------------------------------------------------------------------------ saving

    def save(self) -> bool:
        """Save to the user's file; ask for one where there is none."""
        if self._path is None:
            self.save_as()
            return False
        return self.save_to(self._path)

    def save_as(self, then: Callable[[], object] = lambda: None) -> None:
        """Ask for a file, and save to it."""
        document = self._session.document
        if document is None:
            return
        suggestion = document.takes[0].path.absolute().parent / f"{self.name()}{SUFFIX}"
        dialog = QFileDialog(self._window, self.tr("Save the project"), str(suggestion))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(suggestion.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(name: str) -> None:
            if self.save_to(Path(name)):
                then()

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def save_to(self, path: Path) -> bool:
        """Save to a file, which is the project's from now on; says why where it can't."""
        project = self._snapshot()
        if project is None:
            return False
        lock = self._lock if path == self._path else project_lock(path)
        if lock is not None and not lock.take():
            text = self.tr("{name} is open in another window; choose another name.")
            self._session.say(Message("error", text.format(name=path.name)))
            return False
        try:
            save_project(project, path)
        except LipsyncerError as error:
            self._session.say_error(error)
            return False
        if self._lock is not None and self._lock is not lock:
            self._lock.give_back()
        self._path, self._lock = path, lock
        self._session.undo_stack.setClean()
        self._timer.stop()
        if self._autosave is not None:
            self._autosave.discard()
            self._autosave = Autosave()
        self._recent.add(path)
        self.recent_changed.emit()
        self.named.emit()
        return True

    def keep(self) -> bool:
        """Autosave now; whether that went well, or there is no work to lose."""
        project = self._snapshot()
        if project is None or self._autosave is None:
            return True
        try:
            self._autosave.keep(project, self._path)
        except LipsyncerError as error:
            if not self._given_up:
                self._given_up = True  # once is enough
                self._session.say_error(error)
            return False
        return True

    def _note_change(self) -> None:
        # A timer that runs is left alone: edits in quick succession must not put it off for ever.
        kept = self._session.document is not None and self._autosave is not None
        if kept and not self._timer.isActive():
            self._timer.start(1000 * self._store.preferences.autosave_seconds)

    def _snapshot(self) -> Project | None:
        """Give the work as it is now."""
        document = self._session.document
        if document is None:
            return None
        media = self._project.media if self._project is not None else {}
        view: dict[str, object] = {"playhead": self._session.playhead}
        if self._session.matching is not None:
            view["matching"] = self._session.matching.values()
        self._project = with_fingerprints(Project(document, self._session.found, media, view))
        return self._project

    # ------------------------------------------------------------------------ before it is lost

    def safe(self) -> bool:
        """Whether nothing would be lost now."""
        return not self.changed

    def when_safe(self, then: Callable[[], object]) -> None:
        """Do something that ends the work at hand, when the user has saved it or let it go."""
        if self.safe():
            then()
            return
        box = self._question(
            self.tr("Save {name} first?").format(name=self.name()),
            self.tr("Your changes would be lost."),
        )
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)

        def answer(button: int) -> None:
            if button == buttons.Save.value:
                if self._path is None:
                    self.save_as(then)
                elif self.save_to(self._path):
                    then()
            elif button == buttons.Discard.value:
                self.leave()
                self._session.open(None)
                then()

        box.finished.connect(answer)
        box.open()

    def close(self) -> None:
        """Let go of everything; the work is safe."""
        self.leave()

    def _question(self, text: str, detail: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle("Lipsyncer")
        box.setText(text)
        box.setInformativeText(detail)
        box.setIcon(QMessageBox.Icon.Question)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box
