"""How long the window takes to start, from source or from a bundle.

    python -m benchmarks.starting [--times 3] [PROGRAM]

Starts PROGRAM, or this Python's ``-m lipsyncer``, without files and without a screen, until the
window answers a second start. The first time stands apart, as its files come from the disk and what
is compiled then is kept. Processor time is that of the program until then, on Linux.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QCoreApplication

from lipsyncer.ui.files.running_window import handed_over

AIM = 2.0  # seconds
LONGEST = 120.0  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.starting")
    parser.add_argument("--times", type=int, default=3, help="starts after the first")
    parser.add_argument("program", nargs="?", help="a bundle's lipsyncer instead of this source")
    arguments = parser.parse_args()
    source = [sys.executable, "-m", "lipsyncer"]
    command = source if arguments.program is None else [arguments.program]
    application = QCoreApplication([])
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        for name in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME"):
            os.environ[f"XDG_{name}"] = str(Path(home) / name)
        started = [start(command) for _ in range(1 + arguments.times)]
    for name, (wall, processor) in zip(
        ["first", *["again"] * arguments.times], started, strict=True
    ):
        print(f"{name}: {wall:.2f} s, {processor:.2f} s of processor time (aim {AIM:g} s)")
    del application


def start(command: Sequence[str]) -> tuple[float, float]:
    """Start the window, and end it; seconds, and seconds of processor time, until it answers."""
    began = time.monotonic()
    program = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while not handed_over([]):
            if program.poll() is not None or time.monotonic() - began > LONGEST:
                raise SystemExit("the window does not start")
            time.sleep(0.01)
        return time.monotonic() - began, processor_time(program.pid)
    finally:
        program.terminate()
        program.wait()


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        return float("nan")
    user, system = status.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
