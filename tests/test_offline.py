"""Nothing is sent anywhere: an alignment and a session with the window open no connection."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lipsyncer.demo import Demo

# Without an end, the watched program would outlive the test.
LONGEST = 240  # seconds

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="needs strace, which watches system calls"
)

SESSION = """
import sys
from pathlib import Path
from lipsyncer.__main__ import prepare_for_qt
prepare_for_qt()
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication
from lipsyncer.ui import app

class Watched(app.MainWindow):
    def show(self):
        super().show()
        self.wait_for_analysis()

    def wait_for_analysis(self):
        if self.session.document is None:
            QTimer.singleShot(100, self.wait_for_analysis)
            return
        print("analysed")
        self.player.toggle()
        QTimer.singleShot(1000, self.end_at_once)
        QTimer.singleShot(1500, QApplication.exit)

app.MainWindow = Watched
sys.exit(app.run([Path(name) for name in sys.argv[1:]]))
"""
LOCAL = (
    *('/native"', "/pipewire-0", "/.X11-unix/", "/wayland-", "/bus", "/system_bus_socket"),
    "/lipsyncer/window-",  # a window that runs already
)
"""Parts of sockets of this machine that sound, screen and desktop are behind, and this program."""


def connections(folder: Path, *arguments: str | Path, **environment: str) -> tuple[str, list[str]]:
    """Run Python under strace; what it printed, and what it and its children connected to.

    Name look-ups show up too: glibc connects to a name server or to a local service for them.
    """
    log = folder / "calls"
    watch = ("strace", "-f", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg")
    result = subprocess.run(
        [*watch, "-o", log, sys.executable, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    if "PTRACE" in result.stderr or "ptrace" in result.stderr:
        pytest.skip("this machine lets nobody watch system calls")
    assert result.returncode == 0, result.stdout + result.stderr
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    outside = re.compile(r"sa_family=AF_INET6?\b|sun_path=")
    found = [call for call in calls if outside.search(call)]
    return result.stdout, [call for call in found if not any(end in call for end in LOCAL)]


def test_the_watch_sees_a_connection_and_a_look_up(tmp_path: Path) -> None:
    connect = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    _, calls = connections(tmp_path, "-c", connect)
    assert any("sin_port=htons(9)" in call for call in calls)
    look_up = "import socket, contextlib\nwith contextlib.suppress(OSError):\n"
    _, calls = connections(tmp_path, "-c", look_up + " socket.getaddrinfo('lipsyncer.invalid', 80)")
    assert calls


def test_an_alignment_connects_to_nothing(snippet: Demo, tmp_path: Path) -> None:
    _, calls = connections(
        tmp_path,
        *("-m", "lipsyncer", "align", snippet.song_path, snippet.take_path, "--force"),
        *("-o", tmp_path / "out.mp4"),
        XDG_CACHE_HOME=str(tmp_path / "cache"),  # nothing is recalled
    )
    assert (tmp_path / "out.mp4").is_file()
    assert calls == []


def test_a_session_with_the_window_connects_to_nothing(demo: Demo, tmp_path: Path) -> None:
    said, calls = connections(
        tmp_path,
        *("-c", SESSION, demo.song_path, demo.take_path),
        XDG_CACHE_HOME=str(tmp_path / "cache"),
    )
    assert "analysed" in said
    assert calls == []
