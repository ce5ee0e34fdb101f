"""The song under the picture: its own samples, cut to the span, without a click at a cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.render.mix import FADE, SAMPLE_RATE, song_sound

SECONDS = 4.0
FADED = round(FADE * SAMPLE_RATE)


@pytest.fixture
def song(tmp_path: Path) -> tuple[Path, np.ndarray]:
    samples = np.random.default_rng(3).uniform(-0.9, 0.9, (round(SECONDS * SAMPLE_RATE), 2))
    samples = samples.astype(np.float32)
    soundfile.write(tmp_path / "song.wav", samples, SAMPLE_RATE, subtype="FLOAT")
    return tmp_path / "song.wav", samples


def cut(path: Path, start: float, end: float) -> Document:
    segment = Segment(start, end, 0, start, end, "matched", 1.0)
    return Document(path, SECONDS, (Take(Path("take.mov"), 9.0),), (segment,))


def test_a_whole_song_is_heard_sample_for_sample(song: tuple[Path, np.ndarray]) -> None:
    path, samples = song
    np.testing.assert_array_equal(song_sound(cut(path, 0.0, SECONDS), SECONDS), samples)


def test_a_cut_song_is_heard_from_the_cut_on_and_fades_at_its_ends_only(
    song: tuple[Path, np.ndarray],
) -> None:
    path, samples = song
    sound = song_sound(cut(path, 1.0, 3.5), 2.5)
    expected = samples[SAMPLE_RATE : round(3.5 * SAMPLE_RATE)]
    np.testing.assert_array_equal(sound[FADED:-FADED], expected[FADED:-FADED])
    for ours, theirs in [(sound, expected), (sound[::-1], expected[::-1])]:
        gain = ours[:FADED] / theirs[:FADED]
        assert np.all(np.diff(gain, axis=0) > 0)
        assert gain[0].max() < 0.01
        assert gain[-1].min() > 0.99


def test_an_end_of_the_song_itself_is_not_faded(song: tuple[Path, np.ndarray]) -> None:
    path, samples = song
    at_start = song_sound(cut(path, 0.0, 2.0), 2.0)
    np.testing.assert_array_equal(at_start[:FADED], samples[:FADED])
    at_end = song_sound(cut(path, 2.0, SECONDS), 2.0)
    np.testing.assert_array_equal(at_end[-FADED:], samples[-FADED:])


def test_what_lies_after_the_span_is_silent(song: tuple[Path, np.ndarray]) -> None:
    path, _ = song
    sound = song_sound(cut(path, 1.0, 2.0), 1.02)
    assert sound.shape == (round(1.02 * SAMPLE_RATE), 2)
    assert not sound[SAMPLE_RATE:].any()
    assert sound[SAMPLE_RATE - FADED // 2 - 1].any()


def test_a_mono_song_is_heard_on_both_sides(tmp_path: Path) -> None:
    samples = np.sin(np.arange(SAMPLE_RATE) / 20).astype(np.float32) * 0.5
    soundfile.write(tmp_path / "mono.wav", samples, SAMPLE_RATE, subtype="FLOAT")
    segment = Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0)
    mono = Document(tmp_path / "mono.wav", 1.0, (Take(Path("take.mov"), 9.0),), (segment,))
    np.testing.assert_array_equal(song_sound(mono, 1.0), np.stack([samples, samples], axis=1))
