"""Attempts in one recording: looked at, swapped by menu, mouse and key, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from clips import even_times, read_code, write_clip
from grabbed import pixels
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from lipsyncer.alignment import Alignment, Piece
from lipsyncer.alignment.attempts import Attempt
from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import Proxy, conform, probe
from lipsyncer.progress import finish
from lipsyncer.ui.editing.nudging import Nudging
from lipsyncer.ui.editing.result_panel import ResultPanel
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.editing.swapping import LaneMenu
from lipsyncer.ui.matrix import MatrixView
from lipsyncer.ui.preview.canvas import Canvas
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme
from lipsyncer.ui.timeline import TimelineWidget

RATE, SECONDS, SIZE = 25.0, 30.0, (128, 96)
ATTEMPTS = (((0.0, 10.0, 0.0),), ((2.0, 10.0, 12.0),), ((5.0, 8.0, 22.0), (8.0, 10.0, 26.0)))
"""Of each attempt its pieces: song times from and to, and the take's time at the first (s)."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Proxy:
    """Give the proxy of a recording whose frames show their numbers."""
    folder = tmp_path_factory.mktemp("attempts")
    path = write_clip(folder / "clip.mp4", even_times(RATE, SECONDS), size=SIZE)
    return finish(conform(path, probe(path), cache_dir=folder / "cache"))


@pytest.fixture
def session(qapp: QApplication, proxy: Proxy) -> Iterator[Session]:
    """Give 10 s of song, the first half from the first attempt, the second from the second."""
    theme.manager.apply("dark")
    segments = (
        Segment(0.0, 5.0, 0, 0.0, 5.0, "matched", 0.95),
        Segment(5.0, 10.0, 0, 15.0, 20.0, "matched", 0.9),
    )
    document = Document(Path("song.wav"), 10.0, (Take(Path("clip.mp4"), SECONDS),), segments)
    analysis = made_up_analysis(document, [proxy])
    attempts = tuple(_attempt(pieces) for pieces in ATTEMPTS)
    session = Session()
    session.open(document)
    takes = (replace(analysis.takes[0], attempts=attempts),)
    session.learn(replace(analysis, takes=takes))
    yield session
    session.close()
    session.deleteLater()


def _attempt(pieces: tuple[tuple[float, float, float], ...]) -> Attempt:
    found = tuple(
        Piece(start, end, source, source + end - start, "matched", 0.85)
        for start, end, source in pieces
    )
    alignment = Alignment(found, 0.0, 0.9, 1.0, "pieces")
    return Attempt(found[0].source_start, found[-1].source_end, alignment)


@pytest.fixture
def player(session: Session) -> Iterator[Player]:
    player = Player(session)
    yield player
    player.close()


@pytest.fixture
def canvas(session: Session, player: Player, qtbot: QtBot) -> Iterator[Canvas]:
    canvas = Canvas(session, player)
    qtbot.addWidget(canvas)
    canvas.resize(640, 480)
    canvas.show()
    session.learn(session.analysis)  # type: ignore[arg-type]
    yield canvas
    canvas.close()


@pytest.fixture
def timeline(session: Session, qtbot: QtBot) -> Iterator[TimelineWidget]:
    timeline = TimelineWidget(session)
    qtbot.addWidget(timeline)
    timeline.resize(1016, 500)
    with qtbot.waitExposed(timeline):
        timeline.show()
    yield timeline
    timeline.close()


@pytest.fixture
def nudging(session: Session) -> Nudging:
    return Nudging(session)


def lane_menu(nudging: Nudging, qtbot: QtBot) -> LaneMenu:
    """Open the segment's menu of what else it could show."""
    menu = QMenu()
    qtbot.addWidget(menu)
    nudging.fill(menu)
    lanes = menu.actions()[-1].menu()
    assert isinstance(lanes, LaneMenu)
    lanes.setParent(None)
    qtbot.addWidget(lanes)
    lanes.aboutToShow.emit()
    return lanes


def named(menu: QMenu, name: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == name)


def document_of(session: Session) -> Document:
    assert session.document is not None
    return session.document


def press(nudging: Nudging, keys: str) -> None:
    next(a for a in nudging.actions if a.shortcut().toString() == keys).trigger()


def code_on_screen(canvas: Canvas) -> int:
    return read_code(pixels(canvas.grab().toImage()))


def test_the_menu_lists_the_attempts_and_says_which_lack_the_words(
    session: Session, nudging: Nudging, qtbot: QtBot
) -> None:
    session.select(0)
    menu = lane_menu(nudging, qtbot)
    assert [action.text() for action in menu.actions()] == [
        "clip.mp4, attempt 1",
        "These words are not in",
        "clip.mp4, attempt 2",
        "clip.mp4, attempt 3",
    ]
    assert named(menu, "clip.mp4, attempt 1").isChecked()
    session.select(1)
    menu = lane_menu(nudging, qtbot)
    assert [action.text() for action in menu.actions()] == [
        f"clip.mp4, attempt {n}" for n in (1, 2, 3)
    ]
    assert named(menu, "clip.mp4, attempt 2").isChecked()


def test_pointing_at_a_choice_plays_it_and_leaving_brings_everything_back(
    session: Session, nudging: Nudging, canvas: Canvas, player: Player, qtbot: QtBot
) -> None:
    session.select(1)
    session.seek(2.0)
    before = document_of(session)
    qtbot.waitUntil(lambda: code_on_screen(canvas) == round(2.0 * RATE), timeout=10_000)
    menu = lane_menu(nudging, qtbot)
    menu.hovered.emit(named(menu, "clip.mp4, attempt 3"))
    assert player.rate == 1.0
    # The third attempt shows 22 s of the recording at 5 s of the song.
    qtbot.waitUntil(lambda: 22.0 * RATE <= code_on_screen(canvas) < 27.1 * RATE, timeout=10_000)
    menu.hovered.emit(named(menu, "clip.mp4, attempt 1"))
    qtbot.waitUntil(lambda: 5.0 * RATE <= code_on_screen(canvas) < 10.1 * RATE, timeout=10_000)
    menu.left.emit()
    assert player.rate == 0.0
    assert session.playhead == 2.0
    qtbot.waitUntil(lambda: code_on_screen(canvas) == round(2.0 * RATE), timeout=10_000)
    assert document_of(session) is before
    assert session.undo_stack.count() == 0


def test_a_look_plays_the_segment_again_and_again(session: Session, qtbot: QtBot) -> None:
    class Clock:
        time = 100.0

    player = Player(session, now=lambda: Clock.time)
    nudging = Nudging(session)
    session.select(0)
    menu = lane_menu(nudging, qtbot)
    menu.hovered.emit(named(menu, "clip.mp4, attempt 1"))
    player._timer.stop()  # time is what the clock says, and this test ticks
    Clock.time += 5.2
    player.tick()
    assert session.playhead == 0.0
    menu.left.emit()
    player.close()


def test_choosing_swaps_the_footage_marks_it_as_edited_and_undo_brings_it_back(
    session: Session, nudging: Nudging, qtbot: QtBot
) -> None:
    before = document_of(session)
    session.select(1)
    menu = lane_menu(nudging, qtbot)
    menu.hovered.emit(named(menu, "clip.mp4, attempt 1"))
    named(menu, "clip.mp4, attempt 1").trigger()
    after = document_of(session).segments[1]
    assert (after.source_start, after.source_end) == (5.0, 10.0)
    assert after.by_hand and not document_of(session).segments[0].by_hand
    assert after.confidence == 0.85
    assert session.look is None
    assert session.undo_stack.undoText() == "Show clip.mp4, attempt 1 in segment 2"
    session.undo_stack.undo()
    assert document_of(session) == before


def test_a_key_goes_through_what_has_the_words_and_a_row_of_presses_is_one_step(
    session: Session, nudging: Nudging
) -> None:
    before = document_of(session)
    session.select(1)
    press(nudging, "X")
    # The third attempt jumps at 8 s, so two segments stand where one did.
    shown = document_of(session).segments[1:]
    assert [(s.song_start, s.source_start) for s in shown] == [(5.0, 22.0), (8.0, 26.0)]
    press(nudging, "X")
    assert [s.source_start for s in document_of(session).segments[1:]] == [5.0]
    assert session.undo_stack.count() == 1
    press(nudging, "Shift+X")
    assert [s.source_start for s in document_of(session).segments[1:]] == [22.0, 26.0]
    press(nudging, "Shift+X")
    assert document_of(session) == before
    assert session.undo_stack.count() == 0


def test_the_key_is_off_where_nothing_else_has_the_words(
    session: Session, nudging: Nudging
) -> None:
    key = nudging.swapping.actions[0]
    session.select(0)
    assert not key.isEnabled()
    session.select(1)
    assert key.isEnabled()
    session.edit("Lock", lambda document: edits.lock(document, 1))
    assert not key.isEnabled()
    assert not nudging.swapping.swap(session.lanes[0], 7.0)


def test_each_attempt_has_a_lane_with_its_own_frames(
    session: Session, timeline: TimelineWidget, qtbot: QtBot
) -> None:
    rows = timeline.geometry_now.lane_rows
    assert len(rows) == 3
    asked: list[tuple[int, int]] = []

    def all_there() -> bool:
        timeline.refresh()
        timeline.grab()
        asked[:] = list(timeline._thumbnails._kept)
        return not timeline._server._wishes and len(asked) > 20

    qtbot.waitUntil(all_there, timeout=10_000)
    frames = {frame / RATE for _, frame in asked}
    for start, end in ((5.0, 10.0), (12.0, 15.0), (22.0, 25.0), (26.0, 28.0)):
        assert any(start <= time <= end for time in frames), (start, end)
    # Between the second and the third attempt nobody sings: no lane shows that.
    assert not any(20.2 < time < 21.8 for time in frames)


def test_a_lane_is_framed_where_the_cut_shows_it(
    session: Session, timeline: TimelineWidget
) -> None:
    picture, geometry = pixels(timeline.grab().toImage()).astype(int), timeline.geometry_now
    accent = theme.theme().colour("accent")

    def framed(row: int, song_time: float) -> bool:
        foot = round(geometry.lane_rows[row].bottom()) - 3
        red, green, blue = picture[foot, round(geometry.x(song_time))]
        return (
            abs(red - accent.red()) + abs(green - accent.green()) + abs(blue - accent.blue()) < 30
        )

    shown = [[framed(row, time) for time in (4.0, 7.0)] for row in range(3)]
    assert shown == [[True, False], [False, True], [False, False]]


def test_a_double_click_on_a_lane_asks_for_it_in_the_segment_there(
    session: Session, timeline: TimelineWidget, nudging: Nudging, qtbot: QtBot
) -> None:
    timeline.swap_requested.connect(nudging.swapping.swap)
    before = document_of(session)
    geometry = timeline.geometry_now
    place = QPointF(geometry.x(6.0), geometry.lane_rows[0].center().y()).toPoint()
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place)
    assert session.selected == 1
    assert document_of(session) is before
    qtbot.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=place)
    assert [s.source_start for s in document_of(session).segments] == [0.0, 5.0]


def test_a_drag_on_a_lane_moves_nothing(
    session: Session, timeline: TimelineWidget, qtbot: QtBot
) -> None:
    before = document_of(session)
    geometry = timeline.geometry_now
    place = QPointF(geometry.x(6.0), geometry.lane_rows[1].center().y()).toPoint()
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=place)
    place.setX(place.x() + 60)
    qtbot.mouseMove(timeline, place)
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=place)
    assert document_of(session) is before


def test_a_slip_shows_the_frame_of_before_beside_the_one_of_now(
    session: Session, timeline: TimelineWidget, canvas: Canvas, qtbot: QtBot
) -> None:
    session.seek(2.0)
    canvas.resize(1200, 900)  # the labels lie between the middles of the blocks that are read
    geometry = timeline.geometry_now
    place = QPointF(geometry.x(2.0), geometry.film.center().y()).toPoint()

    def shown() -> tuple[int, int]:
        picture = pixels(canvas.grab().toImage())
        middle, height = picture.shape[1] // 2, round(598 * SIZE[1] / SIZE[0])
        top = (picture.shape[0] - height) // 2
        halves = (
            picture[top : top + height, : middle - 2],
            picture[top : top + height, middle + 2 :],
        )
        left, right = (read_code(half) for half in halves)
        return left, right

    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=place)
    for step in (10, 20):
        qtbot.mouseMove(timeline, place + QPoint(step, 0))
    moved = session.time_map
    assert moved is not None
    now = moved.source_at(2.0)[1] * RATE
    assert now == pytest.approx(45, abs=1)  # 200 ms later is earlier footage
    qtbot.waitUntil(lambda: shown() == (50, round(now)), timeout=10_000)
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=place + QPoint(20, 0))
    assert session.pair is None
    qtbot.waitUntil(lambda: code_on_screen(canvas) == round(now), timeout=10_000)


def held_up(session: Session) -> bool:
    return session.pair is not None


def test_a_cut_that_is_moved_shows_the_frames_on_both_sides_of_it(
    session: Session, timeline: TimelineWidget, qtbot: QtBot
) -> None:
    geometry = timeline.geometry_now
    place = QPointF(geometry.x(5.0), geometry.film.center().y()).toPoint()
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(timeline, place + QPoint(100, 0))
    pair, document = session.pair, document_of(session)
    assert pair is not None
    cut = document.segments[0].song_end
    assert cut == pytest.approx(6.0, abs=0.1)
    assert pair.left[1] == pytest.approx(cut, abs=0.05)
    assert pair.right[1] == pytest.approx(cut + 10.0, abs=0.05)
    qtbot.keyClick(timeline, Qt.Key.Key_Escape)
    assert not held_up(session)
    assert document_of(session).segments[0].song_end == 5.0
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=place)


def test_the_header_counts_the_attempts(session: Session, qtbot: QtBot) -> None:
    panel = ResultPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert said == ["The cut joins 2 of your 3 attempts; everything matches now."]


def test_the_matrix_shows_the_lines_of_all_attempts(session: Session, qtbot: QtBot) -> None:
    view = MatrixView(session)
    qtbot.addWidget(view)
    song, source = view._attempts.getData()
    ends = [(float(a), float(b)) for a, b in zip(song, source, strict=True) if a == a]
    assert ends == [
        (0.0, 0.0), (10.0, 10.0), (2.0, 12.0), (10.0, 20.0),
        (5.0, 22.0), (8.0, 25.0), (8.0, 26.0), (10.0, 28.0),
    ]  # fmt: skip
    view.close()
