"""The empty state: says what to do, what is here already, and how to get back to a project."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.ui.files.welcome import Welcome
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.elided_label import ElidedLabel

LONG = "A song that goes on for an hour, " * 60 + ".mp3"


@pytest.fixture
def welcome(qtbot: QtBot) -> Welcome:
    theme.manager.apply("light")
    welcome = Welcome()
    qtbot.addWidget(welcome)
    welcome.setAutoFillBackground(True)
    welcome.resize(900, 600)
    with qtbot.waitActive(welcome):
        welcome.show()
        welcome.activateWindow()
    return welcome


def texts(welcome: QWidget) -> list[str]:
    QApplication.processEvents()  # lines that are new get their room
    return [label.text() for label in welcome.findChildren(QLabel) if label.isVisible()]


def button(welcome: QWidget, name: str) -> QAbstractButton:
    return next(b for b in welcome.findChildren(QAbstractButton) if b.text() == name)


def test_one_line_says_what_to_do(welcome: Welcome) -> None:
    assert "Drop a song and your video here" in texts(welcome)


def test_the_buttons_ask_for_files_and_for_the_demo(welcome: Welcome, qtbot: QtBot) -> None:
    with qtbot.waitSignal(welcome.open_requested):
        qtbot.mouseClick(button(welcome, "Open files…"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(welcome.demo_requested):
        qtbot.keyClick(button(welcome, "Try the demo"), Qt.Key.Key_Space)


def test_the_song_alone_asks_for_a_video(welcome: Welcome) -> None:
    welcome.set_pending(Path("summer.mp3"), [])
    assert "Song: summer.mp3" in texts(welcome)
    assert "Now drop your video" in texts(welcome)


def test_videos_alone_ask_for_the_song(welcome: Welcome) -> None:
    welcome.set_pending(None, [Path("one.mov"), Path("two.mov")])
    assert {"Video: one.mov", "Video: two.mov"} <= set(texts(welcome))
    assert "Now drop your song" in texts(welcome)


def test_beginning_again_asks_for_both(welcome: Welcome) -> None:
    welcome.set_pending(Path("summer.mp3"), [])
    welcome.set_pending(None, [])
    assert "Drop a song and your video here" in texts(welcome)
    assert not any("summer" in text for text in texts(welcome))


def test_a_title_of_an_hour_is_cut_and_told_in_the_tooltip(welcome: Welcome) -> None:
    welcome.set_pending(Path(LONG), [Path(f"IMG_{number}.MOV") for number in range(300)])
    QApplication.processEvents()
    assert welcome.width() == 900
    labels = [label for label in welcome.findChildren(ElidedLabel) if label.isVisible()]
    song, *_, takes = labels
    assert len(labels) == 6
    assert "…" in song.text() and song.toolTip() == f"Song: {LONG}"
    assert song.accessibleName() == f"Song: {LONG}"
    assert takes.text() == "296 more videos"
    assert takes.toolTip().splitlines()[295] == "IMG_299.MOV"
    for label in labels:
        inside = QRect(label.mapTo(welcome, label.rect().topLeft()), label.size())
        assert welcome.rect().contains(inside)


def offered(welcome: QWidget) -> set[str]:
    return {b.text() for b in welcome.findChildren(QPushButton) if b.isVisible()}


def test_a_file_can_be_taken_out_again(welcome: Welcome, qtbot: QtBot) -> None:
    welcome.set_pending(Path("v/summer.mp3"), [Path("v/one.mov"), Path("v/two.mov")])
    remove = next(
        b for b in welcome.findChildren(QAbstractButton) if b.accessibleName() == "Take two.mov out"
    )
    with qtbot.waitSignal(welcome.removed) as blocker:
        qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert blocker.args == [Path("v/two.mov")]


def test_only_what_can_be_done_now_is_offered(welcome: Welcome, qtbot: QtBot) -> None:
    song, take = Path("summer.mp3"), Path("one.mov")
    assert offered(welcome) == {"Open files…", "Try the demo"}
    welcome.set_pending(None, [take])
    assert offered(welcome) == {"Open files…", "Use this video's own sound"}
    with qtbot.waitSignal(welcome.own_sound_requested):
        qtbot.mouseClick(button(welcome, "Use this video's own sound"), Qt.MouseButton.LeftButton)
    welcome.set_pending(None, [take, Path("two.mov")])
    assert offered(welcome) == {"Open files…"}
    welcome.set_pending(song, [take])
    assert offered(welcome) == {"Open files…", "Put in sync"}
    shown = [one for one in welcome.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in shown if one.property("kind") == "primary"] == ["Put in sync"]
    with qtbot.waitSignal(welcome.start_requested):
        qtbot.mouseClick(button(welcome, "Put in sync"), Qt.MouseButton.LeftButton)


def test_dragging_files_over_it_changes_the_field_and_not_by_colour_alone(
    welcome: Welcome,
) -> None:
    def on_the_edge() -> list[str]:
        """Colours down a stretch of the field's left edge."""
        picture = welcome.grab().toImage()
        for x in range(picture.width()):
            column = [picture.pixelColor(x, y).name() for y in range(200, 400)]
            if any(colour != QColor(theme.LIGHT.window).name() for colour in column):
                break
        return [picture.pixelColor(x + 1, y).name() for y in range(200, 400)]

    dashed = on_the_edge()
    welcome.set_dragging(True)
    full = on_the_edge()
    assert len(set(dashed)) > 1 and len(set(full)) == 1
    assert full[0] == QColor(theme.LIGHT.accent).name()
    welcome.set_dragging(False)
    assert on_the_edge() == dashed


def test_recent_projects_are_buttons_with_name_and_place(welcome: Welcome, qtbot: QtBot) -> None:
    now = datetime.now()
    projects = [
        ("Summer", Path("/videos/summer.lipsync"), now),
        ("Winter", Path("/videos/winter.lipsync"), now - timedelta(days=1)),
    ]
    assert "Recent projects" not in texts(welcome)
    welcome.set_recent(projects)
    assert "Recent projects" in texts(welcome)
    winter = button(welcome, "Winter")
    assert winter.toolTip() == str(projects[1][1])
    assert winter.accessibleDescription().endswith("yesterday")
    with qtbot.waitSignal(welcome.project_requested) as blocker:
        winter.setFocus()
        qtbot.keyClick(winter, Qt.Key.Key_Space)
    assert blocker.args == [Path("/videos/winter.lipsync")]


def test_the_list_of_recent_projects_is_replaced(welcome: Welcome) -> None:
    welcome.set_recent([("Summer", Path("summer.lipsync"), datetime.now())])
    welcome.set_recent([])
    assert "Recent projects" not in texts(welcome)
    visible = [b.text() for b in welcome.findChildren(QAbstractButton) if b.isVisible()]
    assert "Summer" not in visible


@pytest.mark.parametrize(("width", "height"), [(900, 600), (2560, 1440)])
def test_everything_is_in_view_and_readable(
    welcome: Welcome, qtbot: QtBot, width: int, height: int
) -> None:
    welcome.set_recent(
        [(f"Project {n}", Path(f"/v/{n}.lipsync"), datetime.now()) for n in range(8)]
    )
    welcome.set_pending(Path("summer.mp3"), [Path("one.mov")])
    welcome.resize(width, height)
    qtbot.waitUntil(lambda: welcome.size().width() == width)
    for widget in (*welcome.findChildren(QPushButton), *welcome.findChildren(QLabel)):
        if widget.isVisible():
            place = QRect(widget.mapTo(welcome, widget.rect().topLeft()), widget.size())
            assert welcome.rect().contains(place), widget
            assert widget.height() >= widget.minimumSizeHint().height(), widget
