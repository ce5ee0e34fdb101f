"""A take of another shape is cropped around the face, calmly, and cuts where the footage cuts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import clips
import cv2
import flash
import numpy as np
import pytest

from lipsyncer.demo import Demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.jobs import export
from lipsyncer.media import FrameReader
from lipsyncer.progress import finish
from lipsyncer.render.presets import PRESETS, Reframe, SafeZone
from lipsyncer.render.reframe import (
    Faces,
    crop_path,
    face_inside,
    scaled_size,
    shots,
    taut_string,
)
from lipsyncer.settings.job import Settings

WIDE, TALL = (1920, 1080), (1080, 1920)
RATE = 30.0


def moving(x: np.ndarray, y: float = 0.45, eyes: float = 0.12) -> Faces:
    times = np.arange(len(x)) / 25
    return Faces(times, x, np.full(len(x), y), np.full(len(x), eyes))


def path_of(faces: Faces, seconds: float, zone: SafeZone | None = None) -> np.ndarray:
    sources = np.arange(int(seconds * RATE)) / RATE
    return crop_path(sources, RATE, WIDE, TALL, faces, zone)


@pytest.mark.parametrize("seed", range(20))
def test_the_taut_string_stays_between_its_curves_and_is_short(seed: int) -> None:
    dice = np.random.default_rng(seed)
    middle = np.cumsum(dice.normal(0, 4, 700)) + 500
    lower, upper = middle - 50, middle + dice.uniform(20, 80)
    path = taut_string(lower, upper)
    # Its corners lie on even numbers, for which it has a pixel or two of play.
    assert np.all(path >= lower - 2)
    assert np.all(path <= upper + 2)
    assert np.abs(np.diff(path)).sum() < 0.2 * np.abs(np.diff(middle)).sum()


def test_a_face_that_moves_a_little_moves_no_crop() -> None:
    sway = 0.5 + 0.015 * np.sin(np.arange(500) / 7)
    path = path_of(moving(sway), 20.0)
    assert np.ptp(path, axis=0).tolist() == [0.0, 0.0]
    assert np.all(path % 2 == 0)  # whole pixels of colour: nothing is resampled


def test_a_face_that_walks_is_followed_without_a_jolt() -> None:
    walk = np.interp(np.arange(500), [0, 150, 350, 500], [0.3, 0.3, 0.7, 0.7])
    faces = moving(walk)
    path = path_of(faces, 20.0)
    sources = np.arange(len(path)) / RATE
    assert face_inside(path, sources, WIDE, TALL, faces).mean() == 1.0
    steps = np.diff(path[:, 0])
    width = scaled_size(WIDE, TALL)[0]
    fastest = np.diff(walk).max() * width * 25 / RATE
    assert np.abs(steps).max() < 1.3 * fastest
    assert np.abs(np.diff(steps)).max() < 0.05 * TALL[0] / RATE
    high = path[:, 0] - np.convolve(np.pad(path[:, 0], 7, "edge"), np.ones(15) / 15, "valid")
    assert np.abs(high).max() < 2.5
    assert np.std(high) < 0.5


def test_a_jump_of_the_footage_is_a_cut_and_no_pan() -> None:
    faces = moving(np.where(np.arange(500) < 250, 0.3, 0.7))
    sources = np.concatenate([np.arange(90) / RATE, 12 + np.arange(90) / RATE])
    assert list(shots(sources, RATE)) == [(0, 90), (90, 180)]
    path = crop_path(sources, RATE, WIDE, TALL, faces)
    assert np.ptp(path[:90, 0]) == np.ptp(path[90:, 0]) == 0
    assert path[90, 0] - path[89, 0] > 0.3 * scaled_size(WIDE, TALL)[0]


def test_a_leap_of_the_face_finder_is_not_followed() -> None:
    x = np.full(500, 0.5)
    x[200:204] = 0.95
    path = path_of(moving(x), 20.0)
    assert np.ptp(path[:, 0]) == 0


@pytest.mark.parametrize("name", ["tiktok", "reels", "stories", "shorts"])
def test_the_mouth_keeps_clear_of_what_the_platform_covers(name: str) -> None:
    zone = PRESETS[name].safe_zone
    assert zone is not None
    narrow, output = (1080, 2400), (1080, 1920)
    for y in (0.3, 0.5, 0.62):
        faces = moving(np.full(500, 0.5), y=y, eyes=0.06)
        path = crop_path(np.arange(300) / RATE, RATE, narrow, output, faces, zone)
        height = scaled_size(narrow, output)[1]
        mouth = (y * height - path[:, 1]) / output[1]
        assert np.all((mouth > zone.top) & (mouth < 1 - zone.bottom))


def test_eyes_are_on_the_upper_third_where_the_picture_allows() -> None:
    narrow, output = (1080, 2400), (1080, 1920)
    faces = moving(np.full(500, 0.5), y=0.45, eyes=0.06)
    path = crop_path(np.arange(300) / RATE, RATE, narrow, output, faces)
    eyes = (0.45 - 0.06) * 2400 - path[0, 1]
    assert eyes / output[1] == pytest.approx(1 / 3, abs=0.07)


def test_without_a_face_the_middle_is_shown() -> None:
    nothing = Faces(*(np.zeros(0) for _ in range(4)))
    for faces in (None, nothing):
        path = crop_path(np.arange(30) / RATE, RATE, WIDE, TALL, faces)
        assert np.allclose(path[:, 0], (scaled_size(WIDE, TALL)[0] - TALL[0]) / 2, atol=2)


def test_the_crop_never_leaves_the_picture() -> None:
    x = np.interp(np.arange(500), [0, 250, 500], [-0.2, 1.2, 0.1])
    path = path_of(moving(x), 20.0)
    assert path[:, 0].min() >= 0
    assert path[:, 0].max() <= scaled_size(WIDE, TALL)[0] - TALL[0]


# ------------------------------------------------------------------------ through the program


@pytest.fixture(scope="module")
def walking(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Give five seconds of the demo's singer who walks across a wide picture."""
    folder = tmp_path_factory.mktemp("walking")
    size = (960, 540)

    def picture(k: int) -> clips.Image:
        wide = np.full((size[1], size[0], 3), 70, np.uint8)
        wide[:, ::16] = 90
        singer = cv2.resize(reader.frame_at(k / 25), (304, 540), interpolation=cv2.INTER_AREA)
        left = int(np.interp(k, [20, 105], [40, 600]))
        wide[:, left : left + 304] = singer
        return wide

    with FrameReader(demo.take_path) as reader:
        path = clips.write_clip(
            folder / "wide.mp4", clips.even_times(25, 5.0), size=size, picture=picture
        )
    song = flash.make_song(folder / "song.wav", 5.0, [1.0])
    return Document(
        song, 5.0, (Take(path, 5.0),), (Segment(0.0, 5.0, 0, 0.0, 5.0, "matched", 1.0),)
    )


def written(document: Document, target: Path, kind: Reframe) -> list[np.ndarray]:
    settings = replace(PRESETS["tiktok"].settings, size=(270, 480), reframe=kind)
    finish(export(document, target, Settings(render=settings)))
    with av.open(str(target)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def faces_found(frames: list[np.ndarray]) -> float:
    with FaceFinder(1, follow=False) as finder:
        looked = frames[::10]
        found = 0
        for frame in looked:
            for face in finder.find(np.ascontiguousarray(frame)):
                inside = (face[:, 0] > 0) & (face[:, 0] < frame.shape[1])
                found += bool(inside.mean() > 0.99)
        return found / len(looked)


def test_the_singer_who_walks_stays_in_the_picture(walking: Document, tmp_path: Path) -> None:
    followed = written(walking, tmp_path / "follow.mp4", "follow")
    assert followed[0].shape == (480, 270, 3)
    assert faces_found(followed) == 1.0
    assert faces_found(written(walking, tmp_path / "centre.mp4", "centre")) < 0.7


def test_the_whole_picture_can_be_shown_instead(walking: Document, tmp_path: Path) -> None:
    blurred = written(walking, tmp_path / "blur.mp4", "blur")
    black = written(walking, tmp_path / "black.mp4", "black")
    band = slice(10, 120)  # above the picture, which is 152 of 480 pixels high
    assert black[60][band].mean() < 3
    assert 15 < blurred[60][band].mean() < 100
    middle = slice(180, 300)
    assert np.abs(black[60][middle].astype(float) - blurred[60][middle]).mean() < 6
