"""What the tests of the window share: sessions with and without media, and windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from PyQt6.QtCore import QCoreApplication, QEvent, QSettings
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.demo import Demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.jobs.analyse import analyse
from lipsyncer.progress import finish
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme
from lipsyncer.ui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def no_popup_left() -> Iterator[None]:
    """Close menus that a test has left open: they would take the mouse of the next one."""
    yield
    for popup in iter(QApplication.activePopupWidget, None):
        popup.close()


@pytest.fixture(scope="session")
def analysis(demo: Demo, run_folder: Path) -> Analysis:
    """Give what the program finds in the demo of 25 s, with its usual fault."""
    with FileLock(run_folder / "analysis.lock", timeout=240):  # tracked once, then recalled
        return finish(analyse(demo.song_path, [demo.take_path]))


@pytest.fixture(scope="session")
def snippet_analysis(snippet: Demo, run_folder: Path) -> Analysis:
    """Give what the program finds in the snippet of 4 s."""
    with FileLock(run_folder / "snippet_analysis.lock", timeout=240):
        return finish(analyse(snippet.song_path, [snippet.take_path]))


@pytest.fixture
def session(qapp: QApplication, analysis: Analysis) -> Iterator[Session]:
    """Give a session in which the demo was opened and analysed."""
    theme.manager.apply("dark")
    session = Session()
    session.open(analysis.document, analysis=analysis)
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def plain_session(qapp: QApplication) -> Iterator[Session]:
    """Give a session of four made-up segments over 40 s and two takes whose files don't exist."""
    theme.manager.apply("dark")
    takes = (Take(Path("first.mov"), 45.0), Take(Path("second.mov"), 30.0))
    segments = (
        Segment(0.0, 10.0, 0, 0.5, 10.5, "matched", 0.95),
        Segment(10.0, 18.0, 0, 10.9, 18.9, "matched", 0.60),
        Segment(18.0, 22.0, 0, 18.9, 22.9, "gap", 0.0),
        Segment(22.0, 40.0, 1, 5.0, 23.0, "matched", 0.20),
    )
    session = Session()
    session.open(Document(Path("song.wav"), 40.0, takes, segments))
    yield session
    session.close()
    session.deleteLater()


def delete_now() -> None:
    """Delete what is to be deleted later, while Python still knows it.

    No event loop runs between tests, so it would be left to the garbage collector, which deletes
    the parts of a window in any order.
    """
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def deleted_in_order() -> Iterator[None]:
    """Delete what a test has closed before the next one begins."""
    yield
    delete_now()


@pytest.fixture
def open_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], MainWindow]]:
    """Open windows whose data go to folders of the test, and close them in the end."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        videos = tmp_path / "Videos"
        videos.mkdir(exist_ok=True)
        habits = Preferences(
            theme="dark", autosave_seconds=1, export_folder=str(videos), new_result="wait"
        )
        window = MainWindow(habits)
        window.resize(1280, 720)
        window.show()
        qtbot.waitExposed(window)
        windows.append(window)
        return window

    yield make
    for window in windows:
        if window.isVisible():  # nothing is asked: there is nothing to be lost or to be stopped
            window.session.undo_stack.setClean()
            window.queue.close()
            window.close()
        window.deleteLater()
    delete_now()
