"""What pins and finding a segment again need of each take, made ready off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.alignment.span import SpanSolver
from lipsyncer.cut.realign import Solvers
from lipsyncer.jobs import Progress
from lipsyncer.ui.threads.worker import JobRunner

_AT_ONCE = 4
"""Takes that are made ready unasked: each needs memory for all pairs of moments."""


class Solving(QObject):
    """The solvers of the takes that are known.

    Attributes
    ----------
    failed
        A `Failure`: a take's solver could not be made.
    wanted
        A solver is waited for while no footage is known.
    """

    failed = pyqtSignal(object)
    wanted = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._solvers: Solvers | None = None
        self._runner: JobRunner | None = None
        self._asked: set[int] = set()
        self._waiting: list[tuple[int, Callable[[SpanSolver], object]]] = []

    def begin(self, solvers: Solvers | None) -> None:
        """Make other solvers ready, or none.

        What waits for those before is dropped, but where there were none it has waited for these.
        """
        if self._runner is not None:
            self._runner.cancel_all()
        if self._solvers is not None or solvers is None:
            self._waiting.clear()
        self._solvers = solvers
        self._asked.clear()
        for take in range(min(len(solvers), _AT_ONCE) if solvers is not None else 0):
            self.of(take)
        for take, _ in self._waiting:
            self.of(take)

    def of(self, take: int) -> SpanSolver | None:
        """Give a take's solver, or None where it is not ready yet; then it will be."""
        if self._solvers is None or not 0 <= take < len(self._solvers):
            return None
        solver = self._solvers.ready(take)
        if solver is None and take not in self._asked:
            if self._runner is None:
                self._runner = JobRunner("solving", self, gives_way=True)
                self._runner.finished.connect(self._act)
                self._runner.failed.connect(lambda _, failure: self.failed.emit(failure))
            self._asked.add(take)
            self._runner.start(partial(_making, self._solvers, take))
        return solver

    def when_ready(self, take: int, act: Callable[[SpanSolver], object]) -> None:
        """Act with a take's solver, now or when it is ready; never where the take is not known.

        Where no footage is known, ``wanted`` asks for an analysis.
        """
        solver = self.of(take)
        if solver is not None:
            act(solver)
        elif take in self._asked or self._solvers is None:
            self._waiting.append((take, act))
            if self._solvers is None:
                self.wanted.emit()

    def close(self) -> None:
        """Stop, and wait for the thread to end."""
        if self._runner is not None:
            self._runner.close()

    def _act(self, _number: int, made: tuple[int, SpanSolver]) -> None:
        take, solver = made
        waiting = [act for wanted, act in self._waiting if wanted == take]
        self._waiting = [(wanted, act) for wanted, act in self._waiting if wanted != take]
        for act in waiting:
            act(solver)


def _making(solvers: Solvers, take: int) -> Generator[Progress, None, tuple[int, SpanSolver]]:
    yield Progress("pins", 0.0)
    return take, solvers[take]
