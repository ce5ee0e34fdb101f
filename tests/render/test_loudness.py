"""Loudness against the standard's own reference tones, and turning down only."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lipsyncer.render.loudness import (
    TARGET_LOUDNESS,
    TARGET_PEAK,
    Loudness,
    loudness_of,
    turn_down,
)

RATE = 48_000


def tone(frequency: float, decibels: float, seconds: float = 5.0, phase: float = 0.0) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (decibels / 20) * np.sin(2 * np.pi * frequency * time + phase)
    return np.stack([wave, wave], axis=1).astype(np.float32)


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_stereo_tone_of_1_khz_is_as_loud_as_its_peak_level(level: float) -> None:
    # EBU Tech 3341, tests 1 and 2: within 0.1 LU.
    assert loudness_of(tone(1000, level, 20), RATE).integrated == pytest.approx(level, abs=0.1)


def test_quiet_stretches_are_gated_out() -> None:
    # EBU Tech 3341, test 3.
    sound = np.concatenate([tone(1000, -36, 10), tone(1000, -23, 60), tone(1000, -36, 10)])
    assert loudness_of(sound, RATE).integrated == pytest.approx(-23.0, abs=0.1)


def test_the_true_peak_between_the_samples_is_found() -> None:
    # EBU Tech 3341, test 16: a quarter of the rate, 45 degrees off, at half of full scale.
    sound = tone(RATE / 4, 20 * math.log10(0.5), phase=math.pi / 4)
    assert 20 * math.log10(np.abs(sound).max()) == pytest.approx(-9.03, abs=0.01)
    assert loudness_of(sound[: RATE * 2], RATE).true_peak == pytest.approx(-6.0, abs=0.3)


def test_silence_and_a_click_have_no_loudness() -> None:
    silent = loudness_of(np.zeros((RATE, 2), np.float32), RATE)
    assert (silent.integrated, silent.true_peak) == (-math.inf, -math.inf)
    assert str(silent) == "-inf LUFS, true peak -inf dBTP"
    assert loudness_of(tone(1000, -6, 0.1), RATE).integrated == -math.inf
    assert loudness_of(np.zeros((0, 2), np.float32), RATE).true_peak == -math.inf


def test_loud_sound_is_turned_down_to_both_targets() -> None:
    loud = tone(1000, -5)
    gain = turn_down(loudness_of(loud, RATE))
    after = loudness_of(loud * np.float32(10 ** (gain / 20)), RATE)
    assert after.integrated == pytest.approx(TARGET_LOUDNESS, abs=0.05)
    assert turn_down(Loudness(-20.0, 0.5)) == TARGET_PEAK - 0.5


def test_quiet_sound_is_never_turned_up() -> None:
    assert turn_down(Loudness(-30.0, -12.0)) == 0.0
    assert turn_down(Loudness(-math.inf, -math.inf)) == 0.0
