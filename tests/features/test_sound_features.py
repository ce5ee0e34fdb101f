"""What the network hears, from sounds that are known."""

from __future__ import annotations

import librosa
import numpy as np

from lipsyncer.features.log_mel import (
    HOP,
    MEL_BANDS,
    MEL_RATE,
    SAMPLE_RATE,
    columns_of,
    log_mel,
    mel_power,
    paper_log_mel,
)


def test_a_click_is_in_the_column_of_its_time() -> None:
    samples = np.zeros(SAMPLE_RATE * 2, np.float32)
    samples[int(0.7 * SAMPLE_RATE)] = 1.0
    power = mel_power(samples).sum(axis=1)
    assert abs(int(np.argmax(power)) - 0.7 * MEL_RATE) <= 1


def test_a_quiet_recording_looks_like_a_loud_one() -> None:
    rng = np.random.default_rng(0)
    samples = rng.normal(0, 0.2, SAMPLE_RATE).astype(np.float32)
    assert np.allclose(log_mel(samples), log_mel(samples * 0.01), atol=1e-3)


def test_silence_is_even_and_finite() -> None:
    mel = log_mel(np.zeros(SAMPLE_RATE, np.float32))
    assert mel.shape == (101, MEL_BANDS)
    assert np.ptp(mel) == 0


def test_a_sound_of_no_length_gives_one_column() -> None:
    assert log_mel(np.zeros(0, np.float32)).shape == (1, MEL_BANDS)


def test_a_snippet_of_the_paper_is_twenty_columns_of_128_bands() -> None:
    rng = np.random.default_rng(0)
    samples = rng.normal(0, 0.1, int(0.64 * SAMPLE_RATE)).astype(np.float32)
    assert paper_log_mel(samples, SAMPLE_RATE)[:20].shape == (20, 128)


def test_a_long_sound_is_heard_part_by_part_as_it_would_be_whole() -> None:
    samples = np.random.default_rng(0).normal(0, 0.2, 47 * SAMPLE_RATE + 77).astype(np.float32)

    columns = columns_of(librosa.feature.melspectrogram, samples, 512, HOP, n_mels=20)

    whole = librosa.feature.melspectrogram(
        y=samples, sr=SAMPLE_RATE, n_fft=512, hop_length=HOP, n_mels=20
    )
    np.testing.assert_allclose(columns, whole.T, rtol=1e-4, atol=1e-6)


def test_a_sound_shorter_than_what_a_column_looks_at_has_its_columns() -> None:
    samples = np.ones(HOP, np.float32)

    assert columns_of(librosa.feature.melspectrogram, samples, 512, HOP, n_mels=20).shape == (2, 20)
