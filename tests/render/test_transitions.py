"""Jumps are softened and slowed stretches filled, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import clips
import flash
import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT, render
from lipsyncer.render.transitions import PLAIN, TransitionSettings, treatment

SIZE = (160, 120)
RATE = Fraction(25)


def swaying(index: int) -> np.ndarray:
    """A smooth face-sized blob over a soft ground that sways by some pixels a second."""
    y, x = np.mgrid[: SIZE[1], : SIZE[0]].astype(float)
    middle = 80 + 5 * np.sin(2 * np.pi * index / 50)
    ground = 90 + 25 * np.sin(x / 17) * np.cos(y / 13)
    blob = 110 * np.exp(-(((x - middle) / 28) ** 2) - ((y - 60) / 36) ** 2)
    ridges = 14 * np.sin((x - middle) / 4) * np.exp(-(((x - middle) / 24) ** 2))
    grey = (ground + blob + ridges).clip(0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def blob_at(picture: np.ndarray) -> float:
    """Where the blob stands, in pixels from the left."""
    light = np.clip(picture[40:80, :, 0].astype(float).mean(axis=0) - 150, 0, None)
    return float((light * np.arange(SIZE[0])).sum() / light.sum())


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("swaying")
    return clips.write_clip(
        folder / "take.mp4", clips.even_times(25, 6.0), picture=swaying, size=SIZE
    )


def rendered(
    take: Path, folder: Path, transitions: TransitionSettings, *segments: Segment
) -> list[np.ndarray]:
    song = flash.make_song(folder / "song.wav", 10.0, [1.0])
    document = Document(song, 10.0, (Take(take, 6.0),), segments)
    output = folder / "out.mp4"
    finish(render(document, output, replace(DEFAULT, transitions=transitions)))
    with av.open(str(output)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def noise(index: int) -> np.ndarray:
    """Squares in which nothing moves anywhere."""
    coarse = np.random.default_rng(index).integers(0, 255, (12, 16, 3)).astype(np.uint8)
    return np.kron(coarse, np.ones((10, 10, 1), np.uint8))


def piece(start: float, end: float, source: float, slope: float = 1.0) -> Segment:
    return Segment(start, end, 0, source, source + (end - start) * slope, "matched", 1.0)


def steps(pictures: list[np.ndarray]) -> np.ndarray:
    return np.array([np.abs(a.astype(int) - b.astype(int)).mean() for a, b in pairwise(pictures)])


def test_a_take_at_its_own_speed_is_the_same_with_and_without(take: Path, tmp_path: Path) -> None:
    whole = piece(0.0, 4.0, 0.0)
    hidden = rendered(take, tmp_path, TransitionSettings(), whole)
    plain = rendered(take, tmp_path, PLAIN, whole)
    assert all(np.array_equal(a, b) for a, b in zip(hidden, plain, strict=True))


def test_a_jump_is_spread_over_some_frames(take: Path, tmp_path: Path) -> None:
    cut = (piece(0.0, 2.0, 0.2), piece(2.0, 4.0, 3.2))  # from one side to the other
    plain = steps(rendered(take, tmp_path, PLAIN, *cut))
    morphed = steps(rendered(take, tmp_path, TransitionSettings("morph"), *cut))
    assert int(np.argmax(plain)) == 49
    assert morphed.max() < 0.6 * plain.max()
    far = np.r_[0:44, 55:99]
    assert np.abs(morphed[far] - plain[far]).max() < 0.3


def test_small_jumps_and_changes_of_take_stay_cuts() -> None:
    takes = (Take(Path("a.mp4"), 20.0), Take(Path("b.mp4"), 20.0))
    small = (piece(0.0, 2.0, 0.0), piece(2.0, 4.0, 2.2))
    change = replace(piece(4.0, 6.0, 8.0), take=1)
    document = Document(Path("song.wav"), 10.0, takes, (*small, change))
    assert not treatment(document, RATE, 150, TransitionSettings("morph")).morphs
    assert not treatment(document, RATE, 150, TransitionSettings("punch-in")).closer


def test_every_other_stretch_is_closer_with_punch_ins(take: Path, tmp_path: Path) -> None:
    cut = (piece(0.0, 1.0, 0.0), piece(1.0, 2.0, 1.5), piece(2.0, 3.0, 3.0))
    plain = rendered(take, tmp_path, PLAIN, *cut)
    closer = rendered(take, tmp_path, TransitionSettings("punch-in", interpolate=False), *cut)
    both = zip(plain, closer, strict=True)
    changed = [np.abs(a.astype(int) - b.astype(int)).mean() > 1 for a, b in both]
    assert changed == [False] * 25 + [True] * 25 + [False] * 25


def test_a_slowed_stretch_moves_evenly(take: Path, tmp_path: Path) -> None:
    slow = piece(0.0, 4.0, 0.0, slope=0.5)
    plain = np.diff([blob_at(p) for p in rendered(take, tmp_path, PLAIN, slow)])
    filled = np.diff([blob_at(p) for p in rendered(take, tmp_path, TransitionSettings(), slow)])
    # Every second step of doubled frames is none at all.
    assert np.median(np.abs(plain[::2])) < 0.02
    roughness = [float(np.abs(np.diff(moves)[4:-4]).mean()) for moves in (plain, filled)]
    assert roughness[1] < 0.6 * roughness[0]


def test_pictures_in_between_are_where_they_belong(take: Path, tmp_path: Path) -> None:
    slow = piece(0.0, 4.0, 0.0, slope=0.5)
    filled = [blob_at(p) for p in rendered(take, tmp_path, TransitionSettings(), slow)]
    filmed = [blob_at(swaying(k)) for k in range(60)]
    # A frame stands for the moment of its stamp, half a frame before the middle of its time.
    wanted = np.interp((np.arange(100) + 0.5) / 2 - 0.5, np.arange(60), filmed)
    assert np.abs(np.array(filled) - wanted)[2:-2].max() < 0.25


def test_motion_that_can_t_be_told_is_shown_as_it_was_filmed(tmp_path: Path) -> None:
    times = clips.even_times(25, 3.0)
    path = clips.write_clip(tmp_path / "take.mp4", times, picture=noise, size=SIZE)
    cut = (piece(0.0, 1.0, 0.0, slope=0.5), piece(1.0, 2.0, 1.5))
    plain = rendered(path, tmp_path, PLAIN, *cut)
    hidden = rendered(path, tmp_path, TransitionSettings(), *cut)
    assert all(np.array_equal(a, b) for a, b in zip(plain, hidden, strict=True))


def test_a_morph_is_not_begun_whose_motion_is_lost_at_the_jump(tmp_path: Path) -> None:
    # Up to the jump both sides are alike; what would run on from the first side is not.
    def picture(index: int) -> np.ndarray:
        return noise(index) if 55 <= index < 60 else swaying(index)

    times = clips.even_times(25, 6.0)
    path = clips.write_clip(tmp_path / "take.mp4", times, picture=picture, size=SIZE)
    cut = (piece(0.0, 2.0, 0.2), piece(2.0, 2.8, 3.2))
    plain = rendered(path, tmp_path, PLAIN, *cut)
    hidden = rendered(path, tmp_path, TransitionSettings("morph"), *cut)
    assert all(np.array_equal(a, b) for a, b in zip(plain, hidden, strict=True))


@pytest.mark.parametrize("jumps", ["cut", "morph", "punch-in"])
def test_flashes_stay_on_their_clicks(jumps: str, tmp_path: Path) -> None:
    marks = [0.5, 1.5, 2.5, 3.5]
    path = flash.make_take(tmp_path / "take.mp4", 150, [15, 45, 75, 105])
    song = flash.make_song(tmp_path / "song.wav", 5.0, marks)
    document = Document(song, 5.0, (Take(path, 5.0),), (piece(0.0, 5.0, 0.0),))
    output = tmp_path / "out.mp4"
    finish(render(document, output, replace(DEFAULT, transitions=TransitionSettings(jumps))))  # type: ignore[arg-type]
    seen, heard = flash.seen_and_heard(output, ignore_edit_lists=False)
    assert np.abs(seen - heard).max() < 0.001
