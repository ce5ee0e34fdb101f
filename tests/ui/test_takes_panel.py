"""The takes panel: what is said of each take, one preferred, one removed, all of it undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import jumping_take
import numpy as np
import pytest
from jumping_take import RATE, SONG, TAKE
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QIcon, QPixmap
from PyQt6.QtWidgets import QApplication, QLineEdit, QListWidget, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from lipsyncer.alignment import Alignment
from lipsyncer.cut.analysis import AlignedTake, Analysis, AnalysisInputs
from lipsyncer.cut.assemble import aligned, cut_of
from lipsyncer.cut.lanes import Lane
from lipsyncer.edit.document import Document, Take
from lipsyncer.edit.edits import rename_take, slip
from lipsyncer.media import Proxy
from lipsyncer.media.peaks import peaks_of
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings
from lipsyncer.ui.editing.lane_names import numbered_name, short_name, strip_name
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.editing.takes_panel import TakesPanel

PATIENCE = 60_000


@pytest.fixture(scope="module")
def two_takes(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Give a song with two takes that are alike."""
    folder = tmp_path_factory.mktemp("two")
    settings = Settings(gaps="keep", prefer_take=0)
    times = np.arange(round(TAKE * RATE)) / RATE
    film = jumping_take.film(folder)
    second = folder / "second.mp4"
    second.write_bytes(film.read_bytes())
    lips = jumping_take.evidence()
    unknown = Alignment((), 0.0, 0.0, 0.0, "unchanged")
    known = [
        AlignedTake(
            Take(path, TAKE),
            Proxy(path, RATE, 64, 64, times, times, TAKE, jumping_take.small_pictures(path)),
            jumping_take.track(),
            lips,
            unknown,
            (),
        )
        for path in (film, second)
    ]
    beats = np.zeros(0)
    cutting = cut_of(
        folder / "song.wav", SONG, known, finish(aligned(known, settings)), settings, beats
    )
    cut = finish(cutting)
    basis = AnalysisInputs(settings, beats, {"lips": (lips, lips), "both": (lips, lips)})
    peaks = peaks_of(np.zeros(round(SONG * 16_000), np.float32), 16_000)
    return Analysis(cut.document, cut.takes, peaks, {}, cut.take_findings, cut.mouth_fixes, basis)


@pytest.fixture
def session(qapp: QApplication, two_takes: Analysis) -> Iterator[Session]:
    session = Session()
    session.open(two_takes.document)
    session.learn(two_takes)
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[TakesPanel]:
    panel = TakesPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    panel.close()


def listed(panel: TakesPanel) -> list[str]:
    (takes,) = panel.findChildren(QListWidget)
    return [item.text() for row in range(takes.count()) if (item := takes.item(row)) is not None]


def choose(panel: TakesPanel, row: int, words: str) -> None:
    (takes,) = panel.findChildren(QListWidget)
    takes.setCurrentRow(row)
    next(one for one in panel.findChildren(QPushButton) if one.text() == words).click()


def shown(session: Session) -> set[int]:
    assert session.document is not None
    return {segment.take for segment in session.document.segments}


def document_of(session: Session) -> Document:
    assert session.document is not None
    return session.document


def test_each_take_is_listed_with_its_share_of_the_cut_and_a_picture(
    session: Session, panel: TakesPanel, qtbot: QtBot
) -> None:
    first, second = listed(panel)
    assert first.startswith("1   jumping.mp4\n100 % of the cut") and first.endswith("preferred")
    assert second == "2   second.mp4\nnot shown"
    (takes,) = panel.findChildren(QListWidget)

    def pictures() -> bool:
        items = [takes.item(row) for row in range(2)]
        return all(item is not None and not item.icon().isNull() for item in items)

    qtbot.waitUntil(pictures, timeout=10_000)


def test_the_preferred_take_is_shown_and_what_was_moved_stays(
    session: Session, panel: TakesPanel, qtbot: QtBot
) -> None:
    session.edit("Slip", lambda document: slip(document, 0, 0.2))
    moved = document_of(session).segments[0]
    choose(panel, 1, "Prefer")
    qtbot.waitUntil(lambda: session.undo_stack.count() == 2, timeout=PATIENCE)
    assert session.undo_stack.undoText() == "Prefer take 2"
    assert moved in document_of(session).segments
    assert {s.take for s in document_of(session).segments[1:]} == {1}
    assert listed(panel)[1].endswith("preferred")
    session.undo_stack.undo()
    assert shown(session) == {0}
    assert listed(panel)[0].endswith("preferred")


def test_a_removed_take_is_gone_and_comes_back(
    session: Session, panel: TakesPanel, two_takes: Analysis, qtbot: QtBot
) -> None:
    told: list[int] = []
    session.analysed.connect(lambda: told.append(len(session.analysis.takes)))  # type: ignore
    choose(panel, 0, "Remove")
    qtbot.waitUntil(lambda: session.undo_stack.count() == 1, timeout=PATIENCE)
    after = document_of(session)
    assert [take.path.name for take in after.takes] == ["second.mp4"]
    assert after.span == two_takes.document.span
    footage = session.footage(0)
    assert footage is not None and footage.take.path.name == "second.mp4"
    assert all(segment.kind == "matched" for segment in after.segments if segment.confidence > 0.5)
    assert len(listed(panel)) == 1
    session.undo_stack.undo()
    assert document_of(session) == two_takes.document
    footage = session.footage(0)
    assert footage is not None and footage.take.path.name == "jumping.mp4"
    session.undo_stack.redo()
    assert document_of(session) == after
    footage = session.footage(0)
    assert footage is not None and footage.take.path.name == "second.mp4"
    # Who shows pictures was told each time.
    assert told == [1, 2, 1]


def test_the_last_take_can_t_be_removed(session: Session, panel: TakesPanel, qtbot: QtBot) -> None:
    choose(panel, 0, "Remove")
    qtbot.waitUntil(lambda: session.undo_stack.count() == 1, timeout=PATIENCE)
    (takes,) = panel.findChildren(QListWidget)
    takes.setCurrentRow(0)
    assert not any(button.isEnabled() for button in panel.findChildren(QPushButton))


def test_pins_and_hand_work_of_the_other_take_stay_when_one_is_removed(
    session: Session, panel: TakesPanel, two_takes: Analysis, qtbot: QtBot
) -> None:
    part = two_takes.document.segments[0]
    mine = replace(
        part,
        take=1,
        by_hand=True,
        source_start=2.0,
        source_end=2.0 + 1e-9 + (part.source_end - part.source_start),
    )
    session.edit(
        "Mine", lambda document: replace(document, segments=(mine, *document.segments[1:]))
    )
    choose(panel, 0, "Remove")
    qtbot.waitUntil(lambda: session.undo_stack.count() == 2, timeout=PATIENCE)
    assert replace(mine, take=0) == document_of(session).segments[0]


def list_of(panel: TakesPanel) -> QListWidget:
    (takes,) = panel.findChildren(QListWidget)
    return takes


def begin_with_f2(panel: TakesPanel, qtbot: QtBot) -> None:
    list_of(panel).setCurrentRow(1)
    list_of(panel).setFocus()
    qtbot.keyClick(list_of(panel), Qt.Key.Key_F2)


def middle(panel: TakesPanel, row: int) -> QPoint:
    return list_of(panel).visualItemRect(list_of(panel).item(row)).center()


def begin_with_double_click(panel: TakesPanel, qtbot: QtBot) -> None:
    port = list_of(panel).viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=middle(panel, 1))
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=middle(panel, 1))


def begin_with_menu(panel: TakesPanel, qtbot: QtBot) -> None:
    list_of(panel).customContextMenuRequested.emit(middle(panel, 1))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    rename = next(action for action in menu.actions() if action.text() == "Rename")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(rename).center())


def editors_in(panel: TakesPanel) -> list[QLineEdit]:
    port = list_of(panel).viewport()
    return port.findChildren(QLineEdit) if port is not None else []


def editor_in(panel: TakesPanel) -> QLineEdit:
    (editor,) = editors_in(panel)
    return editor


@pytest.mark.parametrize("begin", [begin_with_f2, begin_with_double_click, begin_with_menu])
def test_a_take_is_renamed_where_its_name_is_written(
    session: Session,
    panel: TakesPanel,
    begin: Callable[[TakesPanel, QtBot], None],
    qtbot: QtBot,
) -> None:
    begin(panel, qtbot)
    editor = editor_in(panel)
    assert editor.text() == editor.selectedText() == "second.mp4"
    editor.selectAll()
    qtbot.keyClicks(editor, "Kitchen  by day")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(panel)[1].startswith("2   Kitchen by day\n"))
    after = document_of(session)
    assert after.takes[1].path.name == "second.mp4"
    lane = Lane(1, ())
    assert numbered_name(after, lane) == strip_name(after, lane) == "2   Kitchen by day"
    here = replace(after.segments[0], take=1)
    assert short_name(after, (Lane(0, ()), lane), here) == "Kitchen by day"
    assert session.undo_stack.undoText() == "Rename take 2"
    session.undo_stack.undo()
    assert listed(panel)[1].startswith("2   second.mp4\n")


def test_a_name_that_was_not_meant_is_put_back_and_an_empty_one_is_the_file_s(
    session: Session, panel: TakesPanel, qtbot: QtBot
) -> None:
    begin_with_f2(panel, qtbot)
    qtbot.keyClicks(editor_in(panel), "oops")
    qtbot.keyClick(editor_in(panel), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not editors_in(panel))
    assert session.undo_stack.count() == 0
    for typed, name in (("Kitchen", "Kitchen"), (" ", "second.mp4")):
        begin_with_f2(panel, qtbot)
        qtbot.keyClicks(editor_in(panel), typed)
        qtbot.keyClick(editor_in(panel), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not editors_in(panel))
        assert document_of(session).takes[1].name == name


def test_what_is_typed_stays_when_the_row_is_written_or_its_picture_comes(
    session: Session, panel: TakesPanel, qtbot: QtBot
) -> None:
    begin_with_f2(panel, qtbot)
    qtbot.keyClicks(editor_in(panel), "Kitch")
    named = list_of(panel).item(1)
    assert named is not None
    named.setIcon(QIcon(QPixmap(8, 8)))
    session.edit("Slip", lambda document: slip(document, 0, 0.2))
    qtbot.keyClicks(editor_in(panel), "en")
    qtbot.keyClick(editor_in(panel), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(panel)[1].startswith("2   Kitchen\n"))


def test_a_take_keeps_its_name_when_the_cut_is_found_again(
    session: Session, panel: TakesPanel, two_takes: Analysis, qtbot: QtBot
) -> None:
    session.edit("Rename", lambda document: rename_take(document, 1, "Kitchen"))
    # What was found bears the name too, so that resetting and comparing go on as before.
    assert session.found == session.document
    choose(panel, 0, "Remove")
    qtbot.waitUntil(lambda: session.undo_stack.count() == 2, timeout=PATIENCE)
    assert [take.name for take in document_of(session).takes] == ["Kitchen"]
    session.undo_stack.undo()
    assert [take.name for take in document_of(session).takes] == ["jumping.mp4", "Kitchen"]
    more = (*two_takes.document.takes, Take(two_takes.document.takes[0].path.with_name("c.mp4"), 9))
    extended = replace(two_takes.document, takes=more)
    session.extend(extended, extended, "Add a take")
    assert [take.name for take in document_of(session).takes] == ["jumping.mp4", "Kitchen", "c.mp4"]
    assert session.found == session.document
    session.edit("Rename", lambda document: rename_take(document, 1, "second.mp4"))
    assert document_of(session).takes[1].label == ""
