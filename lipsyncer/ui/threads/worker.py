"""Long jobs off the GUI thread: one thread runs one generator at a time."""

from __future__ import annotations

import itertools
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QObject, QThread, pyqtSignal, pyqtSlot

from lipsyncer.jobs import Progress

log = logging.getLogger(__name__)

JobFactory = Callable[[], Generator[Progress, None, Any]]
Digest = Callable[[Progress], object]

_NICENESS = 10
_DRAWN = 0.5
"""Seconds after which the window has drawn what has just been opened."""
_BETWEEN_NEWS = 0.04
"""Seconds between two reports of progress, unless the stage changes: nobody sees more."""


@dataclass(frozen=True)
class Failure:
    """How a job failed.

    Attributes
    ----------
    error
        What was raised.
    details
        Its traceback, as text.
    """

    error: Exception
    details: str


@dataclass(frozen=True)
class _Order:
    number: int
    make: JobFactory
    digest: Digest
    stopped: threading.Event


class JobRunner(QObject):
    """Runs jobs one after the other on a thread of its own.

    Every signal carries the job's number, and nothing more is heard of a job once it was
    cancelled but its ``cancelled``.

    Parameters
    ----------
    gives_way
        Whether other threads go first, because the window matters more than the result: also at
        the very beginning, when the window draws what there is to work on.

    Attributes
    ----------
    progressed
        Number, and what ``digest`` made of a `Progress`.
    finished
        Number and the job's result.
    failed
        Number and a `Failure`.
    cancelled
        Number of a job that has come to its end because it was cancelled.
    """

    progressed = pyqtSignal(int, object)
    finished = pyqtSignal(int, object)
    failed = pyqtSignal(int, object)
    cancelled = pyqtSignal(int)
    _ordered = pyqtSignal(object)

    def __init__(
        self, name: str, parent: QObject | None = None, *, gives_way: bool = False
    ) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._running: dict[int, threading.Event] = {}
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._closed = threading.Event()
        self._worker = _Worker(self._closed)
        self._worker.moveToThread(self._thread)
        self._ordered.connect(self._worker.run)
        self._worker.progressed.connect(self._hear_progress)
        self._worker.ended.connect(self._hear_end)
        if gives_way:
            self._thread.started.connect(self._worker.give_way)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._running)

    def start(self, make: JobFactory, digest: Digest = lambda progress: progress) -> int:
        """Run a job when those before it have ended.

        Parameters
        ----------
        make
            Makes the generator, on the worker's thread.
        digest
            Turns progress into what ``progressed`` carries, on the worker's thread; this is where
            a glimpse is copied.

        Returns
        -------
        int
            The job's number.
        """
        number = next(self._numbers)
        self._running[number] = threading.Event()
        self._ordered.emit(_Order(number, make, digest, self._running[number]))
        return number

    def cancel(self, number: int) -> None:
        """Stop a job where it yields next; ``cancelled`` follows."""
        if number in self._running:
            self._running[number].set()

    def cancel_all(self) -> None:
        """Stop every job that runs or waits."""
        for number in list(self._running):
            self.cancel(number)

    def close(self) -> None:
        """Stop all jobs and wait for the thread to end; the runner can't be used afterwards."""
        self.cancel_all()
        self._closed.set()
        self._thread.quit()
        self._thread.wait()
        self._running.clear()

    @pyqtSlot(int, object)
    def _hear_progress(self, number: int, news: object) -> None:
        stopped = self._running.get(number)
        if stopped is not None and not stopped.is_set():
            self.progressed.emit(number, news)

    @pyqtSlot(int, str, object)
    def _hear_end(self, number: int, how: str, result: object) -> None:
        stopped = self._running.pop(number, None)
        if stopped is None:
            return
        if stopped.is_set() or how == "cancelled":
            self.cancelled.emit(number)
        elif how == "failed":
            self.failed.emit(number, result)
        else:
            self.finished.emit(number, result)


class _Worker(QObject):
    """Lives on the thread and drives the generators."""

    progressed = pyqtSignal(int, object)
    ended = pyqtSignal(int, str, object)

    def __init__(self, closed: threading.Event) -> None:
        super().__init__()
        self._closed = closed

    @pyqtSlot()
    def give_way(self) -> None:
        """Begin when the window has drawn, and let other threads go first where one can ask for it.

        The threads that this one starts do the same.
        """
        self._closed.wait(_DRAWN)
        if sys.platform == "linux":
            thread = os.PRIO_PROCESS, threading.get_native_id()
            os.setpriority(*thread, max(_NICENESS, os.getpriority(*thread)))  # less is not allowed

    @pyqtSlot(object)
    def run(self, order: _Order) -> None:
        """Run a job to its end; its generator is closed however that comes."""
        try:
            how, result = self._drive(order)
        except Exception as error:
            log.info("a job failed", exc_info=True)
            how, result = "failed", Failure(error, traceback.format_exc())
        self.ended.emit(order.number, how, result)

    def _drive(self, order: _Order) -> tuple[str, object]:
        if order.stopped.is_set():
            return "cancelled", None
        job = order.make()
        stage, told = "", -_BETWEEN_NEWS
        try:
            while not order.stopped.is_set():
                try:
                    progress = next(job)
                except StopIteration as stop:
                    return "finished", stop.value
                now = time.monotonic()
                if progress.stage != stage or now - told >= _BETWEEN_NEWS:
                    stage, told = progress.stage, now
                    self.progressed.emit(order.number, order.digest(progress))
            return "cancelled", None
        finally:
            job.close()
