"""Quitting while a video is being exported."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QWidget

from lipsyncer.ui.export import ExportQueue
from lipsyncer.ui.messages.question import ask


class Quitting(QObject):
    """Asks whether to wait for the file that is being written, or to stop it.

    Parameters
    ----------
    window
        What is closed when the user has decided.
    queue
        The exports.
    """

    def __init__(self, window: QWidget, queue: ExportQueue) -> None:
        super().__init__(window)
        self._window, self._queue = window, queue
        self._waiting = self._stopping = False
        queue.changed.connect(lambda _: QTimer.singleShot(0, self._quit_if_done))

    def allowed(self) -> bool:
        """Whether the window may close now; if not, the user is asked."""
        if not self._queue.busy or self._stopping:
            return True
        ask(
            self._window,
            self.tr("A video is being exported."),
            self.tr("If you quit now, the export stops and its file is not written."),
            {
                self.tr("Quit when it is done"): self._wait,
                self.tr("Stop it and quit"): self._stop,
            },
        )
        return False

    def _wait(self) -> None:
        self._waiting = True
        self._quit_if_done()

    def _quit_if_done(self) -> None:
        if self._waiting and not self._queue.busy:
            self._waiting = False
            self._window.close()

    def _stop(self) -> None:
        self._stopping = True
        self._window.close()
        self._stopping = False
