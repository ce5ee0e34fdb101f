"""The picture: the frame that the cut shows now, beside the raw take if wanted."""

from __future__ import annotations

from typing import Literal

from PyQt6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PyQt6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from lipsyncer.render.effects import NO_EFFECTS
from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.render.retime import frame_at
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview.burned_in import ExtrasOverlay
from lipsyncer.ui.preview.close_up import CloseUp
from lipsyncer.ui.preview.effect_painting import (
    darkness,
    mirror_about,
    mirrored_in,
    without_colour,
)
from lipsyncer.ui.preview.framing_gestures import FramingHand
from lipsyncer.ui.preview.framing_input import FramingInput
from lipsyncer.ui.preview.kept_frames import KeptFrames
from lipsyncer.ui.preview.output_frame import FrameFinder, Shown
from lipsyncer.ui.preview.overlays import (
    frame_in,
    frame_room,
    paint_face,
    paint_in_frame,
    paint_label,
    paint_left_out,
    paint_safe_zone,
    picture_around,
)
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import Wish, frame_index

Mode = Literal["after", "before", "both"]


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
    finder, hand
        Where the platform's frame lies, and what moves the picture in it.
    """

    def __init__(self, session: Session, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._frames = KeptFrames(session, self)
        self._frames.changed.connect(self.update)
        self._mode: Mode = "after"
        self._peeks = False
        self._face = False
        self._close_up: CloseUp | None = None
        self._preset, self._covered, self._handled = "", False, False
        self.finder = FrameFinder(session, self)
        self.hand = FramingHand(session, self.finder, self)
        self.hand.changed.connect(self.update)
        self._input = FramingInput(self, self.hand, lambda: self.framing, self)
        self._extras = ExtrasOverlay(session, self)
        self._extras.changed.connect(self.update)
        self._effects, self._exported = NO_EFFECTS, (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Preview"))
        self.finder.found.connect(self.update)
        session.playhead_moved.connect(self._ask)
        session.changed.connect(self._ask)
        session.changed.connect(self.update)
        session.paired.connect(self._ask)
        session.paired.connect(self.update)
        session.looked.connect(self._ask)
        session.looked.connect(self.update)
        session.analysed.connect(self._take_analysis)
        theme.manager.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give the size at which a face can be judged."""
        return QSize(640, 420)

    def close(self) -> bool:
        """End the threads that read and frame the pictures."""
        self._frames.close()
        self.finder.close()
        self._extras.close()
        return super().close()

    @property
    def shown(self) -> Wish | None:
        """Take and frame of the proxy that are on screen as "after"; None before the first."""
        return self._frames.shown

    @property
    def complete(self) -> bool:
        """Whether every picture was read that belongs on the screen."""
        return bool(self._wishes()) and self._frames.complete

    @property
    def mode(self) -> Mode:
        """What is compared."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show the result, the raw take, or both side by side."""
        self._mode = mode
        self._ask()
        self.update()

    def peek(self, before: bool) -> None:
        """Show the raw take in place of the result, or the result again."""
        if before != self._peeks:
            self._peeks = before
            self._ask()
            self.update()

    def set_face(self, shown: bool) -> None:
        """Show where the mouth was seen and how sure the segment is."""
        self._face = shown
        self.update()

    def set_close_up(self, shown: bool) -> None:
        """Show the mouth, large, beside the voice of the same instant."""
        self._close_up = CloseUp(self._session) if shown else None
        self._ask()
        self.update()

    def set_platform(self, preset: str, *, covered: bool, framing: bool) -> None:
        """Show the frame of a platform.

        Parameters
        ----------
        preset
            Its name.
        covered
            Whether to hatch what it covers with its buttons.
        framing
            Whether the picture is shown in the frame, to be moved by hand.
        """
        self._preset, self._covered = preset, covered
        self._handled = framing
        shown = PRESETS.get(preset) if covered or framing else None
        self.finder.show(shown.settings if shown else None)
        self._input.show_cursor()
        self.hand.changed.emit()

    @property
    def framing(self) -> bool:
        """Whether the picture is shown in the frame, to be moved by hand."""
        return self._handled and self._mode != "before"

    def show_export(self, render: RenderSettings, span: tuple[float, float]) -> None:
        """Show what an export with these settings would make of the picture.

        Parameters
        ----------
        span
            Seconds of the song that it would write.
        """
        self._effects, self._exported = render.effects, span
        self.hand.mirrored = render.effects.mirror
        self._extras.show(render)
        self.update()

    # ------------------------------------------------------------------------ which frame

    def wish_at(self, song_time: float) -> Wish | None:
        """Give the take and frame that the written video would show at a song time (s)."""
        viewed = self._session.viewed
        if viewed is None:
            return None
        document, time_map = viewed
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
        pair = self._session.pair
        if pair is not None:
            for side, (take, source) in (("left", pair.left), ("right", pair.right)):
                footage = self._session.footage(take)
                if footage is not None:
                    wishes[side] = (take, frame_index(footage.proxy, source))
            return wishes
        after = self.wish_at(self._session.playhead)
        before = self.raw_wish_at(self._session.playhead)
        if after is not None and (self._mode != "before" or self._close_up is not None):
            wishes["after"] = after
        if before is not None and (self._mode != "after" or self._peeks):
            wishes["before"] = before
        return wishes

    def _ask(self) -> None:
        self._frames.ask(self._wishes())

    def _take_analysis(self) -> None:
        self._frames.begin_again()
        self._ask()
        self.update()

    # ------------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        """Paint the frames at hand, and a ring around them where the keyboard is."""
        painter = QPainter(self)
        self._paint_all(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.theme().colour("selection"), theme.FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_all(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.theme().colour("stage"))
        whole = QRectF(self.rect())
        if not self._session.pictures:
            painter.setPen(theme.theme().colour("on_stage", 0.7))
            text = self.tr("Preparing the picture…") if self._session.document else ""
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, text)
            return
        pair = self._session.pair
        if pair is not None:
            for side, place, label in zip(
                ("left", "right"), self._halves(whole), pair.labels, strict=True
            ):
                self._paint(painter, side, place, label)
            return
        if self._close_up is not None:
            whole, below = self._close_up.split(whole)
            text = self.tr("No mouth is seen here.")
            self._close_up.paint(painter, below, self._frames.last.get("after"), text)
        if self._mode == "both":
            left, right = self._halves(whole)
            self._paint(painter, "before", left, self.tr("Before"))
            self._paint(painter, "after", right, self.tr("After"))
        elif self._mode == "before" or self._peeks:
            self._paint(painter, "before", whole, self.tr("Before"))
        else:
            self._paint(painter, "after", whole, "")

    def _halves(self, whole: QRectF) -> tuple[QRectF, QRectF]:
        """Give the room of either picture, so that the two touch in the middle."""
        image = self._frames.last.get("after") or self._frames.last.get("before")
        width = whole.width() / 2
        if image is not None and not self.framing:
            width = min(width, whole.height() * image.width() / image.height())
        middle, gap = whole.center().x(), theme.XS / 2
        size = QSizeF(width - gap, whole.height())
        return QRectF(QPointF(middle - width, 0), size), QRectF(QPointF(middle + gap, 0), size)

    def _paint(self, painter: QPainter, side: str, room: QRectF, label: str) -> None:
        image = self._frames.last.get(side)
        if image is None:
            return
        mirrored = self._effects.mirror
        if self._effects.black_white:
            image = without_colour(image)
        place = fitted(image.width(), image.height(), room)
        # Where the frame lies is known of the cut alone, not of what it might be.
        certain = side == "after" and self._session.look is None
        shown = self.finder.at(self._session.playhead) if certain else None
        framed = shown is not None and self.framing
        painter.save()
        if mirrored:
            mirror_about(painter, room)
        if shown is not None and framed:
            frame = fitted(*shown.size, frame_room(room))
            place = picture_around(frame, shown.view)
            self.hand.place = place
            paint_in_frame(painter, image, place, frame, room)
        else:
            painter.drawImage(place, image)
        painter.restore()
        if mirrored:
            place = mirrored_in(place, room)
        if side == "after":
            self._extras.paint(painter, place, self._session.playhead)
            self._paint_fade(painter, place, room)
        if certain and self._face:
            paint_face(painter, place, self._session, image.width(), mirrored=mirrored)
        if shown is not None and (framed or self._covered):
            if not framed:
                frame = frame_in(place, shown.view)
                frame = mirrored_in(frame, place) if mirrored else frame
                paint_left_out(painter, place, frame)
            paint_safe_zone(painter, frame, self._preset, hatched=self._covered)
        corner = place.topLeft()
        if shown is not None and framed:
            # Beside the frame, where it hides nothing of what will be seen.
            corner = room.topLeft()
            label = " · ".join(filter(None, (label, self._told(shown))))
        if label:
            paint_label(painter, corner + QPointF(theme.S, theme.S), label)

    def _paint_fade(self, painter: QPainter, place: QRectF, room: QRectF) -> None:
        dark = darkness(self._effects, self._exported, self._session.playhead)
        if dark > 0:
            painter.fillRect(place & room, QColor(0, 0, 0, round(255 * dark)))

    def _told(self, shown: Shown) -> str:
        """Say who has framed the picture."""
        if shown.hand is None:
            return self.tr("Framed automatically")
        zoom = f"{shown.hand.zoom:.2f}×"
        return self.tr("Framed by hand, {zoom}").format(zoom=zoom)


def fitted(width: float, height: float, room: QRectF) -> QRectF:
    """Give the largest place of a shape in the middle of a room."""
    scale = min(room.width() / width, room.height() / height)
    size = (width * scale, height * scale)
    return QRectF(
        room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, size[0], size[1]
    )
