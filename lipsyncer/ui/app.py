"""The application: made once, dressed, and run until its window closes."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6 import sip
from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QApplication

from lipsyncer.resources import resource
from lipsyncer.settings.preferences import load_preferences
from lipsyncer.ui.files.running_window import only_window
from lipsyncer.ui.language import translations
from lipsyncer.ui.messages import crash
from lipsyncer.ui.style import theme
from lipsyncer.ui.window.main_window import MainWindow

_IDLE_MS = 1000
"""After which the window has been drawn, and somebody who knows what to do has begun."""
_TURN = 0.0005
"""Seconds for which another thread may hold Python while the window waits for it: a tenth of what
Python lets it have, as the window asks many times for what it shows."""
_LISTEN_MS = 200
"""How often Python gets a moment to hear Ctrl+C in the terminal while Qt waits for events."""


def run(files: Sequence[Path] = ()) -> int:
    """Open the window and return the exit code when it has closed.

    Parameters
    ----------
    files
        Opened as if they were dropped: songs, videos or a project. Where a window runs already,
        it opens them.
    """
    application = QApplication([sys.argv[0] if sys.argv else "lipsyncer"])
    running = only_window(files)
    if running is None:
        return 0
    prepare(application)
    window = MainWindow(load_preferences())
    reporter = crash.install(window.session)
    window.show()
    threading.Thread(target=preload, name="preload", daemon=True).start()
    window.projects.offer_recovery()
    if files:
        window.open_paths(files)
    elif not window.projects.recent():  # whoever is here for the first time may want the demo
        QTimer.singleShot(_IDLE_MS, window.opening.film_ahead)
    running.window = window
    running.asked.connect(window.open_paths)

    def end_at_once() -> None:
        window.end_at_once()
        application.quit()

    handlers = {signal.SIGINT: window.close, signal.SIGTERM: end_at_once}
    if hasattr(signal, "SIGHUP"):
        handlers[signal.SIGHUP] = end_at_once
    before = {number: signal.signal(number, _soon(what)) for number, what in handlers.items()}
    listener = QTimer()
    listener.timeout.connect(lambda: None)
    listener.start(_LISTEN_MS)
    try:
        return application.exec()
    finally:
        listener.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
        reporter.uninstall()
        # What Python still holds of the window must not outlive the application: Qt would
        # reach for a screen that is gone.
        sip.delete(running)
        sip.delete(window)


def _soon(what: Callable[[], object]) -> Callable[..., None]:
    """Make a handler of a signal, which may come within anything and before the event loop."""
    return lambda *_: QTimer.singleShot(0, what)


def preload() -> None:
    """Load what an analysis takes, while the user looks for files to drop."""
    from lipsyncer.jobs.analyse import preload

    preload()


def prepare(application: QApplication) -> None:
    """Give the application its name, look and language, and the window the right of way."""
    sys.setswitchinterval(_TURN)
    application.setApplicationName("Lipsyncer")
    application.setDesktopFileName("lipsyncer")
    application.setStyle("Fusion")  # the one style that honours a palette everywhere
    application.setWindowIcon(QIcon(str(resource("assets", "icon.svg"))))
    preferences = load_preferences()
    translations.install(application, preferences.language)
    theme.manager.apply(preferences.theme)
    theme.manager.follow_system()
