"""A code to scan, by which a phone fetches a finished video."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QImage, QPixmap
from PyQt6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.handoff.one_file_server import OneFileServer
from lipsyncer.ui.language.spoken_values import clock, percent
from lipsyncer.ui.language.translations import in_language
from lipsyncer.ui.style import theme

_OFTEN = 200  # milliseconds
_MODULE = 4
"""Pixels of a code's squares."""
_QUIET = 4
"""Squares of white around a code (ISO/IEC 18004, 7.3.8)."""


class PhoneTransfer(QWidget):
    """Offers a file as soon as it is there, and tells what becomes of it.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = QLabel()
        self._code.setAccessibleName(self.tr("Code to scan with the phone"))
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._says.setProperty("role", "caption")
        self._says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.XS, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._code)
        column.addWidget(self._says)
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tell)
        self.server: OneFileServer | None = None
        try:
            self.server = OneFileServer(path)
        except LipsyncerError as error:
            self._end(in_language(str(error)), "error")
            return
        self._code.setPixmap(code_for(self.server.address))
        self._timer.start(_OFTEN)
        self._tell()

    def close(self) -> bool:
        """Stop offering the file."""
        if self.server is not None:
            self.server.close()
            self._tell()
        return True

    def _tell(self) -> None:
        assert self.server is not None
        state = self.server.state
        if state == "waiting":
            text = self.tr(
                "Scan it with the camera of a phone in the same Wi-Fi. The file can be fetched "
                "once, for another {time}, by whoever has the address:\n{address}"
            )
            left = clock(self.server.seconds_left, 0)
            self._says.setText(text.format(time=left, address=self.server.address))
        elif state == "sending":
            self._says.setText(self.tr("Sending, {share}").format(share=percent(self.server.share)))
        else:
            words = {
                "sent": self.tr("It is on the phone. The address is gone."),
                "expired": self.tr("Nobody fetched it in ten minutes. The address is gone."),
                "stopped": self.tr("Stopped. The address is gone."),
            }
            self._end(words[state])

    def _end(self, text: str, role: str = "caption") -> None:
        self._timer.stop()
        self._code.hide()
        self._stop.hide()
        self._says.setProperty("role", role)
        theme.restyle(self._says)
        self._says.setText(text)


def code_for(text: str) -> QPixmap:
    """Draw a QR code: black on white in either theme, as scanners want it."""
    squares = cv2.QRCodeEncoder.create().encode(text)
    dark = np.argwhere(squares == 0)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    squares = np.pad(squares[top:bottom, left:right], _QUIET, constant_values=255)
    pixels = np.ascontiguousarray(squares.repeat(_MODULE, axis=0).repeat(_MODULE, axis=1))
    height, width = pixels.shape
    image = QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    return QPixmap.fromImage(image)
