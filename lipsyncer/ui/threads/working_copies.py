"""Working copies of the takes, made while the result is on the screen already."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.edit.document import Take
from lipsyncer.jobs import Job, timed
from lipsyncer.media import conform, probe_take
from lipsyncer.media.conform import found_copy
from lipsyncer.ui.threads.worker import JobRunner


class WorkingCopies(QObject):
    """Makes what the viewer jumps about in quickly; until then it reads the takes themselves.

    Attributes
    ----------
    made
        There is one more of them.
    """

    made = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: JobRunner | None = None

    def begin(self, takes: Sequence[Take]) -> None:
        """Copy these takes, as far as that wasn't done before, instead of others."""
        if self._runner is not None:
            self._runner.cancel_all()
        for take in takes:
            if self._runner is None:
                self._runner = JobRunner("copying", self, gives_way=True)
                # Where copying fails, as on a full disk, the takes themselves are read on.
                self._runner.finished.connect(self._hear)
            self._runner.start(partial(_copying, take))

    def close(self) -> None:
        """Stop, and wait for the thread to end."""
        if self._runner is not None:
            self._runner.close()

    def _hear(self, _number: int, new: bool) -> None:
        if new:
            self.made.emit()


def _copying(take: Take) -> Job[bool]:
    """Copy a take; whether that was necessary."""
    if found_copy(take.path, take.turned) is not None:
        return False
    yield from timed("copy", conform(take.path, probe_take(take)), {})
    return True
