"""The mouth of a take, followed in frames whose lips are drawn to order."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lipsyncer.demo import Shape, SingingPortrait
from lipsyncer.features import GRID_RATE, mouth
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.lipshape import MIRROR, SHAPE_POINTS, lip_opening
from lipsyncer.features.mouth import CROP_SIZE, MouthTrack, track_mouth
from lipsyncer.features.mouth_quality import mouth_covered
from lipsyncer.progress import finish

SIZE = 256


def opening_at(time: float) -> float:
    """Lips that open and close at a steady 1.5 times a second."""
    return 0.5 - 0.5 * float(np.cos(2 * np.pi * 1.5 * time))


@pytest.fixture(scope="module")
def portrait() -> SingingPortrait:
    return SingingPortrait(SIZE, SIZE)


def filmed(portrait: SingingPortrait, times: np.ndarray) -> list[tuple[float, np.ndarray]]:
    return [
        (t, portrait.frame(Shape(opening_at(t), 0.0, 0.0, 0.5 * opening_at(t)), t))
        for t in map(float, times)
    ]


def agreement(track: MouthTrack) -> float:
    times = np.arange(len(track)) / GRID_RATE
    wanted = np.array([opening_at(t) for t in times])
    return float(np.corrcoef(lip_opening(track.shape), wanted)[0, 1])


def test_lips_are_measured_where_the_time_stamps_say_they_are(portrait: SingingPortrait) -> None:
    # 30 frames a second, then 14: counted instead of timed they would drift by half a second.
    times = np.concatenate((np.arange(0, 1.0, 1 / 30), np.arange(1.0, 2.4, 1 / 14)))
    track = finish(track_mouth(filmed(portrait, times), duration=2.4))
    assert len(track) == 60
    assert agreement(track) > 0.95
    assert track.quality.min() > 0.5


def test_a_take_that_begins_late_has_no_lips_before_it(portrait: SingingPortrait) -> None:
    times = np.arange(1.0, 2.0, 1 / 25)
    track = finish(track_mouth(filmed(portrait, times), duration=2.0))
    assert track.quality[:20].max() == 0
    assert track.quality[26:48].min() > 0.5


def test_crops_stay_upright_and_centred_when_the_head_tilts(portrait: SingingPortrait) -> None:
    import cv2

    frames = []
    for k in range(40):
        still = portrait.frame(Shape(0.3, 0.0, 0.0, 0.2), 0.0)
        angle = 20.0 * np.sin(k / 12)
        turn = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), angle, 1.0)
        frames.append((k / 25, cv2.warpAffine(still, turn, (SIZE, SIZE))))
    track = finish(track_mouth(frames, duration=1.6))
    assert track.crops.shape == (40, CROP_SIZE, CROP_SIZE)
    first = track.crops[0].astype(float)
    alike = [np.corrcoef(first.ravel(), c.astype(float).ravel())[0, 1] for c in track.crops]
    assert min(alike) > 0.9


def test_a_wall_has_no_mouth() -> None:
    rng = np.random.default_rng(0)
    wall = rng.integers(90, 110, (SIZE, SIZE, 3)).astype(np.uint8)
    track = finish(track_mouth([(k / 25, wall) for k in range(10)], duration=0.4))
    assert track.faces == 0
    assert track.seen == 0.0


def test_of_two_faces_the_one_that_sings_is_followed_and_it_is_said(
    portrait: SingingPortrait,
) -> None:
    frames = []
    for k in range(30):
        t = k / 25
        silent = portrait.frame(Shape(0.0, 0.0, 0.0, 0.0), 0.0)
        singing = portrait.frame(Shape(opening_at(t), 0.0, 0.0, 0.5 * opening_at(t)), 0.0)
        frames.append((t, np.hstack((silent, singing))))
    with FaceFinder(max_faces=2) as finder:
        track = finish(track_mouth(frames, duration=1.2, finder=finder))
    assert track.faces == 2
    assert track.one_of_several
    assert np.median(track.boxes[:, 0]) > SIZE, "the singer stands on the right"
    assert agreement(track) > 0.9


def test_a_hand_over_the_mouth_is_not_trusted(portrait: SingingPortrait) -> None:
    frames = filmed(portrait, np.arange(0, 4, 1 / 25))
    track = finish(track_mouth(frames, duration=4.0))
    x, y, side = track.boxes[50]
    rng = np.random.default_rng(1)
    covered = []
    for t, rgb in frames:
        if 1.6 <= t < 2.4:
            rgb = rgb.copy()
            top, left, half = int(y - side * 0.3), int(x - side * 0.5), int(side)
            hand = rgb[top : top + int(half * 0.7), left : left + half]
            hand[:] = np.array((190, 150, 130)) + rng.integers(-25, 25, (hand.shape[0], 1, 1))
        covered.append((t, rgb))
    hidden = finish(track_mouth(covered, duration=4.0))
    assert hidden.quality[43:57].mean() < 0.5
    assert hidden.quality[5:35].mean() > 0.8
    assert hidden.covered[43:57].mean() > 0.5
    assert not hidden.covered[5:35].any()


def test_what_looks_unlike_this_mouth_covers_it() -> None:
    lips = np.random.default_rng(0).integers(0, 255, (CROP_SIZE, CROP_SIZE)).astype(np.uint8)
    lips = cv2.GaussianBlur(lips, (0, 0), 6)
    crops = np.repeat(lips[None], 200, axis=0)
    crops[100:125] = 255 - lips
    assert np.flatnonzero(mouth_covered(crops)).tolist() == list(range(100, 125))


def test_progress_grows_to_the_whole(portrait: SingingPortrait) -> None:
    frames = filmed(portrait, np.arange(0, 0.4, 1 / 25))
    shares = list(track_mouth(frames, duration=0.4, expected=len(frames)))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_mirrored_mouth_has_the_same_opening(portrait: SingingPortrait) -> None:
    track = finish(track_mouth(filmed(portrait, np.arange(0, 0.8, 1 / 25)), duration=0.8))
    mirrored = track.shape[:, MIRROR] * np.array([-1, 1, 1], np.float32)
    assert len(np.unique(MIRROR)) == len(SHAPE_POINTS)
    assert np.allclose(lip_opening(mirrored), lip_opening(track.shape), atol=1e-6)


def test_crops_put_on_the_grid_a_few_at_a_time_are_those_put_on_it_at_once(
    portrait: SingingPortrait, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = filmed(portrait, np.arange(0, 1.0, 1 / 14))
    at_once = finish(track_mouth(frames, duration=1.0))
    monkeypatch.setattr(mouth, "_AT_ONCE", 7)
    few = finish(track_mouth(frames, duration=1.0))
    assert len(np.unique(at_once.crops.reshape(len(at_once), -1), axis=0)) > 20
    np.testing.assert_array_equal(few.crops, at_once.crops)


@pytest.mark.parametrize("width", [400, 721, 1000])
def test_a_large_mouth_is_kept_as_if_it_was_made_small_at_once(
    portrait: SingingPortrait, width: int
) -> None:
    still = portrait.frame(Shape(0.3, 0.0, 0.0, 0.2), 0.0)
    large = cv2.resize(still, (width, width), interpolation=cv2.INTER_CUBIC)
    with FaceFinder() as finder:
        (face,) = finder.find(large)
    kept = mouth.Mouth.of(face, large)
    x, y, scale = kept.corner
    to_patch = np.array([[1 / scale, 0, -x / scale], [0, 1 / scale, -y / scale]])
    height = kept.patch.shape[0]
    # Pixels are areas: the middle of the first is half a pixel from the corner.
    to_patch[:, 2] += 0.5 / scale - 0.5
    grey = cv2.GaussianBlur(cv2.cvtColor(large, cv2.COLOR_RGB2GRAY), (0, 0), max(scale / 3, 0.1))
    direct = cv2.warpAffine(grey, to_patch, (height, height), borderMode=cv2.BORDER_REPLICATE)
    assert np.abs(direct.astype(float) - kept.patch).mean() < 1.5
