"""The matrix: asked by hovering, followed by clicking, corrected by dragging."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lipsyncer.align import Evidence
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.progress import finish
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.matrix import MatrixView
from lipsyncer.ui.matrix.picture import drawing


@pytest.fixture
def matrix(session: Session, qtbot: QtBot) -> Iterator[MatrixView]:
    view = MatrixView(session)
    qtbot.addWidget(view)
    view.resize(420, 560)
    view.show()
    qtbot.waitExposed(view)
    qtbot.waitUntil(lambda: view.picture is not None, timeout=30_000)
    yield view
    view.close()


def place(matrix: MatrixView, song: float, source: float) -> QPoint:
    return matrix.plot.place(song, source).toPoint()


def test_a_diagonal_of_evidence_is_bright_and_the_rest_is_dark() -> None:
    pairs = np.full((200, 150), -1.0, np.float32)
    rows = np.arange(150)
    pairs[rows + 20, rows] = 2.0
    evidence = Evidence(25.0, pairs, np.ones(200, np.float32), np.ones(150, np.float32))
    picture = finish(drawing(evidence))
    on = picture.at((75 + 20) / 25, 75 / 25)
    off = picture.at((75 + 60) / 25, 75 / 25)
    assert on is not None and off is not None
    assert on > 0.99 and off < 0.01
    assert picture.at(100.0, 1.0) is None


def test_hovering_says_which_moments_meet_there_and_how_well_they_fit(
    matrix: MatrixView,
) -> None:
    matrix.hover(8.0, 8.5)
    words = [label.text() for label in matrix.findChildren(QLabel)]
    assert any(w.startswith("song 0:08.00, take 0:08.50, match ") for w in words)


def test_a_click_beside_the_line_goes_to_its_moment_of_the_song(
    matrix: MatrixView, session: Session, qtbot: QtBot
) -> None:
    spot = place(matrix, 10.0, 20.0)
    qtbot.mouseClick(matrix.plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert session.playhead == pytest.approx(10.0, abs=0.15)


def test_dragging_the_line_pins_it_where_it_is_let_go_in_one_step(
    matrix: MatrixView, session: Session, qtbot: QtBot
) -> None:
    assert session.time_map is not None
    source = session.time_map.source_at(8.0)[1]
    start = place(matrix, 8.0, source)
    viewport = matrix.plot.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in (6, 12, 20):
        qtbot.mouseMove(viewport, start - QPoint(0, step))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 20))
    document = session.document
    assert document is not None and len(document.pins) == 1
    pin = document.pins[0]
    wanted = matrix.plot.times(QPointF(start - QPoint(0, 20)))[1]
    assert pin.source == pytest.approx(wanted, abs=0.05)
    assert TimeMap(document).source_at(pin.song)[1] == pytest.approx(pin.source, abs=1e-6)
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.document is not None and session.document.pins == ()


def test_a_right_click_on_a_pin_takes_it_away(
    matrix: MatrixView, session: Session, qtbot: QtBot
) -> None:
    assert session.document is not None and session.time_map is not None
    source = session.time_map.source_at(8.0)[1]
    matrix.pin(session.document, 8.0, source, "gesture")
    assert len(session.document.pins) == 1
    spot = place(matrix, 8.0, source)
    qtbot.mouseClick(matrix.plot.viewport(), Qt.MouseButton.RightButton, pos=spot)
    assert session.document.pins == ()


def test_timeline_and_matrix_show_the_same_stretch_of_the_song(
    matrix: MatrixView, session: Session
) -> None:
    session.view.show(5.0, 12.0)
    shown = matrix.plot.getViewBox().viewRange()[0]
    assert shown == pytest.approx([5.0, 12.0])
    matrix.plot.getViewBox().setXRange(2.0, 9.0, padding=0)
    assert (session.view.start, session.view.end) == pytest.approx((2.0, 9.0))
