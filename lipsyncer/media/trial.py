"""The first reading of a file, in a process of its own, where a crash costs nothing.

FFmpeg's demuxers and decoders crash on some files. Such a file must not take the window with it, so
a process that knows nothing but PyAV reads each file once before the program does.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media import trial_process
from lipsyncer.media.media_limits import TRIAL_MEMORY, TRIAL_SECONDS

_CRASHES = "reading it crashes the decoder; convert the file first, or choose another."
_TOO_LONG = "it can't be read to its end; copy the file again, or choose another."
_TOO_LARGE = "reading it takes more memory than any video should; choose another file."


class _Reader:
    """A process that reads files one after the other, started anew where one has ended it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._read: set[tuple[str, int, int]] = set()

    def read(self, path: Path) -> None:
        """Read a file that wasn't read before; see `read_first`."""
        status = path.stat()
        key = (str(path.absolute()), status.st_size, status.st_mtime_ns)
        with self._lock:
            if key in self._read:
                return
            self._ask(path)
            self._read.add(key)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _ask(self, path: Path) -> None:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(TRIAL_SECONDS, give_up)
        timer.daemon = True
        timer.start()
        answer = ""
        try:
            with contextlib.suppress(OSError):  # the process ended before it read the line
                process.stdin.write(json.dumps(str(path.absolute())) + "\n")
                process.stdin.flush()
                answer = process.stdout.readline().strip()
        finally:
            timer.cancel()
            if not answer:
                self.close()
        if answer == "memory":
            raise InputError(path, _TOO_LARGE)
        if not answer:
            raise InputError(path, _TOO_LONG if late.is_set() else _CRASHES)

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [*_program(), str(TRIAL_SECONDS), str(TRIAL_MEMORY)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process


def _program() -> list[str]:
    """Command of the process: a bundle has no Python for scripts, but the script as a program."""
    if getattr(sys, "frozen", False):
        own = Path(sys.executable)
        return [str(own.with_name(f"lipsyncer-reader{own.suffix}"))]
    return [sys.executable, trial_process.__file__]


_reader = _Reader()
atexit.register(_reader.close)


def read_first(path: Path) -> None:
    """Read a file in a process of its own, once for as long as it does not change.

    Raises
    ------
    InputError
        When that crashes, does not end, or takes too much memory.
    """
    _reader.read(path)
