"""Beats that a listener would clap, and none where there are none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lipsyncer.features.beats import beats_of

RATE = 16_000


def clicks(times: NDArray[np.float64], seconds: float) -> NDArray[np.float32]:
    rng = np.random.default_rng(0)
    sound = 0.02 * rng.normal(size=round(seconds * RATE))
    for time in times:
        first = round(time * RATE)
        length = min(800, len(sound) - first)
        sound[first : first + length] += rng.normal(size=length) * np.exp(-np.arange(length) / 150)
    return sound.astype(np.float32)


def test_the_beats_of_a_song_with_clicks_are_the_clicks() -> None:
    true = np.arange(0.91, 12.0, 60 / 104)
    found = beats_of(clicks(true, 12.0), RATE)
    inner = true[1:-1]
    assert np.abs(found[:, None] - inner).min(axis=0).max() < 0.04


def test_noise_silence_and_a_moment_have_no_beat() -> None:
    noise = np.random.default_rng(0).normal(size=12 * RATE).astype(np.float32)
    assert len(beats_of(noise, RATE)) == 0
    assert len(beats_of(np.zeros_like(noise), RATE)) == 0
    assert len(beats_of(noise[:RATE], RATE)) == 0
