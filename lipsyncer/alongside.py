"""Work in a thread of its own, beside whoever will want its result.

What is worth a thread here lets go of Python's lock: decoding pictures, and long sums over arrays.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import closing
from types import TracebackType
from typing import Generic, TypeVar

from lipsyncer.progress import Stage

T = TypeVar("T")

_PATIENCE = 0.05  # s between two looks at whether somebody wants to stop


class Alongside(Generic[T]):
    """A stage that is run by a thread of its own from now on.

    Used in a ``with`` block: when it is left before the stage is done, the stage is closed at its
    next yield. Nobody waits for that.

    Parameters
    ----------
    stage
        Must not touch what anybody else works on.
    """

    def __init__(self, stage: Stage[T]) -> None:
        self._share = 0.0
        self._left = threading.Event()
        self._done: Future[T] = Future()
        threading.Thread(target=self._run, args=(stage,), name="alongside").start()

    def __enter__(self) -> Alongside[T]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._left.set()

    def result(self) -> Stage[T]:
        """Wait for the stage to be done; as a stage, what it yields is the other's progress.

        Raises
        ------
        Exception
            Whatever the stage raises.
        """
        while True:
            try:
                return self._done.result(timeout=_PATIENCE)
            except NotYet:
                if self._done.done():  # what timed out was the stage itself
                    raise
                yield self._share

    def _run(self, stage: Stage[T]) -> None:
        try:
            with closing(stage):
                while not self._left.is_set():
                    self._share = next(stage)
        except StopIteration as stop:
            self._done.set_result(stop.value)
        except BaseException as error:  # whoever waits for the result is told
            self._done.set_exception(error)


def read_ahead(items: Callable[[], Iterator[T]], most: int = 8) -> Iterator[T]:
    """Let a thread get the next items of an iterator ready while one is worked on.

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
