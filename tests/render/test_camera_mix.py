"""The camera's own sound under the song: copied where nothing is stretched, in time everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.render.camera_audio import CROSSFADE, camera_sound
from lipsyncer.render.loudness import TARGET_LOUDNESS
from lipsyncer.render.mix import SAMPLE_RATE, song_sound
from lipsyncer.render.soundtrack import SoundSettings, output_sound
from lipsyncer.render.time_stretch import stretched

SECONDS = 10.0
FADED = round(CROSSFADE * SAMPLE_RATE)


def noise(seconds: float, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return generator.uniform(-0.5, 0.5, (round(seconds * SAMPLE_RATE), 2)).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("camera")
    for seed, name in enumerate(["song.wav", "take.wav", "other.wav"]):
        soundfile.write(place / name, noise(SECONDS, seed), SAMPLE_RATE, subtype="FLOAT")
    return place


def cut(folder: Path, *segments: Segment) -> Document:
    # What is heard of a take is all that counts here, so sound alone does for one.
    takes = (Take(folder / "take.wav", SECONDS), Take(folder / "other.wav", SECONDS))
    return Document(folder / "song.wav", SECONDS, takes, segments)


def test_sound_at_the_filmed_speed_is_copied_sample_for_sample(folder: Path) -> None:
    whole = Segment(1.0, 5.0, 0, 2.5, 6.5, "matched", 1.0)
    sound = camera_sound(cut(folder, whole), 4.0)
    taken = noise(SECONDS, 1)[round(2.5 * SAMPLE_RATE) : round(6.5 * SAMPLE_RATE)]
    np.testing.assert_array_equal(sound, taken)


def test_a_border_at_which_nothing_changes_is_not_heard(folder: Path) -> None:
    one = Segment(1.0, 2.3333, 0, 2.5, 3.8333, "matched", 1.0)
    two = Segment(2.3333, 5.0, 0, 3.8333, 6.5, "gap", 0.0)
    whole = Segment(1.0, 5.0, 0, 2.5, 6.5, "matched", 1.0)
    np.testing.assert_array_equal(
        camera_sound(cut(folder, one, two), 4.0), camera_sound(cut(folder, whole), 4.0)
    )


def test_at_a_cut_one_take_gives_way_to_the_other_within_milliseconds(folder: Path) -> None:
    one = Segment(0.0, 2.0, 0, 1.0, 3.0, "matched", 1.0)
    two = Segment(2.0, 4.0, 1, 5.0, 7.0, "matched", 1.0)
    sound = camera_sound(cut(folder, one, two), 4.0)
    border = 2 * SAMPLE_RATE
    first = noise(SECONDS, 1)[SAMPLE_RATE:]
    second = noise(SECONDS, 2)[3 * SAMPLE_RATE :]
    half = FADED // 2
    np.testing.assert_array_equal(sound[: border - half], first[: border - half])
    np.testing.assert_array_equal(sound[border + half :], second[border + half : 4 * SAMPLE_RATE])
    weight = (np.arange(FADED)[:, np.newaxis] + 0.5) / FADED
    middle = slice(border - half, border + half)
    np.testing.assert_allclose(
        sound[middle], first[middle] * (1 - weight) + second[middle] * weight, atol=1e-6
    )


def test_a_standing_picture_and_missing_footage_are_silent(folder: Path) -> None:
    held = Segment(0.0, 2.0, 0, 1.0, 1.0, "gap", 0.0)
    early = Segment(2.0, 4.0, 0, -3.0, -1.0, "gap", 0.0)
    assert not camera_sound(cut(folder, held, early), 4.0).any()


@pytest.mark.parametrize("speed", [0.85, 0.97, 1.04, 1.2])
def test_stretched_sound_keeps_its_pitch(speed: float) -> None:
    time = np.arange(6 * SAMPLE_RATE) / SAMPLE_RATE
    tone = np.stack([0.5 * np.sin(2 * np.pi * 220 * time)] * 2, axis=1).astype(np.float32)
    out = stretched(tone, 0.5 * SAMPLE_RATE, speed, 3 * SAMPLE_RATE, SAMPLE_RATE)
    assert out.shape == (3 * SAMPLE_RATE, 2)
    spectrum = np.abs(np.fft.rfft(out[:, 0] * np.hanning(len(out))))
    assert np.argmax(spectrum) / 3 == pytest.approx(220, abs=0.4)
    # Nothing beats or warbles: the level stays even, and all is in the tone.
    levels = np.sqrt(np.square(out[:, 0]).reshape(-1, SAMPLE_RATE // 20).mean(axis=1))
    assert levels.min() > 0.97 * levels.max()


@pytest.mark.parametrize("speed", [0.9, 1.1])
def test_stretched_sound_is_where_the_time_map_says(folder: Path, speed: float) -> None:
    # Breaths: 80 ms of noise each.
    times = np.arange(0.5, 8.0, 0.5)
    breaths = np.zeros((round(SECONDS * SAMPLE_RATE), 2), np.float32)
    half = round(0.04 * SAMPLE_RATE)
    for time in times:
        centre = round(time * SAMPLE_RATE)
        breaths[centre - half : centre + half] = noise(0.08, 3)
    out = stretched(breaths, 0.0, speed, 6 * SAMPLE_RATE, SAMPLE_RATE)[:, 0]
    for time in times[times / speed < 5.7]:
        around = round(time / speed * SAMPLE_RATE) - 4 * half
        power = np.square(out[around : around + 8 * half])
        centre = np.average(np.arange(len(power)), weights=power) - 4 * half
        assert abs(centre) / SAMPLE_RATE < 0.015


def test_the_song_is_untouched_unless_more_is_asked_for(folder: Path) -> None:
    document = cut(folder, Segment(1.0, 5.0, 0, 2.5, 6.5, "matched", 1.0))
    sound, loudness = output_sound(document, 4.0, SoundSettings())
    np.testing.assert_array_equal(sound, song_sound(document, 4.0))
    assert loudness.true_peak > -8


def test_the_camera_lies_under_the_song_at_its_level(folder: Path) -> None:
    document = cut(folder, Segment(1.0, 5.0, 0, 2.5, 6.5, "matched", 1.0))
    sound, _ = output_sound(document, 4.0, SoundSettings(camera=-12.0))
    under = sound - song_sound(document, 4.0)
    np.testing.assert_allclose(under, camera_sound(document, 4.0) * 10 ** (-12 / 20), atol=1e-6)


def test_fades_have_the_length_asked_for_and_leave_the_middle(folder: Path) -> None:
    document = cut(folder, Segment(0.0, SECONDS, 0, 0.0, SECONDS, "matched", 1.0))
    sound, _ = output_sound(document, SECONDS, SoundSettings(fade_in=1.0, fade_out=2.0))
    song = noise(SECONDS, 0)
    middle = slice(SAMPLE_RATE, 8 * SAMPLE_RATE)
    np.testing.assert_array_equal(sound[middle], song[middle])
    for moment, gain in [(0.0, 0.0), (0.5, 0.5), (9.0, 0.5), (SECONDS - 1e-4, 0.0)]:
        sample = round(moment * SAMPLE_RATE)
        np.testing.assert_allclose(sound[sample], song[sample] * gain, atol=1e-4)


def test_loud_sound_is_turned_down_only_when_asked(folder: Path) -> None:
    document = cut(folder, Segment(0.0, SECONDS, 0, 0.0, SECONDS, "matched", 1.0))
    _, before = output_sound(document, SECONDS, SoundSettings())
    sound, after = output_sound(document, SECONDS, SoundSettings(turn_down=True))
    assert before.integrated > TARGET_LOUDNESS + 1
    assert after.integrated == pytest.approx(TARGET_LOUDNESS)
    assert np.abs(sound).max() < np.abs(noise(SECONDS, 0)).max()
