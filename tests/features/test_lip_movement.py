"""How much lips look as if they sang, seen on the demo's portrait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lipsyncer.arrays import UInt8s
from lipsyncer.demo import Shape, SingingPortrait
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.mouth import MouthTrack, track_mouth
from lipsyncer.features.movement import MOVING, lip_activity, relative_opening
from lipsyncer.progress import finish

SINGS, CLOSED, OPEN, GONE = (0.0, 2.0), (2.0, 3.4), (3.4, 4.6), (4.6, 5.4)


def opening(time: float) -> float:
    if SINGS[0] <= time < SINGS[1]:
        return float(0.5 - 0.5 * np.cos(2 * np.pi * 3 * time))
    return 0.8 if OPEN[0] <= time < OPEN[1] else 0.0


def frames() -> Iterator[tuple[float, UInt8s]]:
    portrait = SingingPortrait(180, 320, seed=0)
    for k in range(round(GONE[1] * 25)):
        time = k / 25
        if time < GONE[0]:
            wide = opening(time)
            yield time, portrait.frame(Shape(wide, 0.0, 0.0, 0.6 * wide), time)
        else:
            yield time, np.zeros((320, 180, 3), np.uint8)


@pytest.fixture(scope="module")
def track() -> MouthTrack:
    with FaceFinder() as finder:
        return finish(track_mouth(frames(), GONE[1], finder=finder))


def inside(span: tuple[float, float], values: NDArray[Any]) -> NDArray[Any]:
    """Values of a stretch, without its ends, where one thing turns into another."""
    return values[round((span[0] + 0.28) * 25) : round((span[1] - 0.28) * 25)]


def test_a_singing_and_an_open_mouth_are_active_and_a_closed_one_is_not(track: MouthTrack) -> None:
    activity = lip_activity(track)
    assert inside(SINGS, activity).min() > MOVING
    assert inside(OPEN, activity).min() > MOVING
    assert inside(CLOSED, activity).max() < MOVING / 2


def test_where_there_is_no_face_nothing_is_said(track: MouthTrack) -> None:
    assert np.isnan(inside(GONE, lip_activity(track))).all()
    assert not inside(GONE, track.present).any()
    assert track.present[: round(GONE[0] * 25)].all()


def test_the_opening_is_told_within_the_mouth_s_own_range(track: MouthTrack) -> None:
    relative = relative_opening(track)
    assert inside(OPEN, relative).min() > 0.7
    assert inside(CLOSED, relative).max() < 0.2
    assert np.isnan(inside(GONE, relative)).all()


def test_a_mouth_that_never_opens_does_not_move() -> None:
    still = MouthTrack(
        np.zeros((50, 64, 64), np.uint8),
        np.random.default_rng(0).normal(0, 0.002, (50, 56, 3)).astype(np.float32),
        np.ones(50, np.float32),
    )
    assert lip_activity(still).max() < MOVING
