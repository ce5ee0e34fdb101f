"""What pins need of each take: made ready on a thread, and waited for without a freeze."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_up_analysis import made_up_analysis
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.alignment.span import SpanSolver
from lipsyncer.cut.analysis import AlignedTake
from lipsyncer.cut.realign import Solvers
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import Proxy
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.editing.solving import Solving
from lipsyncer.ui.messages.message import Message

SECONDS = 4.0


@pytest.fixture
def takes() -> tuple[AlignedTake, ...]:
    files = tuple(Take(Path(f"{number}.mov"), SECONDS) for number in range(6))
    segment = Segment(0.0, SECONDS, 0, 0.0, SECONDS, "matched", 0.9)
    still = np.zeros(1)
    proxies = [Proxy(take.path, 25.0, 8, 8, still, still, SECONDS) for take in files]
    document = Document(Path("song.wav"), SECONDS, files, (segment,))
    return made_up_analysis(document, proxies).takes


@pytest.fixture
def solving(qapp: QApplication) -> Iterator[Solving]:
    solving = Solving()
    yield solving
    solving.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold every solver that is made until the test lets go."""
    go = threading.Event()
    make = SpanSolver.__init__

    def held(self: SpanSolver, *arguments: Any) -> None:
        assert go.wait(30)
        make(self, *arguments)

    monkeypatch.setattr(SpanSolver, "__init__", held)
    yield go
    go.set()


def test_what_is_asked_before_the_solver_is_ready_is_done_then(
    solving: Solving, takes: tuple[AlignedTake, ...], gate: threading.Event, qtbot: QtBot
) -> None:
    done: list[SpanSolver] = []
    solving.begin(Solvers(takes))
    solving.when_ready(1, done.append)
    assert solving.of(1) is None and done == []
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 1)
    assert done == [solving.of(1)]
    solving.when_ready(1, done.append)
    assert len(done) == 2


def test_what_waited_for_other_footage_is_dropped(
    solving: Solving, takes: tuple[AlignedTake, ...], gate: threading.Event, qtbot: QtBot
) -> None:
    done: list[SpanSolver] = []
    solving.begin(Solvers(takes))
    solving.when_ready(0, done.append)
    solving.begin(Solvers(takes[1:]))
    gate.set()
    qtbot.waitUntil(lambda: solving.of(0) is not None)
    solver = solving.of(0)
    assert solver is not None and solver.evidence is takes[1].evidence
    QApplication.processEvents()
    assert done == []
    solving.begin(None)
    solving.when_ready(0, done.append)
    assert solving.of(0) is None and done == []


def test_only_a_few_takes_take_up_memory_before_they_are_asked_for(
    solving: Solving, takes: tuple[AlignedTake, ...], qtbot: QtBot
) -> None:
    solvers = Solvers(takes)
    solving.begin(solvers)
    qtbot.waitUntil(lambda: solvers.ready(3) is not None)
    assert solvers.ready(4) is None and solvers.ready(5) is None
    assert solving.of(5) is None
    qtbot.waitUntil(lambda: solvers.ready(5) is not None)
    assert solvers.ready(4) is None


def test_a_solver_that_can_not_be_made_is_said_once(
    plain_session: Session,
    takes: tuple[AlignedTake, ...],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    said: list[Message] = []

    def fail(self: SpanSolver, *arguments: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(SpanSolver, "__init__", fail)
    plain_session.said.connect(said.append)
    plain_session.solving.begin(Solvers(takes[:1]))
    qtbot.waitUntil(lambda: len(said) == 1)
    assert said[0].kind == "error" and "MemoryError" in said[0].details
    for _ in range(3):
        assert plain_session.solving.of(0) is None
    assert not said[1:]
