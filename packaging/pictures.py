"""Photographs the window with the demo in it, for the user guide.

    python3 dev.py pictures [FOLDER]

Writes docs/window-*.jpg, or the same to another folder. Nothing needs a screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_HOME = tempfile.mkdtemp(prefix="lipsyncer-pictures-")
for _name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
    os.environ[_name] = str(Path(_HOME) / _name)

from lipsyncer.__main__ import prepare_for_qt

prepare_for_qt()

from PyQt6 import sip
from PyQt6.QtCore import QSettings
from PyQt6.QtWidgets import QApplication

from lipsyncer.demo import Demo, make_demo
from lipsyncer.demo.fault import Truth
from lipsyncer.progress import finish
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui import app
from lipsyncer.ui.style import theme
from lipsyncer.ui.window.main_window import MainWindow

_SIZE = (1280, 760)
_QUALITY = 88
_PATIENCE = 300.0


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else Path(__file__).parents[1] / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    app.prepare(application)
    demo = finish(make_demo(Path(_HOME) / "demo"))
    second = finish(make_demo(Path(_HOME) / "second", fault=Truth())).take_path
    kitchen = second.rename(second.with_name("kitchen.mp4"))
    for mode in ("dark", "light"):
        theme.manager.apply(mode)
        QSettings("Lipsyncer", "window").clear()
        QSettings("Lipsyncer", "window").setValue("hints seen", True)
        window = MainWindow(Preferences(theme=mode, export_folder="Videos", new_result="wait"))
        window.resize(*_SIZE)
        window.show()
        photograph(window, demo, kitchen, folder, "" if mode == "dark" else "-light")
        window.session.undo_stack.setClean()
        window.close()
        sip.delete(window)
    return 0


def photograph(window: MainWindow, demo: Demo, second: Path, folder: Path, ending: str) -> None:
    """Go through the first minutes with Lipsyncer, and keep what they look like."""
    session = window.session

    def snap(name: str) -> None:
        if session.document is not None:  # frames are read on threads, and may take their time
            until(lambda: window.preview.canvas.complete and window.timeline.complete)
        wait(0.7)
        window.grab().save(str(folder / f"window-{name}{ending}.jpg"), "JPG", _QUALITY)

    if not ending:
        snap("empty")
    window.open_paths([demo.song_path, demo.take_path])
    if not ending:  # the second time the footage is known already
        until(lambda: window.analysing.summary().endswith(("50 %", "51 %", "52 %", "53 %")))
        window.grab().save(str(folder / "window-analysing.jpg"), "JPG", _QUALITY)
    until(lambda: session.analysis is not None and session.document is not None)
    window.message_bar.clear()
    session.seek(7.5)
    snap("result")
    if ending:  # the guide shows the light look once
        return
    window.preview.canvas.set_close_up(True)
    snap("close-up")
    window.preview.canvas.set_close_up(False)
    session.select(1)
    session.view.show(4.0, 17.0)
    window.preview.canvas.set_mode("both")
    snap("nudge")
    window.preview.canvas.set_mode("after")
    session.view.fit()
    until(lambda: window.panels.matrix_view.picture is not None)
    window.show_matching()
    snap("match")
    window.preview.canvas.set_platform("tiktok", covered=True, framing=False)
    window.show_export()
    snap("export")
    window.preview.canvas.set_platform("", covered=False, framing=False)
    window.open_paths([second])
    until(
        lambda: (
            len(session.lanes) == 2
            and session.analysis is not None
            and not window.opening.analysing
        )
    )
    window.message_bar.clear()
    window.panels.show(window.panels.takes)
    snap("takes")


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def until(condition: Callable[[], bool]) -> None:
    """Let the window live until something has come true."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"the window was not ready for a picture within {_PATIENCE:g} s")
        wait(0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
