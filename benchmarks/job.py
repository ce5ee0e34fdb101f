"""The main job as a process of its own, for ``python -m benchmarks``: prints what it cost.

python -m benchmarks.job SONG TAKE FOLDER [--analysis] [--cores N]

With ``--cores`` it keeps to so many of the machine's cores, or behaves as if there were so many.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TypeVar

from lipsyncer.diagnostics.log import logging_to
from lipsyncer.jobs import Job, Progress, export
from lipsyncer.jobs.analyse import analyse
from lipsyncer.progress import driven
from lipsyncer.settings.job import Settings

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.job")
    for name in ("song", "take", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--analysis", action="store_true", help="and no export")
    parser.add_argument("--cores", type=int)
    arguments = parser.parse_args()
    if arguments.cores:
        keep_to(arguments.cores)
    settings = Settings(cache_dir=arguments.folder / "cache")
    stages: dict[str, tuple[float, float, float]] = {}
    with logging_to(arguments.folder / "lipsyncer.log"):
        analysis = follow(analyse(arguments.song, [arguments.take], settings), stages)
        if not arguments.analysis:
            target = arguments.folder / "aligned.mp4"
            follow(export(analysis.document, target, settings), stages)
    print(json.dumps(stages))


def keep_to(cores: int) -> None:
    """Run on so many cores alone; where there are fewer, start threads for as many."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    os.cpu_count = lambda: cores


def follow(job: Job[T], stages: dict[str, tuple[float, float, float]]) -> T:
    """Drive a job and note what each stage took.

    That is seconds by the clock, seconds of the processor, and the most gigabytes of memory that
    the process had held when it ended.
    """
    name, clock, processor = "", 0.0, 0.0

    def begin(stage: str) -> None:
        nonlocal name, clock, processor
        now = time.perf_counter(), time.process_time()
        if name:
            stages[name] = (now[0] - clock, now[1] - processor, peak_gigabytes())
        name, (clock, processor) = stage, now

    def note(progress: Progress) -> None:
        if progress.stage != name:
            begin(progress.stage)

    result = driven(job, note)
    begin("")
    return result


def peak_gigabytes() -> float:
    """The most memory this process has held; not a number on Windows."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux counts the parent's memory before exec into ru_maxrss
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return float(lines["VmHWM"].split()[0]) * 1024 / 1e9
    if sys.platform == "win32":
        return float("nan")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e9


if __name__ == "__main__":
    main()
