"""How long the window is deaf while footage is analysed: gaps of the event loop by stage.

    python -m benchmarks.responsiveness [SONG TAKE]

Without files the demo is made first. The files are opened once the window has loaded what an
analysis needs, as it does while nobody asks for anything. A timer asks to be called every 10 ms;
the gap is how long it had to wait. Nothing of the take is taken from the cache. Then comes how long
it took from the files to a cut that can be played.
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
from lipsyncer.jobs import Progress
from lipsyncer.media import probe
from lipsyncer.progress import finish
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui import app
from lipsyncer.ui.export.queue import ExportItem, State
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
        gaps, waited = measured(song, take, Path(folder))
        length = probe(take).duration
    print("stage        beats   largest gap   over 100 ms")
    for stage, found in gaps.items():
        late = sum(gap > _NOTICED_MS for gap in found)
        print(f"{stage:<12} {len(found):5d}   {max(found):8.0f} ms   {late:5d}")
    print(f"shown after {waited:.1f} s, {waited / length:.2f} of the take's length")
    return 0


def measured(song: Path, take: Path, folder: Path) -> tuple[dict[str, list[float]], float]:
    """Gaps in milliseconds by stage, and seconds until the result was shown.

    "shown" is the first two seconds of the result, and after them it is exported into a folder.
    """
    application = QApplication([])
    app.prepare(application)
    window = MainWindow(Preferences(export_folder=str(folder)))
    window.resize(1920, 1080)
    window.show()
    application.processEvents()
    gaps: dict[str, list[float]] = defaultdict(list)
    stage, waited = "loading", 0.0
    last = began = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps[stage].append(1000 * (now - last))
        last = now

    def begin() -> None:
        nonlocal stage, began
        if loading.is_alive():
            QTimer.singleShot(_STEP_MS, begin)
            return
        stage, began = "probe", time.perf_counter()
        window.open_paths([song, take])

    def watch(news: Progress) -> None:
        nonlocal stage
        stage = news.stage

    def show(_: object) -> None:
        nonlocal stage, waited
        stage, waited = "shown", time.perf_counter() - began
        QTimer.singleShot(2000, export)

    def export() -> None:
        nonlocal stage
        stage = "export"
        window.show_export()
        window.export_sheet.export()

    def look(item: ExportItem) -> None:
        if item.state is State.DONE:
            timer.stop()  # what comes then is the window's end
            application.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    window.opening.progressed.connect(watch)
    window.opening.analysed.connect(show)
    window.queue.changed.connect(look)
    for jobs in (window.opening, window.queue):
        jobs.failed.connect(lambda failure: sys.exit(str(failure)))
    loading = threading.Thread(target=app.preload)
    timer.start(_STEP_MS)
    loading.start()
    begin()
    application.exec()
    window.session.undo_stack.setClean()
    window.close()
    sip.delete(window)  # before the application goes
    return gaps, waited


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
