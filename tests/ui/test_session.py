"""The session: every edit can be undone, and nothing that is shown goes out of step."""

from __future__ import annotations

from functools import partial

from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit import edits
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.message import Message


def nudge(session: Session, index: int, seconds: float, merge: str = "") -> bool:
    return session.edit("Slip", partial(edits.slip, index=index, seconds=seconds), merge=merge)


def test_an_edit_can_be_undone_and_redone(plain_session: Session) -> None:
    before = plain_session.document
    assert nudge(plain_session, 1, 0.04)
    after = plain_session.document
    assert after is not None and after.segments[1].source_start == 10.94
    plain_session.undo_stack.undo()
    assert plain_session.document == before
    plain_session.undo_stack.redo()
    assert plain_session.document == after


def test_a_row_of_nudges_is_one_step_of_the_history(plain_session: Session) -> None:
    before = plain_session.document
    for _ in range(5):
        nudge(plain_session, 1, 0.04, merge="slip 1")
    assert plain_session.undo_stack.count() == 1
    plain_session.undo_stack.undo()
    assert plain_session.document == before


def test_nudges_of_different_segments_are_steps_of_their_own(plain_session: Session) -> None:
    nudge(plain_session, 1, 0.04, merge="slip 1")
    nudge(plain_session, 0, 0.04, merge="slip 0")
    assert plain_session.undo_stack.count() == 2


def test_a_drag_that_ends_where_it_began_leaves_no_step(plain_session: Session) -> None:
    before = plain_session.document
    nudge(plain_session, 0, 0.5, merge="drag")
    nudge(plain_session, 0, -0.5, merge="drag")
    assert plain_session.undo_stack.count() == 0
    assert plain_session.document == before


def test_a_drag_that_has_not_moved_yet_is_no_step(plain_session: Session) -> None:
    nudge(plain_session, 0, 0.0, merge="drag")
    assert plain_session.undo_stack.count() == 0


def test_a_locked_segment_stays_and_the_bar_says_why(plain_session: Session) -> None:
    said: list[Message] = []
    plain_session.said.connect(said.append)
    plain_session.edit("Lock", partial(edits.lock, index=1))
    locked = plain_session.document
    assert not nudge(plain_session, 1, 0.04)
    assert plain_session.document == locked
    assert [message.text for message in said] == ["This segment is locked; unlock it first."]


def test_the_selection_stays_among_the_segments(plain_session: Session) -> None:
    plain_session.select(3)
    plain_session.edit("Join", partial(edits.join, index=2))
    assert plain_session.selected == 2


def test_the_playhead_stays_within_the_song(plain_session: Session) -> None:
    plain_session.seek(1000.0)
    assert plain_session.playhead == 40.0
    plain_session.seek(-3.0)
    assert plain_session.playhead == 0.0


def test_zooming_keeps_the_moment_under_the_cursor_where_it_is(plain_session: Session) -> None:
    view = plain_session.view
    view.zoom(0.25, 30.0)
    assert (30.0 - view.start) / (view.end - view.start) == 30.0 / 40.0
    view.zoom(100.0, 30.0)
    assert (view.start, view.end) == (0.0, 40.0)


def test_everybody_hears_of_a_new_document(plain_session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignals([plain_session.opened, plain_session.changed, plain_session.analysed]):
        plain_session.open(None)
    assert plain_session.time_map is None
    assert not plain_session.edit("Slip", partial(edits.slip, index=0, seconds=1.0))


def test_a_result_is_taken_in_once(plain_session: Session, snippet_analysis: Analysis) -> None:
    heard = list[tuple[object, object]]()
    plain_session.analysed.connect(
        lambda: heard.append((plain_session.document, plain_session.analysis))
    )
    plain_session.open(snippet_analysis.document, analysis=snippet_analysis)
    assert heard == [(snippet_analysis.document, snippet_analysis)]
    assert plain_session.matching is not None
    plain_session.open(None)
    assert (plain_session.analysis, plain_session.matching) == (None, None)
