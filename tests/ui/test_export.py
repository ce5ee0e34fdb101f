"""The export sheet and its queue."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from rights import shut

from lipsyncer.demo import Demo
from lipsyncer.edit import edits
from lipsyncer.findings import WORDING, FindingKind
from lipsyncer.media import probe
from lipsyncer.render import encoders
from lipsyncer.render.presets import PRESETS
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.export import ExportQueue, ExportSheet, State
from lipsyncer.ui.language.spoken_values import clock

PATIENCE = 120_000


@pytest.fixture
def queue(qtbot: QtBot) -> Iterator[ExportQueue]:
    queue = ExportQueue()
    yield queue
    queue.close()


@pytest.fixture
def session(session: Session) -> Session:
    """Give the session with a second on each side of its first cut, which is soon written."""
    document = session.document
    assert document is not None
    cut = document.segments[1].song_start
    session.open(edits.trim(document, cut - 1.0, cut + 1.0))
    return session


@pytest.fixture
def sheet(
    session: Session, queue: ExportQueue, qtbot: QtBot, tmp_path: Path
) -> Iterator[ExportSheet]:
    chosen = Preferences(preset="reels", export_folder=str(tmp_path))
    sheet = ExportSheet(session, queue, PreferenceStore(chosen, path=tmp_path / "preferences"))
    qtbot.addWidget(sheet)
    sheet.resize(360, 700)
    sheet.show()
    yield sheet
    sheet.close()


def said(sheet: ExportSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def button(sheet: ExportSheet, text: str) -> QPushButton:
    return next(b for b in sheet.findChildren(QPushButton) if b.text() == text and b.isVisible())


def test_there_is_a_card_for_every_platform_and_the_usual_one_is_chosen(
    sheet: ExportSheet, tmp_path: Path
) -> None:
    assert sheet.presets == ["reels"]
    assert sheet.targets[0] == tmp_path / "song Instagram Reels.mp4"
    for preset in PRESETS:
        sheet.choose(preset)
        assert sheet.presets == [preset]
        assert PRESETS[preset].name in sheet.targets[0].name


def test_a_name_that_the_user_gave_is_kept(sheet: ExportSheet, qtbot: QtBot) -> None:
    field = sheet.findChildren(QLineEdit)[0]
    field.clear()
    qtbot.keyClicks(field, "mine")
    sheet.choose("tiktok")
    assert sheet.targets[0].name == "mine.mp4"


def test_the_exported_file_has_the_platforms_size_and_the_songs_length(
    sheet: ExportSheet, queue: ExportQueue, session: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(button(sheet, "Export"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: queue.items[0].state is State.DONE, timeout=PATIENCE)
    info = probe(queue.items[0].target)
    assert info.video is not None and session.document is not None
    assert (info.video.width, info.video.height) == (1080, 1920)
    start, end = session.document.span
    assert info.video.duration == pytest.approx(end - start, abs=0.05)
    assert f"Done: {queue.items[0].target}" in said(sheet)
    for text in ("Play", "Show in folder", "Copy path"):
        assert button(sheet, text).isEnabled()
    qtbot.mouseClick(button(sheet, "Copy path"), Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None and clipboard.text() == str(queue.items[0].target)
    assert sheet.targets[0].name == "song Instagram Reels 2.mp4"
    name = sheet.findChildren(QLineEdit)[0]
    name.clear()
    qtbot.keyClicks(name, queue.items[0].target.name)
    assert button(sheet, "Export and replace").isEnabled()


def card(sheet: ExportSheet, name: str) -> QCheckBox:
    return next(box for box in sheet.findChildren(QCheckBox) if box.text().split("\n")[0] == name)


def test_every_platform_that_is_ticked_gets_a_file_of_its_own(
    sheet: ExportSheet, queue: ExportQueue, qtbot: QtBot, tmp_path: Path
) -> None:
    card(sheet, "Bilibili").click()
    card(sheet, "Xiaohongshu").click()
    card(sheet, "Instagram Reels").click()
    assert sheet.presets == ["xiaohongshu", "bilibili"]
    assert [path.name for path in sheet.targets] == ["song Xiaohongshu.mp4", "song Bilibili.mp4"]
    qtbot.mouseClick(button(sheet, "Export 2 videos"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not queue.busy, timeout=2 * PATIENCE)
    sizes = []
    for item in queue.items:
        video = probe(item.target).video
        assert video is not None
        sizes.append((video.width, video.height))
    assert sizes == [(1080, 1440), (1920, 1080)]
    assert [path.name for path in sheet.targets] == [
        "song Xiaohongshu 2.mp4",
        "song Bilibili 2.mp4",
    ]


def test_without_a_platform_there_is_nothing_to_export(sheet: ExportSheet) -> None:
    card(sheet, "Instagram Reels").click()
    assert "Tick a platform." in said(sheet)
    assert not button(sheet, "Export").isEnabled()


def test_a_name_of_the_users_own_is_told_apart_by_platform(
    sheet: ExportSheet, qtbot: QtBot
) -> None:
    sheet.choose("tiktok", "shorts")
    field = sheet.findChildren(QLineEdit)[0]
    field.clear()
    qtbot.keyClicks(field, "mine")
    assert [path.name for path in sheet.targets] == ["mine TikTok.mp4", "mine YouTube Shorts.mp4"]


def test_editing_goes_on_while_a_frozen_copy_is_written(
    sheet: ExportSheet, queue: ExportQueue, session: Session, qtbot: QtBot
) -> None:
    sheet.choose("master")
    before = session.document
    sheet.export()
    session.edit("Slip", partial(edits.slip, index=1, seconds=0.2))
    assert queue.items[0].document == before != session.document
    queue.cancel(queue.items[0].number)
    qtbot.waitUntil(lambda: queue.items[0].state is State.CANCELLED, timeout=PATIENCE)


def test_several_exports_wait_for_each_other_and_each_can_be_cancelled(
    sheet: ExportSheet, queue: ExportQueue, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet.choose("master")
    sheet.export()
    sheet.choose("tiktok")
    sheet.export()
    assert [item.state for item in queue.items] == [State.WAITING, State.WAITING]
    qtbot.waitUntil(lambda: queue.items[0].state is State.RUNNING, timeout=PATIENCE)
    for item in queue.items:
        queue.cancel(item.number)
    qtbot.waitUntil(lambda: not queue.busy, timeout=PATIENCE)
    assert [item.state for item in queue.items] == [State.CANCELLED, State.CANCELLED]
    assert list(tmp_path.glob("*.mp4")) == list(tmp_path.glob(".*.mp4")) == []


def test_a_folder_that_is_not_there_is_said_in_the_row(
    sheet: ExportSheet, queue: ExportQueue, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = sheet.findChildren(QLineEdit)[1]
    folder.setText(str(tmp_path / "nowhere"))
    sheet.export()
    qtbot.waitUntil(lambda: queue.items[0].state is State.FAILED, timeout=PATIENCE)
    assert "there is no folder" in said(sheet)
    folder.setText(str(tmp_path))
    assert button(sheet, "Export").isEnabled()
    (tmp_path / "nowhere").mkdir()
    qtbot.mouseClick(button(sheet, "Try again"), Qt.MouseButton.LeftButton)
    # The new attempt takes the place of the failed one, whose error is gone with it.
    (item,) = queue.items
    assert "there is no folder" not in said(sheet)
    qtbot.waitUntil(lambda: queue.items[0].state is State.RUNNING, timeout=PATIENCE)
    queue.cancel(item.number)
    qtbot.waitUntil(lambda: queue.items[0].state is State.CANCELLED, timeout=PATIENCE)
    remove = next(
        one
        for one in sheet.findChildren(QToolButton)
        if one.text() == "Remove from the list" and not one.isHidden()
    )
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert queue.items == ()
    assert "Cancelled" not in said(sheet)


def test_the_loop_is_written_alone_once_it_is_set(
    sheet: ExportSheet, queue: ExportQueue, session: Session, qtbot: QtBot
) -> None:
    document = session.document
    assert document is not None and sheet.document == document
    start, end = document.span
    session.set_loop((start + 0.5, end - 0.4))
    assert button(sheet, "Loop").isChecked()
    assert f"{clock(start + 0.5, 1)} to {clock(end - 0.4, 1)}" in said(sheet)
    written = sheet.document
    assert written is not None
    assert written.span == pytest.approx((start + 0.5, end - 0.4))
    sheet.export()
    assert queue.items[0].document == written
    queue.cancel(queue.items[0].number)
    session.set_loop(None)
    assert sheet.document == document
    assert not button(sheet, "Loop").isEnabled()


def test_two_waiting_exports_never_get_one_name(sheet: ExportSheet, queue: ExportQueue) -> None:
    sheet.export()
    sheet.export()
    first, second = queue.items
    assert first.target != second.target
    for item in queue.items:
        queue.cancel(item.number)


@pytest.mark.skipif(os.name != "posix", reason="a folder's permissions don't keep files out")
def test_a_folder_that_may_not_be_searched_is_said_in_the_row(
    sheet: ExportSheet, queue: ExportQueue, qtbot: QtBot, tmp_path: Path
) -> None:
    before = sheet.targets
    with shut(tmp_path):
        sheet.choose("tiktok")
        assert sheet.targets != before
        assert "will be replaced" not in said(sheet)
        button(sheet, "Export").click()
        qtbot.waitUntil(lambda: queue.items[0].state is State.FAILED, timeout=PATIENCE)
    assert "check that you are allowed to read it" in said(sheet)


def test_a_song_longer_than_a_platform_takes_is_said_before(
    plain_session: Session, queue: ExportQueue, qtbot: QtBot, demo: Demo, tmp_path: Path
) -> None:
    from dataclasses import replace

    document = plain_session.document
    assert document is not None
    last = replace(document.segments[-1], song_end=400.0, source_end=400.0)
    plain_session.open(
        replace(document, song_duration=400.0, segments=(*document.segments[:-1], last))
    )
    store = PreferenceStore(Preferences(export_folder=str(tmp_path)), path=tmp_path / "p")
    sheet = ExportSheet(plain_session, queue, store)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.choose("shorts")
    assert "YouTube Shorts takes up to 3:00; this is 6:40." in said(sheet)
    assert "Not sure about segment 4" in said(sheet)


def test_where_no_graphics_card_can_encode_the_row_says_so(
    session: Session,
    queue: ExportQueue,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(encoders, "HARDWARE", ())
    chosen = Preferences(preset="master", export_folder=str(tmp_path), encoder="hardware")
    sheet = ExportSheet(session, queue, PreferenceStore(chosen, path=tmp_path / "preferences"))
    qtbot.addWidget(sheet)
    sheet.resize(360, 700)
    sheet.show()
    qtbot.mouseClick(button(sheet, "Export"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: queue.items[0].state is State.DONE, timeout=PATIENCE)
    assert queue.items[0].target.is_file()
    assert WORDING[FindingKind.ENCODED_BY_PROCESSOR] in said(sheet)
    sheet.close()
