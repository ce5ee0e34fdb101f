"""How the editor is laid out: the face is large, and the window fits the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QPoint, QSettings, Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.media import Proxy
from lipsyncer.ui.editing.editor import Editor
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview import Player, PreviewPanel
from lipsyncer.ui.window.main_window import MainWindow


@pytest.fixture
def shapes(analysis: Analysis) -> Callable[[int, int], Analysis]:
    """Give the demo's analysis with a picture of another shape."""

    def shaped(width: int, height: int) -> Analysis:
        (take,) = analysis.takes
        proxy = replace(take.proxy, width=width, height=height)
        return replace(analysis, takes=(replace(take, proxy=proxy),))

    return shaped


def test_an_upright_picture_stands_beside_the_timeline_and_a_wide_one_above(
    session: Session, shapes: Callable[[int, int], Analysis], qtbot: QtBot
) -> None:
    QSettings("Lipsyncer", "window").clear()
    preview, timeline = QWidget(), QWidget()
    editor = Editor(session, preview, (QWidget(), timeline))
    qtbot.addWidget(editor)
    editor.resize(1260, 600)
    editor.show()
    session.learn(shapes(540, 960))
    assert editor.orientation() == Qt.Orientation.Horizontal
    assert preview.height() == 600 and preview.x() > place(timeline).x()
    assert preview.width() > 600 * 9 / 16
    session.learn(shapes(960, 540))
    assert editor.orientation() == Qt.Orientation.Vertical
    assert preview.width() == 1260 and preview.y() < place(timeline).y()


def test_the_shape_of_most_of_the_cut_decides(plain_session: Session, qtbot: QtBot) -> None:
    QSettings("Lipsyncer", "window").clear()
    editor = Editor(plain_session, QWidget(), (QWidget(), QWidget()))
    qtbot.addWidget(editor)
    document, still = plain_session.document, np.zeros(1)
    assert document is not None
    wide, upright = (960, 540), (540, 960)
    # The first take is shown for 22 s, the second for 18 s.
    for shapes, expected in (((wide, upright), False), ((upright, wide), True)):
        proxies = [Proxy(Path("a.mov"), 25.0, *size, still, still, 45.0) for size in shapes]
        plain_session.learn(made_up_analysis(document, proxies))
        assert editor.upright == expected


def place(widget: QWidget) -> QPoint:
    """Give a widget's place in its window."""
    return widget.mapTo(widget.window(), QPoint(0, 0))


def test_sizes_are_remembered_for_each_shape(
    session: Session, shapes: Callable[[int, int], Analysis], qtbot: QtBot
) -> None:
    QSettings("Lipsyncer", "window").clear()
    editor = Editor(session, QWidget(), (QWidget(), QWidget()))
    qtbot.addWidget(editor)
    editor.resize(1000, 800)
    editor.show()
    session.learn(shapes(540, 960))
    editor.setSizes([700, 300])
    left = editor.sizes()
    session.learn(shapes(960, 540))
    editor.setSizes([200, 600])
    session.learn(shapes(540, 960))
    assert editor.sizes() == left


def test_the_window_opens_no_larger_than_the_screen(
    open_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings("Lipsyncer", "window").clear()
    small = SimpleNamespace(availableSize=lambda: QWidget().size().__class__(1024, 600))
    monkeypatch.setattr(MainWindow, "screen", lambda self: small)
    monkeypatch.setattr(MainWindow, "resize", _resize_once(MainWindow.resize))
    window = open_window()
    assert window.width() <= 1024 and window.height() <= 600


def _resize_once(resize: Callable[..., None]) -> Callable[..., None]:
    """Ignore the size that the fixture gives every window."""

    def resized(window: MainWindow, *size: object) -> None:
        if size != (1280, 720):
            resize(window, *size)

    return resized


@pytest.fixture
def panel(session: Session, analysis: Analysis, qtbot: QtBot) -> Iterator[PreviewPanel]:
    """Give a preview of the demo that shows a frame."""
    player = Player(session)
    panel = PreviewPanel(session, player)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    session.learn(analysis)
    session.seek(5.0)
    qtbot.waitUntil(lambda: panel.canvas.shown is not None)
    yield panel
    panel.close()
    player.close()


def test_before_and_after_touch_each_other(panel: PreviewPanel, qtbot: QtBot) -> None:
    canvas = panel.canvas
    canvas.set_mode("both")
    qtbot.waitUntil(lambda: {"before", "after"} <= canvas._frames.last.keys())
    picture = canvas.grab().toImage()
    middle, row = picture.width() // 2, picture.height() // 2
    stage = picture.pixelColor(2, row)
    assert picture.pixelColor(middle - 6, row) != stage
    assert picture.pixelColor(middle + 6, row) != stage


def test_a_peek_shows_the_raw_take_in_place_and_ends(panel: PreviewPanel, qtbot: QtBot) -> None:
    canvas = panel.canvas
    after = canvas.grab().toImage()
    canvas.peek(True)
    qtbot.waitUntil(lambda: "before" in canvas._frames.last)
    before = canvas.grab().toImage()
    canvas.peek(False)
    assert before != after
    assert canvas.grab().toImage() == after
