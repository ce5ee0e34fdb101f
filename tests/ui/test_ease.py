"""Words, contrast, sizes, volume and hints: what makes the window easy to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QSettings
from PyQt6.QtGui import QColor, QFont
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import shift_in_words
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.preview.volume import Volume
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.theme import DARK, LIGHT, Theme
from lipsyncer.ui.timeline.hints import Hints


def luminance(name: str) -> float:
    """Relative luminance of a colour (WCAG 2.1)."""
    colour = QColor(name)
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_reach_a_contrast_of_4_5_and_outlines_one_of_3(colours: Theme) -> None:
    for ground in (colours.window, colours.panel, colours.raised):
        for ink in (colours.text, colours.muted, colours.good, colours.fair, colours.poor):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
        assert contrast(colours.outline, ground) >= 3, ground


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-0.401, "shown 0.4 s earlier than filmed"),
        (0.04, "shown 0.04 s later than filmed"),
        (-19.0, "shown 19.0 s earlier than filmed"),
        (0.0, "shown as filmed"),
    ],
)
def test_a_shift_is_said_as_a_layman_would(seconds: float, words: str) -> None:
    assert shift_in_words(seconds) == words


def long_song(first: float, last: float) -> Document:
    segment = Segment(first, last, 0, 0.0, last - first, "matched", 0.9)
    return Document(Path("song.wav"), 600.0, (Take(Path("a.mov"), 600.0),), (segment,))


def test_a_long_song_opens_with_its_footage_in_view(plain_session: Session) -> None:
    plain_session.open(long_song(300.0, 340.0))
    view = plain_session.view
    assert view.start <= 300.0 and view.end >= 340.0
    assert view.end - view.start < 50.0
    plain_session.open(long_song(20.0, 580.0))
    assert (view.start, view.end) == (0.0, 600.0)


@pytest.fixture
def own_settings(tmp_path: Path) -> None:
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(native, user, str(tmp_path / "settings"))
    QSettings("Lipsyncer", "window").clear()


@pytest.fixture
def hints(qapp: QApplication, own_settings: None, qtbot: QtBot) -> Hints:
    hints = Hints()
    qtbot.addWidget(hints)
    return hints


def press(hints: Hints, words: str) -> None:
    next(b for b in hints.findChildren(QPushButton) if b.text().startswith(words)).click()


def test_three_hints_are_shown_once_and_never_again(hints: Hints) -> None:
    hints.begin()
    for words in ("Next (1 of 3)", "Next (2 of 3)", "Done"):
        assert hints.isVisible()
        press(hints, words)
    assert not hints.isVisible()
    hints.begin()
    assert not hints.isVisible()


def test_hints_can_be_dismissed_at_once(hints: Hints) -> None:
    hints.begin()
    press(hints, "No more hints")
    hints.begin()
    assert not hints.isVisible()


def test_the_volume_is_kept_and_a_silent_machine_says_so(
    plain_session: Session, own_settings: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = Player(plain_session)
    volume = Volume(player)
    qtbot.addWidget(volume)
    volume.show()
    volume.slider.setValue(40)
    assert player._speaker._volume == 0.4
    again = Volume(player)
    qtbot.addWidget(again)
    assert again.slider.value() == 40

    class Device:
        silent = True

        def isNull(self) -> bool:  # noqa: N802
            return self.silent

    device = Device()
    monkeypatch.setattr(
        "lipsyncer.ui.preview.volume.QMediaDevices.defaultAudioOutput", lambda: device
    )
    volume.look()
    assert volume.missing.isVisible() and not volume.slider.isVisible()
    device.silent = False
    volume.look()
    assert volume.slider.isVisible() and not volume.missing.isVisible()
    player.close()


def test_text_grows_with_the_desktops_text(qapp: QApplication) -> None:
    before = qapp.font()
    usual = theme.text_size(theme.BODY)
    assert usual == theme.BODY
    large = QFont(before)
    large.setPixelSize(21)
    try:
        qapp.setFont(large)
        assert theme.text_size(theme.BODY) > usual
        assert f"font-size: {theme.text_size(theme.BODY)}px" in theme.stylesheet(DARK)
        large.setPixelSize(60)
        qapp.setFont(large)
        assert theme.text_size(theme.BODY) == round(1.5 * theme.BODY)
    finally:
        qapp.setFont(before)
