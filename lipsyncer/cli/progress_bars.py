"""How long work shows on a console: a bar per stage on a terminal, else plain lines."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Generator, Iterator
from typing import TextIO, TypeVar

from rich import progress as rich_progress
from rich.console import Console

from lipsyncer.jobs import Progress
from lipsyncer.progress import driven

T = TypeVar("T")

WORDS = {
    "fetch": "Fetching the face model",
    "probe": "Reading the files",
    "track": "Watching the lips",
    "encode": "Encoding sound and lips",
    "score": "Comparing sound and lips",
    "align": "Finding the time map",
    "render": "Writing the video",
    "film": "Filming the demo",
    "look": "Looking for faces",
    "evaluate": "Measuring the network",
}
"""What a stage does, in a person's words."""

_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]

QUIET_SECONDS = 10.0
"""A log that is read later wants a line now and then, not one per frame."""


def follow(job: Generator[Progress, None, T], stream: TextIO) -> T:
    """Drive a job to its end and show how far it is.

    Whatever stops it, Ctrl-C included, closes the job, which then leaves nothing half-written.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C, where the job yields next; at once when it comes a second time.
    """
    console = Console(file=stream)
    with contextlib.closing(job), _interruptible(job) as steps:
        return _with_bars(steps, console) if console.is_terminal else _with_lines(steps, console)


@contextlib.contextmanager
def _interruptible(job: Generator[Progress, None, T]) -> Iterator[Generator[Progress, None, T]]:
    """Let Ctrl-C, a closed terminal or a request to end wait for the job's next yield.

    An interrupt in the middle of a library's own work may come out of it as another error, or not
    at all.
    """
    asked = False

    def ask(number: int, frame: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(number, before[number])

    def steps() -> Generator[Progress, None, T]:
        while True:
            try:
                progress = next(job)
            except StopIteration as stop:
                result: T = stop.value
                return result
            if asked:
                raise KeyboardInterrupt
            yield progress

    before = {number: signal.getsignal(number) for number in _ENDING}
    if hasattr(signal, "SIGHUP") and before[signal.SIGHUP] == signal.SIG_IGN:
        del before[signal.SIGHUP]  # started by nohup
    for number in before:
        signal.signal(number, ask)
    try:
        yield steps()
    finally:
        for number, what in before.items():
            signal.signal(number, what)


def _with_bars(job: Generator[Progress, None, T], console: Console) -> T:
    bars = rich_progress.Progress(
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.TaskProgressColumn(),
        rich_progress.TextColumn("left"),
        rich_progress.TimeRemainingColumn(),
        rich_progress.TextColumn("elapsed"),
        rich_progress.TimeElapsedColumn(),
        console=console,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    tasks: dict[str, rich_progress.TaskID] = {}

    def show(progress: Progress) -> None:
        if progress.stage not in tasks:
            words = WORDS.get(progress.stage, progress.stage)
            tasks[progress.stage] = bars.add_task(words, total=1.0)
        bars.update(tasks[progress.stage], completed=progress.share)

    with bars:
        return driven(job, show)


def _with_lines(job: Generator[Progress, None, T], console: Console) -> T:
    stage, began, said = "", 0.0, 0.0

    def show(progress: Progress) -> None:
        nonlocal stage, began, said
        now = time.monotonic()
        words = WORDS.get(progress.stage, progress.stage)
        if progress.stage != stage:
            stage, began, said = progress.stage, now, now
            _say(console, f"{words} ...")
        elif now - said >= QUIET_SECONDS and 0 < progress.share < 1:
            said = now
            left = (now - began) * (1 - progress.share) / progress.share
            _say(console, f"{words}: {progress.share:.0%}, about {left:.0f} s left")

    return driven(job, show)


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)
