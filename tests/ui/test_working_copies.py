"""The viewer reads the take itself until there is a working copy of it."""

from __future__ import annotations

from pathlib import Path

import clips
import numpy as np
import pytest
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.edit.document import Take
from lipsyncer.features.tracking import track_take
from lipsyncer.media import FrameReader, MediaInfo, Proxy, probe, probe_take
from lipsyncer.media import conform as conformed
from lipsyncer.media.conform import found_copy
from lipsyncer.progress import Stage, finish
from lipsyncer.ui.threads import frame_server, working_copies
from lipsyncer.ui.threads.frame_server import FrameServer
from lipsyncer.ui.threads.working_copies import WorkingCopies


@pytest.fixture
def take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proxy:
    """Give a take of 60 frames a second that nobody has copied."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    path = clips.write_clip(tmp_path / "take.mp4", clips.even_times(60, 3.0), size=(640, 480))
    return finish(track_take(probe(path)))[0]


def code_of(image: QImage) -> int:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    data = rgb.constBits()
    assert data is not None
    rows = np.frombuffer(data.asstring(rgb.sizeInBytes()), np.uint8)
    width, height = rgb.width(), rgb.height()
    return clips.read_code(rows.reshape(height, -1)[:, : 3 * width].reshape(height, width, 3))


@pytest.mark.parametrize("turned", [0, 90])
def test_the_same_frames_come_from_the_take_and_from_its_copy(
    take: Proxy, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, turned: int
) -> None:
    if turned:
        lying = clips.write_clip(
            take.path.with_name("lying.mp4"),
            clips.even_times(60, 3.0),
            size=(480, 640),
            picture=lambda index: np.ascontiguousarray(
                np.rot90(clips.coded_frame(index, (640, 480)))
            ),
        )
        take = finish(track_take(probe(lying).turned(turned)))[0]
    file = Take(take.path, take.duration, turned)
    opened: list[Path] = []

    def reader(path: Path, **options: int) -> FrameReader:
        opened.append(path)
        return FrameReader(path, **options)

    monkeypatch.setattr(frame_server, "FrameReader", reader)
    server, copies = FrameServer(), WorkingCopies()
    copies.made.connect(server.reopen)

    def shown(frame: int) -> int:
        with qtbot.waitSignal(server.ready, timeout=60_000) as heard:
            server.ask([(0, frame)])
        assert heard.args is not None
        return code_of(heard.args[2])

    try:
        server.show_takes([take])
        wanted = [40, 7, 89]
        before = [shown(frame) for frame in wanted]
        assert before == [2 * frame + 1 for frame in wanted]
        assert opened == [take.path]
        with qtbot.waitSignal(copies.made, timeout=60_000):
            copies.begin([file])
        copy = found_copy(take.path, turned)
        assert copy is not None
        assert [shown(frame) for frame in wanted] == before
        assert opened == [take.path, copy]
    finally:
        server.close()
        copies.close()


def test_a_take_is_copied_once(take: Proxy, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(conformed(take.path, probe(take.path)))
    read: list[Path] = []

    def looked_into(file: Take) -> MediaInfo:
        read.append(file.path)
        return probe_take(file)

    monkeypatch.setattr(working_copies, "probe_take", looked_into)
    copies = WorkingCopies()
    try:
        copies.begin([Take(take.path, take.duration)])
        assert copies._runner is not None
        with qtbot.waitSignal(copies._runner.finished, timeout=60_000):
            pass
        assert read == []
    finally:
        copies.close()


def test_what_can_t_be_copied_is_no_error(
    take: Proxy, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, info: MediaInfo) -> Stage[Proxy]:
        yield 0.5
        raise OutputError(path, "the disk is full")

    monkeypatch.setattr(working_copies, "conform", full)
    server, copies = FrameServer(), WorkingCopies()
    try:
        copies.begin([Take(take.path, take.duration)])
        assert copies._runner is not None
        with qtbot.waitSignal(copies._runner.failed, timeout=60_000):
            pass
        server.show_takes([take])
        with qtbot.waitSignal(server.ready, timeout=60_000) as heard:
            server.ask([(0, 20)])
        assert heard.args is not None
        assert code_of(heard.args[2]) == 41
    finally:
        server.close()
        copies.close()
