"""Sound comes out at the time it has in the file, whatever the container does."""

from __future__ import annotations

from pathlib import Path

import clips
import numpy as np
import pytest

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media import is_silent, read_audio

CLICKS = [0.05, 0.5, 1.0, 2.345, 2.9]


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".webm"])
def test_a_click_comes_out_when_it_was_put_in(tmp_path: Path, suffix: str) -> None:
    path = clips.write_sound(tmp_path / f"song{suffix}", clips.clicks(CLICKS, 3.0, 48_000), 48_000)
    samples = read_audio(path, rate=48_000)
    assert clips.click_times(samples, 48_000, CLICKS) == pytest.approx(CLICKS, abs=0.001)
    assert len(samples) == pytest.approx(3.0 * 48_000, abs=48)


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_another_rate_does_not_move_a_click(tmp_path: Path, rate: int) -> None:
    path = clips.write_sound(tmp_path / "song.mp3", clips.clicks(CLICKS, 3.0, 44_100), 44_100)
    samples = read_audio(path, rate=rate)
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert clips.click_times(samples, rate, CLICKS) == pytest.approx(CLICKS, abs=0.001)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".webm"])
def test_sound_that_starts_after_the_picture_is_led_in_by_silence(
    tmp_path: Path, suffix: str
) -> None:
    path = clips.write_clip(
        tmp_path / f"take{suffix}",
        clips.even_times(25, 3.0),
        codec="libvpx-vp9" if suffix == ".webm" else "libx264",
        options={"cpu-used": "8", "deadline": "realtime"} if suffix == ".webm" else None,
        sound=clips.clicks([0.1, 1.0], 2.0, 48_000),
        sound_start=0.17,
    )
    samples = read_audio(path, rate=48_000)
    expected = [0.27, 1.17]
    assert clips.click_times(samples, 48_000, expected) == pytest.approx(expected, abs=0.001)
    assert is_silent(samples[: round(0.1 * 48_000)])


def test_time_zero_is_where_the_earlier_stream_starts(tmp_path: Path) -> None:
    times = [7.3 + t for t in clips.even_times(25, 2.0)]
    sound = clips.clicks([1.0], 2.3, 48_000)
    path = clips.write_clip(tmp_path / "take.mkv", times, sound=sound, sound_start=7.0)
    samples = read_audio(path, rate=48_000)
    assert clips.click_times(samples, 48_000, [1.0]) == pytest.approx([1.0], abs=0.001)


def test_stereo_is_kept_where_asked_for_and_averaged_otherwise(tmp_path: Path) -> None:
    left = clips.clicks([0.5], 2.0, 48_000)
    stereo = np.stack([left, np.zeros_like(left)], axis=1)
    path = clips.write_sound(tmp_path / "song.flac", stereo, 48_000)
    both = read_audio(path, rate=48_000, mono=False)
    assert both.shape == (96_000, 2)
    np.testing.assert_allclose(both, stereo, atol=1e-3)
    np.testing.assert_allclose(read_audio(path, rate=48_000), left / 2, atol=1e-3)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds with a click every half second."""
    sound = clips.clicks([k / 2 for k in range(1, 8)], 4.0, 48_000)
    return clips.write_sound(tmp_path_factory.mktemp("song") / "song.m4a", sound, 48_000)


def test_damage_in_the_middle_leaves_the_rest_at_its_time(song: Path, tmp_path: Path) -> None:
    samples = read_audio(clips.damage(song, tmp_path / "song.m4a", 1.2, 2.2), rate=48_000)
    expected = [0.5, 1.0, 2.5, 3.0, 3.5]
    assert clips.click_times(samples, 48_000, expected) == pytest.approx(expected, abs=0.001)
    assert len(samples) == pytest.approx(4.0 * 48_000, abs=96)


def test_a_song_that_is_mostly_damaged_is_refused(song: Path, tmp_path: Path) -> None:
    path = clips.damage(song, tmp_path / "song.m4a", 0.5, 3.9)
    with pytest.raises(InputError, match="most of its sound can't be decoded"):
        read_audio(path, rate=48_000)


def test_a_video_without_sound_is_refused(tmp_path: Path) -> None:
    path = clips.write_clip(tmp_path / "film.mp4", clips.even_times(25, 1.0))
    with pytest.raises(InputError, match="no sound"):
        read_audio(path, rate=16_000)


def test_silence_is_told_from_quiet_music(tmp_path: Path) -> None:
    nothing = np.zeros(96_000, dtype=np.float32)
    hush = clips.clicks([1.0], 2.0, 48_000) * 0.01
    assert is_silent(read_audio(clips.write_sound(tmp_path / "no.mp3", nothing, 48_000), rate=8000))
    assert not is_silent(
        read_audio(clips.write_sound(tmp_path / "hush.mp3", hush, 48_000), rate=16_000)
    )
