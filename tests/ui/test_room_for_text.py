"""Every panel fits a small screen beside the picture, in every language and size of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QPoint, QRect, QSize, QTranslator
from PyQt6.QtGui import QFont, QScreen
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import Proxy
from lipsyncer.ui.language import translations
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.elided_label import ElidedLabel
from lipsyncer.ui.style.flow_layout import FlowLayout
from lipsyncer.ui.window.main_window import MainWindow

SCREEN = (1280, 720)
UPRIGHT, WIDE = (540, 960), (960, 540)
TAKES = (Take(Path("first.mov"), 45.0), Take(Path("second.mov"), 30.0))
SEGMENTS = (
    Segment(0.0, 10.0, 0, 0.5, 10.5, "matched", 0.95),
    Segment(10.0, 18.0, 0, 10.9, 18.9, "matched", 0.60),
    Segment(18.0, 22.0, 0, 18.9, 22.9, "gap", 0.0),
    Segment(22.0, 40.0, 1, 5.0, 23.0, "matched", 0.20),
)


@pytest.fixture(params=[1.0, 1.5], ids=["text as usual", "text of 1.5"])
def text(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    """Have the desktop want text of a size."""
    before = qapp.font()
    large = QFont(before)
    large.setPixelSize(round(15 * request.param))
    qapp.setFont(large)
    assert theme.text_scale() == pytest.approx(request.param, abs=0.05)
    yield request.param
    qapp.setFont(before)
    theme.manager.apply("dark")


@pytest.fixture(params=["en", "de", "zh"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    before = set(qapp.findChildren(QTranslator))
    assert translations.install(qapp, request.param) == request.param
    yield request.param
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
    translations.install(qapp, "en")


@pytest.mark.parametrize("size", [UPRIGHT, WIDE], ids=["upright", "wide"])
def test_every_panel_fits_beside_the_picture(
    text: float,
    language: str,
    size: tuple[int, int],
    open_window: Callable[[], MainWindow],
    qtbot: QtBot,
) -> None:
    theme.manager.apply("light")  # the sheet is made anew, for this size of text
    theme.manager.apply("dark")
    window = open_window()
    assert window.minimumSizeHint().width() <= SCREEN[0]
    document = Document(Path("song.wav"), 40.0, TAKES, SEGMENTS)
    still = np.zeros(1)
    proxies = [Proxy(take.path, 25.0, *size, still, still, take.duration) for take in TAKES]
    window.session.open(document)
    window.session.learn(made_up_analysis(document, proxies))
    assert window.editor.upright == (size == UPRIGHT)
    for dock in window.panels.docks:
        window.panels.show(dock)
        QApplication.processEvents()
        window.message_bar.clear()  # nothing of the footage is there
        QApplication.processEvents()
        assert window.minimumSizeHint().width() <= SCREEN[0]
        assert window.minimumSizeHint().height() <= SCREEN[1]
        assert (window.width(), window.height()) == SCREEN, dock.objectName()
        content = dock.widget()
        assert content is not None
        assert cut_off(window.result, window) == []
        assert cut_off(content, window) == []
        assert not window.menus.export_button.visibleRegion().isEmpty()


def test_no_dialog_opens_larger_than_the_screen(
    open_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = QSize(700, 500)
    monkeypatch.setattr(QScreen, "availableSize", lambda self: small)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda self: QRect(QPoint(), small))
    window = open_window()
    window.show_shortcuts()
    window.show_settings()
    window.menus._open_guide()
    dialogs = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    dialogs.remove(window)
    assert len(dialogs) == 3
    for dialog in dialogs:
        assert dialog.width() <= small.width() and dialog.height() <= small.height(), dialog
        dialog.close()


def cut_off(part: QWidget, window: MainWindow) -> list[str]:
    """Words of the buttons and labels in a part of the window that are not whole in sight."""
    words = []
    widgets: list[QAbstractButton | QLabel] = [
        *part.findChildren(QAbstractButton),
        *part.findChildren(QLabel),
    ]
    for widget in widgets:
        if widget.visibleRegion().isEmpty() or isinstance(widget, ElidedLabel):
            continue
        place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
        needed = widget.minimumSizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed.setHeight(widget.heightForWidth(widget.width()))
        elif not isinstance(widget, QLabel):
            lines = widget.text().count("\n") + 1
            needed.setHeight(lines * widget.fontMetrics().height())
        whole = widget.width() >= needed.width() and widget.height() >= needed.height()
        # What a panel's own bar scrolls to is in sight once it was scrolled to.
        scrolled = inside(widget, QScrollArea) or window.rect().contains(place)
        if widget.text() and not (whole and scrolled):
            words.append(widget.text())
    return words


def inside(widget: QWidget, kind: type[QWidget]) -> bool:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, kind):
        around = around.parentWidget()
    return around is not None


def test_a_row_goes_on_below_where_there_is_no_more_room(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    row = FlowLayout()
    buttons = [QPushButton(word * 8, parent) for word in "abcd"]
    for button in buttons:
        row.addWidget(button)
    parent.setLayout(row)
    buttons[3].hide()
    whole, widest = row.sizeHint().width(), max(b.sizeHint().width() for b in buttons[:3])
    assert whole == sum(b.sizeHint().width() for b in buttons[:3]) + 2 * row.spacing()
    assert row.minimumSize().width() == widest
    parent.resize(whole, 200)
    parent.show()
    assert len({button.y() for button in buttons[:3]}) == 1
    assert parent.heightForWidth(whole) == buttons[0].height()
    parent.resize(whole - 1, 200)
    QApplication.processEvents()
    assert [button.y() > 0 for button in buttons[:3]] == [False, False, True]
    parent.resize(widest, 200)
    QApplication.processEvents()
    assert buttons[0].y() < buttons[1].y() < buttons[2].y()
    assert {button.x() for button in buttons[:3]} == {0}
    assert not buttons[3].isVisible()
