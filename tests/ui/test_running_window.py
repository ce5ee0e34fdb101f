"""Files opened while a window runs open in it; a second start waits for none that hangs."""

from __future__ import annotations

import ctypes
import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6 import QtGui, sip
from PyQt6.QtCore import QEvent, QUrl
from PyQt6.QtNetwork import QLocalSocket
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.ui.files import running_window
from lipsyncer.ui.files.running_window import RunningWindow, handed_over, only_window

SECOND_START = """
import sys
from pathlib import Path
from PyQt6.QtCore import QCoreApplication
from lipsyncer.ui.files.running_window import handed_over
application = QCoreApplication([])
print(handed_over([Path(name) for name in sys.argv[1:]]))
"""


FIRST_START = """
import sys, time
from pathlib import Path
from PyQt6.QtCore import QCoreApplication
from lipsyncer.ui.files import running_window
application = QCoreApplication([])
handed_over = running_window.handed_over
# Somebody else begins between the question and the answer to it.
running_window.handed_over = lambda files: handed_over(files) or bool(time.sleep(0.5))
running = running_window.only_window([Path(name) for name in sys.argv[1:]])
if running is None:
    print("handed over")
else:
    time.sleep(1)  # while the window is made
    asked = []

    def hear(names):
        asked.extend(name.name for name in names)
        if len(asked) == 2:
            application.quit()

    running.asked.connect(hear)
    application.exec()
    print(*sorted([*sys.argv[1:], *asked]))
"""


@pytest.fixture
def running(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RunningWindow]:
    """Give what hears of second starts, in a data folder of its own."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    address = Path(running_window._address())
    if hasattr(socket, "AF_UNIX") and sys.platform != "win32":  # as a window that was killed does
        address.parent.mkdir(parents=True)
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(address))
    assert not handed_over([])
    window = QWidget()
    window.showMinimized()
    running = only_window([])
    assert running is not None
    running.window = window
    yield running
    sip.delete(running)
    window.close()
    window.deleteLater()


def test_a_second_start_opens_its_files_in_the_window_that_runs(
    running: RunningWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    root = Path(running_window.__file__).parents[3]
    program = f"import sys; sys.path.insert(0, {str(root)!r})\n" + SECOND_START
    with qtbot.waitSignal(running.asked, timeout=60_000) as asked:
        command = [sys.executable, "-c", program, "夏 song.mp3", "a/clip.mp4"]
        second = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert asked.args == [[tmp_path / "夏 song.mp3", tmp_path / "a/clip.mp4"]]
    assert second.communicate(timeout=60)[0] == "True\n"
    assert running.window is not None
    assert not running.window.isMinimized()


def test_of_three_starts_at_once_one_opens_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    root = Path(running_window.__file__).parents[3]
    program = f"import sys; sys.path.insert(0, {str(root)!r})\n" + FIRST_START
    starts = [
        subprocess.Popen([sys.executable, "-c", program, name], stdout=subprocess.PIPE, text=True)
        for name in ("a.mp4", "b.mp4", "c.mp4")
    ]
    said = sorted(start.communicate(timeout=60)[0].strip() for start in starts)
    assert said == ["a.mp4 b.mp4 c.mp4", "handed over", "handed over"]


def test_a_second_start_is_heard_while_garbage_is_collected(
    running: RunningWindow, qtbot: QtBot
) -> None:
    second = QLocalSocket()
    second.connectToServer(running_window._address())
    assert second.waitForConnected(10_000)
    qtbot.wait(50)  # accepted
    gc.collect()  # as any thread does that loads a library
    with qtbot.waitSignal(running.asked, timeout=10_000):
        second.write(b"[]\n")
    qtbot.waitUntil(lambda: second.readAll() == b"\n")
    second.disconnectFromServer()


def test_a_second_start_waits_for_no_window_that_hangs(
    running: RunningWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running_window, "PATIENCE_MS", 200)
    began = time.monotonic()
    assert not handed_over([Path("clip.mp4")])  # nobody handles the events of this process
    assert time.monotonic() - began < 2
    with qtbot.assertNotEmitted(running.asked, wait=300):  # it is open elsewhere by now
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="its names of C++ functions are others")
def test_a_file_that_macos_opens_with_the_program_comes_by_the_same_door(
    running: RunningWindow, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    # PyQt can't make such an event, so Qt's own constructor is called.
    place = ctypes.create_string_buffer(1024)
    url = QUrl.fromLocalFile(str(tmp_path / "夏 song.mp3"))
    make = ctypes.CDLL(QtGui.__file__)["_ZN14QFileOpenEventC1ERK4QUrl"]
    bridge: Any = sip  # its type stubs are wrong
    make(place, ctypes.c_void_p(bridge.unwrapinstance(url)))
    event = bridge.wrapinstance(ctypes.addressof(place), QEvent)
    with qtbot.waitSignal(running.asked, timeout=5000) as asked:
        assert qapp.sendEvent(qapp, event)
    assert asked.args == [[tmp_path / "夏 song.mp3"]]
    assert running.window is not None
    assert not running.window.isMinimized()
