"""The frames that the preview shows: read by wish, and kept so that stepping is instant."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.threads.frame_server import FrameServer, Wish

_KEPT = 12


class KeptFrames(QObject):
    """Reads the frames that are wished for; the newest wishes win.

    Parameters
    ----------
    session
        Whose takes are read.

    Attributes
    ----------
    changed
        Another frame is shown now.
    last
        What to show by side: the frame wished for, or until that comes the one before.
    shown
        Take and frame of the proxy that are shown as "after"; None before the first.
    """

    changed = pyqtSignal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._server = FrameServer(parent=self)
        self._server.ready.connect(self._take)
        self._server.lost.connect(lambda _take, error: session.say_error(error))
        self._frames: OrderedDict[Wish, QImage] = OrderedDict()
        self._wishes: Mapping[str, Wish] = {}
        self.last: dict[str, QImage] = {}
        self.shown: Wish | None = None
        session.copies.made.connect(self._server.reopen)

    @property
    def complete(self) -> bool:
        """Whether every frame that is wished for is shown."""
        return all(wish in self._frames for wish in self._wishes.values())

    def close(self) -> None:
        """End the thread that reads them."""
        self._server.close()

    def begin_again(self) -> None:
        """Forget all: other takes are shown."""
        self._frames.clear()
        self.last.clear()
        self.shown = None
        self._server.show_takes([take.proxy for take in self._session.pictures])

    def ask(self, wishes: Mapping[str, Wish]) -> None:
        """Wish for a frame for each side, in place of what was wished for before."""
        self._wishes = wishes
        for side, wish in wishes.items():
            if wish in self._frames:
                self._show(side, wish)
        self._server.ask([wish for wish in wishes.values() if wish not in self._frames])

    def _take(self, take: int, frame: int, image: QImage, showing: int) -> None:
        if showing != self._server.showing:
            return  # read from footage that was replaced meanwhile
        self._frames[take, frame] = image
        while len(self._frames) > _KEPT:
            self._frames.popitem(last=False)
        for side, wish in self._wishes.items():
            if wish == (take, frame):
                self._show(side, wish)

    def _show(self, side: str, wish: Wish) -> None:
        self.last[side] = self._frames[wish]
        self._frames.move_to_end(wish)
        if side == "after":
            self.shown = wish
        self.changed.emit()
