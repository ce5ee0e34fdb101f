"""The picture: the frame that the cut shows now, beside the raw take if wanted."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from lipsyncer.render.presets import RenderSettings
from lipsyncer.render.retime import frame_at
from lipsyncer.ui import theme
from lipsyncer.ui.frames import FrameServer, Wish, frame_index
from lipsyncer.ui.preview.extras import ExtrasOverlay
from lipsyncer.ui.preview.overlays import paint_face, paint_label, paint_safe_zone
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.session import Session

Mode = Literal["after", "before", "both"]

_KEPT = 12
"""Frames kept, so that stepping to and fro is instant."""


class Canvas(QWidget):
    """Paints frames as they come; the newest that is wanted wins.

    Parameters
    ----------
    session
        Whose playhead is followed.
    player
        For the frame rate.

    Attributes
    ----------
    shown
        Take and frame of the proxy that are on screen as "after"; None before the first.
    """

    def __init__(self, session: Session, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._server = FrameServer(parent=self)
        self._server.ready.connect(self._take_frame)
        self._server.lost.connect(lambda _take, error: session.say_error(error))
        self._frames: OrderedDict[Wish, QImage] = OrderedDict()
        self._last: dict[str, QImage] = {}
        self._mode: Mode = "after"
        self._face = False
        self._preset = ""
        self._extras = ExtrasOverlay(session)
        self.shown: Wish | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Preview"))
        session.playhead_moved.connect(self._ask)
        session.changed.connect(self._ask)
        session.analysed.connect(self._take_analysis)
        theme.manager.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give the size at which a face can be judged."""
        return QSize(640, 420)

    def close(self) -> bool:
        """End the thread that reads frames."""
        self._server.close()
        return super().close()

    @property
    def mode(self) -> Mode:
        """What is compared."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show the result, the raw take, or both side by side."""
        self._mode = mode
        self._ask()
        self.update()

    def set_face(self, shown: bool) -> None:
        """Show where the mouth was seen and how sure the segment is."""
        self._face = shown
        self.update()

    def set_safe_zone(self, preset: str) -> None:
        """Show what a platform covers with its buttons; nothing for an empty name."""
        self._preset = preset
        self.update()

    def set_extras(self, render: RenderSettings) -> None:
        """Show what an export with these settings would burn in."""
        self._extras.show(render)
        self.update()

    # ------------------------------------------------------------------------ which frame

    def wish_at(self, song_time: float) -> Wish | None:
        """Give the take and frame that the written video would show at a song time (s)."""
        document, time_map = self._session.document, self._session.time_map
        if document is None or time_map is None:
            return None
        # As in plan_frames: an output frame shows the map at its middle.
        rate = self._player.frame_rate
        number = frame_at(document, rate, song_time)
        middle = time_map.song_at_output((number + 0.5) / float(rate))
        take, source = time_map.source_at(middle)
        footage = self._session.footage(take)
        return (take, frame_index(footage.proxy, source)) if footage is not None else None

    def raw_wish_at(self, song_time: float) -> Wish | None:
        """Give the frame of the first take as it was filmed, laid under the song's start."""
        footage = self._session.footage(0)
        return (0, frame_index(footage.proxy, song_time)) if footage is not None else None

    def _wishes(self) -> dict[str, Wish]:
        wishes = {}
        after = self.wish_at(self._session.playhead)
        before = self.raw_wish_at(self._session.playhead)
        if after is not None and self._mode != "before":
            wishes["after"] = after
        if before is not None and self._mode != "after":
            wishes["before"] = before
        return wishes

    def _ask(self) -> None:
        wishes = self._wishes()
        for side, wish in wishes.items():
            if wish in self._frames:
                self._show(side, wish)
        self._server.ask([wish for wish in wishes.values() if wish not in self._frames])

    def _take_frame(self, take: int, frame: int, image: QImage, showing: int) -> None:
        if showing != self._server.showing:
            return  # read from footage that was replaced meanwhile
        self._frames[take, frame] = image
        while len(self._frames) > _KEPT:
            self._frames.popitem(last=False)
        for side, wish in self._wishes().items():
            if wish == (take, frame):
                self._show(side, wish)

    def _show(self, side: str, wish: Wish) -> None:
        self._last[side] = self._frames[wish]
        self._frames.move_to_end(wish)
        if side == "after":
            self.shown = wish
        self.update()

    def _take_analysis(self) -> None:
        analysis = self._session.analysis
        self._frames.clear()
        self._last.clear()
        self.shown = None
        self._server.show_takes([take.proxy for take in analysis.takes] if analysis else [])
        self._ask()
        self.update()

    # ------------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        """Paint the frames at hand."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.theme().colour("stage"))
        whole = QRectF(self.rect())
        if self._session.analysis is None:
            painter.setPen(theme.theme().colour("on_stage", 0.7))
            text = self.tr("Preparing the picture…") if self._session.document else ""
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, text)
            return
        if self._mode == "both":
            half = whole.width() / 2
            gap = theme.XS / 2
            left = QRectF(0, 0, half - gap, whole.height())
            right = QRectF(half + gap, 0, half - gap, whole.height())
            self._paint(painter, "before", left, self.tr("Before"))
            self._paint(painter, "after", right, self.tr("After"))
        elif self._mode == "before":
            self._paint(painter, "before", whole, self.tr("Before"))
        else:
            self._paint(painter, "after", whole, "")

    def _paint(self, painter: QPainter, side: str, room: QRectF, label: str) -> None:
        image = self._last.get(side)
        if image is None:
            return
        place = fitted(image.width(), image.height(), room)
        painter.drawImage(place, image)
        if side == "after":
            self._extras.paint(painter, place, self._session.playhead)
        if side == "after" and self._face:
            paint_face(painter, place, self._session, image.width())
        if side == "after" and self._preset:
            paint_safe_zone(painter, place, self._preset)
        if label:
            paint_label(painter, place.topLeft() + QPointF(theme.S, theme.S), label)


def fitted(width: float, height: float, room: QRectF) -> QRectF:
    """Give the largest place of a shape in the middle of a room."""
    scale = min(room.width() / width, room.height() / height)
    size = (width * scale, height * scale)
    return QRectF(
        room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, size[0], size[1]
    )
