"""Singing made from speech: on its notes, its vowels held, and in time with the lips."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soxr

from lipsyncer.demo.song import Performance, perform
from lipsyncer.demo.voice import RATE
from lipsyncer.features.log_mel import SAMPLE_RATE, mel_power
from lipsyncer.media import read_audio

pytest.importorskip("pyworld", reason="singing needs the extra “train”")

from lipsyncer.training.singing import FRAME, LONGEST_HOLD, Sung, sing

REAL_CLIPS = Path(__file__).parents[3] / "shared" / "data" / "clips" / "test"

Voice = tuple[Performance, np.ndarray]


@pytest.fixture(scope="module")
def voice() -> Voice:
    """Give the demo's voice, whose lips are known, at the rate of the network."""
    performance = perform(24.0, seed=3)
    return performance, soxr.resample(performance.voice, RATE, SAMPLE_RATE)


@pytest.fixture(scope="module")
def sung(voice: Voice) -> Sung:
    return sing(voice[1], np.random.default_rng(0))


def sung_time(sung: Sung, spoken: float) -> float:
    """When the moment is sung that was spoken at ``spoken`` seconds."""
    return float(np.interp(spoken, sung.source, np.arange(len(sung.source)) * FRAME))


def swell(samples: np.ndarray, release: float) -> float:
    """When the sound after a closure has risen by half towards its vowel, s."""
    grid = np.arange(release - 0.06, release + 0.14, 0.001)
    level = []
    for at in grid:
        middle = round(at * SAMPLE_RATE)
        window = samples[max(middle - 120, 0) : middle + 120]
        level.append(10 * np.log10(np.square(window, dtype=float).mean() + 1e-9))
    levels = np.array(level)
    closed = int(np.argmin(levels[:80]))
    half = (levels[closed] + levels[closed:].max()) / 2
    return float(grid[closed + np.argmax(levels[closed:] > half)])


def test_lips_and_sound_keep_their_timing_within_10_ms(voice: Voice, sung: Sung) -> None:
    performance, samples = voice
    moved = []
    for syllable in performance.score.syllables:
        if syllable.consonant not in ("p", "b"):
            continue
        # The lips part at the release; how much later does the sound swell, before and after?
        before = swell(samples, syllable.release) - syllable.release
        opened = sung_time(sung, syllable.release)
        moved.append(swell(sung.samples, opened) - opened - before)
    assert len(moved) >= 5
    assert np.abs(moved).max() < 0.010


def test_consonants_keep_their_length_and_vowels_are_held(voice: Voice, sung: Sung) -> None:
    vowels = []
    for syllable in voice[0].score.syllables:
        start, onset, end = (
            sung_time(sung, at) for at in (syllable.start, syllable.onset, syllable.end)
        )
        if syllable.consonant not in ("", "l", "w"):  # half vowels, which can be held too
            assert onset - start == pytest.approx(syllable.onset - syllable.start, abs=0.02)
        vowels.append((end - onset) / (syllable.end - syllable.onset))
    assert min(vowels) > 0.99
    assert max(vowels) < LONGEST_HOLD
    assert np.median(vowels) > 1.4


def test_the_voice_is_on_its_notes(sung: Sung) -> None:
    pyworld = pytest.importorskip("pyworld")
    heard, _ = pyworld.harvest(sung.samples.astype(float), SAMPLE_RATE)
    notes = sung.notes[: len(heard)]
    heard = heard[: len(notes)]
    changes = np.flatnonzero(np.diff(np.where(np.isnan(notes), -1.0, notes))) + 1
    off = []
    for held in np.split(np.arange(len(notes)), changes):
        inner = held[20:-10]  # past the glide
        sounding = inner[heard[inner] > 0]
        if len(sounding) >= 20 and np.isfinite(notes[held[0]]):
            pitch = 69 + 12 * np.log2(np.median(heard[sounding]) / 440)
            off.append(pitch - notes[held[0]])
    assert len(off) >= 10
    assert np.mean(np.abs(off) < 0.5) > 0.95
    assert len(np.unique(notes[np.isfinite(notes)])) >= 5


def test_the_picture_follows_to_the_end_and_never_goes_back(voice: Voice, sung: Sung) -> None:
    assert len(sung.positions) * 640 == len(sung.samples)
    steps = np.diff(sung.positions)
    assert steps.min() > 1 / LONGEST_HOLD - 0.01
    assert steps.max() < 1.01
    assert sung.positions[-1] == pytest.approx(len(voice[1]) / SAMPLE_RATE * 25 - 1, abs=1.5)


def test_a_seed_sings_one_song(voice: Voice) -> None:
    speech = voice[1][: 4 * SAMPLE_RATE]
    first, again, other = (sing(speech, np.random.default_rng(k)) for k in (1, 1, 2))
    assert np.array_equal(first.samples, again.samples)
    assert np.array_equal(first.source, again.source)
    assert not np.array_equal(first.source, other.source)


def test_silence_stays_as_it_is() -> None:
    silence = np.zeros(SAMPLE_RATE, np.float32)
    kept = sing(silence, np.random.default_rng(0))
    assert np.array_equal(kept.samples, silence)
    assert kept.positions == pytest.approx(np.arange(25))


def _loudness(samples: np.ndarray) -> np.ndarray:
    return np.log(mel_power(samples)[:, 10:60].sum(axis=1) + 1e-3)


@pytest.mark.shared
def test_real_speech_keeps_its_timing_within_10_ms() -> None:
    paths = sorted(p for p in REAL_CLIPS.rglob("*") if p.is_file())[::40]
    if not paths:
        pytest.skip("the real clips are not beside the checkout")
    lags = np.arange(-0.06, 0.061, 0.002)
    for index, path in enumerate(paths):
        speech = read_audio(path, rate=SAMPLE_RATE)
        sung = sing(speech, np.random.default_rng(index))
        heard, spoken = _loudness(sung.samples), _loudness(speech)
        times = np.arange(len(heard)) / 100
        alike = []
        for lag in lags:
            moments = sung.source_at(times - lag) * 100
            expected = np.interp(moments, np.arange(len(spoken)), spoken)
            alike.append(np.corrcoef(expected, heard)[0, 1])
        assert max(alike) > 0.8
        assert abs(lags[int(np.argmax(alike))]) < 0.010
