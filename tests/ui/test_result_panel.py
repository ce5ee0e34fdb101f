"""The result panel stays true while the cut is edited, and leads to what is left to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jumping_take
import numpy as np
import pytest
from any_document import documents
from hypothesis import given
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QTranslator
from PyQt6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit import edits
from lipsyncer.edit.document import Document
from lipsyncer.edit.edits import lock, slip
from lipsyncer.findings import Finding, FindingKind, sentence
from lipsyncer.findings.summary import ALL_MATCHES, NOTHING_CHANGED, summary_sentence
from lipsyncer.media import Proxy
from lipsyncer.settings.job import Settings
from lipsyncer.ui.editing.mouth_closing import MouthClosing
from lipsyncer.ui.editing.result_panel import ResultPanel
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language import translations
from lipsyncer.ui.style.confidence_grade import grade, match_in_words

LOOSE = Finding(FindingKind.LOOSE_MATCH, 1, (22.0, 40.0), number=20)
FROZEN = Finding(FindingKind.NO_FOOTAGE, 1, (30.0, 40.0))
FACES = Finding(FindingKind.SEVERAL_FACES, 0, number=2)
NAMES = ["first.mov", "second.mov"]


def sung_in_parts(document: Document) -> Analysis:
    """Give a song with pauses."""
    still = np.zeros(1)
    proxies = [Proxy(t.path, 25.0, 8, 8, still, still, t.duration) for t in document.takes]
    return made_up_analysis(document, proxies)


def always_sung(document: Document) -> Analysis:
    """Give a song without pauses, and a take with two faces."""
    analysis = sung_in_parts(document)
    takes = tuple(
        replace(take, evidence=replace(take.evidence, voice=np.ones_like(take.evidence.voice)))
        for take in analysis.takes
    )
    return replace(analysis, takes=takes, take_findings=(FACES,))


@pytest.fixture
def panel(qtbot: QtBot, plain_session: Session) -> Iterator[ResultPanel]:
    """Give the panel of a session whose last segment fits loosely and may be slipped too far."""
    panel = ResultPanel(plain_session)
    qtbot.addWidget(panel)
    panel.show()
    assert plain_session.document is not None
    plain_session.learn(always_sung(plain_session.document))
    yield panel
    panel.closing.close()


def listed(panel: ResultPanel) -> list[str]:
    """Give the sentences of the list."""
    (places,) = panel.findChildren(QListWidget)
    return [item.text() for row in range(places.count()) if (item := places.item(row)) is not None]


def told(panel: ResultPanel) -> str:
    """Give the sentence at the top."""
    return panel.findChildren(QLabel)[0].text()


def button(panel: ResultPanel, words: str) -> QPushButton:
    return next(one for one in panel.findChildren(QPushButton) if one.text().startswith(words))


def test_an_edit_lists_what_became_true_and_takes_out_what_is_not(
    qtbot: QtBot, plain_session: Session, panel: ResultPanel
) -> None:
    assert sentence(LOOSE, NAMES) in listed(panel)
    assert sentence(FROZEN, NAMES) not in listed(panel)
    plain_session.edit("Slip", lambda document: slip(document, 3, 17.0))
    qtbot.waitUntil(lambda: FROZEN in panel.findings)
    assert LOOSE not in panel.findings
    assert sentence(FROZEN, NAMES) in listed(panel)
    plain_session.undo_stack.undo()
    qtbot.waitUntil(lambda: LOOSE in panel.findings)
    assert sentence(LOOSE, NAMES) in listed(panel)


@given(documents())
def test_no_cut_with_a_segment_in_red_is_said_to_match_everywhere(document: Document) -> None:
    no_times = np.zeros(0)
    proxy = Proxy(Path("x.mov"), 25.0, 64, 64, no_times, no_times, 1.0)
    analysis = made_up_analysis(document, [proxy] * len(document.takes))
    red = [segment for segment in document.segments if grade(segment) == "poor"]
    assert analysis.summary.left >= len(red)
    if red:
        said = summary_sentence(analysis.summary)
        assert ALL_MATCHES not in said and NOTHING_CHANGED not in said


def test_a_locked_segment_was_looked_at(
    qtbot: QtBot, plain_session: Session, panel: ResultPanel
) -> None:
    plain_session.edit("Lock", lambda document: lock(document, 3))
    qtbot.waitUntil(lambda: LOOSE not in panel.findings)
    checked = plain_session.document
    assert checked is not None
    assert match_in_words(checked.segments[3]) == "checked by you"


def test_only_findings_that_warn_are_listed(plain_session: Session, panel: ResultPanel) -> None:
    assert plain_session.document is not None
    analysis = sung_in_parts(plain_session.document)
    plain_session.learn(analysis)
    assert {finding.warns for finding in analysis.findings} == {True, False}
    assert set(panel.findings) == {finding for finding in analysis.findings if finding.warns}


def test_footage_that_does_not_match_is_said_first(
    plain_session: Session, panel: ResultPanel
) -> None:
    assert plain_session.document is not None
    analysis = always_sung(plain_session.document)
    takes = tuple(
        replace(take, alignment=replace(take.alignment, confidence=0.12)) for take in analysis.takes
    )
    assert "does not seem to match" not in told(panel)
    plain_session.learn(replace(analysis, takes=takes))
    assert "does not seem to match" in told(panel)
    assert "(confidence 12 %)" in listed(panel)[0]


def test_the_next_place_is_selected_looped_and_played(
    plain_session: Session, panel: ResultPanel
) -> None:
    played: list[bool] = []
    panel.play_requested.connect(lambda: played.append(True))
    places = [finding for finding in panel.findings if finding.span is not None]
    for expected in (*places, places[0]):
        assert expected.span is not None
        button(panel, "Look at").click()
        document = plain_session.document
        assert document is not None
        assert plain_session.selected == document.index_at(sum(expected.span) / 2)
        loop = plain_session.loop
        assert loop is not None
        assert loop[0] <= expected.span[0] and loop[1] >= min(expected.span[1], 40.0)
        assert plain_session.playhead == loop[0]
    assert len(played) == len(places) + 1


def test_the_buttons_ask_for_what_they_say(panel: ResultPanel) -> None:
    asked: list[str] = []
    panel.play_requested.connect(lambda: asked.append("play"))
    panel.compare_requested.connect(lambda: asked.append("compare"))
    panel.export_requested.connect(lambda: asked.append("export"))
    for words in ("Play", "Compare", "Export"):
        button(panel, words).click()
    assert asked == ["play", "compare", "export"]


def test_findings_are_listed_in_the_language(
    qapp: QApplication, qtbot: QtBot, plain_session: Session
) -> None:
    before = set(qapp.findChildren(QTranslator))
    translations.install(qapp, "de")
    panel = ResultPanel(plain_session)
    qtbot.addWidget(panel)
    assert plain_session.document is not None
    plain_session.learn(always_sung(plain_session.document))
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
    translations.install(qapp, "en")
    assert any("von 22.0 s bis 40.0 s nur ungefähr" in text for text in listed(panel))


def test_a_mouth_that_moves_in_a_rest_can_be_closed_there_and_undone(
    qtbot: QtBot, plain_session: Session, panel: ResultPanel, tmp_path: Path
) -> None:
    analysis = jumping_take.analysis(tmp_path, Settings(gaps="keep"))
    plain_session.open(analysis.document)
    plain_session.learn(analysis)
    (places,) = panel.findChildren(QListWidget)
    kinds = [finding.kind for finding in panel.findings]
    row = kinds.index(FindingKind.LIPS_MOVE)
    close = button(panel, "Show a closed mouth")
    assert not close.isVisible()
    places.setCurrentRow(row)
    assert close.isVisible()
    close.click()
    qtbot.waitUntil(lambda: plain_session.undo_stack.count() == 1, timeout=60_000)
    assert FindingKind.LIPS_MOVE not in {finding.kind for finding in analysis_of(plain_session)}
    assert "Close the mouth" in plain_session.undo_stack.undoText()
    plain_session.undo_stack.undo()
    assert plain_session.document == analysis.document

    # The segment's menu offers the same, where the segment shows such a rest.
    assert not panel.close_in_segment.isEnabled()
    qtbot.waitUntil(lambda: FindingKind.LIPS_MOVE in {one.kind for one in panel.findings})
    plain_session.select(analysis.document.index_at(sum(jumping_take.MOVING) / 2))
    panel.close_in_segment.trigger()
    qtbot.waitUntil(lambda: plain_session.undo_stack.count() == 1, timeout=60_000)


def test_where_no_footage_has_a_closed_mouth_that_is_said(
    qtbot: QtBot, plain_session: Session, panel: ResultPanel, tmp_path: Path
) -> None:
    analysis = jumping_take.analysis(tmp_path, Settings(gaps="keep"))
    plain_session.open(edits.lock(analysis.document, 0))
    plain_session.learn(analysis)
    said: list[str] = []
    plain_session.said.connect(lambda message: said.append(message.text))
    closing = MouthClosing(plain_session)
    closing.close_at(jumping_take.MOVING)
    qtbot.waitUntil(lambda: len(said) == 1, timeout=60_000)
    assert "shows no closed mouth" in said[0]
    closing.close()


def analysis_of(session: Session) -> tuple[Finding, ...]:
    assert session.analysis is not None and session.document is not None
    return replace(session.analysis, document=session.document).findings


def test_nothing_is_shown_without_a_document(plain_session: Session, panel: ResultPanel) -> None:
    assert panel.isVisible()
    plain_session.open(None)
    assert not panel.isVisible()
    assert panel.findings == ()
