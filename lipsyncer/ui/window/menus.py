"""The menu bar and the toolbar: every action of the window, in groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QPoint, QSize, Qt, QUrl
from PyQt6.QtGui import QAction, QDesktopServices, QKeySequence
from PyQt6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolBar, QWidget

from lipsyncer import __version__
from lipsyncer.resources import releases_page
from lipsyncer.ui.editing.framing_keys import FramingActions
from lipsyncer.ui.editing.nudging import Nudging
from lipsyncer.ui.help.user_guide import Guide
from lipsyncer.ui.preview import playback_actions
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.once import open_once
from lipsyncer.ui.window.actions import make_action, plain_name, tool_button, with_icon

if TYPE_CHECKING:
    from lipsyncer.ui.window.main_window import MainWindow

Key = QKeySequence.StandardKey
Group = tuple[str, list[QAction]]


class Menus(QObject):
    """Makes the actions, hangs them into menus and onto the toolbar.

    Parameters
    ----------
    window
        Whose methods they call.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._recent = QMenu(self.tr("Open &recent"), window)
        self._file = self._file_actions()
        self._edit = self._edit_actions()
        self._nudging = Nudging(window.session, self)
        self.swap = self._nudging.swapping.swap
        self._framing = FramingActions(window.session, window.preview, self)
        closed_mouth = window.result.close_in_segment
        self._segment = [*self._nudging.actions, *self._framing.actions, closed_mouth]
        self._play = playback_actions(
            window.session, window.player, window.preview, window.store, self
        )
        self._view = self._view_actions()
        self._help = self._help_actions()
        self._fill_menu_bar()
        self._fill_toolbar()
        # Keys that edit work where picture or timeline have the focus: never in a menu or a panel.
        for action in self._segment:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        window.editor.addActions(self._segment)

    def groups(self) -> list[Group]:
        """Every action by the menu it is in, for the list of shortcuts."""
        return [
            (self.tr("File"), self._file),
            (self.tr("Edit"), self._edit),
            (self.tr("Segment"), self._segment),
            (self.tr("Play"), self._play),
            (self.tr("View"), self._view),
            (self.tr("Help"), self._help),
        ]

    def compare(self) -> None:
        """Show the raw take beside the result, or the result alone."""
        next(action for action in self._play if action.objectName() == "compare").trigger()

    def show_editing(self, editing: bool) -> None:
        """Offer what needs a document only where there is one."""
        for action in (*self._needing_document, self._matching):
            action.setEnabled(editing)
        self.export_button.setEnabled(editing)
        self._toolbar.setVisible(editing)

    def show_recent(self, projects: Sequence[tuple[str, Path]]) -> None:
        """List the projects that were opened last."""
        self._recent.clear()
        for name, path in projects:
            action = self._recent.addAction(name.replace("&", "&&"))
            if action is not None:
                action.setToolTip(str(path))
                action.triggered.connect(partial(self._open_recent, path))
        self._recent.setEnabled(bool(projects))

    def show_segment_menu(self, place: QPoint) -> None:
        """Show the menu of the selected segment at a place on the screen."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        self._fill_segment_menu(menu)
        menu.popup(place)

    def _fill_segment_menu(self, menu: QMenu) -> None:
        self._nudging.fill(menu)
        menu.addAction(self._window.result.close_in_segment)
        framing = menu.addMenu(self.tr("&Frame"))
        if framing is not None:
            framing.setToolTipsVisible(True)
            framing.addActions(self._framing.actions)

    def _open_recent(self, path: Path, checked: bool = False) -> None:
        self._window.open_project(path)

    # ------------------------------------------------------------------------ the actions

    def _file_actions(self) -> list[QAction]:
        window = self._window
        self._open = make_action(
            self,
            self.tr("&Open…"),
            window.choose_files,
            Key.Open,
            icon="open",
            tip=self.tr("A song, one or more videos, or a project"),
        )
        song = make_action(
            self,
            self.tr("&Choose the song…"),
            window.choose_song,
            "Ctrl+Shift+O",
            icon="song",
            tip=self.tr("Any file with sound, also a music video"),
        )
        demo = make_action(
            self,
            self.tr("Try the &demo"),
            window.try_demo,
            tip=self.tr("A synthetic song and selfie, out of sync on purpose"),
        )
        self._save = make_action(
            self, self.tr("&Save"), window.projects.save, Key.Save, icon="save"
        )
        save_as = make_action(self, self.tr("Save &as…"), window.projects.save_as, "Ctrl+Shift+S")
        self._export = make_action(
            self,
            self.tr("&Export…"),
            window.show_export,
            "Ctrl+E",
            icon="export",
            tip=self.tr("Write the video for TikTok, Instagram and others"),
        )
        close = make_action(self, self.tr("&Close project"), window.close_project, "Ctrl+W")
        leave = make_action(self, self.tr("&Quit"), window.close, "Ctrl+Q")
        self._needing_document = [self._save, save_as, self._export, close]
        return [self._open, song, demo, self._save, save_as, self._export, close, leave]

    def _edit_actions(self) -> list[QAction]:
        stack = self._window.session.undo_stack
        undo = stack.createUndoAction(self, self.tr("&Undo"))
        redo = stack.createRedoAction(self, self.tr("&Redo"))
        assert undo is not None and redo is not None
        undo.setShortcuts([QKeySequence("Ctrl+Z")])
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._undo, self._redo = with_icon(undo, "undo"), with_icon(redo, "redo")
        self._matching = self._matching_action()
        settings = make_action(
            self, self.tr("&Settings…"), self._window.show_settings, "Ctrl+,", icon="settings"
        )
        return [self._undo, self._redo, self._matching, settings]

    def _view_actions(self) -> list[QAction]:
        window = self._window
        panels = []
        for dock in window.panels.docks:
            action = dock.toggleViewAction()
            if action is not None:
                panels.append(action)
        full = make_action(
            self, self.tr("F&ull screen"), self._toggle_full_screen, "F11", checkable=True
        )
        curve = window.timeline.curve_action
        return [*window.timeline.zoom_actions(), curve, *panels, full]

    def _toggle_full_screen(self) -> None:
        state = self._window.windowState() ^ Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state)

    def _matching_action(self) -> QAction:
        return make_action(
            self,
            self.tr("&How it is matched…"),
            self._window.show_matching,
            "T",
            icon="matrix",
            tip=self.tr("How closely to follow the lips, and what else to align by"),
        )

    def _help_actions(self) -> list[QAction]:
        window = self._window
        shortcuts = make_action(
            self, self.tr("&Keyboard shortcuts"), window.show_shortcuts, "?", icon="help"
        )
        guide = make_action(self, self.tr("&User guide"), self._open_guide, "F1")
        trouble = make_action(self, self.tr("When something is &wrong"), self._open_troubleshooting)
        copy = make_action(self, self.tr("&Copy diagnostics"), window.copy_diagnostics, icon="copy")
        page = releases_page()
        if page is None:
            return [guide, trouble, shortcuts, copy]
        newer = make_action(
            self, self.tr("&Newer versions"), lambda: QDesktopServices.openUrl(QUrl(page)), tip=page
        )
        return [guide, trouble, shortcuts, copy, newer]

    def _open_guide(self) -> None:
        self._show_guide("guide.md")

    def _open_troubleshooting(self) -> None:
        self._show_guide("troubleshooting.md")

    def _show_guide(self, page: str) -> None:
        open_once(Guide, lambda: Guide(page, self._window), self._window, page)

    # ------------------------------------------------------------------------ where they are

    def _fill_menu_bar(self) -> None:
        bar = self._window.menuBar()
        if bar is None:
            return
        for title, actions in (
            (self.tr("&File"), self._file),
            (self.tr("&Edit"), self._edit),
            (self.tr("&Segment"), self._segment),
            (self.tr("&Play"), self._play),
            (self.tr("&View"), self._view),
            (self.tr("&Help"), self._help),
        ):
            menu = bar.addMenu(title)
            if menu is None:
                continue
            menu.setToolTipsVisible(True)
            if actions is self._segment:
                self._fill_segment_menu(menu)
            else:
                menu.addActions(actions)
            if actions is self._file:
                menu.insertMenu(self._save, self._recent)
                menu.insertSeparator(self._save)
            if actions is self._help:
                version = menu.addAction(f"Lipsyncer {__version__}")
                if version is not None:
                    version.setEnabled(False)

    def _fill_toolbar(self) -> None:
        bar = QToolBar(self.tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        self._toolbar = bar
        for action in (self._open, self._save):
            bar.addWidget(tool_button(action, bar))
        bar.addSeparator()
        for action in (self._undo, self._redo):
            bar.addWidget(tool_button(action, bar))
        bar.addSeparator()
        for action in self._nudging.buttons:
            bar.addWidget(tool_button(action, bar))
        bar.addSeparator()
        bar.addWidget(tool_button(self._matching, bar))
        bar.addSeparator()
        for action in self._window.timeline.zoom_actions():
            bar.addWidget(tool_button(action, bar))
        spacer = QWidget(bar)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        self.export_button = QPushButton(f"{plain_name(self._export.text())}…", bar)
        self.export_button.setProperty("kind", "primary")
        self.export_button.setToolTip(self._export.toolTip())
        self.export_button.clicked.connect(self._export.trigger)
        bar.addWidget(self.export_button)
        self._window.addToolBar(Qt.ToolBarArea.TopToolBarArea, bar)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setMinimumHeight(theme.HIT + 2 * theme.S)
