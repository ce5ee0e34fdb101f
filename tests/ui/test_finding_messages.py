"""What the window says about a cut stays true while the cut is edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QTranslator
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit.document import Document
from lipsyncer.edit.edits import lock, slip
from lipsyncer.findings import Finding, FindingKind, sentence
from lipsyncer.media import Proxy
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language import translations
from lipsyncer.ui.messages.finding_messages import FindingMessages
from lipsyncer.ui.messages.message_bar import MessageBar

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
def bar(qtbot: QtBot, plain_session: Session) -> Iterator[MessageBar]:
    """Give the bar of a session whose last segment fits loosely and may be slipped too far."""
    bar = MessageBar()
    qtbot.addWidget(bar)
    plain_session.said.connect(bar.show_message)
    yield bar


@pytest.fixture
def finding_messages(bar: MessageBar, plain_session: Session) -> FindingMessages:
    finding_messages = FindingMessages(plain_session, bar, bar)
    assert plain_session.document is not None
    plain_session.learn(always_sung(plain_session.document))
    return finding_messages


def taken_out(bar: MessageBar) -> set[str]:
    """All that the bar shows, one after the other."""
    found = set()
    while bar.message is not None:
        found.add(bar.message.text)
        bar.dismiss()
    return found


def test_an_edit_shows_what_became_true_and_withdraws_what_is_not(
    qtbot: QtBot, plain_session: Session, bar: MessageBar, finding_messages: FindingMessages
) -> None:
    assert LOOSE in finding_messages.shown
    assert FROZEN not in finding_messages.shown
    plain_session.edit("Slip", lambda document: slip(document, 3, 17.0))
    qtbot.waitUntil(lambda: FROZEN in finding_messages.shown)
    assert LOOSE not in finding_messages.shown
    shown = taken_out(bar)
    assert sentence(FROZEN, NAMES) in shown
    assert sentence(LOOSE, NAMES) not in shown
    plain_session.undo_stack.undo()
    qtbot.waitUntil(lambda: LOOSE in finding_messages.shown)
    assert taken_out(bar) == {sentence(LOOSE, NAMES)}


def test_a_locked_segment_was_looked_at(
    qtbot: QtBot, plain_session: Session, finding_messages: FindingMessages
) -> None:
    plain_session.edit("Lock", lambda document: lock(document, 3))
    qtbot.waitUntil(lambda: LOOSE not in finding_messages.shown)


def test_a_finding_that_no_edit_changes_is_shown_once(
    qtbot: QtBot, plain_session: Session, bar: MessageBar, finding_messages: FindingMessages
) -> None:
    assert sentence(FACES, NAMES) in taken_out(bar)
    plain_session.edit("Slip", lambda document: slip(document, 3, 17.0))
    qtbot.waitUntil(lambda: FROZEN in finding_messages.shown)
    assert sentence(FACES, NAMES) not in taken_out(bar)


def test_only_findings_that_warn_are_shown(
    plain_session: Session, finding_messages: FindingMessages
) -> None:
    assert plain_session.document is not None
    analysis = sung_in_parts(plain_session.document)
    plain_session.learn(analysis)
    findings = analysis.findings
    assert {finding.warns for finding in findings} == {True, False}
    assert set(finding_messages.shown) == {finding for finding in findings if finding.warns}


def test_footage_that_does_not_match_is_a_warning_that_stays(
    plain_session: Session, bar: MessageBar, finding_messages: FindingMessages
) -> None:
    assert plain_session.document is not None
    analysis = always_sung(plain_session.document)
    takes = tuple(
        replace(take, alignment=replace(take.alignment, confidence=0.12)) for take in analysis.takes
    )
    taken_out(bar)
    plain_session.learn(replace(analysis, takes=takes))
    assert bar.message is not None
    assert bar.message.kind == "warning"
    assert "(confidence 12 %)" in bar.message.text
    plain_session.learn(analysis)
    assert bar.message is None


def test_findings_are_shown_in_the_language(
    qapp: QApplication, plain_session: Session, bar: MessageBar
) -> None:
    before = set(qapp.findChildren(QTranslator))
    translations.install(qapp, "de")
    FindingMessages(plain_session, bar, bar)
    assert plain_session.document is not None
    plain_session.learn(always_sung(plain_session.document))
    shown = taken_out(bar)
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
    translations.install(qapp, "en")
    assert any("von 22.0 s bis 40.0 s nur ungefähr" in text for text in shown)


def test_nothing_is_shown_without_a_document(
    plain_session: Session, bar: MessageBar, finding_messages: FindingMessages
) -> None:
    plain_session.open(None)
    assert finding_messages.shown == ()
    assert bar.message is None
