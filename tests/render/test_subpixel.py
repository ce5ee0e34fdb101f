"""A part of a picture is cut out where it was asked for, also between pixels and at the edge."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame

from lipsyncer.render.interpolation import Plane
from lipsyncer.render.subpixel import fetched, part_of


@pytest.fixture(scope="module")
def plane() -> Plane:
    noise = np.random.default_rng(2).uniform(0, 255, (12, 16)).astype(np.float32)
    smooth = cv2.resize(noise, (160, 120), interpolation=cv2.INTER_CUBIC)
    return np.clip(smooth, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (30, 20), (64, 48), (30.004, 19.997)])
def test_a_part_on_whole_pixels_is_not_touched(plane: Plane, x: float, y: float) -> None:
    expected = plane[round(y) : round(y) + 72, round(x) : round(x) + 96]
    np.testing.assert_array_equal(fetched(plane, x, y, (96, 72)), expected)


@pytest.mark.parametrize(
    ("x", "y"), [(30.5, 20), (30, 20.25), (30.75, 20.5), (0.5, 0.5), (63.5, 47.5), (0, 47.25)]
)
def test_between_pixels_it_is_interpolated_much_as_opencv_does(
    plane: Plane, x: float, y: float
) -> None:
    expected = cv2.warpAffine(
        plane,
        np.array([[1.0, 0.0, x], [0.0, 1.0, y]]),
        (96, 72),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    difference = fetched(plane, x, y, (96, 72)).astype(int) - expected
    assert np.abs(difference).max() <= 3  # its convolution is a little sharper
    assert np.abs(difference).mean() < 0.5


def test_small_steps_move_the_picture_evenly() -> None:
    columns = np.arange(200)
    spot = np.tile(230 * np.exp(-(((columns - 100) / 6) ** 2)), (8, 1)).astype(np.uint8)
    places = []
    for k in range(33):
        seen = fetched(spot, 40 + k / 16, 0, (120, 8)).sum(axis=0).astype(float)
        places.append(np.arange(120) @ seen / seen.sum())
    np.testing.assert_allclose(places, 60 - np.arange(33) / 16, atol=0.025)


def test_all_planes_of_a_video_s_frame_are_cut_alike() -> None:
    rgb = np.zeros((96, 160, 3), np.uint8)
    rgb[:, 80:] = (200, 60, 30)
    part = part_of(
        VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv420p"),
        np.array([56.0, 10.0]),
        (48, 64),
    )
    assert (part.width, part.height) == (48, 64)
    shown = part.to_ndarray(format="rgb24").astype(int)
    assert shown[:, :20].max() < 40
    assert shown[:, 28:, 0].min() > 150
