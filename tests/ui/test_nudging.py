"""Editing by keys: each key is one edit of the selected segment, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from lipsyncer.edit.document import Pin, Segment
from lipsyncer.features import GRID_RATE
from lipsyncer.ui.editing.nudging import Nudging
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.timeline import TimelineWidget

Key = Qt.Key
Modifier = Qt.KeyboardModifier
FRAME = 1 / GRID_RATE


class Desk:
    """A timeline with the keyboard, and the actions that its keys trigger."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session = session
        self.timeline = TimelineWidget(session)
        self.nudging = Nudging(session)
        self._bot = qtbot
        qtbot.addWidget(self.timeline)
        self.timeline.addActions(self.nudging.actions)
        self.timeline.resize(1000, 320)
        with qtbot.waitActive(self.timeline):
            self.timeline.show()
            self.timeline.activateWindow()
        self.timeline.setFocus()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        self._bot.keyClick(self.timeline, key, modifier)

    @property
    def segments(self) -> tuple[Segment, ...]:
        assert self.session.document is not None
        return self.session.document.segments

    @property
    def steps(self) -> int:
        return self.session.undo_stack.count()


@pytest.fixture
def desk(plain_session: Session, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(plain_session, qtbot)
    plain_session.select(0)
    yield desk
    desk.timeline.close()


@pytest.fixture
def said(plain_session: Session) -> list[str]:
    texts: list[str] = []

    def hear(message: Message) -> None:
        texts.append(message.text)

    plain_session.said.connect(hear)
    return texts


@pytest.mark.parametrize(
    ("key", "modifier", "shift"),
    [
        (Key.Key_Right, Modifier.NoModifier, FRAME),
        (Key.Key_Left, Modifier.NoModifier, -FRAME),
        (Key.Key_Right, Modifier.ShiftModifier, 5 * FRAME),
        (Key.Key_Left, Modifier.ShiftModifier, -5 * FRAME),
        (Key.Key_Right, Modifier.AltModifier, 0.001),
        (Key.Key_Left, Modifier.AltModifier, -0.001),
    ],
)
def test_the_picture_follows_the_arrow(
    desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier, shift: float
) -> None:
    before = desk.segments[0]
    desk.press(key, modifier)
    after = desk.segments[0]
    # A picture that comes later shows at the same moment what was filmed earlier.
    assert after.source_start == pytest.approx(before.source_start - shift)
    assert after.source_end == pytest.approx(before.source_end - shift)
    assert (after.song_start, after.song_end) == (before.song_start, before.song_end)


def test_a_frame_is_as_long_as_the_take_s_own(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, qtbot)
    footage = session.footage(0)
    assert footage is not None
    session.select(len(desk.segments) - 1)
    before = desk.segments[-1].source_start
    desk.press(Key.Key_Left)
    moved = desk.segments[-1].source_start - before
    assert moved == pytest.approx(1 / footage.proxy.rate)
    desk.timeline.close()


def test_a_row_of_nudges_is_one_step_that_says_how_far(desk: Desk) -> None:
    before = desk.session.document
    for _ in range(3):
        desk.press(Key.Key_Right)
    assert desk.steps == 1
    assert "−380 ms" in desk.session.undo_stack.undoText()
    desk.session.undo_stack.undo()
    assert desk.session.document == before


def test_nudges_of_two_segments_are_two_steps(desk: Desk) -> None:
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Right)
    assert desk.steps == 2


def test_up_and_down_select_and_bring_into_view(desk: Desk) -> None:
    desk.session.view.show(0.0, 5.0)
    desk.press(Key.Key_Down)
    assert desk.session.selected == 1
    assert desk.session.view.start <= 10.0 <= desk.session.view.end
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Up)
    assert desk.session.selected == 0


def test_s_splits_at_the_playhead_and_selects_the_second_part(desk: Desk) -> None:
    desk.session.seek(4.0)
    desk.press(Key.Key_S)
    assert [segment.song_start for segment in desk.segments[:3]] == [0.0, 4.0, 10.0]
    assert desk.session.selected == 1


def test_m_takes_the_cut_after_the_segment_out(desk: Desk) -> None:
    desk.press(Key.Key_M)
    assert len(desk.segments) == 3
    assert desk.segments[0].song_end == 18.0
    assert desk.segments[0].source_end == pytest.approx(18.5)


def test_nothing_moves_a_locked_segment(desk: Desk) -> None:
    desk.press(Key.Key_L, Modifier.ControlModifier)
    assert desk.segments[0].locked
    locked = desk.session.document
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_M, Key.Key_R, Key.Key_Delete):
        for modifier in (Modifier.NoModifier, Modifier.ShiftModifier, Modifier.AltModifier):
            desk.press(key, modifier)
    desk.session.seek(5.0)
    desk.press(Key.Key_S)
    assert desk.session.document == locked


def test_a_locked_segment_can_be_unlocked_by_the_same_key(desk: Desk) -> None:
    desk.press(Key.Key_L, Modifier.ControlModifier)
    desk.press(Key.Key_L, Modifier.ControlModifier)
    assert not desk.segments[0].locked
    desk.press(Key.Key_Right)
    assert desk.segments[0].source_start < 0.5


def test_delete_brings_back_what_was_found(desk: Desk) -> None:
    found = desk.session.document
    desk.press(Key.Key_Right, Modifier.ShiftModifier)
    desk.session.seek(4.0)
    desk.press(Key.Key_S)
    for _ in range(2):
        desk.press(Key.Key_Delete)
        desk.press(Key.Key_Up)
    assert found is not None
    moments = [(s.song_start, s.source_start) for s in desk.segments]
    assert moments[0] == (0.0, 0.5)
    assert (4.0, 4.5) in moments


def at(session: Session, time: float) -> float:
    assert session.time_map is not None
    return session.time_map.source_at(time)[1]


def pins(session: Session) -> list[Pin]:
    assert session.document is not None
    return list(session.document.pins)


def test_a_pin_keeps_what_is_shown_and_can_be_taken_out_again(
    session: Session, qtbot: QtBot
) -> None:
    desk = Desk(session, qtbot)
    assert session.time_map is not None
    session.seek(12.0)
    take, source = session.time_map.source_at(12.0)
    desk.press(Key.Key_P)
    assert session.document is not None
    # What a pin is solved with may have to be made ready first, on a thread.
    qtbot.waitUntil(lambda: pins(session) == [Pin(12.0, take, source)], timeout=30_000)
    assert session.time_map.source_at(12.0)[1] == pytest.approx(source, abs=0.002)
    desk.press(Key.Key_P, Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: not pins(session), timeout=30_000)
    session.undo_stack.undo()
    assert len(session.document.pins) == 1
    desk.timeline.close()


def test_r_finds_a_segment_that_was_moved_away_again(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, qtbot)
    lengths = [segment.song_end - segment.song_start for segment in desk.segments]
    longest = lengths.index(max(lengths))
    assert session.time_map is not None
    middle = (desk.segments[longest].song_start + desk.segments[longest].song_end) / 2
    found = session.time_map.source_at(middle)[1]
    session.select(longest)
    for _ in range(2):
        desk.press(Key.Key_Right, Modifier.ShiftModifier)
    assert abs(session.time_map.source_at(middle)[1] - found) > 0.2
    desk.press(Key.Key_R)
    back = pytest.approx(found, abs=0.08)
    qtbot.waitUntil(lambda: at(session, middle) == back, timeout=30_000)
    desk.timeline.close()


def test_the_menu_offers_each_take_by_name_and_swaps_the_footage(desk: Desk) -> None:
    takes = take_menu(desk.nudging)
    assert [text(action) for action in takes] == ["1   first.mov", "2   second.mov"]
    assert [action.isChecked() for action in takes] == [True, False]
    takes[1].trigger()
    assert desk.segments[0].take == 1
    assert "second.mov" in desk.session.undo_stack.undoText()


def test_a_locked_segment_keeps_its_take(desk: Desk) -> None:
    desk.press(Key.Key_L, Modifier.ControlModifier)
    assert not any(action.isEnabled() for action in take_menu(desk.nudging))


def test_what_can_t_be_done_is_not_offered(desk: Desk) -> None:
    def offered(words: str) -> bool:
        return next(a for a in desk.nudging.actions if words in text(a)).isEnabled()

    assert offered("Join")
    desk.session.select(3)
    assert not offered("Join")  # there is no next one
    assert not offered("Pin")  # nothing is known of the footage
    assert not offered("nearest pin")
    desk.session.select(-1)
    assert not offered("one frame later")
    assert offered("Split")


def test_a_cut_that_can_t_be_made_says_why(desk: Desk, said: list[str]) -> None:
    desk.session.seek(10.0)
    desk.press(Key.Key_S)
    assert desk.steps == 0
    assert len(said) == 1


def test_every_action_tells_its_key(desk: Desk) -> None:
    for action in desk.nudging.actions:
        keys = action.shortcut().toString()
        assert keys
        assert keys in action.toolTip()


def take_menu(nudging: Nudging) -> list[QAction]:
    menu = QMenu()
    nudging.fill(menu)
    takes = menu.actions()[-1].menu()
    assert takes is not None
    takes.aboutToShow.emit()
    actions = takes.actions()
    for action in actions:
        action.setParent(nudging)  # they outlive the menu, which goes with this function
    return actions


def text(action: QAction) -> str:
    return action.text().replace("&", "")
