"""The timeline as a widget: paints the lanes and turns mouse and wheel into edits."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QAction,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PyQt6.QtWidgets import QWidget

from lipsyncer.edit.document import Document
from lipsyncer.ui import theme
from lipsyncer.ui.actions import make_action
from lipsyncer.ui.frames import FrameServer, frame_index
from lipsyncer.ui.session import Session
from lipsyncer.ui.timeline.confidence import paint_confidence
from lipsyncer.ui.timeline.drags import CutDrag, Drag, LoopDrag, MapDrag, SeekDrag, SlipDrag
from lipsyncer.ui.timeline.filmstrip import THUMB_HEIGHT, Thumbnails, paint_film, paint_pins
from lipsyncer.ui.timeline.geometry import GRAB, Geometry
from lipsyncer.ui.timeline.minimap import paint_minimap
from lipsyncer.ui.timeline.ruler import paint_ruler, small_font
from lipsyncer.ui.timeline.waveform import paint_waveform

_ZOOM = 0.8
"""How much of the view is left after one step of zooming in."""
_NOTCH = 120
"""Of a wheel: an eighth of a degree, times 15."""
_SCROLL = 0.12
"""Share of the view that one notch of the wheel scrolls."""


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
    """

    menu_requested = pyqtSignal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = Thumbnails()
        self._aspect = 9 / 16
        self._lanes: QPixmap | None = None
        self._drag: Drag | None = None
        self._pointer = QPointF()
        self._server = FrameServer(THUMB_HEIGHT, self)
        self._server.ready.connect(self._take_thumbnail)
        self._zooms = self._make_zooms()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(210)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("The song and the footage under it; the Segments table says the same in words")
        )
        for signal in (session.changed, session.view.changed, theme.manager.changed):
            signal.connect(self.refresh)
        session.selection_changed.connect(lambda _: self.refresh())
        session.loop_changed.connect(self.refresh)
        session.analysed.connect(self._take_analysis)
        session.playhead_moved.connect(self._follow)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give what shows faces at a size that can be judged."""
        return QSize(900, 300)

    def close(self) -> bool:
        """End the thread that makes thumbnails."""
        self._server.close()
        return super().close()

    def zoom_actions(self) -> list[QAction]:
        """Actions that change the stretch in view."""
        return self._zooms

    @property
    def geometry_now(self) -> Geometry:
        """Where things are at this size and zoom."""
        view = self._session.view
        return Geometry(self.width(), self.height(), view.start, view.end)

    def refresh(self) -> None:
        """Paint everything anew."""
        self._lanes = None
        self.update()

    # ------------------------------------------------------------------------ what comes in

    def _take_analysis(self) -> None:
        analysis = self._session.analysis
        self._thumbnails.clear()
        proxies = [take.proxy for take in analysis.takes] if analysis is not None else []
        if proxies:
            self._aspect = proxies[0].width / proxies[0].height
        self._server.show_takes(proxies)
        self.refresh()

    def _take_thumbnail(self, take: int, frame: int, image: QImage) -> None:
        self._thumbnails.put(take, frame, image)
        self.refresh()

    def _follow(self, song_time: float) -> None:
        """Turn the page when playback leaves it."""
        view = self._session.view
        if self._drag is None and not view.start <= song_time <= view.end:
            length = view.end - view.start
            view.show(song_time, song_time + length)
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
        analysis = self._session.analysis
        peaks = analysis.peaks if analysis is not None else None
        paint_minimap(painter, geometry, document, peaks, self._session.playhead)
        self._paint_playhead(painter, geometry)
        if self._drag is not None and self._drag.readout:
            _paint_readout(painter, self._pointer, self._drag.readout, geometry)
        if self.hasFocus():
            painter.setPen(QPen(theme.theme().colour("selection", 0.8), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_lanes(self, geometry: Geometry, document: Document) -> QPixmap:
        ratio = self.devicePixelRatioF()
        lanes = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        lanes.setDevicePixelRatio(ratio)
        lanes.fill(theme.theme().colour("window"))
        painter = QPainter(lanes)
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        analysis = self._session.analysis
        painter.fillRect(geometry.waveform, theme.theme().colour("panel"))
        if analysis is not None:
            voice = analysis.takes[0].evidence.voice
            paint_waveform(painter, geometry, geometry.waveform, analysis.peaks, voice)
        paint_ruler(painter, geometry)
        missing = paint_film(
            painter,
            geometry,
            document,
            self._session.selected,
            self._thumbnails,
            self._frame_of if analysis is not None else None,
            self._aspect,
        )
        paint_pins(painter, geometry, document)
        paint_confidence(painter, geometry, document)
        self._paint_loop(painter, geometry)
        painter.end()
        self._server.ask(missing)
        return lanes

    def _paint_loop(self, painter: QPainter, geometry: Geometry) -> None:
        loop = self._session.loop
        if loop is None:
            return
        lane = QRectF(0, geometry.ruler.top(), self.width(), geometry.waveform.bottom())
        span = geometry.block(*loop, lane)
        span.setBottom(geometry.waveform.bottom())
        painter.fillRect(span, theme.theme().colour("selection", 0.18))
        painter.setPen(QPen(theme.theme().colour("selection"), 2))
        painter.drawLine(span.topLeft(), span.bottomLeft())
        painter.drawLine(span.topRight(), span.bottomRight())

    def _paint_playhead(self, painter: QPainter, geometry: Geometry) -> None:
        x = geometry.x(self._session.playhead)
        colour = theme.theme().colour("playhead")
        top = geometry.ruler.top()
        painter.fillRect(QRectF(x - 0.75, top, 1.5, self.height() - top), colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPointF(x - 6, top), QPointF(x + 6, top), QPointF(x, top + 9))

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
        in_footage = place.y() >= self.geometry_now.film.top()
        if in_footage and self._cut_at(place) < 0:
            self._session.select(document.index_at(self.geometry_now.time(place.x())))
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = self._take_hold(place, document, event.modifiers())
            self._drag.move(place.x(), self.geometry_now, event.modifiers())

    def _take_hold(self, place: QPointF, document: Document, keys: Qt.KeyboardModifier) -> Drag:
        geometry = self.geometry_now
        if place.y() < geometry.ruler.top():
            return MapDrag(self._session, geometry)
        if place.y() < geometry.film.top():
            if keys & Qt.KeyboardModifier.ShiftModifier:
                return LoopDrag(self._session, geometry.time(place.x()))
            return SeekDrag(self._session)
        cut = self._cut_at(place)
        if cut >= 0:
            return CutDrag(self._session, document, cut)
        index = document.index_at(geometry.time(place.x()))
        return SlipDrag(self._session, document, index, place.x())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Go on with a drag, or show what a press would take hold of."""
        if event is None:
            return
        self._pointer = event.position()
        if self._drag is not None:
            self._drag.move(event.position().x(), self.geometry_now, event.modifiers())
            self.update()
        elif self._session.document is not None:
            self.setCursor(self._cursor_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        """Let go."""
        self._drag = None
        self.update()

    def _cut_at(self, place: QPointF) -> int:
        """Index of the segment whose last cut is near a place in the footage; -1 for none."""
        document, geometry = self._session.document, self.geometry_now
        if document is None or place.y() < geometry.film.top():
            return -1
        distances = [
            abs(geometry.x(segment.song_end) - place.x()) for segment in document.segments[:-1]
        ]
        nearest = min(range(len(distances)), key=distances.__getitem__, default=-1)
        return nearest if nearest >= 0 and distances[nearest] <= GRAB else -1

    def _cursor_at(self, place: QPointF) -> Qt.CursorShape:
        geometry = self.geometry_now
        if place.y() < geometry.film.top():
            return Qt.CursorShape.ArrowCursor
        if self._cut_at(place) >= 0:
            return Qt.CursorShape.SplitHCursor
        return Qt.CursorShape.OpenHandCursor

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:  # noqa: N802
        """Ask for the menu of the segment that is selected."""
        if event is not None and self._session.document is not None:
            self.menu_requested.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent | None) -> None:  # noqa: N802
        """Scroll, or zoom about the mouse with Ctrl."""
        if event is None or self._session.document is None:
            return
        turned = event.angleDelta()
        steps = (turned.y() or turned.x()) / _NOTCH
        view = self._session.view
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.zoom(_ZOOM**steps, self.geometry_now.time(event.position().x()))
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


def _paint_readout(painter: QPainter, place: QPointF, text: str, geometry: Geometry) -> None:
    """Write what a drag has come to beside the mouse."""
    painter.setFont(small_font(painter))
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.S
    left = min(max(place.x() + theme.M, 0.0), geometry.width - width)
    box = QRectF(left, max(place.y() - 34, 0.0), width, 24)
    painter.setPen(QPen(theme.theme().colour("border"), 1))
    painter.setBrush(theme.theme().colour("raised"))
    painter.drawRoundedRect(box, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    painter.setPen(theme.theme().colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
