"""Jobs on a thread of their own: the order of signals, cancelling, errors, and the end."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from PyQt6.QtCore import QThread
from pytestqt.qtbot import QtBot

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.jobs import Progress
from lipsyncer.ui.threads import worker
from lipsyncer.ui.threads.worker import Failure, JobRunner

Job = Generator[Progress, None, Any]

PATIENCE = 30  # s; an event that has not come by then won't


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner("worker under test")
    yield runner
    runner.close()


class Log:
    """What a runner tells, in its order."""

    def __init__(self, runner: JobRunner, qtbot: QtBot) -> None:
        self.told: list[tuple[str, int, object]] = []
        self._qtbot = qtbot
        for name in ("progressed", "finished", "failed"):
            getattr(runner, name).connect(self._noting(name))
        runner.cancelled.connect(lambda number: self.told.append(("cancelled", number, None)))

    def _noting(self, name: str) -> Any:
        return lambda number, what: self.told.append((name, number, what))

    def ends(self) -> list[tuple[str, int]]:
        return [(name, number) for name, number, _ in self.told if name != "progressed"]

    def wait_for(self, count: int) -> None:
        """Wait until so many jobs have ended."""
        self._qtbot.waitUntil(lambda: len(self.ends()) >= count, timeout=1000 * PATIENCE)


@pytest.fixture
def log(runner: JobRunner, qtbot: QtBot) -> Log:
    return Log(runner, qtbot)


class Held:
    """A job that stands at its first yield until it is let go, and says when it is closed."""

    def __init__(self) -> None:
        self.begun, self.go, self.closed = (threading.Event() for _ in range(3))
        self.steps = 0

    def __call__(self) -> Job:
        try:
            yield Progress("first", 0.0)
            self.begun.set()
            assert self.go.wait(PATIENCE)
            while True:
                self.steps += 1
                yield Progress("later", 0.5)
        finally:
            self.closed.set()


def counted(*stages: str, result: object = None) -> Job:
    for stage in stages:
        yield Progress(stage, 0.5)
    return result


def test_news_come_in_order_and_the_result_last(runner: JobRunner, log: Log) -> None:
    number = runner.start(lambda: counted("probe", "track", "align", result="cut"))
    assert runner.busy
    log.wait_for(1)
    assert log.told == [
        ("progressed", number, Progress("probe", 0.5)),
        ("progressed", number, Progress("track", 0.5)),
        ("progressed", number, Progress("align", 0.5)),
        ("finished", number, "cut"),
    ]
    assert not runner.busy


def test_within_a_stage_news_are_held_back_but_a_new_stage_is_told_at_once(
    runner: JobRunner, log: Log
) -> None:
    runner.start(lambda: counted(*["track"] * 5000, "align"))
    log.wait_for(1)
    stages = [told.stage for name, _, told in log.told if isinstance(told, Progress)]
    assert stages[0] == "track" and stages[-1] == "align"
    assert stages.count("align") == 1
    assert stages.count("track") < 500


def test_jobs_run_one_after_the_other_in_the_order_given(runner: JobRunner, log: Log) -> None:
    running: list[str] = []

    def job(name: str) -> Job:
        running.append(f"{name} begins")
        yield Progress(name, 0.0)
        running.append(f"{name} ends")
        return name

    numbers = [runner.start(lambda name=name: job(name)) for name in "abc"]  # type: ignore[misc]
    log.wait_for(3)
    assert numbers == sorted(set(numbers))
    assert running == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]
    assert log.ends() == [("finished", number) for number in numbers]


def test_jobs_and_what_is_made_of_their_news_are_on_the_worker_s_thread_and_signals_are_not(
    runner: JobRunner, log: Log
) -> None:
    threads: dict[str, QThread | None] = {}

    def make() -> Job:
        threads["made"] = QThread.currentThread()
        yield Progress("probe", 0.0)
        threads["driven"] = QThread.currentThread()

    def digest(progress: Progress) -> str:
        threads["digested"] = QThread.currentThread()
        return progress.stage.upper()

    runner.finished.connect(lambda *_: threads.update(told=QThread.currentThread()))
    number = runner.start(make, digest)
    log.wait_for(1)
    here = QThread.currentThread()
    assert threads["made"] == threads["driven"] == threads["digested"] != here
    assert threads["told"] == here
    assert log.told[0] == ("progressed", number, "PROBE")


def test_a_job_that_is_cancelled_is_closed_where_it_yields_and_nothing_more_is_told(
    runner: JobRunner, log: Log
) -> None:
    job = Held()
    number = runner.start(job)
    assert job.begun.wait(PATIENCE)
    runner.cancel(number)
    told = list(log.told)
    job.go.set()
    log.wait_for(1)
    assert job.closed.is_set()
    assert job.steps == 1
    assert log.told == [*told, ("cancelled", number, None)]
    assert not runner.busy


def test_a_job_that_waits_and_is_cancelled_is_never_begun(runner: JobRunner, log: Log) -> None:
    first, second = Held(), Held()
    numbers = [runner.start(first), runner.start(second)]
    assert first.begun.wait(PATIENCE)
    runner.cancel_all()
    first.go.set()
    log.wait_for(2)
    assert log.ends() == [("cancelled", number) for number in numbers]
    assert not second.begun.is_set() and not second.closed.is_set()


def test_a_result_that_comes_after_the_cancelling_is_not_told(runner: JobRunner, log: Log) -> None:
    begun, go = threading.Event(), threading.Event()

    def job() -> Job:
        yield Progress("probe", 0.0)
        begun.set()
        assert go.wait(PATIENCE)
        return "too late"

    number = runner.start(job)
    assert begun.wait(PATIENCE)
    runner.cancel(number)
    go.set()
    log.wait_for(1)
    assert log.ends() == [("cancelled", number)]


def test_an_error_is_told_with_its_traceback_and_the_next_job_runs(
    runner: JobRunner, log: Log
) -> None:
    def job() -> Job:
        yield Progress("probe", 0.0)
        raise InputError("take.mp4", "is empty")

    def never() -> Job:
        raise ZeroDivisionError("no job can be made")

    numbers = [
        runner.start(job),
        runner.start(never),
        runner.start(lambda: counted("align", result=1)),
    ]
    log.wait_for(3)
    assert log.ends() == list(zip(("failed", "failed", "finished"), numbers, strict=True))
    first, second = (what for name, _, what in log.told if name == "failed")
    assert isinstance(first, Failure) and isinstance(second, Failure)
    assert isinstance(first.error, InputError)
    assert "in job" in first.details and "is empty" in first.details
    assert isinstance(second.error, ZeroDivisionError)


def test_an_error_in_what_is_made_of_the_news_closes_the_job(runner: JobRunner, log: Log) -> None:
    job = Held()
    job.go.set()

    def digest(progress: Progress) -> object:
        return 1 / 0

    number = runner.start(job, digest)
    log.wait_for(1)
    assert log.ends() == [("failed", number)]
    assert job.closed.is_set()


def test_closing_stops_what_runs_and_ends_the_thread_by_itself(
    runner: JobRunner, log: Log, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[QThread] = []
    monkeypatch.setattr(QThread, "terminate", lambda thread: killed.append(thread))
    thread = runner.findChild(QThread)
    assert thread is not None and thread.objectName() == "worker under test"
    job, waiting = Held(), Held()
    runner.start(job)
    runner.start(waiting)
    assert job.begun.wait(PATIENCE)
    told = list(log.told)

    def cancel_and_let_go() -> None:  # the job is at work while the runner closes, and yields then
        JobRunner.cancel_all(runner)
        job.go.set()

    monkeypatch.setattr(runner, "cancel_all", cancel_and_let_go)
    runner.close()
    assert job.closed.is_set() and job.steps == 1
    assert not waiting.begun.is_set()
    assert thread.isFinished() and not killed
    assert not runner.busy
    qtbot.wait(1)  # what was on its way is not told any more
    assert log.told == told


def test_cancelling_what_has_ended_or_never_was_is_nothing(runner: JobRunner, log: Log) -> None:
    number = runner.start(lambda: counted("probe"))
    log.wait_for(1)
    runner.cancel(number)
    runner.cancel(number + 100)
    runner.cancel_all()
    runner.start(lambda: counted("probe"))
    log.wait_for(2)
    assert [name for name, _ in log.ends()] == ["finished", "finished"]


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
@pytest.mark.parametrize("gives_way", [False, True])
def test_a_runner_gives_way_to_other_threads_if_it_is_asked_to(
    qtbot: QtBot, *, gives_way: bool
) -> None:
    def niceness() -> Job:
        yield Progress("work", 0.0)
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    here = os.getpriority(os.PRIO_PROCESS, 0)
    runner = JobRunner("worker under test", gives_way=gives_way)
    with qtbot.waitSignal(runner.finished, timeout=1000 * PATIENCE) as finished:
        number = runner.start(niceness)
    runner.close()
    assert finished.args == [number, max(10, here) if gives_way else here]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == here


def test_what_gives_way_begins_when_the_window_has_drawn(qtbot: QtBot) -> None:
    runner = JobRunner("worker under test", gives_way=True)
    began = time.monotonic()
    with qtbot.waitSignal(runner.finished, timeout=1000 * PATIENCE):
        runner.start(lambda: counted("work"))
    assert time.monotonic() - began >= 0.4
    runner.close()


def test_what_gives_way_ends_at_once_with_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_DRAWN", 4.0 * PATIENCE)
    runner = JobRunner("worker under test", gives_way=True)
    runner.start(lambda: counted("work"))
    began = time.monotonic()
    runner.close()
    assert time.monotonic() - began < PATIENCE
