from __future__ import annotations

import numpy as np
import pytest

from lipsyncer.demo import Jump, Song, Truth, make_song, usual_fault


@pytest.fixture(scope="module")
def song() -> Song:
    return make_song(12.0, seed=2)


def test_the_usual_fault_is_late_drifts_and_jumps_in_a_pause(song: Song) -> None:
    truth = usual_fault(song)
    assert truth.take_time(0.0) == pytest.approx(0.4)
    (jump,) = truth.jumps
    assert abs(jump.at - song.duration / 2) < 3.0
    assert not song.voiced_at(jump.at + np.linspace(-0.1, 0.1, 5)).any()
    assert truth.take_time(jump.at + 1) - truth.take_time(jump.at - 1) == pytest.approx(2.52)


@pytest.mark.parametrize(
    "truth",
    [
        Truth(),
        Truth(late=0.4, drift=0.01, jumps=(Jump(6.0, 0.5),)),
        Truth(late=-0.3, drift=-0.02, jumps=(Jump(3.0, 0.2), Jump(8.0, 0.4))),
    ],
)
def test_take_time_and_song_time_undo_each_other(truth: Truth) -> None:
    song_times = np.arange(0.0, 12.0, 0.017)
    assert truth.song_time(truth.take_time(song_times)) == pytest.approx(song_times)


def test_the_mouth_waits_in_a_jump_to_later() -> None:
    truth = Truth(late=0.1, jumps=(Jump(5.0, 0.5),))
    waiting = truth.song_time(np.linspace(5.1, 5.6, 11))
    assert waiting == pytest.approx(np.full(11, 5.0))


def test_a_jump_to_earlier_skips_what_was_not_filmed() -> None:
    truth = Truth(jumps=(Jump(5.0, -0.5),))
    shown = truth.song_time(np.array([4.4, 4.499, 4.501, 5.0]))
    assert shown == pytest.approx([4.4, 4.499, 5.001, 5.5])


def test_the_ideal_map_has_no_error(song: Song) -> None:
    truth = usual_fault(song)
    error = truth.error(truth.take_time, song)
    assert error.mean == pytest.approx(0.0, abs=1e-6)
    assert error.share_undetectable == 1.0


@pytest.mark.parametrize(
    ("shift", "milliseconds", "undetectable"),
    [(-0.05, 50.0, 0.0), (0.05, -50.0, 1.0), (0.1, -100.0, 1.0), (0.15, -150.0, 0.0)],
)
def test_a_shifted_map_has_that_error_with_its_sign(
    song: Song, shift: float, milliseconds: float, undetectable: float
) -> None:
    # Footage from later in the take shows the mouth too early: the sound is late, e negative.
    truth = Truth(late=0.4)
    error = truth.error(lambda times: truth.take_time(times) + shift, song)
    assert error.milliseconds == pytest.approx(np.full(len(error.positions), milliseconds))
    assert error.mean == pytest.approx(abs(milliseconds))
    assert error.share_undetectable == undetectable


def test_uncorrected_footage_is_as_late_as_its_fault(song: Song) -> None:
    error = Truth(late=0.4).error(lambda times: times, song)
    assert error.milliseconds == pytest.approx(np.full(len(error.positions), 400.0))


def test_only_voiced_positions_of_the_25_a_second_count(song: Song) -> None:
    positions = Truth().error(lambda times: times, song).positions
    assert song.voiced_at(positions).all()
    assert positions * 25 == pytest.approx(np.round(positions * 25))
    assert 0.4 * 300 < len(positions) < 0.95 * 300
