"""The preview shows what the export will burn in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import clips
import numpy as np
import pytest
from made_up_analysis import made_up_analysis
from PIL import Image
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import conform, probe
from lipsyncer.progress import finish
from lipsyncer.render.effects import EffectSettings
from lipsyncer.render.overlays.options import ExtrasSettings
from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.export.file_field import FileField
from lipsyncer.ui.preview.canvas import Canvas
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme
from lipsyncer.ui.window.main_window import MainWindow

TIKTOK = PRESETS["tiktok"].settings
WHOLE = (0.0, 10.0)


@pytest.fixture
def cut(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """Give ten seconds of an upright grey take."""
    theme.manager.apply("dark")
    path = clips.write_clip(tmp_path / "take.mp4", clips.even_times(10, 10.0), size=(90, 160))
    proxy = finish(conform(path, probe(path), cache_dir=tmp_path / "cache"))
    segment = Segment(0.0, 10.0, 0, 0.0, 10.0, "matched", 0.9)
    document = Document(Path("song.wav"), 10.0, (Take(path, 10.0),), (segment,))
    session = Session()
    session.open(document)
    session.learn(made_up_analysis(document, [proxy]))
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def canvas(cut: Session, qtbot: QtBot) -> Iterator[Canvas]:
    player = Player(cut)
    canvas = Canvas(cut, player)
    qtbot.addWidget(canvas)
    canvas.resize(270, 480)
    canvas.show()
    cut.learn(cut.analysis)  # type: ignore[arg-type]
    yield canvas
    canvas.close()
    player.close()


def with_extras(extras: ExtrasSettings, render: RenderSettings = TIKTOK) -> RenderSettings:
    return replace(render, extras=extras)


def seen(canvas: Canvas, qtbot: QtBot, moment: float) -> np.ndarray:
    """Give the pixels (h, w, 3) on screen at a moment of the song."""
    canvas._session.seek(moment)
    qtbot.waitUntil(lambda: canvas.shown == canvas.wish_at(moment), timeout=5000)
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
    rows = rows.reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def differing(canvas: Canvas, qtbot: QtBot, render: RenderSettings, moment: float) -> np.ndarray:
    """Give which pixels (h, w) the extras change."""
    canvas.show_export(TIKTOK, WHOLE)
    plain = seen(canvas, qtbot, moment)
    canvas.show_export(render, WHOLE)
    return np.abs(seen(canvas, qtbot, moment) - plain).max(axis=2) > 40


def test_a_line_is_shown_while_it_is_sung_and_inside_of_what_the_platform_leaves_free(
    canvas: Canvas, qtbot: QtBot, tmp_path: Path
) -> None:
    lyrics = tmp_path / "words.srt"
    lyrics.write_text("1\n00:00:05,000 --> 00:00:08,000\nla la la\n", encoding="utf-8")
    render = with_extras(ExtrasSettings(lyrics=lyrics))
    during = differing(canvas, qtbot, render, 6.0)
    rows, columns = np.nonzero(during)
    assert len(rows) > 50
    zone = TIKTOK.safe_zone
    assert zone is not None
    height, width = during.shape
    assert zone.left * width <= columns.min() and columns.max() <= (1 - zone.right) * width
    assert height / 2 < rows.min() and rows.max() <= (1 - zone.bottom) * height
    assert not differing(canvas, qtbot, render, 9.0).any()


def test_a_watermark_shows_its_colour_in_its_corner_and_goes_when_it_is_removed(
    canvas: Canvas, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = tmp_path / "mark.png"
    Image.new("RGBA", (40, 40), (255, 0, 0, 255)).save(picture)
    mark = ExtrasSettings(watermark=picture, watermark_corner="top-left", watermark_opacity=1.0)
    changed = differing(canvas, qtbot, with_extras(mark), 6.0)
    rows, columns = np.nonzero(changed)
    assert len(rows) > 200 and rows.max() < changed.shape[0] / 2
    assert columns.max() < changed.shape[1] / 2
    canvas.show_export(with_extras(mark), WHOLE)
    assert seen(canvas, qtbot, 6.0)[changed].mean(axis=0) == pytest.approx([255, 0, 0], abs=25)
    canvas.show_export(TIKTOK, WHOLE)
    assert not differing(canvas, qtbot, TIKTOK, 6.0).any()


def test_nothing_is_shown_of_a_file_that_can_not_be_used(
    canvas: Canvas, qtbot: QtBot, tmp_path: Path
) -> None:
    render = with_extras(ExtrasSettings(lyrics=tmp_path / "gone.lrc"))
    assert not differing(canvas, qtbot, render, 6.0).any()


def test_what_is_chosen_in_the_export_sheet_is_seen_at_once(
    cut: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    picture = tmp_path / "mark.png"
    Image.new("RGBA", (40, 40), (255, 0, 0, 255)).save(picture)
    window = MainWindow(Preferences(theme="dark", preset="tiktok"))
    try:
        window.resize(1280, 720)
        window.show()
        assert cut.document is not None and cut.analysis is not None
        window.session.open(cut.document)
        window.session.learn(cut.analysis)
        canvas = window.preview.canvas
        before = seen(canvas, qtbot, 6.0)
        mark = window.export_sheet.findChild(QWidget, "watermark")
        assert isinstance(mark, FileField)
        mark.choose(picture)
        added = seen(canvas, qtbot, 6.0) - before
        assert (added[..., 0] > 60).sum() > 50  # redder than it was
        mark.choose(None)
        assert np.abs(seen(canvas, qtbot, 6.0) - before).max() < 10
    finally:
        window.session.undo_stack.setClean()
        window.close()
        window.deleteLater()


def test_in_a_take_that_is_cropped_words_stand_where_the_crop_is(
    canvas: Canvas, cut: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    lyrics = tmp_path / "words.srt"
    lyrics.write_text("1\n00:00:05,000 --> 00:00:08,000\nla\n", encoding="utf-8")
    square = replace(TIKTOK, size=(90, 90), safe_zone=None, reframe="centre")
    changed = differing(canvas, qtbot, with_extras(ExtrasSettings(lyrics=lyrics), square), 6.0)
    rows = np.nonzero(changed)[0] / len(changed)
    # The square of an upright take of 9 to 16 reaches from 0.22 to 0.78 of its height.
    assert rows.min() > 0.6 and rows.max() < 0.78


def with_effects(**effects: object) -> RenderSettings:
    return replace(TIKTOK, effects=EffectSettings(**effects))  # type: ignore[arg-type]


def test_a_mirrored_picture_is_shown_mirrored_and_its_words_are_not(
    canvas: Canvas, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = tmp_path / "mark.png"
    Image.new("RGBA", (40, 40), (255, 0, 0, 255)).save(picture)
    mark = ExtrasSettings(watermark=picture, watermark_corner="top-left", watermark_opacity=1.0)
    canvas.show_export(TIKTOK, WHOLE)
    plain = seen(canvas, qtbot, 3.0)
    canvas.show_export(with_effects(mirror=True), WHOLE)
    mirrored = seen(canvas, qtbot, 3.0)
    assert np.abs(plain - plain[:, ::-1]).mean() > 5
    assert np.abs(mirrored - plain[:, ::-1]).mean() < 2
    marked = replace(with_extras(mark), effects=EffectSettings(mirror=True))
    canvas.show_export(marked, WHOLE)
    red = np.abs(seen(canvas, qtbot, 3.0) - mirrored).max(axis=2) > 40
    assert np.nonzero(red)[1].max() < red.shape[1] / 2


def inside(canvas: Canvas, qtbot: QtBot, moment: float) -> np.ndarray:
    """Give the pixels on screen without the ring around what has the keyboard."""
    return seen(canvas, qtbot, moment)[4:-4, 4:-4]


def test_the_picture_is_grey_and_fades_as_it_will_be_written(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_export(TIKTOK, (2.0, 8.0))
    plain = inside(canvas, qtbot, 3.0)
    canvas.show_export(with_effects(black_white=True), (2.0, 8.0))
    grey = inside(canvas, qtbot, 3.0)
    assert (grey.max(axis=2) == grey.min(axis=2)).all()
    assert np.abs(grey[..., 0] - plain.mean(axis=2)).max() <= 2
    canvas.show_export(with_effects(fade_in=2.0, fade_out=1.0), (2.0, 8.0))
    assert np.abs(inside(canvas, qtbot, 3.0) - plain / 2).max() <= 3
    assert inside(canvas, qtbot, 2.0).max() <= 14
    assert inside(canvas, qtbot, 9.0).max() <= 14
    assert np.abs(inside(canvas, qtbot, 5.0)).max() > 100
