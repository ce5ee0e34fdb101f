"""What can be done with a finished video, and how one sees that it is being made."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices, QImage
from PyQt6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.handoff import one_file_server
from lipsyncer.jobs import Progress
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.export import ExportItem, ExportQueue, State
from lipsyncer.ui.export.phone_transfer import PhoneTransfer, code_for
from lipsyncer.ui.export.rows import ExportRow
from lipsyncer.ui.window.main_window import MainWindow

DOCUMENT = Document(
    Path("song.wav"),
    4.0,
    (Take(Path("take.mov"), 4.0),),
    (Segment(0.0, 4.0, 0, 0.0, 4.0, "matched", 1.0),),
)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "song TikTok.mp4"
    path.write_bytes(b"video" * 1000)
    return path


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stay within this machine."""
    monkeypatch.setattr(one_file_server, "network_address", lambda: "127.0.0.1")


def item(video: Path, preset: str = "tiktok") -> ExportItem:
    return ExportItem(1, DOCUMENT, video, preset, PRESETS[preset].settings, state=State.DONE)


def row_of(qtbot: QtBot, shown: ExportItem) -> ExportRow:
    queue = ExportQueue()
    queue._items[1] = shown
    row = ExportRow(queue, shown)
    row.show_item(shown)
    row.resize(330, 300)
    row.show()
    qtbot.addWidget(row, before_close_func=lambda _: queue.close())
    return row


def buttons(row: ExportRow) -> dict[str, QPushButton]:
    return {b.text(): b for b in row.findChildren(QPushButton) if b.isVisible()}


def said(row: ExportRow) -> str:
    return "\n".join(label.text() for label in row.findChildren(QLabel) if label.isVisible())


def test_a_code_says_the_address_to_a_scanner(qtbot: QtBot) -> None:
    address = "http://192.168.178.123:54321/0123456789abcdefABCD-_"
    image = code_for(address).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    bits = image.constBits()
    assert bits is not None
    pixels = np.array(bits.asarray(image.sizeInBytes()), np.uint8)
    pixels = pixels.reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    assert cv2.QRCodeDetector().detectAndDecode(pixels)[0] == address
    assert pixels[:16].min() == pixels[:, :16].min() == 255


def test_nothing_is_offered_before_the_click_and_a_phone_gets_the_file_once(
    qtbot: QtBot, video: Path, here: None
) -> None:
    row = row_of(qtbot, item(video))
    assert row.findChild(PhoneTransfer) is None
    shown: list[QWidget] = []
    row.grown.connect(shown.append)
    buttons(row)["Send to phone"].click()
    assert shown == row.findChildren(PhoneTransfer)  # the panel scrolls to the code
    transfer = row.findChild(PhoneTransfer)
    assert transfer is not None and transfer.server is not None
    address = transfer.server.address
    assert address in said(row) and "once" in said(row)
    with urlopen(address, timeout=20) as response:
        assert response.read() == video.read_bytes()
    qtbot.waitUntil(lambda: "It is on the phone" in said(row), timeout=20_000)
    with pytest.raises(OSError):
        urlopen(address, timeout=5)
    row.close()


def test_the_offer_ends_with_a_click_and_with_the_window(
    qtbot: QtBot, video: Path, here: None
) -> None:
    row = row_of(qtbot, item(video))
    buttons(row)["Send to phone"].click()
    buttons(row)["Stop"].click()
    assert "Stopped" in said(row) and "Stop" not in buttons(row)
    buttons(row)["Send to phone"].click()
    transfer = row.findChildren(PhoneTransfer)[-1]
    assert transfer.server is not None and transfer.server.state == "waiting"
    row.close()
    assert transfer.server.state == "stopped"


def test_a_file_that_is_gone_is_said(qtbot: QtBot, video: Path, here: None) -> None:
    row = row_of(qtbot, item(video))
    video.unlink()
    buttons(row)["Send to phone"].click()
    assert "export it again" in said(row)


@pytest.mark.parametrize("preset", ["tiktok", "bilibili", "stories"])
def test_the_upload_page_opens_in_the_browser_where_there_is_one(
    qtbot: QtBot, video: Path, monkeypatch: pytest.MonkeyPatch, preset: str
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    row = row_of(qtbot, item(video, preset))
    assert "don't add it again" in said(row)
    page = PRESETS[preset].upload
    assert ("Upload page" in buttons(row)) == bool(page)
    if page:
        buttons(row)["Upload page"].click()
        assert opened == [page]
        assert QUrl(page).scheme() == "https"


def test_the_button_the_title_and_the_row_tell_how_far_it_is_and_how_long_it_takes(
    open_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    button = window.menus.export_button
    usual = button.text()
    window.queue._items[1] = replace(item(Path("out.mp4")), state=State.WAITING)
    window.queue._began[1] = time.monotonic()
    window.queue._hear_progress(1, Progress("track", 0.7))
    assert button.text() == "0 %"
    window.queue._hear_progress(1, Progress("render", 0.0))
    window.queue._began[1] -= 40.0
    window.queue._hear_progress(1, Progress("render", 0.5))
    assert button.text() == "50 %"
    assert button.toolTip() == "Writing, 50 %. About 40 seconds left"
    assert window.windowTitle().startswith("Exporting 50 % — About 40 seconds left")
    window.queue._change(1, State.DONE, 1.0)
    assert button.text() == usual and window.windowTitle() == "Lipsyncer"


HEAR = """
from PyQt6.QtCore import QCoreApplication
application = QCoreApplication([])
from lipsyncer.ui.window.export_progress import show_on_icon
show_on_icon(0.42)
application.processEvents()
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("dbus-monitor")),
    reason="the desktop's icon is told over D-Bus",
)
def test_the_icon_is_told_on_linux() -> None:
    script = (
        "dbus-monitor --session interface=com.canonical.Unity.LauncherEntry & sleep 1; "
        f"{sys.executable} -c '{HEAR}'; sleep 1; kill %1"
    )
    heard = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "application://lipsyncer.desktop" in heard
    assert "double 0.42" in heard and "boolean true" in heard
