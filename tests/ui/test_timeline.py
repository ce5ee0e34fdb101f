"""The timeline under mouse and wheel: what is grabbed, how far it goes, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QContextMenuEvent, QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment
from lipsyncer.features import GRID_RATE
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.timeline import TimelineWidget
from lipsyncer.ui.timeline.drags import FINE
from lipsyncer.ui.timeline.geometry import Geometry

Left = Qt.MouseButton.LeftButton
Modifier = Qt.KeyboardModifier
FRAME = 1 / GRID_RATE


class Hand:
    """A mouse on a timeline, which thinks in song times and lanes."""

    def __init__(self, timeline: TimelineWidget, session: Session, bot: QtBot) -> None:
        self.timeline, self.session, self._bot = timeline, session, bot

    @property
    def geometry(self) -> Geometry:
        return self.timeline.geometry_now

    @property
    def document(self) -> Document:
        assert self.session.document is not None
        return self.session.document

    def segment(self, index: int) -> Segment:
        return self.document.segments[index]

    def at(self, lane: str, song_time: float) -> QPoint:
        middle = getattr(self.geometry, lane).center().y()
        return QPointF(self.geometry.x(song_time), middle).toPoint()

    def press(self, place: QPoint, keys: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        self._bot.mousePress(self.timeline, Left, keys, place)

    def move(self, place: QPoint) -> None:
        self._bot.mouseMove(self.timeline, place)

    def let_go(self, place: QPoint) -> None:
        self._bot.mouseRelease(self.timeline, Left, Modifier.NoModifier, place)

    def drag(self, place: QPoint, pixels: int) -> None:
        self.press(place)
        for step in (1, 2, 3):
            self.move(place + QPoint(pixels * step // 3, 0))
        self.let_go(place + QPoint(pixels, 0))

    def turn(
        self, place: QPoint, notches: int, keys: Qt.KeyboardModifier = Modifier.NoModifier
    ) -> None:
        position = QPointF(place)
        event = QWheelEvent(
            position,
            self.timeline.mapToGlobal(position),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.timeline, event)


@pytest.fixture
def hand(plain_session: Session, qtbot: QtBot) -> Iterator[Hand]:
    timeline = TimelineWidget(plain_session)
    qtbot.addWidget(timeline)
    timeline.resize(1016, 330)  # 1000 pixels between the margins: 25 for a second
    with qtbot.waitActive(timeline):
        timeline.show()
        timeline.activateWindow()
    yield Hand(timeline, plain_session, qtbot)
    timeline.close()


def test_a_click_on_the_footage_selects_and_changes_nothing(hand: Hand) -> None:
    before = hand.document
    hand.drag(hand.at("film", 14.0), 0)
    assert hand.session.selected == 1
    assert hand.document is before
    hand.drag(hand.at("confidence", 30.0), 0)
    assert hand.session.selected == 3


def test_a_trembling_click_moves_nothing(hand: Hand) -> None:
    before = hand.document
    hand.drag(hand.at("film", 14.0), 3)
    assert hand.document is before


@pytest.mark.parametrize("pixels", [37, -52])
def test_a_drag_slips_the_footage_with_the_mouse_by_whole_frames(hand: Hand, pixels: int) -> None:
    before = hand.segment(1)
    hand.drag(hand.at("film", 14.0), pixels)
    moved = before.source_start - hand.segment(1).source_start
    assert moved == pytest.approx(pixels * FINE, abs=FRAME / 2 + 1e-9)
    assert moved / FRAME == pytest.approx(round(moved / FRAME))
    assert hand.segment(1).song_start == before.song_start
    assert hand.session.undo_stack.count() == 1


def test_with_alt_a_drag_slips_to_the_pixel(hand: Hand) -> None:
    before = hand.segment(1)
    place = hand.at("film", 14.0)
    hand.press(place, Modifier.AltModifier)
    drag = hand.timeline._drag
    assert drag is not None
    drag.move(place.x() + 7, hand.geometry, Modifier.AltModifier)
    hand.let_go(place)
    moved = before.source_start - hand.segment(1).source_start
    assert moved == pytest.approx(7 * FINE)


def test_a_drag_tells_how_far_in_milliseconds_and_frames(hand: Hand) -> None:
    place = hand.at("film", 14.0)
    hand.press(place)
    hand.move(place + QPoint(12, 0))
    drag = hand.timeline._drag
    assert drag is not None
    assert drag.readout == "+120 ms  (+3 frames)"


def test_the_preview_shows_the_segment_that_is_dragged(hand: Hand) -> None:
    hand.session.seek(2.0)
    hand.drag(hand.at("film", 14.0), 20)
    assert 10.0 <= hand.session.playhead < 18.0


def test_escape_gives_a_drag_up_without_a_trace(hand: Hand, qtbot: QtBot) -> None:
    before = hand.document
    hand.session.seek(2.0)
    place = hand.at("film", 14.0)
    hand.press(place)
    hand.move(place + QPoint(80, 0))
    assert hand.document != before
    qtbot.keyClick(hand.timeline, Qt.Key.Key_Escape)
    assert hand.document == before
    assert hand.session.playhead == 2.0
    assert hand.session.undo_stack.count() == 0
    hand.move(place + QPoint(160, 0))
    assert hand.document == before


def test_an_edge_moves_the_cut_and_leaves_the_footage_where_it_is(hand: Hand) -> None:
    first, second = hand.segment(0), hand.segment(1)
    hand.drag(hand.at("film", 10.0), 50)
    assert hand.segment(0).song_end == pytest.approx(12.0, abs=0.03)
    assert hand.segment(1).song_start == hand.segment(0).song_end
    assert hand.segment(0).source_start == first.source_start
    assert hand.segment(1).source_end == second.source_end
    assert hand.segment(1).slope == pytest.approx(second.slope)
    assert hand.session.undo_stack.count() == 1


def test_a_press_beside_an_edge_does_not_make_it_jump(hand: Hand) -> None:
    beside = hand.at("film", 10.0) + QPoint(6, 0)
    hand.drag(beside, 0)
    assert hand.session.undo_stack.count() == 0
    hand.drag(beside, 25)
    assert hand.segment(0).song_end == pytest.approx(11.0)


def test_a_cut_stops_before_the_next(hand: Hand) -> None:
    hand.drag(hand.at("film", 10.0), 900)
    assert 17.9 < hand.segment(0).song_end < 18.0
    assert len(hand.document.segments) == 4


@pytest.mark.parametrize("song_time", [14.0, 10.0, 18.0])
def test_a_locked_segment_stays_where_it_is(hand: Hand, song_time: float) -> None:
    hand.session.edit("Lock", lambda document: edits.lock(document, 1))
    locked = hand.document
    place = hand.at("film", song_time)
    hand.press(place)
    hand.move(place + QPoint(60, 0))
    drag = hand.timeline._drag
    assert drag is not None
    assert drag.readout == "Locked"
    hand.let_go(place + QPoint(60, 0))
    assert hand.document is locked


def test_ruler_and_song_put_the_playhead_under_the_mouse(hand: Hand) -> None:
    hand.drag(hand.at("ruler", 12.0), 0)
    assert hand.session.playhead == pytest.approx(12.0, abs=0.03)
    hand.drag(hand.at("waveform", 20.0), 50)
    assert hand.session.playhead == pytest.approx(22.0, abs=0.03)


def test_shift_and_a_drag_over_the_song_loop_a_span(hand: Hand) -> None:
    place = hand.at("waveform", 12.0)
    hand.press(place, Modifier.ShiftModifier)
    hand.move(place - QPoint(50, 0))
    hand.let_go(place - QPoint(50, 0))
    assert hand.session.loop == pytest.approx((10.0, 12.0), abs=0.03)


def test_the_wheel_scrolls(hand: Hand) -> None:
    hand.session.view.show(10.0, 20.0)
    hand.turn(hand.at("film", 15.0), -1)
    assert (hand.session.view.start, hand.session.view.end) == pytest.approx((11.2, 21.2))
    hand.turn(hand.at("film", 15.0), 1)
    assert hand.session.view.start == pytest.approx(10.0)


@pytest.mark.parametrize("notches", [1, 4, -2])
def test_zooming_keeps_the_moment_under_the_mouse(hand: Hand, notches: int) -> None:
    hand.session.view.show(10.0, 26.0)
    place = hand.at("film", 21.0)
    before, scale = hand.geometry.time(place.x()), hand.geometry.scale
    hand.turn(place, notches, Modifier.ControlModifier)
    assert hand.geometry.time(place.x()) == pytest.approx(before)
    assert (hand.geometry.scale > scale) == (notches > 0)


def test_zoom_actions_keep_the_playhead_in_place_and_fit_shows_all(hand: Hand) -> None:
    closer, farther, fit = hand.timeline.zoom_actions()
    hand.session.seek(30.0)
    x = hand.geometry.x(30.0)
    for _ in range(3):
        closer.trigger()
    assert hand.geometry.x(30.0) == pytest.approx(x)
    length = hand.session.view.end - hand.session.view.start
    farther.trigger()
    assert hand.session.view.end - hand.session.view.start > length
    fit.trigger()
    assert (hand.session.view.start, hand.session.view.end) == (0.0, 40.0)


def test_the_minimap_takes_the_view_along(hand: Hand) -> None:
    hand.session.view.show(0.0, 8.0)
    hand.drag(QPoint(8 + 500, 10), 100)
    assert (hand.session.view.start, hand.session.view.end) == pytest.approx((20.0, 28.0), abs=0.1)


def test_playback_turns_the_page(hand: Hand) -> None:
    hand.session.view.show(0.0, 8.0)
    hand.session.move_playhead(8.1)
    assert hand.session.view.start <= 8.1 <= hand.session.view.end


def test_a_menu_is_asked_for_where_the_mouse_is_and_about_what_is_there(
    hand: Hand, qtbot: QtBot
) -> None:
    place = hand.at("film", 14.0)
    with qtbot.waitSignal(hand.timeline.menu_requested) as asked:
        qtbot.mousePress(hand.timeline, Qt.MouseButton.RightButton, Modifier.NoModifier, place)
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, hand.timeline.mapToGlobal(place))
        QApplication.sendEvent(hand.timeline, event)
    assert hand.session.selected == 1
    assert asked.args == [hand.timeline.mapToGlobal(place)]


def test_the_pointer_says_what_a_press_would_do(hand: Hand) -> None:
    shapes = []
    for lane, time in (("film", 14.0), ("film", 10.0), ("ruler", 14.0), ("minimap", 14.0)):
        hand.move(hand.at(lane, time))
        shapes.append(hand.timeline.cursor().shape())
    assert shapes == [
        Qt.CursorShape.OpenHandCursor,
        Qt.CursorShape.SplitHCursor,
        Qt.CursorShape.ArrowCursor,
        Qt.CursorShape.PointingHandCursor,
    ]


def test_an_empty_timeline_bears_mouse_and_wheel(hand: Hand) -> None:
    hand.session.open(None)
    hand.drag(QPoint(300, 200), 50)
    hand.turn(QPoint(300, 200), 1)
    assert hand.session.document is None
