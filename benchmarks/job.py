"""The main job as a process of its own, for ``python -m benchmarks``: prints what it cost.

python -m benchmarks.job SONG TAKE FOLDER
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TypeVar

from lipsyncer.diagnostics import logging_to
from lipsyncer.jobs import Job, analyse, export
from lipsyncer.settings import Settings

T = TypeVar("T")


def main() -> None:
    song, take, folder = map(Path, sys.argv[1:])
    settings = Settings(cache_dir=folder / "cache")
    stages: dict[str, tuple[float, float]] = {}
    with logging_to(folder / "lipsyncer.log"):
        analysis = follow(analyse(song, [take], settings), stages)
        follow(export(analysis.document, folder / "aligned.mp4", settings), stages)
    print(json.dumps({"stages": stages, "peak_bytes": peak_bytes()}))


def follow(job: Job[T], stages: dict[str, tuple[float, float]]) -> T:
    """Drive a job and note the seconds by the clock and of the processor that each stage took."""
    name, clock, processor = "", 0.0, 0.0
    while True:
        try:
            progress = next(job)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if progress.stage != name:
            name, clock, processor = progress.stage, time.perf_counter(), time.process_time()
        stages[name] = (time.perf_counter() - clock, time.process_time() - processor)


def peak_bytes() -> float:
    """The most memory this process has held."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


if __name__ == "__main__":
    main()
