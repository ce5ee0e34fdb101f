"""How far an export is, shown wherever one looks: the Export button and the program's icon."""

from __future__ import annotations

import os
import sys

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QPushButton

from lipsyncer.ui.export import ExportQueue
from lipsyncer.ui.language.spoken_values import percent


class ExportProgress(QObject):
    """Follows a queue.

    Parameters
    ----------
    queue
        The exports.
    button
        Tells the share that is written, and the time left as its tip, while something is written.
    """

    def __init__(
        self, queue: ExportQueue, button: QPushButton, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._queue, self._button = queue, button
        self._text, self._tip = button.text(), button.toolTip()
        self._shown: int | None = None
        queue.changed.connect(lambda _: self._follow())

    def _follow(self) -> None:
        item = self._queue.running
        self._button.setText(self._text if item is None else percent(item.share))
        self._button.setToolTip(self._tip if item is None else item.progress)
        shown = None if item is None else round(100 * item.share)
        if shown != self._shown:
            self._shown = shown
            show_on_icon(None if item is None else item.share)


def show_on_icon(share: float | None) -> None:
    """Show a share (0 to 1), or none, on the program's icon where the desktop can.

    Linux docks listen to ``com.canonical.Unity.LauncherEntry`` on the session's bus.
    """
    if sys.platform != "linux" or not _has_session_bus():
        return
    from PyQt6.QtDBus import QDBusConnection, QDBusMessage

    signal = QDBusMessage.createSignal(
        "/com/canonical/unity/launcherentry/1", "com.canonical.Unity.LauncherEntry", "Update"
    )
    shown = {"progress": float(share or 0.0), "progress-visible": share is not None}
    signal.setArguments(["application://lipsyncer.desktop", shown])
    QDBusConnection.sessionBus().send(signal)


def _has_session_bus() -> bool:
    """Whether there is a bus already; asking Qt would start one where there is none."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    there = runtime is not None and os.path.exists(f"{runtime}/bus")  # noqa: PTH110 - never raises
    return there or "DBUS_SESSION_BUS_ADDRESS" in os.environ
