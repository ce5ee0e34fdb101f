"""What can be chosen beside platform and file: all of it reaches the export, and is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lipsyncer.jobs import Export, Job, Progress
from lipsyncer.render.effects import EffectSettings
from lipsyncer.render.loudness import Loudness
from lipsyncer.render.overlays.options import ExtrasSettings
from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.render.soundtrack import SoundSettings
from lipsyncer.render.transitions import TransitionSettings
from lipsyncer.settings.export_choices import ExportChoices, Kept, load_kept, rendering, save_kept
from lipsyncer.settings.job import Settings
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.export import ExportQueue, ExportSheet, queue
from lipsyncer.ui.export.file_field import FileField

NewSheet = Callable[[], ExportSheet]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[RenderSettings]:
    """Note what the encoders would be asked for, instead of asking them."""
    asked: list[RenderSettings] = []

    def note(document: object, target: Path, settings: Settings) -> Job[Export]:
        asked.append(settings.render)
        yield Progress("render", 1.0)
        return Export(target, {}, Loudness(-14.0, -1.0))

    monkeypatch.setattr(queue, "export", note)
    return asked


@pytest.fixture
def new_sheet(
    plain_session: Session, asked: list[RenderSettings], qtbot: QtBot, tmp_path: Path
) -> Iterator[NewSheet]:
    """Open the sheet as often as is wanted, each time as after a new start."""
    files = ExportQueue()
    sheets: list[ExportSheet] = []

    def make() -> ExportSheet:
        chosen = Preferences(preset="reels", export_folder=str(tmp_path))
        store = PreferenceStore(chosen, path=tmp_path / "preferences.json")
        sheet = ExportSheet(plain_session, files, store)
        sheets.append(sheet)
        qtbot.addWidget(sheet)
        sheet.resize(360, 560)
        sheet.show()
        return sheet

    yield make
    for sheet in sheets:
        sheet.close()
    files.close()


def named(sheet: ExportSheet, name: str) -> QWidget:
    widget = sheet.findChild(QWidget, name)
    assert widget is not None
    return widget


def fold(sheet: ExportSheet) -> QToolButton:
    return next(b for b in sheet.findChildren(QToolButton) if b.isCheckable())


def exported(sheet: ExportSheet, asked: list[RenderSettings], qtbot: QtBot) -> RenderSettings:
    before = len(asked)
    button = next(b for b in sheet.findChildren(QPushButton) if b.property("kind") == "primary")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(asked) > before, timeout=120_000)
    return asked[-1]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    lyrics, mark = tmp_path / "song.lrc", tmp_path / "mark.png"
    lyrics.write_text("[00:01.00]la la\n", "utf-8")
    Image.new("RGBA", (20, 20), (255, 0, 0, 255)).save(mark)
    return lyrics, mark


def choose_everything(sheet: ExportSheet, lyrics: Path, mark: Path) -> None:
    for name, value in {
        "reframe": "blur",
        "jumps": "cut",
        "lyrics_place": "top",
        "watermark_corner": "bottom-left",
        "before_after": "split",
    }.items():
        box = named(sheet, name)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(value))
    for name in ("interpolate", "turn_down", "camera", "mirror", "black_white"):
        switch = named(sheet, name)
        assert isinstance(switch, QCheckBox)
        switch.click()
    for name, number in {
        "fade_in": 1.5,
        "fade_out": 2.5,
        "camera_level": -20,
        "countdown": 3,
        "watermark_size": 25,
        "watermark_opacity": 60,
        "picture_fade_in": 0.5,
        "picture_fade_out": 1.0,
    }.items():
        spin = named(sheet, name)
        assert isinstance(spin, QSpinBox | QDoubleSpinBox)
        spin.setValue(number)  # type: ignore[arg-type]
    for name, path in (("lyrics", lyrics), ("watermark", mark)):
        field = named(sheet, name)
        assert isinstance(field, FileField)
        field.choose(path)


def test_one_click_exports_what_the_platform_asks_for(
    new_sheet: NewSheet, asked: list[RenderSettings], qtbot: QtBot
) -> None:
    sheet = new_sheet()
    assert not named(sheet, "reframe").isVisible()
    assert exported(sheet, asked, qtbot) == PRESETS["reels"].settings


def test_every_choice_is_handed_on(
    new_sheet: NewSheet, asked: list[RenderSettings], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    sheet = new_sheet()
    fold(sheet).click()
    assert named(sheet, "reframe").isVisible()
    choose_everything(sheet, *files)
    lyrics, mark = files
    assert exported(sheet, asked, qtbot) == replace(
        PRESETS["reels"].settings,
        reframe="blur",
        transitions=TransitionSettings("cut", interpolate=False),
        sound=SoundSettings(fade_in=1.5, fade_out=2.5, camera=-20.0, turn_down=True),
        extras=ExtrasSettings(
            lyrics=lyrics,
            lyrics_place="top",
            countdown=3,
            watermark=mark,
            watermark_corner="bottom-left",
            watermark_size=0.25,
            watermark_opacity=0.6,
        ),
        effects=EffectSettings("split", mirror=True, black_white=True, fade_in=0.5, fade_out=1.0),
    )


def test_the_choices_and_the_fold_are_as_they_were_left(
    new_sheet: NewSheet, files: tuple[Path, Path], plain_session: Session
) -> None:
    before = new_sheet()
    fold(before).click()
    choose_everything(before, *files)
    after = new_sheet()
    assert after.rendering == before.rendering
    assert fold(after).isChecked() and named(after, "reframe").isVisible()
    fold(after).click()
    assert fold(after).text() == "More: 20 chosen"
    assert not fold(new_sheet()).isChecked()


def test_lyrics_belong_to_their_song(
    new_sheet: NewSheet, files: tuple[Path, Path], plain_session: Session
) -> None:
    sheet = new_sheet()
    choose_everything(sheet, *files)
    document = plain_session.document
    assert document is not None
    plain_session.open(replace(document, song=Path("other.wav")))
    assert sheet.rendering.extras.lyrics is None
    assert sheet.rendering.extras.watermark == files[1]
    plain_session.open(document)
    assert sheet.rendering.extras.lyrics == files[0]


def test_a_file_can_be_taken_away_and_everything_set_back(
    new_sheet: NewSheet, files: tuple[Path, Path]
) -> None:
    sheet = new_sheet()
    fold(sheet).click()
    choose_everything(sheet, *files)
    field = named(sheet, "watermark")
    remove = next(b for b in field.findChildren(QToolButton))
    assert remove.isVisible() and named(sheet, "watermark_size").isEnabled()
    remove.click()
    assert sheet.rendering.extras.watermark is None
    assert not remove.isVisible() and not named(sheet, "watermark_size").isEnabled()
    defaults = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Defaults")
    defaults.click()
    assert sheet.rendering == PRESETS["reels"].settings


def test_one_click_makes_it_a_before_and_after_video(
    new_sheet: NewSheet, asked: list[RenderSettings], qtbot: QtBot
) -> None:
    sheet = new_sheet()
    tick = next(box for box in sheet.findChildren(QCheckBox) if box.text() == "Before and after")
    tick.click()
    assert sheet.targets[0].name == "song Instagram Reels before and after.mp4"
    assert exported(sheet, asked, qtbot).effects == EffectSettings("beside")
    box = named(sheet, "before_after")
    assert isinstance(box, QComboBox) and box.currentData() == "beside"
    box.setCurrentIndex(box.findData("split"))
    assert tick.isChecked() and sheet.rendering.effects.before_after == "split"
    tick.click()
    assert sheet.rendering.effects == EffectSettings()
    assert new_sheet().rendering.effects == EffectSettings()


def test_a_file_that_can_not_be_used_is_said_when_it_is_chosen(
    new_sheet: NewSheet, files: tuple[Path, Path]
) -> None:
    sheet = new_sheet()
    field = named(sheet, "lyrics")
    assert isinstance(field, FileField)
    field.choose(files[1])
    said = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert any("mark.png: this is not text" in text for text in said)
    field.choose(files[0])
    said = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert not any("mark.png" in text for text in said)


def test_the_songs_loudness_is_said(new_sheet: NewSheet) -> None:
    sheet = new_sheet()
    fold(sheet).click()
    sheet.show_loudness(Loudness(-9.5, -0.2))
    said = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert (
        "The song's loudness is −9.5 LUFS, its peak −0.2 dBTP. Platforms play it 4.5 dB lower."
        in said
    )
    sheet.show_loudness(Loudness(-20.0, -3.0))
    said = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert "The song's loudness is −20.0 LUFS, its peak −3.0 dBTP." in said


def test_the_button_stays_in_sight_at_the_smallest_window(
    new_sheet: NewSheet, files: tuple[Path, Path], qtbot: QtBot
) -> None:
    sheet = new_sheet()
    fold(sheet).click()
    choose_everything(sheet, *files)
    button = next(b for b in sheet.findChildren(QPushButton) if b.property("kind") == "primary")
    bottom = button.mapTo(sheet, button.rect().bottomLeft()).y()
    assert button.isVisible() and bottom < sheet.height()


def test_what_is_kept_is_read_again_and_nonsense_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    song = tmp_path / "song.wav"
    kept = Kept(ExportChoices(jumps="cut", fade_in=2.0), more=True).with_lyrics(
        song, tmp_path / "song.lrc"
    )
    save_kept(kept, path)
    assert load_kept(path) == kept
    assert load_kept(path).with_lyrics(song, None).lyrics_of(song) is None
    path.write_text('{"choices": {"jumps": "fly", "fade_in": 900.0, "countdown": 3}, "more": 1}')
    assert load_kept(path) == Kept(ExportChoices(countdown=3))
    for text in ("", "[]", '{"choices": [], "lyrics": 3}'):
        path.write_text(text)
        assert load_kept(path) == Kept()


def test_numbers_in_the_window_reach_as_far_as_what_is_read_again(
    new_sheet: NewSheet, tmp_path: Path
) -> None:
    sheet = new_sheet()
    path = tmp_path / "export.json"
    names = {"fade_in", "fade_out", "camera_level", "countdown"}
    names |= {"watermark_size", "watermark_opacity", "picture_fade_in", "picture_fade_out"}
    for name in names:
        box: QSpinBox | QDoubleSpinBox | None = sheet.findChild(QSpinBox, name)
        box = box or sheet.findChild(QDoubleSpinBox, name)
        assert box is not None
        for value, kept in (
            (box.minimum(), True),
            (box.maximum(), True),
            (box.minimum() - 1, False),
            (box.maximum() + 1, False),
        ):
            path.write_text(json.dumps({"choices": {name: value}}))
            read = getattr(load_kept(path).choices, name)
            assert (read == value) == kept


def test_choices_at_first_are_what_the_presets_do() -> None:
    for preset in PRESETS.values():
        assert rendering(preset.settings, ExportChoices()) == preset.settings
