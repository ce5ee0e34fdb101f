"""Long work as generators: every yield is progress and a place to cancel.

A *stage* yields the share of itself that is done, from 0 to 1, and returns its result. Whoever
drives it may stop between two yields by closing the generator, so a stage frees what it holds in
``finally`` blocks and leaves no half-written file.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")
Y = TypeVar("Y")

Stage = Generator[float, None, T]


def part(stage: Stage[T], first: float, last: float) -> Stage[T]:
    """Make a stage a part of another's progress, from ``first`` to ``last`` of it."""
    return _told_as(stage, lambda share: first + share * (last - first))


def onward(stage: Stage[T]) -> Stage[T]:
    """Make one progress of a stage's that begins anew: what it does then is the rest of it all."""
    before = last = reached = 0.0

    def told(share: float) -> float:
        nonlocal before, last, reached
        if share < last:
            before = reached
        last = share
        reached = max(reached, before + share * (1.0 - before))
        return reached

    return _told_as(stage, told)


def _told_as(stage: Stage[T], told: Callable[[float], float]) -> Stage[T]:
    """Run a stage and tell of its shares in other words."""
    while True:
        try:
            share = next(stage)
        except StopIteration as stop:
            result: T = stop.value
            return result
        yield told(share)


def each(items: Sequence[S], stage_of: Callable[[S], Stage[T]]) -> Stage[list[T]]:
    """Run a stage for each item, one after the other, as one stage with equal shares."""
    results = []
    for index, item in enumerate(items):
        first, last = index / len(items), (index + 1) / len(items)
        results.append((yield from part(stage_of(item), first, last)))
    return results


def driven(work: Generator[Y, None, T], hear: Callable[[Y], object]) -> T:
    """Run a stage or a job to its end, tell of every yield, and return its result."""
    while True:
        try:
            told = next(work)
        except StopIteration as stop:
            result: T = stop.value
            return result
        hear(told)


def finish(work: Generator[Y, None, T]) -> T:
    """Run a stage or a job to its end and return its result, for callers that show no progress."""
    return driven(work, lambda told: None)
