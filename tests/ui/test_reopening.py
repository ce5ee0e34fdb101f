"""A project that is opened again shows its cut at once, and analyses nothing to show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit import edits
from lipsyncer.jobs import recall
from lipsyncer.progress import finish
from lipsyncer.project import Project, save_project
from lipsyncer.project.relink import with_fingerprints
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 240_000


@pytest.fixture
def project(tmp_path: Path, snippet_analysis: Analysis) -> Path:
    """Give a project of footage that was watched before."""
    document = edits.slip(snippet_analysis.document, 0, 0.2)
    path = tmp_path / "mine.lipsync"
    save_project(with_fingerprints(Project(document, snippet_analysis.document)), path)
    return path


def test_picture_and_waveform_are_there_and_a_pin_asks_for_the_analysis(
    open_window: Callable[[], MainWindow], qtbot: QtBot, project: Path
) -> None:
    window = open_window()
    began: list[object] = []
    window.opening.started.connect(lambda *_: began.append(None))
    window.open_paths([project])
    qtbot.waitUntil(lambda: bool(window.session.pictures), timeout=PATIENCE)
    document = window.session.document
    assert document is not None
    canvas = window.preview.canvas
    qtbot.waitUntil(lambda: canvas.shown is not None, timeout=PATIENCE)
    peaks = window.session.peaks
    assert peaks is not None
    assert np.ptp(peaks.between(0.0, document.song_duration, 100)) > 0.1
    assert window.pages.currentWidget() is window.editor
    qtbot.wait(300)
    assert not began and window.session.aligned(0) is None

    # What needs more than pictures has it found out, and then takes effect.
    window.session.seek(2.0)
    window.menus._nudging._pin.trigger()
    assert len(began) == 1
    qtbot.waitUntil(
        lambda: window.session.document is not None and len(window.session.document.pins) == 1,
        timeout=PATIENCE,
    )
    assert window.session.aligned(0) is not None


def test_opening_the_match_panel_asks_for_the_analysis(
    open_window: Callable[[], MainWindow], qtbot: QtBot, project: Path
) -> None:
    window = open_window()
    window.open_paths([project])
    qtbot.waitUntil(lambda: bool(window.session.pictures), timeout=PATIENCE)
    with qtbot.waitSignal(window.opening.started, timeout=PATIENCE):
        window.show_matching()
    window.opening.cancel()


def test_footage_that_is_not_known_any_more_is_analysed(
    snippet_analysis: Analysis, tmp_path: Path
) -> None:
    document = snippet_analysis.document
    assert finish(recall(document, tmp_path / "empty")) is None
    recalled = finish(recall(document))
    assert recalled is not None
    known, shown = snippet_analysis.takes[0], recalled.footage[0]
    assert (shown.take, shown.proxy.path) == (known.take, known.proxy.path)
    np.testing.assert_array_equal(shown.track.boxes, known.track.boxes)
