"""The best part of a cut: loud, sung, and not begun in a word."""

from __future__ import annotations

import numpy as np
import pytest

from lipsyncer.cut.best_part import best_part

RATE = 25.0


def song(*sung: tuple[float, float, float], seconds: float = 60.0) -> tuple[np.ndarray, np.ndarray]:
    """Make a voice and a loudness of stretches (start, end, loudness) that are sung."""
    voice, loud = np.zeros(round(seconds * RATE)), np.full(round(seconds * RATE), 0.1)
    for start, end, loudness in sung:
        rows = slice(round(start * RATE), round(end * RATE))
        voice[rows], loud[rows] = 1.0, loudness
    return voice, loud


def test_the_loud_chorus_wins_over_the_quiet_verse_and_the_loud_solo() -> None:
    voice, loud = song((5.0, 20.0, 0.2), (30.0, 44.0, 0.9))
    loud[round(45 * RATE) :] = 1.0
    start, end = best_part(voice, loud, RATE, (0.0, 60.0), 15.0)
    assert end - start == pytest.approx(15.0)
    assert start <= 30.0 and end >= 44.0


def test_a_part_begins_between_two_words() -> None:
    voice, loud = song((0.0, 28.0, 0.5), (29.0, 60.0, 0.5))
    start, _ = best_part(voice, loud, RATE, (0.0, 60.0), 20.0)
    assert 28.0 - 1 / RATE <= start <= 29.0 + 1 / RATE


def test_it_stays_inside_the_cut() -> None:
    voice, loud = song((50.0, 60.0, 0.9))
    start, end = best_part(voice, loud, RATE, (10.0, 55.0), 30.0)
    assert start >= 10.0 and end <= 55.0
    assert best_part(voice, loud, RATE, (10.0, 35.0), 30.0) == (10.0, 35.0)


def test_a_voice_without_a_pause_still_has_a_part() -> None:
    voice, loud = song((0.0, 60.0, 0.5))
    loud[round(20 * RATE) : round(40 * RATE)] = 1.0
    assert best_part(voice, loud, RATE, (0.0, 60.0), 20.0) == pytest.approx((20.0, 40.0))
