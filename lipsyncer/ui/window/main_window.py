"""The main window: pages, panels, and who hears of what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QCloseEvent, QGuiApplication
from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from lipsyncer.cut.analysis import Analysis
from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.diagnostics.support import support_report
from lipsyncer.jobs import Recalled
from lipsyncer.project import SUFFIX
from lipsyncer.settings.job import Settings
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.choices.settings_dialog import SettingsDialog
from lipsyncer.ui.editing.rematching import Rematching, settings_for
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.export import ExportQueue
from lipsyncer.ui.files.analysis_page import digest
from lipsyncer.ui.files.arrivals import Arrivals
from lipsyncer.ui.files.drops import DropWindow, files_in
from lipsyncer.ui.files.file_dialogs import ask_for_files
from lipsyncer.ui.files.opening import Opening
from lipsyncer.ui.files.progress_strip import ProgressStrip
from lipsyncer.ui.files.projects import Projects
from lipsyncer.ui.help.shortcut_sheet import ShortcutSheet
from lipsyncer.ui.language.spoken_values import time_left
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.messages.message_bar import MessageBar
from lipsyncer.ui.preview import Player
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.once import open_once
from lipsyncer.ui.threads.worker import Failure
from lipsyncer.ui.window.export_progress import ExportProgress
from lipsyncer.ui.window.input_rules import keep_input_rules
from lipsyncer.ui.window.layout import WindowLayout
from lipsyncer.ui.window.menus import Menus
from lipsyncer.ui.window.pages import Pages
from lipsyncer.ui.window.panels import Panels
from lipsyncer.ui.window.quitting import Quitting


class MainWindow(DropWindow):
    """Everything the user sees.

    Parameters
    ----------
    preferences
        The user's habits.

    Attributes
    ----------
    session
        What is being edited.
    opening
        How files become an analysis.
    projects
        How the work is kept.
    arrivals
        What becomes of an analysis.
    player
        Playback.
    queue
        Exports.
    """

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setDockNestingEnabled(True)
        self.store = PreferenceStore(preferences, self)
        self.session = Session(self)
        self.opening = Opening(
            self._settings, lambda: self.session.document is not None, digest, self
        )
        self.rematching = Rematching(self.session, lambda: self.opening.analysing, self)
        self.projects = Projects(self.session, self.store, self)
        self.arrivals = Arrivals(self.session, self.projects, self.opening, self._empty, self)
        self.player = Player(self.session, self)
        self.queue = ExportQueue(self)
        self.quitting = Quitting(self, self.queue)
        self._make_pages()
        self.panels = Panels(self, self.session, self.rematching, self.queue, self.store)
        self.export_sheet = self.panels.export_sheet
        self.menus = Menus(self)
        self.export_progress = ExportProgress(self.queue, self.menus.export_button, self)
        self.player.set_output_delay(preferences.output_delay_ms)
        self._busy = QLabel()
        self._busy.setProperty("role", "caption")
        status_bar = self.statusBar()
        if status_bar is not None:
            status_bar.addWidget(self._busy, 1)
        self._layout = WindowLayout(self, self.panels.docks)
        self._connect()
        keep_input_rules(self)
        self._show_page()
        self._name_window()

    # ------------------------------------------------------------------------ making

    def _make_pages(self) -> None:
        self.message_bar = MessageBar(self)
        self.strip = ProgressStrip(self)
        self.pages = Pages(self.session, self.player, self)
        self.welcome, self.analysing = self.pages.welcome, self.pages.analysing
        self.editor = self.pages.editor
        self.preview, self.timeline = self.pages.preview, self.pages.timeline
        self.result = self.pages.result
        central = QWidget(self)
        column = QVBoxLayout(central)
        column.setContentsMargins(theme.S, 0, theme.S, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.message_bar)
        column.addWidget(self.strip)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        self.welcome.open_requested.connect(self.choose_files)
        self.welcome.start_requested.connect(self.opening.analyse_again)
        self.welcome.own_sound_requested.connect(self.opening.use_own_sound)
        self.welcome.removed.connect(self.opening.remove)
        self.welcome.demo_requested.connect(self.try_demo)
        self.welcome.project_requested.connect(self.open_project)
        self.analysing.cancel_requested.connect(self.opening.cancel)
        self.strip.cancel_requested.connect(self.opening.cancel)
        self.opening.pending_changed.connect(self.welcome.set_pending)
        self.opening.started.connect(self._begin_analysis)
        self.opening.progressed.connect(self._show_progress)
        self.opening.analysed.connect(self._take_analysis)
        self.opening.recalled.connect(self._take_recalled)
        self.session.solving.wanted.connect(self._analyse_if_unknown)
        for panel in (self.panels.match, self.panels.takes, self.panels.export):
            panel.visibilityChanged.connect(self._analyse_if_unknown)
        self.opening.refused.connect(self.session.say_error)
        self.opening.failed.connect(self._hear_failure)
        self.opening.stopped.connect(self._hear_stopped)
        self.arrivals.begun.connect(self.timeline.setFocus)
        self.arrivals.begun.connect(self.pages.hints.begin)
        self.arrivals.begun.connect(self._play_once)
        self.dragged.connect(self.welcome.set_dragging)
        self.dropped.connect(self.open_paths)
        for signal in (self.opening.started, self.opening.failed, self.opening.stopped):
            signal.connect(self.rematching.look_again)
        self.rematching.changed.connect(self._show_rematching)
        self.session.said.connect(self.message_bar.show_message)
        self.result.play_requested.connect(self.player.play)
        self.result.compare_requested.connect(self.menus.compare)
        self.result.export_requested.connect(self.show_export)
        self.export_sheet.chosen.connect(self.preview.canvas.show_export)
        self.export_sheet.tell(anew=True)
        self.session.opened.connect(self._show_page)
        self.session.opened.connect(self._name_window)
        self.session.matched.connect(self._gather_takes)
        self.session.undo_stack.cleanChanged.connect(self._name_window)
        self.projects.named.connect(self._name_window)
        self.projects.recent_changed.connect(self._show_recent)
        self.projects.opened.connect(self._watch_again)
        self.store.changed.connect(self._apply_preferences)
        self.store.failed.connect(self.session.say_error)
        self.queue.failed.connect(self._hear_failed_export)
        self.queue.changed.connect(lambda _: self._name_window())
        self.timeline.menu_requested.connect(self.menus.show_segment_menu)
        self.timeline.swap_requested.connect(self.menus.swap)
        self._show_recent()

    # ------------------------------------------------------------------------ opening

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files as if they were dropped: a project, or songs and videos in any order.

        A folder stands for the files in it.
        """
        paths = [file for path in paths for file in files_in(path)]
        projects = [path for path in paths if path.suffix.lower() == SUFFIX]
        media = [path for path in paths if path not in projects]
        if projects:
            self.open_project(projects[0])
        elif media:
            self.opening.add(media)

    def choose_files(self) -> None:
        """Ask for songs, videos or a project."""
        title = self.tr("Open a song and videos, or a project")
        ask_for_files(self, title, self.open_paths, several=True)

    def choose_song(self) -> None:
        """Ask for the song alone: any file with sound, a music video too."""
        title = self.tr("Choose the song")
        ask_for_files(self, title, lambda paths: self.opening.set_song(paths[0]))

    def try_demo(self) -> None:
        """Make the demo's song and selfie and align them."""
        self.opening.demo()

    def open_project(self, path: Path) -> None:
        """Open a project, when the work at hand is safe."""
        self.projects.when_safe(lambda: self.projects.open(path))

    def close_project(self) -> None:
        """Go back to the empty state, when the work at hand is safe."""
        self.projects.when_safe(self._empty)

    def _empty(self) -> None:
        self._layout.remember()
        self.opening.begin_again()
        self.projects.leave()
        self.session.open(None)

    def _watch_again(self) -> None:
        """Show the footage of a project that was opened, whose cut is shown already."""
        document = self.session.document
        if document is not None:
            self.opening.recall(document)

    def _take_recalled(self, recalled: Recalled) -> None:
        self.session.recall(recalled)
        self._analyse_if_unknown(not self.panels.match.visibleRegion().isEmpty())

    def _analyse_if_unknown(self, wanted: bool = True) -> None:
        """Analyse footage that is only shown, where somebody wants what an analysis knows of it."""
        shown = self.session.pictures and self.session.analysis is None
        if wanted and shown and not self.opening.analysing:
            self.opening.analyse_again()

    def _gather_takes(self) -> None:
        """Add later takes to those that the cut consists of: one may have been removed."""
        document = self.session.document
        if document is not None and not self.opening.analysing:
            self.opening.gathered_before(document.song, [take.path for take in document.takes])

    # ------------------------------------------------------------------------ analysing

    def _settings(self) -> Settings:
        return settings_for(self.session, self.opening.song, self.store.preferences)

    def _begin_analysis(self, song: Path | None, takes: tuple[Path, ...]) -> None:
        self.analysing.begin(song.name if song else "", [take.name for take in takes])
        self._show_page()

    def _show_progress(self, news: object) -> None:
        self.analysing.show_progress(news)
        self._busy.setText(self.analysing.summary())
        self.strip.show_progress(self.analysing.summary(), self.analysing.share)

    def _show_rematching(self) -> None:
        if not self.opening.analysing:
            self._busy.setText(self.rematching.summary())

    def _take_analysis(self, analysis: Analysis) -> None:
        # What the user does meanwhile has its turn before all of it is drawn.
        self.setUpdatesEnabled(False)
        QTimer.singleShot(0, self._draw_again)
        self._busy.clear()
        self.arrivals.take(analysis)
        self._show_page()

    def _draw_again(self) -> None:
        self.setUpdatesEnabled(True)

    def _hear_failure(self, failure: Failure) -> None:
        self._busy.clear()
        self.session.say_error(failure.error, failure.details)
        self._show_page()

    def _hear_failed_export(self, failure: Failure) -> None:
        expected = isinstance(failure.error, LipsyncerError)
        if not (expected and self.panels.shows_exports):  # else its row there says so
            self.session.say_error(failure.error, failure.details)

    def _hear_stopped(self) -> None:
        self._busy.clear()
        self._show_page()

    def _play_once(self) -> None:
        """Play a new result from where its first correction matters, if the user likes that."""
        document = self.session.document
        if document is None or self.store.preferences.new_result == "wait":
            return
        moved = (
            segment.song_start
            for segment in document.segments
            if segment.kind == "matched" and abs(segment.song_start - segment.source_start) > 0.02
        )
        start = next(moved, None)
        if start is not None:
            self.session.seek(max(document.span[0], start - 1.0))
            self.player.play()

    # ------------------------------------------------------------------------ showing

    def _show_page(self) -> None:
        """Show the page that fits, and what belongs to it."""
        editing = self.session.document is not None
        self.pages.show_fitting(editing=editing, analysing=self.opening.analysing)
        self._layout.show_editing(editing)
        self.menus.show_editing(editing)
        self.strip.setVisible(editing and self.opening.analysing)

    def show_export(self) -> None:
        """Open the export sheet."""
        self.panels.show(self.panels.export)

    def show_matching(self) -> None:
        """Open the panel in which it is chosen how the cut is matched."""
        self.panels.show(self.panels.match)

    def _show_recent(self) -> None:
        recent = self.projects.recent()
        self.welcome.set_recent(recent)
        self.menus.show_recent([(name, path) for name, path, _ in recent])

    def _name_window(self) -> None:
        name = self.projects.name()
        title = f"{name}[*] — Lipsyncer" if name else "Lipsyncer"
        if (item := self.queue.running) is not None:
            percent = round(100 * item.share)
            title = " — ".join(filter(None, [time_left(item.seconds, item.share), title]))
            title = self.tr("Exporting {percent} % — {title}").format(percent=percent, title=title)
        self.setWindowTitle(title)
        self.setWindowModified(bool(name) and not self.session.undo_stack.isClean())

    def _apply_preferences(self) -> None:
        theme.manager.apply(self.store.preferences.theme)
        self.player.set_output_delay(self.store.preferences.output_delay_ms)

    # ------------------------------------------------------------------------ helping

    def show_settings(self) -> None:
        """Open the settings."""
        open_once(SettingsDialog, lambda: SettingsDialog(self.store, self), self)

    def show_shortcuts(self) -> None:
        """Open the list of all shortcuts."""
        open_once(ShortcutSheet, lambda: ShortcutSheet(self.menus.groups(), self), self)

    def copy_diagnostics(self) -> None:
        """Put what a developer wants to know on the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(support_report())
            self.session.say(Message("note", self.tr("The diagnostics are on the clipboard.")))

    # ------------------------------------------------------------------------ Qt's events

    def closeEvent(self, event: QCloseEvent | None) -> None:  # noqa: N802
        """Close when the work is safe; end every thread."""
        if event is None:
            return
        if not self.projects.safe():
            event.ignore()
            self.projects.when_safe(self.close)
            return
        if not self.quitting.allowed():
            event.ignore()
            return
        self._end()
        self.projects.close()
        event.accept()

    def end_at_once(self) -> None:
        """Close without a question, as the system ends; the next start offers unsaved work."""
        if self.projects.changed:
            self.projects.keep()
        else:
            self.projects.close()
        self._end()

    def _end(self) -> None:
        """Remember how the window was, and end every thread."""
        self._layout.keep()
        self.editor.remember()
        self.hide()
        self.opening.close()
        self.rematching.close()
        self.session.close()
        self.queue.close()
        self.player.close()
        self.preview.close()
        self.timeline.close()
        self.result.closing.close()
        self.panels.close()
