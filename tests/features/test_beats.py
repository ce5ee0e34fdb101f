"""Where the beats of a song are found, and that none are where there is no clear one."""

from __future__ import annotations

import librosa
import numpy as np
import pytest

from lipsyncer.demo.song import perform
from lipsyncer.demo.voice import RATE as VOICE_RATE
from lipsyncer.features.beats import beats_of

RATE = 16_000
SECONDS = 14.0


def struck(times: np.ndarray) -> np.ndarray:
    """Give short strokes over soft noise."""
    sound = np.random.default_rng(0).normal(0, 0.01, int(SECONDS * RATE))
    stroke = np.sin(np.arange(800) * 0.6) * np.exp(-np.arange(800) / 160)
    for time in times:
        first = round(time * RATE)
        sound[first : first + 800] += stroke[: len(sound) - first]
    return sound.astype(np.float32)


@pytest.mark.parametrize("period", [0.45, 0.6])
def test_beats_are_where_the_strokes_are(period: float) -> None:
    strokes = np.arange(0.3, SECONDS - 0.1, period)
    beats = beats_of(struck(strokes), RATE)
    assert len(beats) >= len(strokes) - 2
    assert np.abs(beats[:, None] - strokes).min(axis=1).max() <= 0.02


def test_beats_are_found_through_noise() -> None:
    strokes = np.arange(0.3, SECONDS - 0.1, 0.5)
    loud = np.random.default_rng(4).normal(0, 0.1, int(SECONDS * RATE)).astype(np.float32)
    beats = beats_of(struck(strokes) + loud, RATE)
    assert len(beats) >= len(strokes) - 4
    assert np.abs(beats[:, None] - strokes).min(axis=1).max() <= 0.04


def test_a_voice_that_sings_alone_gives_no_beat() -> None:
    sung = perform(SECONDS, seed=0).voice
    assert len(beats_of(librosa.resample(sung, orig_sr=VOICE_RATE, target_sr=RATE), RATE)) == 0


def test_strokes_at_any_time_are_no_beat() -> None:
    strokes = np.sort(np.random.default_rng(3).uniform(0.3, SECONDS - 0.1, 28))
    assert len(beats_of(struck(strokes), RATE)) == 0


def test_only_the_part_of_a_song_that_has_a_beat_gives_beats() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, int(SECONDS * RATE)).astype(np.float32)
    strokes = np.arange(0.3, SECONDS - 0.1, 0.5)
    beats = beats_of(np.concatenate([noise, struck(strokes)]), RATE)
    assert len(beats)
    assert beats.min() > SECONDS - 6.0


@pytest.mark.parametrize("seconds", [0.0, 1.0, 10.0])
def test_silence_and_short_sounds_have_no_beat(seconds: float) -> None:
    assert len(beats_of(np.zeros(int(seconds * RATE), np.float32), RATE)) == 0
