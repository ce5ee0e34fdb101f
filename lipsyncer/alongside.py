"""Work in a thread of its own, beside whoever will want its result.

What is worth a thread here lets go of Python's lock: decoding pictures, and long sums over arrays.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import closing, contextmanager
from typing import TypeVar

from lipsyncer.progress import Stage

T = TypeVar("T")

_PATIENCE = 0.05  # s between two looks at whether somebody wants to stop


@contextmanager
def alongside(stage: Stage[T]) -> Iterator[Stage[T]]:
    """Run a stage in a thread of its own from now on, and give a stage that waits for its result.

    What the stage given yields is the other's progress, and it raises what the other raises. When
    the block is left before the other is done, that is closed at its next yield, and nobody waits
    for it.

    Parameters
    ----------
    stage
        Must not touch what anybody else works on.
    """
    share = 0.0
    left = threading.Event()
    done: Future[T] = Future()

    def run() -> None:
        nonlocal share
        try:
            with closing(stage):
                while not left.is_set():
                    share = next(stage)
        except StopIteration as stop:
            done.set_result(stop.value)
        except BaseException as error:  # whoever waits for the result is told
            done.set_exception(error)

    def result() -> Stage[T]:
        while True:
            try:
                return done.result(timeout=_PATIENCE)
            except NotYet as error:
                if done.done() and done.exception() is error:  # what timed out was the stage itself
                    raise
                yield share

    threading.Thread(target=run, name="alongside").start()
    try:
        yield result()
    finally:
        left.set()


def read_ahead(items: Callable[[], Iterator[T]], most: int = 8) -> Generator[T, None, None]:
    """Let a thread get the next items of an iterator ready while one is worked on.

    Close it (``contextlib.closing``) before anything is closed that the iterator reads from: until
    then the thread goes on.

    Parameters
    ----------
    items
        Called in the thread, which alone uses the iterator, and closes it when the reader is
        closed.
    most
        How many items wait at a time.
    """
    waiting: queue.Queue[tuple[T] | BaseException | None] = queue.Queue(most)
    closed = threading.Event()

    def put(item: tuple[T] | BaseException | None) -> None:
        while not closed.is_set():
            try:
                waiting.put(item, timeout=_PATIENCE)
            except queue.Full:
                continue
            return

    def read() -> None:
        try:
            iterator = items()
            try:
                for item in iterator:
                    put((item,))
                    if closed.is_set():
                        return
            finally:
                close = getattr(iterator, "close", None)
                if close is not None:
                    close()
        except BaseException as error:  # the reader is told
            put(error)
        else:
            put(None)

    thread = threading.Thread(target=read, name="read ahead")
    thread.start()
    try:
        while (item := waiting.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        closed.set()
        thread.join()
