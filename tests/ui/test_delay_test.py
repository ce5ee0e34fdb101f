"""Tapping along finds how late a sound device is, whoever taps and however unevenly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.preview.delay_dialog import DelayTest
from lipsyncer.ui.preview.playback_audio import Speaker
from lipsyncer.ui.preview.tap_delay import BEAT, NEEDED, WARM_UP, TapRow, output_delay
from lipsyncer.ui.style.once import open_once


def tapped(delay: float, habit: float, scatter: float, seed: int) -> TapRow:
    """Give the taps of somebody with a habit of being early, along with a delayed beat."""
    random = np.random.default_rng(seed)
    row = TapRow()
    for beat in range(3, 3 + WARM_UP + NEEDED):
        row.add(beat * BEAT + delay + habit + random.normal(0, scatter))
    return row


@pytest.mark.parametrize("delay", [-0.05, 0.0, 0.12, 0.29])
@pytest.mark.parametrize("habit", [-0.08, 0.0, 0.06])
def test_the_delay_is_found_whatever_the_habit(delay: float, habit: float) -> None:
    found = [
        output_delay(tapped(delay, habit, 0.02, seed), tapped(0.0, habit, 0.02, seed + 100))
        for seed in range(30)
    ]
    errors = [abs(value - delay) for value in found if value is not None]
    assert len(errors) == 30
    assert np.median(errors) < 0.015
    assert max(errors) < 0.045


def test_taps_without_a_beat_tell_nothing() -> None:
    random = np.random.default_rng(0)
    row = TapRow()
    for time in np.sort(random.uniform(0, 20, WARM_UP + NEEDED)):
        row.add(float(time))
    assert output_delay(row, tapped(0.0, 0.0, 0.01, 1)) is None


def test_too_few_taps_tell_nothing() -> None:
    row = TapRow()
    row.add(1.0)
    assert output_delay(row, tapped(0.0, 0.0, 0.01, 1)) is None


class Hand:
    """A wall clock that is set by hand."""

    time = 50.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def store(tmp_path: Path) -> PreferenceStore:
    return PreferenceStore(Preferences(), path=tmp_path / "preferences.json")


def words(dialog: DelayTest) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def press_space_on_the_beat(dialog: DelayTest, hand: Hand, qtbot: QtBot, late: float) -> None:
    hand.time += BEAT - dialog.beat_time % BEAT + late
    button = next(b for b in dialog.findChildren(QPushButton) if "Space" in b.text())
    qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_person_taps_and_keeps_the_delay(
    store: PreferenceStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand()
    monkeypatch.setattr(Speaker, "play", lambda self, time: None)
    monkeypatch.setattr(Speaker, "playing", property(lambda self: True))
    dialog = DelayTest(store, now=hand)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "clicks" in words(dialog)
    for _ in range(WARM_UP + NEEDED):
        press_space_on_the_beat(dialog, hand, qtbot, 0.20)
    assert "flashes" in words(dialog)
    for _ in range(WARM_UP + NEEDED):
        press_space_on_the_beat(dialog, hand, qtbot, 0.02)
    assert "180 ms" in words(dialog)
    use = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Use this delay")
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert store.preferences.output_delay_ms == pytest.approx(180, abs=1)


def test_without_a_sound_device_it_says_so(
    store: PreferenceStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Speaker, "play", lambda self, time: None)
    dialog = DelayTest(store)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "no sound device" in words(dialog)


def test_asked_for_twice_it_is_there_once(store: PreferenceStore, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    first = open_once(DelayTest, lambda: DelayTest(store, parent), parent)
    assert open_once(DelayTest, lambda: DelayTest(store, parent), parent) is first
    first.close()
    again = open_once(DelayTest, lambda: DelayTest(store, parent), parent)
    assert again is not first
    again.close()
