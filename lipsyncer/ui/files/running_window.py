"""One window for each user: whatever is opened while it runs, it opens."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import platform
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QEvent, QLockFile, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QFileOpenEvent
from PyQt6.QtNetwork import QLocalServer, QLocalSocket
from PyQt6.QtWidgets import QWidget

from lipsyncer.project.autosave import data_folder

log = logging.getLogger(__name__)

PATIENCE_MS = 5000
"""How long a window that runs, or is being made, may take to answer before another one opens."""


def only_window(files: Sequence[Path]) -> RunningWindow | None:
    """Hear of second starts from now on, or let the window that runs already open files.

    Of programs that start at the same moment one gets the window, before it is made.

    Returns
    -------
    None where another window has taken the files.
    """
    with contextlib.suppress(OSError):
        data_folder().mkdir(parents=True, exist_ok=True)
    turn = QLockFile(str(data_folder() / "start.lock"))
    taken = turn.tryLock(2 * PATIENCE_MS)  # not in a folder that is read-only
    try:
        return None if handed_over(files) else RunningWindow()
    finally:
        if taken:
            turn.unlock()


def handed_over(files: Sequence[Path]) -> bool:
    """Let the window that runs already open files; without any it comes to the front.

    Returns
    -------
    bool
        Whether it has taken them: not where no window runs, nor where it does not answer.
    """
    socket = QLocalSocket()
    socket.connectToServer(_address())
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(json.dumps([os.fspath(file.absolute()) for file in files]).encode() + b"\n")
    taken = socket.waitForReadyRead(PATIENCE_MS)
    socket.abort()
    return taken


class RunningWindow(QObject):
    """Hears of a second start, brings the window to the front and says what it was given.

    macOS starts no second one: it tells the application which file to open, at its start too.

    Attributes
    ----------
    window
        What is shown over others then; to be set before events are handled.
    asked
        Paths (a list) to open; none where the program was started without.
    """

    asked = pyqtSignal(list)

    def __init__(self) -> None:
        super().__init__()
        self.window: QWidget | None = None
        self._server = QLocalServer(self)
        # Held, as Python's garbage collector would take what hears of their data.
        self._asking: set[QLocalSocket] = set()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connect)
        QLocalServer.removeServer(_address())  # of a window that was killed, or that hangs
        if not self._server.listen(_address()):
            log.warning("a second start won't find this window: %s", self._server.errorString())
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Take the files that macOS opens with the program."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().eventFilter(watched, event)
        self._open([event.file()])
        return True

    def _connect(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._asking.add(socket)
            socket.readyRead.connect(partial(self._read, socket))
            socket.disconnected.connect(partial(self._let_go, socket))

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        names = json.loads(socket.readLine().data())
        socket.write(b"\n")
        # Whoever has waited too long is gone, and has opened the files in a window of its own.
        if socket.waitForBytesWritten(PATIENCE_MS):
            self._open(names)

    def _let_go(self, socket: QLocalSocket) -> None:
        self._asking.discard(socket)
        socket.deleteLater()

    def _open(self, names: Sequence[str]) -> None:
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()
        self.asked.emit([Path(name) for name in names])


def _address() -> str:
    """Name of the socket of this user's window on this screen."""
    screen = [os.environ.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY")]
    key = repr((str(data_folder()), platform.node(), screen)).encode(errors="surrogateescape")
    name = f"window-{hashlib.sha256(key).hexdigest()[:12]}"
    if sys.platform == "win32":
        return f"lipsyncer-{name}"
    return str(data_folder() / name)
