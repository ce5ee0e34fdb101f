"""How long the window is deaf while footage is analysed: gaps of the event loop by stage.

    python -m benchmarks.responsiveness [SONG TAKE]

Without files the demo is made first. The files are opened once the window has loaded what an
analysis needs, as it does while nobody asks for anything. A timer asks to be called every 10 ms;
the gap is how long it had to wait. Nothing of the take is taken from the cache.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from lipsyncer.__main__ import prepare_for_qt

prepare_for_qt()

import platformdirs
from PyQt6 import sip
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QApplication

from lipsyncer.demo import make_demo
from lipsyncer.progress import finish
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui import app
from lipsyncer.ui.window.main_window import MainWindow

_STEP_MS = 10
_NOTICED_MS = 100


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = folder
        if arguments:
            song, take = (Path(argument) for argument in arguments)
        else:
            demo = finish(make_demo(Path(folder) / "demo"))
            song, take = demo.song_path, demo.take_path
        assert platformdirs.user_cache_dir("lipsyncer", False).startswith(folder)
        gaps = measured(song, take)
    print("stage        beats   largest gap   over 100 ms")
    for stage, found in gaps.items():
        late = sum(gap > _NOTICED_MS for gap in found)
        print(f"{stage:<12} {len(found):5d}   {max(found):8.0f} ms   {late:5d}")
    return 0


def measured(song: Path, take: Path) -> dict[str, list[float]]:
    """Gaps in milliseconds by stage; "shown" is the first two seconds of the result."""
    application = QApplication([])
    app.prepare(application)
    window = MainWindow(Preferences())
    window.resize(1920, 1080)
    window.show()
    application.processEvents()
    gaps: dict[str, list[float]] = defaultdict(list)
    stage, last = ["loading"], [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps[stage[0]].append(1000 * (now - last[0]))
        last[0] = now

    def end() -> None:
        timer.stop()  # to close the window is not to show the result
        application.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    window.opening.progressed.connect(lambda news: stage.__setitem__(0, news.stage))
    window.opening.analysed.connect(lambda _: stage.__setitem__(0, "shown"))
    window.opening.analysed.connect(lambda _: QTimer.singleShot(2000, end))
    window.opening.failed.connect(lambda failure: sys.exit(failure.details))
    loading = threading.Thread(target=app.preload)

    def begin() -> None:
        if loading.is_alive():
            QTimer.singleShot(_STEP_MS, begin)
            return
        stage[0] = "probe"
        window.open_paths([song, take])

    last[0] = time.perf_counter()
    timer.start(_STEP_MS)
    loading.start()
    begin()
    application.exec()
    window.session.undo_stack.setClean()
    window.close()
    sip.delete(window)  # before the application goes
    return gaps


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
