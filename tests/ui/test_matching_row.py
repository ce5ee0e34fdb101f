"""How the cut is matched, chosen in the window: at once, as one step, and what stays."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import jumping_take
import numpy as np
import pytest
from jumping_take import FIRST, GAP, SECOND
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QPoint, QPointF, QSettings, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lipsyncer.alignment.span import SpanSolver
from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.realign import pinned
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.edit.document import Pin, Take
from lipsyncer.edit.edits import lock, reset, slip
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.jobs import Progress
from lipsyncer.jobs.rematch import matched_again
from lipsyncer.settings.job import Settings
from lipsyncer.settings.matching import Matching
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.editing import rematching
from lipsyncer.ui.editing.match_panel import MatchingRow
from lipsyncer.ui.editing.nudging import Nudging
from lipsyncer.ui.editing.rematching import Rematching, settings_for
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.style import theme
from lipsyncer.ui.window.input_rules import keep_input_rules
from lipsyncer.ui.window.main_window import MainWindow


@pytest.fixture(scope="module")
def jumping(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return jumping_take.analysis(tmp_path_factory.mktemp("film"))


@pytest.fixture
def known(qapp: QApplication, jumping: Analysis) -> Iterator[Session]:
    """Give a session in which the take that jumps is open and known."""
    theme.manager.apply("dark")
    session = Session()
    session.open(jumping.document)
    session.learn(jumping)
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def worker(known: Session) -> Iterator[Rematching]:
    worker = Rematching(known, lambda: False)
    yield worker
    worker.close()


@pytest.fixture
def row(worker: Rematching, qtbot: QtBot) -> MatchingRow:
    row = MatchingRow(worker)
    qtbot.addWidget(row)
    row.show()
    qtbot.waitExposed(row)
    return row


def box(row: MatchingRow, name: str) -> QComboBox:
    found = row.findChild(QComboBox, f"matching {name}")
    assert found is not None
    return found


def choose(row: MatchingRow, name: str, value: str) -> None:
    """Choose as a person does, in the list that opens."""
    chosen = box(row, name)
    index = chosen.findData(value)
    chosen.setCurrentIndex(index)
    chosen.activated.emit(index)


def late(session: Session, *song_times: float) -> set[float]:
    """By how much (s) the take that is shown is later than the song."""
    assert session.time_map is not None
    sources = session.time_map.sources_at(np.array(song_times))[1]
    return {round(float(s - t), 3) for s, t in zip(sources, song_times, strict=True)}


def found_again(qtbot: QtBot, worker: Rematching) -> None:
    assert worker.running
    qtbot.waitUntil(lambda: not worker.running, timeout=30_000)


def words(row: MatchingRow) -> list[str]:
    return [label.text() for label in row.findChildren(QLabel)]


def test_loose_moves_the_take_as_one_piece_and_undo_brings_the_cut_back(
    row: MatchingRow, worker: Rematching, known: Session, jumping: Analysis, qtbot: QtBot
) -> None:
    choose(row, "tightness", "loose")
    found_again(qtbot, worker)
    assert late(known, 0.5, 5.0, 20.0) == {SECOND}
    stack = known.undo_stack
    assert (stack.count(), stack.text(0)) == (1, "Follow the lips: loose")
    assert known.found == known.document
    stack.undo()
    assert known.document == known.found == jumping.document
    assert known.analysis is jumping
    assert box(row, "tightness").currentText() == "Normal"
    stack.redo()
    assert late(known, 0.5, 5.0, 20.0) == {SECOND}
    assert box(row, "tightness").currentText() == "Loose"


def test_a_locked_segment_stays_and_del_brings_back_what_was_found_then(
    row: MatchingRow, worker: Rematching, known: Session, qtbot: QtBot
) -> None:
    known.edit("Slip", lambda document: slip(document, 0, 0.25))
    known.edit("Lock", lambda document: lock(document, 0))
    choose(row, "tightness", "loose")
    found_again(qtbot, worker)
    assert late(known, 5.0) == {FIRST + 0.25}
    assert late(known, 20.0) == {SECOND}
    found = known.found
    assert found is not None
    assert TimeMap(found).source_at(5.0)[1] == pytest.approx(5.0 + SECOND, abs=1e-3)
    index = found.index_at(20.0)
    last = found.segments[index]
    known.edit("Slip", lambda document: slip(document, len(document.segments) - 1, 0.3))
    known.edit("Reset", lambda document: reset(document, found, last.song_start, last.song_end))
    assert late(known, 20.0) == {SECOND}


def test_a_pin_is_still_passed(
    row: MatchingRow, worker: Rematching, known: Session, jumping: Analysis, qtbot: QtBot
) -> None:
    pin = Pin(5.0, 0, 5.7)
    known.edit("Pin", lambda document: pinned(document, pin, SpanSolver(jumping.takes[0].evidence)))
    said = told(known)
    choose(row, "tightness", "loose")
    found_again(qtbot, worker)
    assert known.document is not None and known.document.pins == (pin,)
    assert late(known, 5.0) == {0.7}
    assert said == ["What you moved, split, framed, locked or pinned has stayed."]


def test_a_pin_set_afterwards_is_followed_as_loosely(
    row: MatchingRow, worker: Rematching, known: Session, qtbot: QtBot
) -> None:
    choose(row, "tightness", "loose")
    choose(row, "gaps", "keep")
    found_again(qtbot, worker)
    known.edit("Slip", lambda document: slip(document, 0, FIRST - SECOND))
    known.seek(0.4)
    nudging = Nudging(known)
    nudging.wishes[0].trigger()
    qtbot.waitUntil(lambda: known.document is not None and len(known.document.pins) == 1)
    assert late(known, 0.4, 5.0, 20.0) == {FIRST}
    nudging.deleteLater()


def test_a_take_that_was_added_later_is_known_however_far_one_goes_back(
    row: MatchingRow, worker: Rematching, known: Session, jumping: Analysis, qtbot: QtBot
) -> None:
    choose(row, "tightness", "loose")
    found_again(qtbot, worker)
    loose = known.analysis
    assert loose is not None and loose.basis is not None and known.document is not None
    evidences = {name: made * 2 for name, made in loose.basis.evidences.items()}
    basis = replace(loose.basis, evidences=evidences)
    more = replace(loose, takes=loose.takes * 2, basis=basis)
    takes = (*known.document.takes, Take(Path("second.mp4"), 20.0))
    extended = replace(known.document, takes=takes)
    known.extend(extended, extended, "Add a take")
    known.learn(more)
    for _ in range(2):
        known.undo_stack.undo()
    assert known.document == jumping.document and known.matching == Matching()
    for _ in range(2):
        known.undo_stack.redo()
    assert known.document == extended
    assert known.footage(1) is not None and known.analysis is more
    known.undo_stack.undo()
    choose(row, "gaps", "keep")
    found_again(qtbot, worker)
    assert known.document is not None and len(known.document.takes) == 1
    assert known.analysis is not None and len(known.analysis.takes) == 1


def test_lips_that_move_in_a_pause_are_left_as_filmed_or_closed(
    row: MatchingRow, worker: Rematching, known: Session, jumping: Analysis, qtbot: QtBot
) -> None:
    pause = np.arange(*GAP, 0.2)
    assert not late(known, *pause) <= {FIRST, SECOND}
    choose(row, "gaps", "keep")
    found_again(qtbot, worker)
    assert late(known, *pause) <= {FIRST, SECOND}
    choose(row, "gaps", "close")
    found_again(qtbot, worker)
    assert known.document == jumping.document
    names = [known.undo_stack.text(index) for index in range(known.undo_stack.count())]
    assert names == ["Leave pauses as filmed", "Close the mouth where there is no singing"]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold every search for a cut until the test lets go."""
    go = threading.Event()

    def slow(*arguments: object) -> Generator[Progress, None, object]:
        while not go.wait(0.005):
            yield Progress("align", 0.4)
        return (yield from matched_again(*arguments))  # type: ignore[arg-type]

    monkeypatch.setattr(rematching, "matched_again", slow)
    yield go
    go.set()


@pytest.mark.parametrize("how", ["button", "escape"])
def test_what_is_cancelled_leaves_the_cut(
    row: MatchingRow,
    worker: Rematching,
    known: Session,
    jumping: Analysis,
    held: threading.Event,
    qtbot: QtBot,
    how: str,
) -> None:
    choose(row, "tightness", "loose")
    qtbot.waitUntil(lambda: "Aligning again, 40 %" in words(row))
    assert worker.summary() == "Aligning again, 40 %"
    if how == "button":
        (button,) = row.findChildren(QPushButton)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(row, Qt.Key.Key_Escape)
    assert not worker.running and worker.summary() == ""
    assert box(row, "tightness").currentText() == "Normal"
    held.set()
    choose(row, "gaps", "keep")
    found_again(qtbot, worker)
    assert late(known, 5.0) == {FIRST}
    assert known.undo_stack.count() == 1


def test_who_chooses_again_meanwhile_gets_the_last_choice_as_one_step(
    row: MatchingRow, worker: Rematching, known: Session, held: threading.Event, qtbot: QtBot
) -> None:
    choose(row, "tightness", "tight")
    choose(row, "tightness", "loose")
    choose(row, "gaps", "keep")
    held.set()
    found_again(qtbot, worker)
    assert known.undo_stack.count() == 1
    assert known.undo_stack.text(0) == "Follow the lips: loose, Leave pauses as filmed"
    assert known.matching == Matching("loose", gaps="keep")


def test_what_is_locked_meanwhile_stays_too(
    row: MatchingRow, worker: Rematching, known: Session, held: threading.Event, qtbot: QtBot
) -> None:
    choose(row, "tightness", "loose")
    known.edit("Slip", lambda document: slip(document, 0, 0.25))
    known.edit("Lock", lambda document: lock(document, 0))
    held.set()
    found_again(qtbot, worker)
    assert late(known, 5.0) == {FIRST + 0.25}


def test_another_document_is_not_overwritten(
    row: MatchingRow,
    worker: Rematching,
    known: Session,
    jumping: Analysis,
    held: threading.Event,
    qtbot: QtBot,
) -> None:
    choose(row, "tightness", "loose")
    known.open(jumping.document)
    held.set()
    assert not worker.running
    worker.close()
    QApplication.processEvents()
    assert known.document == jumping.document and known.undo_stack.count() == 0


def told(session: Session) -> list[str]:
    said: list[str] = []

    def hear(message: Message) -> None:
        said.append(message.text)

    session.said.connect(hear)
    return said


def test_what_was_moved_stays_and_that_is_said(
    row: MatchingRow, worker: Rematching, known: Session, qtbot: QtBot
) -> None:
    said = told(known)
    known.edit("Slip", lambda document: slip(document, 0, 0.25))
    choose(row, "tightness", "loose")
    found_again(qtbot, worker)
    assert late(known, 5.0) == {FIRST + 0.25}
    assert late(known, 20.0) == {SECOND}
    assert said == ["What you moved, split, framed, locked or pinned has stayed."]


def test_who_has_set_every_segment_is_told_how_to_give_one_up(
    row: MatchingRow, worker: Rematching, known: Session, qtbot: QtBot
) -> None:
    said = told(known)
    assert known.document is not None
    for index in range(len(known.document.segments)):
        known.edit("Slip", partial(slip, index=index, seconds=0.1))
    before = known.document
    choose(row, "tightness", "loose")
    found_again(qtbot, worker)
    assert known.document == before
    assert len(said) == 1 and "Reset a segment (Del)" in said[0]


def test_a_choice_that_changes_nothing_says_so(
    row: MatchingRow, worker: Rematching, known: Session, qtbot: QtBot
) -> None:
    said = told(known)
    choose(row, "tightness", "tight")
    found_again(qtbot, worker)
    assert said == ["That gives the same cut."]
    assert known.matching == Matching("tight")


def test_a_guide_that_the_take_does_not_have_is_refused_in_a_sentence(
    row: MatchingRow, worker: Rematching, known: Session, jumping: Analysis, qtbot: QtBot
) -> None:
    said = told(known)
    choose(row, "sync_source", "sound")
    found_again(qtbot, worker)
    assert len(said) == 1 and "it has no sound that can be heard" in said[0]
    assert box(row, "sync_source").currentText() == "Lips and camera sound"
    assert known.document == jumping.document


def test_nothing_can_be_chosen_before_the_footage_is_known(
    row: MatchingRow, worker: Rematching, known: Session, jumping: Analysis
) -> None:
    assert box(row, "tightness").isEnabled()
    assert "undo brings the rest back" in box(row, "tightness").toolTip()
    known.open(jumping.document)
    assert not box(row, "tightness").isEnabled()
    assert "has not analysed your video" in box(row, "tightness").toolTip()
    known.learn(made_up_analysis(jumping.document, [jumping.takes[0].proxy]))
    assert not box(row, "gaps").isEnabled()
    known.learn(jumping)
    assert box(row, "gaps").isEnabled()


def test_nothing_can_be_chosen_while_footage_is_watched(known: Session, qtbot: QtBot) -> None:
    watching = [True]
    worker = Rematching(known, lambda: watching[0])
    row = MatchingRow(worker)
    qtbot.addWidget(row)
    assert "wait until it has finished" in box(row, "sync_source").toolTip()
    watching[0] = False
    worker.look_again()
    assert box(row, "sync_source").isEnabled()
    worker.close()


def test_the_wheel_scrolls_past_the_choices(row: MatchingRow, worker: Rematching) -> None:
    keep_input_rules(row)
    chosen = box(row, "tightness")
    QApplication.sendEvent(chosen, _wheel(chosen))
    assert chosen.currentText() == "Normal" and not worker.running


def _wheel(widget: QComboBox) -> QWheelEvent:
    place = QPointF(widget.rect().center())
    return QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def test_new_songs_are_matched_as_the_settings_say_and_more_takes_as_their_song(
    known: Session, jumping: Analysis
) -> None:
    habits = Preferences(tightness="relaxed", sync_source="lips", gaps="keep")
    other = settings_for(known, Path("other.wav"), habits)
    assert Matching.of(other) == Matching("relaxed", "lips", "keep")
    same = settings_for(known, jumping.document.song, habits)
    assert Matching.of(same) == Matching()


@pytest.fixture
def window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jumping: Analysis
) -> Iterator[MainWindow]:
    """Give the window with the take that jumps in it."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )
    jumping_take.record(jumping.document.song.parent)
    window = MainWindow(Preferences(theme="dark", tightness="relaxed"))
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    window.session.open(jumping.document)
    window.session.learn(jumping)
    window.projects.begin_untitled()
    yield window
    window.session.undo_stack.setClean()
    window.close()
    window.deleteLater()


def test_a_key_leads_to_the_choices_and_the_status_bar_tells_how_far_it_is(
    window: MainWindow, held: threading.Event, qtbot: QtBot
) -> None:
    row = window.findChild(MatchingRow)
    assert row is not None
    window.panels.match.hide()
    assert not row.isVisible()
    window.activateWindow()
    qtbot.keyClick(window.timeline, Qt.Key.Key_T)
    qtbot.waitUntil(row.isVisible)
    choose(row, "tightness", "loose")
    bar = window.statusBar()
    assert bar is not None
    labels = bar.findChildren(QLabel)
    qtbot.waitUntil(lambda: "Aligning again, 40 %" in [label.text() for label in labels])
    held.set()
    qtbot.waitUntil(lambda: not window.rematching.running)
    assert late(window.session, 5.0, 20.0) == {SECOND}
    assert not any(label.text().startswith("Aligning") for label in labels)


def test_a_project_that_is_opened_again_is_watched_as_it_was_matched(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Settings] = []

    def watch(song: Path, takes: object, settings: Settings) -> Generator[Progress, None, None]:
        asked.append(settings)
        yield Progress("probe", 0.0)
        raise InputError(song, "nobody watches it in this test.")

    monkeypatch.setattr("lipsyncer.jobs.analyse.analyse", watch)
    row = window.findChild(MatchingRow)
    assert row is not None
    choose(row, "tightness", "tight")
    found_again(qtbot, window.rematching)
    path = tmp_path / "mine.lipsync"
    assert window.projects.save_to(path)
    window.open_project(path)
    assert box(row, "tightness").currentText() == "Tight"
    assert not box(row, "tightness").isEnabled()
    qtbot.waitUntil(lambda: len(asked) == 1)
    qtbot.waitUntil(lambda: "has not analysed your video" in box(row, "tightness").toolTip())
    assert [Matching.of(settings) for settings in asked] == [Matching("tight")]
