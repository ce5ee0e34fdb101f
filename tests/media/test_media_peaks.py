"""A waveform's outline: no sample is lost at any zoom."""

from __future__ import annotations

import numpy as np
import pytest

from lipsyncer.arrays import Float32s
from lipsyncer.media.peaks import peaks_of

RATE = 16_000


@pytest.fixture
def noise() -> Float32s:
    return np.random.default_rng(3).normal(0, 0.2, 40 * RATE + 17).astype(np.float32)


@pytest.mark.parametrize("columns", [7, 300, 1920])
@pytest.mark.parametrize("span", [(0.0, 40.0), (3.21, 17.9), (20.0, 20.5)])
def test_each_column_reaches_as_far_as_its_samples(
    noise: Float32s, columns: int, span: tuple[float, float]
) -> None:
    outline = peaks_of(noise, RATE).between(*span, columns)
    edges = np.linspace(*span, columns + 1) * RATE
    for (low, high), first, last in zip(outline, edges[:-1], edges[1:], strict=True):
        samples = noise[int(np.ceil(first)) : int(np.floor(last))]
        assert low <= samples.min(initial=0.0)
        assert high >= samples.max(initial=0.0)


def test_a_column_sees_no_further_than_half_a_column_or_one_bin() -> None:
    click = np.zeros(10 * RATE, np.float32)
    click[5 * RATE] = 1.0
    outline = peaks_of(click, RATE).between(0.0, 10.0, 1000)
    shown = np.flatnonzero(outline[:, 1] > 0)
    assert 500 in shown
    assert shown.min() >= 499
    assert shown.max() <= 501


def test_outside_of_the_song_it_is_silent(noise: Float32s) -> None:
    outline = peaks_of(noise, RATE).between(-10.0, 50.0, 60)
    assert not outline[:10].any()
    assert outline[10:50].all()
    assert not outline[51:].any()


def test_the_loudest_of_both_channels_counts() -> None:
    stereo = np.zeros((RATE, 2), np.float32)
    stereo[8000] = (-0.3, 0.7)
    low, high = peaks_of(stereo, RATE).between(0.0, 1.0, 1)[0]
    assert (low, high) == pytest.approx((-0.3, 0.7))


def test_each_level_is_half_as_long() -> None:
    levels = peaks_of(np.ones(64 * 21, np.float32), RATE).levels
    assert [len(level) for level in levels] == [21, 11, 6, 3, 2, 1]


def test_a_song_without_samples_is_a_flat_line() -> None:
    assert not peaks_of(np.zeros(0, np.float32), RATE).between(0.0, 1.0, 10).any()
