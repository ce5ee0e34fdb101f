"""Files that arrive in the window: taken out again, kept after a cancel, songs of their own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.demo import Demo
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.settings.job import Settings
from lipsyncer.ui.files.opening import Opening
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 240_000


def with_song(demo: Demo, path: Path) -> Path:
    """Put a demo's song into its video, as a music video has it."""
    command = [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"),
        *("-i", str(demo.take_path), "-i", str(demo.song_path)),
        *("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", str(path)),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def test_a_video_that_has_its_song_is_put_in_time_with_itself(
    open_window: Callable[[], MainWindow],
    qtbot: QtBot,
    demo: Demo,
    analysis: Analysis,
    tmp_path: Path,
) -> None:
    video = with_song(demo, tmp_path / "music video.mp4")
    window = open_window()
    with qtbot.waitSignal(window.opening.pending_changed, timeout=PATIENCE):
        window.open_paths([video])
    window.welcome.own_sound_requested.emit()
    qtbot.waitUntil(lambda: window.session.document is not None, timeout=PATIENCE)
    document = window.session.document
    assert document is not None
    assert document.song == document.takes[0].path == video
    # Its sound lies where it is; the lips alone say what is to be moved, as with a song apart.
    start, end = analysis.document.span
    moments = np.linspace(start + 1, end - 1, 40)
    _, here = TimeMap(document).sources_at(moments)
    _, there = TimeMap(analysis.document).sources_at(moments)
    assert np.median(np.abs(here - there)) < 0.05
    assert np.median(np.abs(here - moments)) > 0.1


def test_what_the_user_does_is_heard_before_a_new_result_is_drawn(
    open_window: Callable[[], MainWindow], qtbot: QtBot, analysis: Analysis
) -> None:
    window = open_window()
    drawing_when_heard: list[bool] = []
    QTimer.singleShot(0, lambda: drawing_when_heard.append(window.updatesEnabled()))
    window.opening.analysed.emit(analysis)
    qtbot.waitUntil(window.updatesEnabled, timeout=5000)
    assert drawing_when_heard == [False]


def test_what_is_taken_out_is_not_analysed(qapp: QApplication) -> None:
    opening = Opening(Settings, lambda: False, lambda progress: progress)
    opening.started.connect(lambda *_: pytest.fail("nothing is to be analysed"))
    told: list[tuple[object, tuple[Path, ...]]] = []
    opening.pending_changed.connect(lambda song, takes: told.append((song, takes)))
    song, first, second = Path("song.mp3"), Path("one.mov"), Path("two.mov")
    opening.gathered_before(song, [first, second])
    opening.remove(first)
    opening.remove(song)
    assert told == [(song, (second,)), (None, (second,))]
    opening.close()
