"""Frames of the takes' proxies, read on a thread of their own; the newest wishes count.

They are read from a take's working copy, and from the take itself until there is one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from PyQt6.QtCore import QObject, Qt, QThread, pyqtSignal
from PyQt6.QtGui import QImage

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.media import FrameReader, Proxy
from lipsyncer.media.conform import found_copy

log = logging.getLogger(__name__)

Wish = tuple[int, int]
"""Index of a take, and of a frame of its proxy."""


def frame_index(proxy: Proxy, source_time: float) -> int:
    """Index of the proxy's frame that is on screen at a take time (s)."""
    return proxy.index_at(source_time)


class FrameServer(QThread):
    """Reads frames as long as some are wished for.

    Parameters
    ----------
    height
        Pixels to scale the frames to; as they are when 0.

    Attributes
    ----------
    ready
        Index of the take, of the frame, its QImage, and the value of ``showing`` when it was read.
    lost
        The footage of a take (index) can't be read any more: a `LipsyncerError`. Told once.
    """

    ready = pyqtSignal(int, int, QImage, int)
    lost = pyqtSignal(int, object)

    def __init__(self, height: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._news = threading.Condition()
        self._proxies: tuple[Proxy, ...] = ()
        self._wishes: list[Wish] = []
        self._showing = 0
        self._stale = False
        self._closing = False
        self.start()

    @property
    def showing(self) -> int:
        """Counts how often other takes were shown: frames read before are of other footage."""
        return self._showing

    @property
    def idle(self) -> bool:
        """Whether every frame was read that was wished for."""
        with self._news:
            return not self._wishes

    def show_takes(self, proxies: Sequence[Proxy]) -> None:
        """Read from these proxies from now on."""
        with self._news:
            self._proxies = tuple(proxies)
            self._wishes = []
            self._showing += 1
            self._news.notify()

    def reopen(self) -> None:
        """Look again what the takes are read from: a working copy of one was made."""
        with self._news:
            self._stale = True

    def ask(self, wishes: Sequence[Wish]) -> None:
        """Wish for frames, in order, instead of those that were wished for before."""
        with self._news:
            self._wishes = list(wishes)
            self._news.notify()

    def close(self) -> None:
        """End the thread and wait for it."""
        with self._news:
            self._closing = True
            self._news.notify()
        self.wait()

    def run(self) -> None:
        """Serve until closed; Qt calls this on the thread."""
        readers: dict[int, FrameReader | None] = {}
        showing = self._showing
        try:
            while True:
                with self._news:
                    while not (self._closing or showing != self._showing or self._wishes):
                        self._news.wait()
                    if self._closing:
                        return
                    if showing != self._showing or self._stale:
                        showing, self._stale = self._showing, False
                        _close_all(readers)
                    if not self._wishes:
                        continue
                    take, frame = self._wishes.pop(0)
                    proxy = self._proxies[take] if take < len(self._proxies) else None
                if proxy is not None:
                    self._serve(readers, take, frame, proxy, showing)
        finally:
            _close_all(readers)

    def _serve(
        self,
        readers: dict[int, FrameReader | None],
        take: int,
        frame: int,
        proxy: Proxy,
        showing: int,
    ) -> None:
        try:
            if take not in readers:
                copy = found_copy(proxy.path, proxy.turned)
                turn = 0 if copy is not None else proxy.turned
                readers[take] = FrameReader(copy or proxy.path, max_height=proxy.height, turn=turn)
            reader = readers[take]
            if reader is None:
                return
            rgb = reader.frame_at((frame + 0.5) / proxy.rate)
        except (LipsyncerError, OSError, ValueError) as error:
            log.info("frame %d of take %d can't be read", frame, take, exc_info=True)
            readers[take] = None
            self.lost.emit(take, error)
            return
        height, width = rgb.shape[:2]
        # The picture must not lean on memory that the reader uses again.
        image = QImage(rgb.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
        if self._height:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaledToHeight(self._height, smooth)
        self.ready.emit(take, frame, image.copy(), showing)


def _close_all(readers: dict[int, FrameReader | None]) -> None:
    for reader in readers.values():
        if reader is not None:
            reader.close()
    readers.clear()
