"""One export under way: what is being written, how far it is, and what can be done with it."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, QUrl, pyqtSignal
from PyQt6.QtGui import QDesktopServices, QGuiApplication, QImage, QPixmap
from PyQt6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.export.phone_transfer import PhoneTransfer
from lipsyncer.ui.export.queue import ExportItem, ExportQueue, State
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.elided_label import ElidedLabel
from lipsyncer.ui.threads.frame_server import FrameServer
from lipsyncer.ui.window.actions import make_action, tool_button

_THUMB = QSize(48, 64)


class ExportRow(QFrame):
    """A row of the list below the export button.

    Parameters
    ----------
    queue
        Which it is in.
    item
        What it shows.

    Attributes
    ----------
    grown
        This widget is new in it, and wanted in sight.
    """

    grown = pyqtSignal(QWidget)

    def __init__(self, queue: ExportQueue, item: ExportItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._queue, self._item = queue, item
        self._shown: State | None = None
        self._server: FrameServer | None = None
        self._transfer: PhoneTransfer | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(_THUMB)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = ElidedLabel()
        self._name.set_whole(item.target.name, str(item.target))
        self._state = QLabel()
        self._state.setWordWrap(True)
        self._state.setProperty("role", "caption")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.clicked.connect(lambda: self._queue.cancel(self._item.number))
        self._show = QPushButton(self.tr("Show in folder"))
        self._show.clicked.connect(self._show_folder)
        self._play = QPushButton(self.tr("Play"))
        self._play.clicked.connect(self._play_file)
        self._copy = QPushButton(self.tr("Copy path"))
        self._copy.clicked.connect(self._copy_path)
        self._send = QPushButton(self.tr("Send to phone"))
        self._send.setToolTip(
            self.tr("Offers this file once, in your own network, to whoever scans a code")
        )
        self._send.clicked.connect(self._offer)
        page = PRESETS[item.preset].upload
        self._upload = QPushButton(self.tr("Upload page"))
        self._upload.setToolTip(self.tr("Opens {page} in your browser").format(page=page))
        self._upload.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(page)))
        self._retry = QPushButton(self.tr("Try again"))
        self._retry.clicked.connect(lambda: self._queue.retry(self._item.number))
        remove = make_action(
            self, self.tr("Remove from the list"), self._remove_from_list, icon="close"
        )
        self._remove = tool_button(remove)
        self._done = [self._play, self._send, self._show, self._copy]
        self._done += [self._upload] if page else []
        buttons = QGridLayout()
        buttons.setSpacing(theme.XS)
        for number, button in enumerate([*self._done, self._retry, self._cancel]):
            button.setProperty("kind", "narrow")
            buttons.addWidget(button, number // 2, number % 2)
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        for widget in (self._name, self._bar, self._state):
            words.addWidget(widget)
        words.addStretch(1)
        above = QHBoxLayout()
        above.setSpacing(theme.S)
        above.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        above.addLayout(words, 1)
        above.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        self._picture.setVisible(bool(item.proxies))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        self._column.setSpacing(theme.S)
        self._column.addLayout(above)
        self._column.addLayout(buttons)
        if item.proxies:
            self._server = FrameServer(2 * _THUMB.height(), self)
            self._server.show_takes(item.proxies)
            self._server.ready.connect(self._take_frame)

    def show_item(self, item: ExportItem) -> bool:
        """Show how far the export is; say whether more than that has changed."""
        changed = item.state is not self._shown
        self._item, self._shown = item, item.state
        running = item.state in (State.WAITING, State.RUNNING)
        self._bar.setValue(round(1000 * item.share))
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
        self._remove.setVisible(not running)
        for button in self._done:
            button.setVisible(item.state is State.DONE)
        self._retry.setVisible(item.state in (State.FAILED, State.CANCELLED))
        self._state.setProperty("role", "error" if item.state is State.FAILED else "caption")
        theme.restyle(self._state)
        self._state.setText(self._words(item))
        if self._server is not None and item.frame is not None and running:
            self._server.ask([item.frame])
        if not running:
            self._end_server()
        return changed

    def close(self) -> bool:
        """End the threads that read frames and offer the file."""
        self._end_server()
        if self._transfer is not None:
            self._transfer.close()
        return super().close()

    def _words(self, item: ExportItem) -> str:
        words = {
            State.WAITING: self.tr("Waiting"),
            State.RUNNING: item.progress,
            State.DONE: "\n".join(
                filter(
                    None,
                    [
                        self.tr("Done: {path}").format(path=item.target),
                        self.tr("The song is in it; don't add it again in the app."),
                        item.error,
                    ],
                )
            ),
            State.FAILED: item.error,
            State.CANCELLED: self.tr("Cancelled; nothing was written"),
        }
        return words[item.state]

    def _take_frame(self, take: int, frame: int, image: QImage) -> None:
        smooth = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.KeepAspectRatio
        self._picture.setPixmap(QPixmap.fromImage(image).scaled(_THUMB, keep, smooth))

    def _end_server(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _play_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._item.target.absolute())))

    def _offer(self) -> None:
        """Show the code for a phone, below the buttons."""
        if self._transfer is not None:
            self._transfer.close()
            self._transfer.deleteLater()
        self._transfer = PhoneTransfer(self._item.target)
        self._column.addWidget(self._transfer)
        self._transfer.show()
        self.grown.emit(self._transfer)

    def _remove_from_list(self) -> None:
        self._queue.remove(self._item.number)

    def _copy_path(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(str(self._item.target.absolute()))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._item.target.absolute().parent)))
