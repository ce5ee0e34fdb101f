"""How a job runs its stages one after the other, and what it tells on the way."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy.typing as npt

from lipsyncer.features import landmarks
from lipsyncer.progress import Stage

T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """How far a job is.

    Attributes
    ----------
    stage
        Name of the stage that runs: fetch, probe, track, encode, score, align or render.
    share
        Share of that stage that is done, 0 to 1.
    glimpse
        What the stage sees just now, for somebody who waits, or None: while tracking the mouth
        found last, uint8 (112, 112); while scoring the matrix of similarities (song, take) as far
        as it is known, float32, NaN beyond. To be looked at before the job goes on.
    """

    stage: str
    share: float
    glimpse: npt.NDArray[Any] | None = None


Job = Generator[Progress, None, T]


class JobPreview:
    """The last thing that a stage has seen."""

    def __init__(self) -> None:
        self.seen: npt.NDArray[Any] | None = None

    def see(self, glimpse: npt.NDArray[Any]) -> None:
        """Keep what is seen, uncopied."""
        self.seen = glimpse


def timed(
    name: str, stage: Stage[T], timings: dict[str, float], sight: JobPreview | None = None
) -> Job[T]:
    """Run a stage under its name and note the seconds it took.

    Parameters
    ----------
    name, stage
        What to run and what to call it.
    timings
        Seconds by stage; this one's are put in, also when it is stopped.
    sight
        Where the stage puts what it sees.
    """
    began = time.perf_counter()
    sight = sight or JobPreview()
    sight.seen = None
    try:
        yield Progress(name, 0.0)
        while True:
            try:
                share = next(stage)
            except StopIteration as stop:
                result: T = stop.value
                break
            yield Progress(name, share, sight.seen)
        yield Progress(name, 1.0)
        return result
    finally:
        stage.close()
        sight.seen = None
        timings[name] = time.perf_counter() - began


def fetched_face_model() -> Job[None]:
    """Fetch the model of the face finder where it is missing; see `landmarks.fetch_model`."""
    if landmarks.model_is_missing():
        yield from timed("fetch", landmarks.fetch_model(), {})
