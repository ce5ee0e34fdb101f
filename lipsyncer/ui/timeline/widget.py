"""The timeline as a widget: paints the lanes and turns mouse and wheel into edits."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import (
    QAction,
    QContextMenuEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QToolTip, QWidget

from lipsyncer.arrays import Float32s
from lipsyncer.edit.document import Document
from lipsyncer.features.movement import relative_opening
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import FrameServer, frame_index
from lipsyncer.ui.timeline.confidence_painting import paint_confidence
from lipsyncer.ui.timeline.drags import Drag
from lipsyncer.ui.timeline.filmstrip import Film, paint_film, paint_pins
from lipsyncer.ui.timeline.geometry import Geometry
from lipsyncer.ui.timeline.lane_strips import lane_at, paint_lanes
from lipsyncer.ui.timeline.minimap import paint_minimap
from lipsyncer.ui.timeline.mouth_curve import paint_over_song
from lipsyncer.ui.timeline.overlay import (
    paint_cursor,
    paint_hover,
    paint_loop,
    paint_playhead,
    paint_readout,
)
from lipsyncer.ui.timeline.ruler import paint_ruler
from lipsyncer.ui.timeline.thumbnails import THUMB_HEIGHT, Thumbnails
from lipsyncer.ui.timeline.tips import tip_at
from lipsyncer.ui.timeline.under_mouse import cursor_at, cut_at, take_hold
from lipsyncer.ui.timeline.waveform import Waveform
from lipsyncer.ui.window.actions import make_action

_ZOOM = 0.8
"""How much of the view is left after one step of zooming in."""
_NOTCH = 120
"""Of a wheel: an eighth of a degree, times 15."""
_SCROLL = 0.12
"""Share of the view that one notch of the wheel scrolls."""
_LEAD = 0.05
"""Share of the view that is left before the playhead when a page is turned."""
_LEAST_HEIGHT, _LEAST_LANE = 190, 20
"""Pixels without any lanes, and for each of them."""
_GATHER = 40
"""Milliseconds in which thumbnails that arrive are gathered for one painting."""


class TimelineWidget(QWidget):
    """The centre of the window.

    Parameters
    ----------
    session
        What is shown and edited.

    Attributes
    ----------
    menu_requested
        A context menu is wanted at this global position, for the segment that is selected.
    swap_requested
        A lane is wanted in the segment at a song time (s).
    """

    menu_requested = pyqtSignal(object)
    swap_requested = pyqtSignal(object, float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = Thumbnails()
        self._film: Film | None = None
        self._waveform = Waveform()
        self._openings: list[Float32s] = []
        self._lanes: QPixmap | None = None
        self._drag: Drag | None = None
        self._pointer: QPointF | None = None
        self._arrivals = QTimer(self)
        self._arrivals.setSingleShot(True)
        self._arrivals.setInterval(_GATHER)
        self._arrivals.timeout.connect(self.refresh)
        self._server = FrameServer(THUMB_HEIGHT, self)
        self._server.ready.connect(self._take_thumbnail)
        self._zooms = self._make_zooms()
        self._curve = make_action(
            self,
            self.tr("Mouth &curve over the song"),
            self.refresh,
            "V",
            tip=self.tr("How far the mouth is open: as filmed, and as it is shown now"),
            checkable=True,
        )
        self._curve.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("The song and the footage under it; the Segments table says the same in words")
        )
        session.changed.connect(self._make_room)
        for signal in (session.changed, session.view.changed, theme.manager.changed):
            signal.connect(self.refresh)
        session.selection_changed.connect(self.refresh)
        session.loop_changed.connect(self.refresh)
        session.analysed.connect(self._take_analysis)
        session.copies.made.connect(self._server.reopen)
        session.playhead_moved.connect(self._follow)
        self._take_analysis()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give what shows faces at a size that can be judged."""
        return QSize(900, 300)

    def close(self) -> bool:
        """End the thread that makes thumbnails."""
        self._arrivals.stop()
        self._server.close()
        return super().close()

    def zoom_actions(self) -> list[QAction]:
        """Actions that change the stretch in view."""
        return self._zooms

    @property
    def complete(self) -> bool:
        """Whether every thumbnail in view was read."""
        return self._server.idle

    @property
    def curve_action(self) -> QAction:
        """Shows or hides how far the mouth is open."""
        return self._curve

    @property
    def geometry_now(self) -> Geometry:
        """Where things are at this size and zoom."""
        view, lanes = self._session.view, max(len(self._session.lanes), 1)
        return Geometry(self.width(), self.height(), view.start, view.end, view.duration, lanes)

    def refresh(self) -> None:
        """Paint everything anew."""
        self._lanes = None
        self.update()

    # ------------------------------------------------------------------------ what comes in

    def _take_analysis(self) -> None:
        self._film = None
        proxies = [take.proxy for take in self._session.pictures]
        self._thumbnails.begin(proxies)
        if proxies:
            aspects = tuple(proxy.width / proxy.height for proxy in proxies)
            self._film = Film(self._thumbnails, self._frame_of, aspects)
        peaks, first = self._session.peaks, self._session.aligned(0)
        if first is not None:
            self._waveform.show(peaks, first.evidence.voice, first.evidence.rate)
        else:
            self._waveform.show(peaks, None, 1.0)
        self._openings = [relative_opening(take.track) for take in self._session.pictures]
        self._server.show_takes(proxies)
        self._make_room()
        self.refresh()

    def _make_room(self) -> None:
        """Be as high as the lanes need at least."""
        lanes = len(self.geometry_now.lane_rows)
        self.setMinimumHeight(_LEAST_HEIGHT + _LEAST_LANE * lanes)

    def _take_thumbnail(self, take: int, frame: int, image: QImage, showing: int) -> None:
        if showing != self._server.showing:
            return  # read from footage that was replaced meanwhile
        self._thumbnails.put(take, frame, image)
        if not self._arrivals.isActive():
            self._arrivals.start()

    def _follow(self, song_time: float) -> None:
        """Turn the page when playback leaves it."""
        view = self._session.view
        if self._drag is None and not view.start <= song_time <= view.end:
            length = view.end - view.start
            first = song_time - _LEAD * length
            view.show(first, first + length)
        self.update()

    def _frame_of(self, take: int, source_time: float) -> int:
        footage = self._session.footage(take)
        return frame_index(footage.proxy, source_time) if footage is not None else 0

    # ------------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        """Paint the lanes, which are kept as a picture, and over them what moves."""
        document = self._session.document
        painter = QPainter(self)
        if document is None:
            return
        geometry = self.geometry_now
        if self._lanes is None:
            self._lanes = self._paint_lanes(geometry, document)
        painter.drawPixmap(0, 0, self._lanes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._pointer is not None and self._drag is None:
            self._paint_hover(painter, geometry, document, self._pointer)
        paint_playhead(painter, geometry, self._session.playhead)
        if self._pointer is not None and self._drag is not None and self._drag.readout:
            paint_readout(painter, geometry, self._pointer, self._drag.readout)
        if self.hasFocus():
            painter.setPen(QPen(theme.theme().colour("selection"), theme.FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_hover(
        self, painter: QPainter, geometry: Geometry, document: Document, place: QPointF
    ) -> None:
        first, last = document.span
        if geometry.film.contains(place) and first <= geometry.time(place.x()) <= last:
            index = document.index_at(geometry.time(place.x()))
            cut = cut_at(self._session, geometry, place)
            paint_hover(painter, geometry, document, index, cut)
        paint_cursor(painter, geometry, place)

    def _paint_lanes(self, geometry: Geometry, document: Document) -> QPixmap:
        ratio = self.devicePixelRatioF()
        lanes = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        lanes.setDevicePixelRatio(ratio)
        lanes.fill(theme.theme().colour("window"))
        painter = QPainter(lanes)
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        every = self._session.lanes
        paint_minimap(painter, geometry, document, self._session.peaks)
        self._waveform.paint(painter, geometry)
        if self._curve.isChecked() and self._session.time_map is not None:
            paint_over_song(painter, geometry, self._session.time_map, self._openings)
        paint_ruler(painter, geometry)
        selected = self._session.selected
        missing = paint_film(painter, geometry, document, every, selected, self._film)
        paint_pins(painter, geometry, document)
        missing += paint_lanes(painter, geometry, document, every, self._film)
        paint_confidence(painter, geometry, document)
        if self._session.loop is not None:
            paint_loop(painter, geometry, self._session.loop)
        painter.end()
        self._server.ask(missing)
        return lanes

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        """Lay the lanes out anew."""
        super().resizeEvent(event)
        self.refresh()

    # ------------------------------------------------------------------------ the mouse

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Take hold of what is under the mouse."""
        document = self._session.document
        if event is None or document is None:
            return
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        place = event.position()
        self._pointer = place
        geometry = self.geometry_now
        in_footage = place.y() >= geometry.film.top()
        if in_footage and cut_at(self._session, geometry, place) < 0:
            moment = geometry.time(place.x())
            self._session.select(document.index_at(moment))
            on_lane = lane_at(geometry, self._session.lanes, place) is not None
            if on_lane or event.button() == Qt.MouseButton.RightButton:
                self._session.seek(moment)  # what is done next is done there
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = take_hold(self._session, geometry, place, event.modifiers())
            if self._drag is not None:
                self._drag.move(place.x(), geometry, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Show a lane in the segment at the mouse."""
        if event is None:
            return
        lane = lane_at(self.geometry_now, self._session.lanes, event.position())
        if lane is None or event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        else:
            self.swap_requested.emit(lane, self.geometry_now.time(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Go on with a drag, or show what a press would take hold of."""
        if event is None:
            return
        self._pointer = event.position()
        if self._drag is not None:
            self._drag.move(event.position().x(), self.geometry_now, event.modifiers())
        if self._session.document is not None:
            self._show_cursor(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Let go."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            if self._drag is not None:
                self._drag.let_go()
            self._drag = None
            self._show_cursor(event.position())
            self.update()

    def _show_cursor(self, place: QPointF) -> None:
        self.setCursor(cursor_at(self._session, self.geometry_now, place, self._drag))

    def leaveEvent(self, event: QEvent | None) -> None:  # noqa: N802
        """Show nothing under a mouse that is gone."""
        self._pointer = None
        self.update()
        super().leaveEvent(event)

    def event(self, event: QEvent | None) -> bool:
        """Say in words what the mouse rests on."""
        document = self._session.document
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and document:
            place = QPointF(event.pos())
            lanes = self._session.lanes
            text = tip_at(self.geometry_now, document, lanes, place) if self._drag is None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:  # noqa: N802
        """Ask for the menu of the segment that is selected."""
        document, geometry = self._session.document, self.geometry_now
        if event is None or document is None:
            return
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._session.selected >= 0:
            segment = document.segments[self._session.selected]
            x = min(max(geometry.x(segment.song_start), 0.0), self.width() - theme.XL)
            place = self.mapToGlobal(QPoint(round(x), round(geometry.film.center().y())))
        self.menu_requested.emit(place)

    def wheelEvent(self, event: QWheelEvent | None) -> None:  # noqa: N802
        """Scroll, or zoom about the mouse with Ctrl."""
        if event is None or self._session.document is None:
            return
        turned, moved = event.angleDelta(), event.pixelDelta()
        steps = (turned.y() or turned.x()) / _NOTCH
        view, geometry = self._session.view, self.geometry_now
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.zoom(_ZOOM**steps, geometry.time(event.position().x()))
        elif not moved.isNull():  # a touchpad: the song goes with the fingers
            view.scroll(-(moved.x() or moved.y()) / geometry.scale)
        else:
            view.scroll(-steps * _SCROLL * (view.end - view.start))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Give up a drag with Escape."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._drag.give_up()
            self._drag = None
            self.update()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------------ zooming

    def _make_zooms(self) -> list[QAction]:
        zoom_in = make_action(
            self, self.tr("Zoom &in"), partial(self._zoom, _ZOOM), "+", "=", icon="zoom-in"
        )
        zoom_out = make_action(
            self, self.tr("Zoom &out"), partial(self._zoom, 1 / _ZOOM), "-", icon="zoom-out"
        )
        fit = make_action(self, self.tr("&Fit the song"), self._session.view.fit, "Z", icon="fit")
        return [zoom_in, zoom_out, fit]

    def _zoom(self, factor: float) -> None:
        """Zoom about the playhead, or about the middle when it is out of view."""
        view, anchor = self._session.view, self._session.playhead
        if not view.start <= anchor <= view.end:
            anchor = (view.start + view.end) / 2
        view.zoom(factor, anchor)
