"""Work in threads of its own: the same results, errors and endings as without."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet

import pytest

from lipsyncer import alongside as module
from lipsyncer.alongside import alongside, read_ahead
from lipsyncer.progress import Stage, finish

PATIENCE = 10.0


def until(condition: threading.Event) -> None:
    assert condition.wait(PATIENCE)


def test_items_come_in_order_from_another_thread() -> None:
    threads = set()

    def items() -> Iterator[int]:
        for item in range(100):
            threads.add(threading.get_ident())
            yield item

    assert list(read_ahead(items, 3)) == list(range(100))
    assert threads and threading.get_ident() not in threads


def test_no_more_items_are_made_than_may_wait() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            made.append(item)
            yield item

    reader = read_ahead(items, 3)
    next(reader)
    deadline = time.monotonic() + PATIENCE
    while len(made) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.1)
    assert len(made) == 5  # one is worked on, three wait, one is in the thread's hands
    reader.close()


def test_an_error_arrives_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("damaged")

    reader = read_ahead(items)
    assert next(reader) == 1
    with pytest.raises(ValueError, match="damaged"):
        next(reader)


def test_a_reader_that_is_closed_closes_what_it_reads() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    reader = read_ahead(items)
    next(reader)
    reader.close()
    assert closed.is_set()
    assert not any(thread.name == "read ahead" for thread in threading.enumerate())


def test_a_stage_runs_while_nobody_asks_for_its_result() -> None:
    ran = threading.Event()

    def stage() -> Stage[str]:
        yield 0.5
        ran.set()
        return "done"

    with alongside(stage()) as result:
        until(ran)
        assert finish(result) == "done"


def test_whoever_waits_sees_how_far_a_stage_is() -> None:
    go_on = threading.Event()

    def stage() -> Stage[str]:
        yield 0.25
        until(go_on)
        return "done"

    with alongside(stage()) as result:
        while next(result) != 0.25:
            pass
        go_on.set()
        assert finish(result) == "done"


@pytest.mark.parametrize("error", [ValueError("no sound"), TimeoutError("too slow")])
def test_an_error_of_a_stage_is_raised_where_its_result_is_wanted(error: Exception) -> None:
    def stage() -> Stage[str]:
        yield 0.0
        raise error

    with alongside(stage()) as result, pytest.raises(type(error), match=str(error)):
        finish(result)


def test_a_stage_that_ends_just_as_somebody_looks_gives_its_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ending(Future[str]):
        """Ends in the instant after a wait for it has run out."""

        def result(self, timeout: float | None = None) -> str:
            if not self.done():
                go_on.set()
                super().result(PATIENCE)
                raise NotYet
            return super().result(timeout)

    monkeypatch.setattr(module, "Future", Ending)
    go_on = threading.Event()

    def stage() -> Stage[str]:
        yield 0.0
        until(go_on)
        return "done"

    with alongside(stage()) as result:
        assert finish(result) == "done"


def test_a_stage_that_nobody_wants_any_more_is_closed() -> None:
    closed = threading.Event()

    def stage() -> Stage[str]:
        try:
            while True:
                yield 0.1
        finally:
            closed.set()

    with alongside(stage()):
        pass
    until(closed)
