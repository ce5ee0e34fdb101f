"""What the window says about a cut stays true while the cut is edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from made_up_analysis import made_up_analysis
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit.document import Document
from lipsyncer.edit.edits import lock, slip
from lipsyncer.media import Proxy
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.finding_messages import Notices
from lipsyncer.ui.messages.message_bar import MessageBar

LOOSELY = "second.mov: The lips fit the song from 22.0 s to 40.0 s only loosely; look at it."
NO_FOOTAGE = (
    "second.mov: The take has no footage for the song from 30.0 s to 40.0 s; a frame is held."
)


def always_sung(document: Document) -> Analysis:
    """Somebody sings all along, and has been filmed once by a phone that lost its face."""
    still = np.zeros(1)
    proxies = [Proxy(t.path, 25.0, 8, 8, still, still, t.duration) for t in document.takes]
    analysis = made_up_analysis(document, proxies)
    takes = tuple(
        replace(take, evidence=replace(take.evidence, voice=np.ones_like(take.evidence.voice)))
        for take in analysis.takes
    )
    return replace(analysis, takes=takes, standing=("first.mov: 2 faces were seen.",))


@pytest.fixture
def bar(qtbot: QtBot, plain_session: Session) -> Iterator[MessageBar]:
    """Give the bar of a session whose last segment fits loosely and may be slipped too far."""
    bar = MessageBar()
    qtbot.addWidget(bar)
    plain_session.said.connect(bar.show_message)
    yield bar


@pytest.fixture
def notices(bar: MessageBar, plain_session: Session) -> Notices:
    notices = Notices(plain_session, bar, bar)
    assert plain_session.document is not None
    plain_session.learn(always_sung(plain_session.document))
    return notices


def taken_out(bar: MessageBar) -> set[str]:
    """All that the bar shows, one after the other."""
    found = set()
    while bar.message is not None:
        found.add(bar.message.text)
        bar.dismiss()
    return found


def test_an_edit_tells_what_has_become_true_and_takes_back_what_is_not(
    qtbot: QtBot, plain_session: Session, bar: MessageBar, notices: Notices
) -> None:
    assert LOOSELY in notices.told
    assert NO_FOOTAGE not in notices.told
    plain_session.edit("Slip", lambda document: slip(document, 3, 17.0))
    qtbot.waitUntil(lambda: NO_FOOTAGE in notices.told)
    assert LOOSELY not in notices.told
    shown = taken_out(bar)
    assert NO_FOOTAGE in shown
    assert LOOSELY not in shown
    plain_session.undo_stack.undo()
    qtbot.waitUntil(lambda: LOOSELY in notices.told)
    assert taken_out(bar) == {LOOSELY}


def test_a_locked_segment_was_looked_at(
    qtbot: QtBot, plain_session: Session, notices: Notices
) -> None:
    plain_session.edit("Lock", lambda document: lock(document, 3))
    qtbot.waitUntil(lambda: LOOSELY not in notices.told)


def test_what_no_edit_changes_is_told_once(
    qtbot: QtBot, plain_session: Session, bar: MessageBar, notices: Notices
) -> None:
    assert "first.mov: 2 faces were seen." in taken_out(bar)
    plain_session.edit("Slip", lambda document: slip(document, 3, 17.0))
    qtbot.waitUntil(lambda: NO_FOOTAGE in notices.told)
    assert "first.mov: 2 faces were seen." not in taken_out(bar)


def test_nothing_is_told_without_a_document(
    plain_session: Session, bar: MessageBar, notices: Notices
) -> None:
    plain_session.open(None)
    assert notices.told == ()
    assert bar.message is None
