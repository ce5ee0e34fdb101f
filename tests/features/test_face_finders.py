"""Whichever finder the installed mediapipe brings, it finds faces where and when they are."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.arrays import Float32s, Float64s, UInt8s
from lipsyncer.demo import Shape, SingingPortrait
from lipsyncer.features import face_model, landmarks
from lipsyncer.features.face_mesh import points_of
from lipsyncer.features.landmarks import POINTS, FaceFinder

FRAMES = 30
LEFT_EYE, RIGHT_EYE, UPPER_LIP, LOWER_LIP = 33, 263, 13, 14
BLANK = np.zeros((320, 180, 3), np.uint8)


@pytest.fixture(scope="module")
def frames() -> list[UInt8s]:
    """Give a portrait that opens and closes its mouth three times in 30 frames."""
    portrait = SingingPortrait(360, 640, seed=0)
    openings = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAMES) / 10)
    return [
        portrait.frame(Shape(wide, 0.0, 0.0, 0.6 * wide), k / 25) for k, wide in enumerate(openings)
    ]


@pytest.fixture(params=["mesh", "task"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Use one finder after the other, where it can be had."""
    use(request.param, monkeypatch)
    return str(request.param)


def use(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "mesh" and not landmarks.has_mesh():
        pytest.skip("this mediapipe has no FaceMesh")
    monkeypatch.setattr(landmarks, "has_mesh", lambda: kind == "mesh")


def gaps(frames: list[UInt8s], *, follow: bool) -> Float64s:
    """Gap between the lips in each frame, in pixels."""
    with FaceFinder(follow=follow) as finder:
        faces = [finder.find(frame)[0] for frame in frames]
    return np.array([np.linalg.norm((f[UPPER_LIP] - f[LOWER_LIP])[:2]) for f in faces])


def test_plots_are_not_loaded_with_the_finder_and_still_there_for_others() -> None:
    asked = """
import sys
from lipsyncer.features import landmarks
landmarks.preload()
print("matplotlib" in sys.modules)
if landmarks.has_mesh():
    import matplotlib.pyplot
    matplotlib.pyplot.figure
"""
    ended = subprocess.run([sys.executable, "-c", asked], stdout=subprocess.PIPE, check=True)
    assert ended.stdout.split() == [b"False"]


def test_a_face_is_found_and_measured_in_pixels(kind: str, frames: list[UInt8s]) -> None:
    with FaceFinder() as finder:
        (face,) = finder.find(frames[0])
    assert face.shape == (POINTS, 3) and face.dtype == np.float32
    assert face[LEFT_EYE, 0] < 180 < face[RIGHT_EYE, 0]
    assert face[LEFT_EYE, 1] < face[UPPER_LIP, 1] < 640


@pytest.mark.skipif(not landmarks.has_mesh(), reason="this mediapipe has no FaceMesh")
def test_landmarks_are_read_as_the_mesh_wrote_them(frames: list[UInt8s]) -> None:
    from mediapipe.python.solutions.face_mesh import FaceMesh

    with FaceMesh(refine_landmarks=True) as mesh:
        (face,) = mesh.process(frames[0]).multi_face_landmarks
    one_by_one = np.array([(p.x, p.y, p.z) for p in face.landmark], np.float32)
    np.testing.assert_array_equal(points_of(face), one_by_one)
    face.landmark[7].visibility = 0.5  # takes room among what is written
    np.testing.assert_array_equal(points_of(face), one_by_one)


def test_a_blank_picture_holds_no_face(kind: str) -> None:
    with FaceFinder() as finder:
        assert finder.find(BLANK) == []


def test_following_a_face_makes_its_lips_no_later(kind: str, frames: list[UInt8s]) -> None:
    followed, afresh = gaps(frames, follow=True), gaps(frames, follow=False)
    # A series that comes a share of a frame late is this share of its own last step behind.
    step = np.gradient(afresh)
    lag = float(((afresh - followed) * step)[5:].sum() / (step**2)[5:].sum())
    assert abs(lag) < 0.15
    assert np.ptp(afresh) > 10


def test_a_finder_that_is_reset_begins_like_a_new_one(kind: str, frames: list[UInt8s]) -> None:
    with FaceFinder() as finder:
        first = [finder.find(frame)[0] for frame in frames[:3]]
        finder.reset()
        again = [finder.find(frame)[0] for frame in frames[:3]]
    np.testing.assert_allclose(first, again, atol=0.01)


def test_both_finders_see_the_same_lips(
    frames: list[UInt8s], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Float32s] = {}
    for kind in ("mesh", "task"):
        with monkeypatch.context() as patch:
            use(kind, patch)
            with FaceFinder() as finder:
                seen[kind] = np.array([finder.find(frame)[0] for frame in frames])
    eyes = np.linalg.norm((seen["mesh"][0, LEFT_EYE] - seen["mesh"][0, RIGHT_EYE])[:2])
    apart = np.linalg.norm((seen["mesh"] - seen["task"])[:, [UPPER_LIP, LOWER_LIP], :2], axis=-1)
    assert apart.mean() < 0.05 * eyes


@pytest.mark.parametrize(
    ("version", "mesh"), [("0.10.21", True), ("0.10.33", False), ("1.2.3", False)]
)
def test_the_release_of_mediapipe_decides_which_finder_it_is(
    version: str, mesh: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: version)
    assert landmarks.has_mesh() is mesh


def test_only_the_finder_that_needs_a_model_misses_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(face_model.VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    for mesh in (True, False):
        monkeypatch.setattr(landmarks, "has_mesh", lambda mesh=mesh: mesh)
        assert landmarks.model_is_missing() is not mesh
