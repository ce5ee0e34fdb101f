"""A recording of three attempts in the window: dropped, looked at, swapped by hand, exported."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numbered_frames
import numpy as np
import pytest
import three_attempts
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from lipsyncer.demo import Demo
from lipsyncer.render.retime import plan_frames
from lipsyncer.ui.export import State
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 240_000
"""Milliseconds for an analysis or an export on a slow machine."""


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return three_attempts.make(tmp_path_factory.mktemp("recording"))


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(window.rect().center())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(place, copy, data, left, Qt.KeyboardModifier.NoModifier))


def test_an_attempt_swapped_by_hand_is_what_the_exported_file_shows(
    open_window: Callable[[], MainWindow], recording: Demo, qtbot: QtBot
) -> None:
    window = open_window()
    session = window.session
    drop(window, recording.song_path, recording.take_path)
    qtbot.waitUntil(lambda: session.analysis is not None, timeout=PATIENCE)

    # It finds the three attempts, says so, and shows the song from some of them.
    assert len(session.lanes) == len(three_attempts.STRETCHES)
    for number, lane in enumerate(session.lanes):
        start, end = three_attempts.STRETCHES[number]
        begins = three_attempts.begins(number)
        assert lane.start == pytest.approx(begins, abs=1.0)
        assert lane.end == pytest.approx(begins + end - start, abs=1.0)
    said = [label.text() for label in window.findChildren(QLabel)]
    assert any("of your 3 attempts" in text for text in said)
    found = session.document
    assert found is not None

    # In the second half of the song the second attempt is wanted, up to where it ends.
    second = session.lanes[1]
    session.seek(11.0)
    session.select(found.index_at(11.0))
    window.timeline.setFocus()
    qtbot.keyClick(window.timeline, Qt.Key.Key_S)
    session.seek(17.0)
    qtbot.keyClick(window.timeline, Qt.Key.Key_S)
    assert session.document is not None
    session.select(session.document.index_at(14.0))
    for _ in session.lanes:
        if second.shows(session.document.segment_at(14.0)):
            break
        qtbot.keyClick(window.timeline, Qt.Key.Key_X)
    cut = session.document
    swapped = cut.segment_at(14.0)
    assert second.shows(swapped)
    assert (swapped.song_start, swapped.song_end) == pytest.approx((11.0, 17.0), abs=0.03)
    assert swapped.by_hand
    for time in (3.0, 10.0, 18.0, 24.0):
        assert cut.segment_at(time).source_at(time) == pytest.approx(
            found.segment_at(time).source_at(time)
        )

    # What is written is the cut, frame by frame; morphs would mix frames at the cuts.
    window.show_export()
    boxes = window.export_sheet.findChildren(QComboBox)
    jumps = next(box for box in boxes if box.findData("punch-in") >= 0)
    jumps.setCurrentIndex(jumps.findData("cut"))
    jumps.activated.emit(jumps.currentIndex())
    window.export_sheet.choose("master")
    window.export_sheet.export()
    qtbot.waitUntil(
        lambda: window.queue.items[0].state in (State.DONE, State.FAILED), timeout=PATIENCE
    )
    assert window.queue.items[0].state is State.DONE
    written = numbered_frames.numbers_in(window.queue.items[0].target)
    rate = session.analysis.takes[0].proxy.rate  # type: ignore[union-attr]
    plan = plan_frames(cut, Fraction(rate).limit_denominator(1001))
    assert len(written) == len(plan)
    due = np.floor(np.asarray(plan.sources) * rate + 1e-6).astype(int)
    wrong = [
        k for k, (shown, wanted) in enumerate(zip(written, due, strict=True)) if shown != wanted
    ]
    assert not wrong, [(k, written[k], int(due[k])) for k in wrong[:5]]

    # And the mouths in it sing what is heard: every frame comes from the right moment of its
    # attempt, to two frames.
    for k in range(5, len(written) - 5):
        time = cut.span[0] + (k + 0.5) / rate
        seconds = written[k] / rate
        attempt = max(n for n in range(3) if three_attempts.begins(n) <= seconds + 1e-6)
        start = three_attempts.STRETCHES[attempt][0]
        sung = start + seconds - three_attempts.begins(attempt)
        assert sung == pytest.approx(time, abs=0.1), (k, written[k])
        if 11.1 < time < 16.9:
            assert attempt == 1
