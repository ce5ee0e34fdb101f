"""The song in the take's own sound: found to milliseconds, or known not to be there."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from loudspeaker import Samples, Scene, record

from lipsyncer.alignment.camera_sound import CameraSound, listen
from lipsyncer.demo import make_song
from lipsyncer.features.log_mel import SAMPLE_RATE


@cache
def song(seed: int = 0) -> Samples:
    """Forty seconds, mono at 16 kHz."""
    import soxr

    mono = make_song(40.0, seed=seed).samples.mean(axis=1)
    resampled: Samples = soxr.resample(mono, 44_100, SAMPLE_RATE).astype(np.float32)
    return resampled


@cache
def recorded(
    seconds: float = 20.0,
    offset: float = -11.234,
    drift: float = 0.0,
    scene: Scene | None = None,
    seed: int = 0,
) -> Samples:
    return record(song(), SAMPLE_RATE, seconds, offset=offset, drift=drift, scene=scene, seed=seed)


def errors(sound: CameraSound, offset: float, drift: float) -> np.ndarray:
    """Milliseconds by which the one piece misses the moments at which the song was heard."""
    (piece,) = sound.pieces
    times = np.arange(piece.take_start, piece.take_end, 0.5)
    song_times = np.array([piece.song_time(time) for time in times])
    return 1000 * (offset + (1 + drift) * song_times - times)


@pytest.mark.parametrize("drift", [0.0, 150e-6, -200e-6])
def test_as_much_noise_as_song_moves_the_map_by_less_than_five_milliseconds(drift: float) -> None:
    sound = listen(song(), recorded(drift=drift, scene=Scene(snr=0.0)))
    assert sound.confidence > 0.9
    assert np.abs(errors(sound, -11.234, drift)).max() < 5.0
    assert sound.drift_ppm == pytest.approx(drift * 1e6, abs=60)


def test_a_song_played_at_another_speed_is_found_too() -> None:
    sound = listen(song(), recorded(drift=0.01, scene=Scene(snr=10.0)))
    assert np.abs(errors(sound, -11.234, 0.01)).max() < 5.0


def test_another_song_is_known_to_be_another() -> None:
    for seed in (1, 2):
        sound = listen(song(seed), recorded())
        assert not sound.found
        assert sound.confidence < 0.5


def test_a_room_without_a_song_holds_none() -> None:
    hiss = 0.1 * np.random.default_rng(0).standard_normal(20 * SAMPLE_RATE)
    sound = listen(song(), hiss.astype(np.float32))
    assert not sound.found
    assert sound.confidence < 0.5


def test_silence_and_a_moment_of_sound_hold_no_song() -> None:
    assert not listen(song(), np.zeros(20 * SAMPLE_RATE, np.float32)).found
    assert not listen(song(), recorded()[: SAMPLE_RATE // 2]).found
    assert not listen(song(), np.zeros(0, np.float32)).found


def test_the_song_that_begins_late_in_the_take_is_heard_from_there_on() -> None:
    sound = listen(song(), recorded(offset=6.5, scene=Scene(snr=5.0)))
    (piece,) = sound.pieces
    assert piece.take_start == pytest.approx(6.5, abs=0.01)
    assert sound.offset_ms == pytest.approx(6500, abs=5)


def test_a_take_that_was_cut_is_followed_over_its_cut() -> None:
    whole = recorded(seconds=28.0)
    cut = np.concatenate((whole[: 14 * SAMPLE_RATE], whole[16 * SAMPLE_RATE :]))
    before, after = listen(song(), cut).pieces
    assert before.offset == pytest.approx(-11.234, abs=0.005)
    assert after.offset == pytest.approx(-13.234, abs=0.005)
    assert before.take_end == after.take_start == pytest.approx(14.0, abs=0.3)


def test_a_slowed_song_keeps_its_speed_over_a_cut() -> None:
    scene = Scene(snr=15.0)
    before = recorded(seconds=15.0, drift=0.01, scene=scene)[: 13 * SAMPLE_RATE]
    after = recorded(seconds=14.0, offset=-24.734, drift=0.01, scene=scene)
    first, second = listen(song(), np.concatenate((before, after))).pieces
    assert first.offset == pytest.approx(-11.234, abs=0.005)
    assert second.offset == pytest.approx(13.0 - 24.734, abs=0.005)
    assert (first.drift, second.drift) == pytest.approx((0.01, 0.01), abs=60e-6)


def test_a_loudspeaker_with_its_wires_crossed_makes_no_difference() -> None:
    sound = listen(song(), -recorded())
    assert np.abs(errors(sound, -11.234, 0.0)).max() < 5.0
