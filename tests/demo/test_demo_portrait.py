from __future__ import annotations

import cv2
import numpy as np
import pytest
from watched_lips import watch

from lipsyncer.demo import Shape, SingingPortrait, Song, make_song
from lipsyncer.demo.eyes import EYES
from lipsyncer.demo.mouth_shapes import INNER_LOWER, INNER_UPPER, OUTER_LOWER, OUTER_UPPER
from lipsyncer.demo.score import BILABIALS
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.resources import resource

# mediapipe's numbers of the contours, from the left corner of the picture to the right one.
OUTER_UPPER_POINTS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
INNER_UPPER_POINTS = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
INNER_LOWER_POINTS = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
OUTER_LOWER_POINTS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
EYE_POINTS = ((33, 159, 133, 145), (362, 386, 263, 374))


@pytest.fixture(scope="module")
def song() -> Song:
    return make_song(9.0, seed=4)


def shapes_at(song: Song, times: np.ndarray) -> list[Shape]:
    lips = song.articulation.at(times)
    columns = (lips.opening, lips.spread, lips.rounding, lips.jaw)
    return [Shape(*map(float, values)) for values in zip(*columns, strict=True)]


def test_the_written_down_landmarks_are_where_a_tracker_finds_them() -> None:
    picture = cv2.imread(str(resource("assets", "portrait.jpg")))
    assert picture.shape == (512, 512, 3)
    with FaceFinder(follow=False) as finder:
        (face,) = finder.find(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    for written, points in (
        (OUTER_UPPER, OUTER_UPPER_POINTS),
        (INNER_UPPER, INNER_UPPER_POINTS),
        (INNER_LOWER, INNER_LOWER_POINTS),
        (OUTER_LOWER, OUTER_LOWER_POINTS),
        *zip(EYES, EYE_POINTS, strict=True),
    ):
        distance = np.linalg.norm(face[list(points), :2] - np.array(written), axis=1)
        assert distance.max() < 1.5


def test_a_tracker_sees_the_lips_open_as_commanded(song: Song) -> None:
    times = np.arange(0.0, song.duration, 1 / 30)
    shapes = shapes_at(song, times)
    portrait = SingingPortrait(256, 256, seed=4)
    seen = watch(portrait.frame(s, float(t)) for s, t in zip(shapes, times, strict=True))
    commanded = np.array([s.opening for s in shapes])
    assert np.corrcoef(seen[:, 0], commanded)[0, 1] > 0.95
    width = np.array([s.spread - 2.0 * s.rounding for s in shapes])
    assert np.corrcoef(seen[:, 1], width)[0, 1] > 0.9


def test_lips_are_seen_closed_at_bilabials_and_open_at_vowels(song: Song) -> None:
    closed = [(s.start + s.release) / 2 for s in song.score.syllables if s.consonant in BILABIALS]
    wide = [(s.onset + s.end) / 2 for s in song.score.syllables if s.vowel in "aeo"]
    assert min(len(closed), len(wide)) >= 2
    times = np.array(closed + wide)
    portrait = SingingPortrait(270, 480, seed=4)
    shown = [
        portrait.frame(s, float(t)) for s, t in zip(shapes_at(song, times), times, strict=True)
    ]
    # The tracker smooths over time, so it looks at each picture a few times.
    gap = watch(f for frame in shown for f in [frame] * 5)[4::5, 0]
    assert gap[: len(closed)].max() < 0.1
    assert gap[len(closed) :].min() > 2.5 * gap[: len(closed)].max()


def test_only_lips_chin_eyes_and_the_hand_move_and_a_seed_repeats_every_pixel() -> None:
    closed, wide = Shape(0.0, 0.0, 0.0, 0.0), Shape(1.0, 0.0, 0.0, 1.0)
    first, again, other = (SingingPortrait(128, 192, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.frame(wide, 0.7), again.frame(wide, 0.7))
    assert not np.array_equal(first.frame(wide, 0.7), other.frame(wide, 0.7))
    assert not np.array_equal(first.frame(wide, 0.7), first.frame(wide, 0.8))
    changed = np.abs(first.frame(closed, 0.7).astype(int) - first.frame(wide, 0.7)).sum(axis=2)
    rows = np.flatnonzero(changed.sum(axis=1))
    assert changed.any()
    assert rows.min() > 40  # eyes and hair stay
    assert changed[rows.min() : rows.max(), :8].sum() == 0  # so does the background


def test_the_eyes_blink_every_few_seconds() -> None:
    portrait = SingingPortrait(256, 256, seed=1)
    rest = Shape(0.1, 0.0, 0.0, 0.1)
    height = []
    with FaceFinder() as finder:
        for time in np.arange(0.0, 7.0, 1 / 30):
            (face,) = finder.find(portrait.frame(rest, float(time)))
            height.append(np.linalg.norm(face[159] - face[145]))
    shut = np.array(height) < 0.6 * np.median(height)
    blinks = np.count_nonzero(np.diff(shut.astype(int)) == 1)
    assert 2 <= blinks <= 3
