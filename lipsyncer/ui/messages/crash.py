"""Unexpected exceptions: into the log, once into the message bar, and the work goes on.

PyQt6 ends the process when an exception leaves a slot, unless somebody has put in an exception
hook; this is that hook. It serves exceptions of other threads and of destructors too.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import sys
import threading
import traceback
from collections import Counter
from types import TracebackType
from typing import NamedTuple

from PyQt6.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.diagnostics.support import support_report
from lipsyncer.ui.editing.session import Session

log = logging.getLogger(__name__)

_DESCRIPTOR = 2


class Fault(NamedTuple):
    """Where an exception came from: the same fault is told once."""

    kind: str
    file: str
    line: int


class CrashReporter(QObject):
    """Tells the user of unexpected exceptions, each fault once."""

    _caught = pyqtSignal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._count: Counter[Fault] = Counter()
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        # Queued: the session lives on the GUI thread, the exception may be another's. And a slot
        # that fails should have ended before anything is shown.
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def install(self) -> None:
        """Hear of every exception that nobody caught, from now on."""
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        sys.unraisablehook = self._catch_unraisable

    def uninstall(self) -> None:
        """Leave exceptions to whoever had them before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks

    def catch(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log an exception, and tell of it if it is new."""
        if not issubclass(kind, Exception):  # Ctrl+C and exit are wishes, not faults
            sys.__excepthook__(kind, error, trace)
            return
        fault = _fault(kind, trace)
        self._count[fault] += 1
        if (count := self._count[fault]) == 1:
            log.error("nobody caught this", exc_info=(kind, error, trace))
            details = "".join(traceback.format_exception(kind, error, trace))
            with contextlib.suppress(RuntimeError):  # the window is gone already
                self._caught.emit(error, details)
        elif str(count).strip("0") == "1":  # 10, 100, 1000: a log that can still be read
            log.error("%s in %s, line %d, for the %dth time", *fault, count)

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.catch(args.exc_type, args.exc_value, args.exc_traceback)

    def _catch_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.catch(args.exc_type, args.exc_value, args.exc_traceback)

    @pyqtSlot(object, str)
    def _tell(self, error: BaseException, details: str) -> None:
        if isinstance(error, LipsyncerError):  # a sentence that somebody forgot to catch
            self._session.say_error(error, details)
        else:
            self._session.say_error(error, f"{details}\n{support_report()}")


def install(session: Session) -> CrashReporter:
    """Show the exceptions that nobody caught in a session's message bar.

    Where a library in C ends the process, what Python did at that moment goes to file descriptor 2,
    which is the log while the window is open.

    Returns
    -------
    CrashReporter
        A child of the session.
    """
    reporter = CrashReporter(session)
    reporter.install()
    with contextlib.suppress(OSError):  # started without a descriptor 2
        faulthandler.enable(file=_DESCRIPTOR)
    return reporter


def _fault(kind: type[BaseException], trace: TracebackType | None) -> Fault:
    frames = traceback.extract_tb(trace)
    if not frames:
        return Fault(kind.__name__, "", 0)
    return Fault(kind.__name__, frames[-1].filename, frames[-1].lineno or 0)
