"""A whole take is watched by several finders at once, and what comes out is one track."""

from __future__ import annotations

import gc
import os
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, cast

import clips
import cv2
import numpy as np
import pytest

from lipsyncer.demo import Demo
from lipsyncer.features import face_survey, mouth
from lipsyncer.features import tracking as watching
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.lipshape import lip_opening
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.tracking import track_take
from lipsyncer.media import FrameReader, MediaInfo, probe, require_take
from lipsyncer.media.proxy import ProxyFrames
from lipsyncer.media.upright import PixelFormat
from lipsyncer.progress import driven, finish


@pytest.fixture(scope="module")
def take(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> MediaInfo:
    """Give the first 8 s of the demo's take, which are watched in stretches of 2 s."""
    path = tmp_path_factory.mktemp("take") / "take.mp4"
    clips.remux(demo.take_path, path, after=("-t", "8"))
    return probe(path)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_STRETCH", 60)


@pytest.fixture(scope="module")
def by_one(take: MediaInfo) -> MouthTrack:
    """Give what a single finder sees that watches everything."""
    with FaceFinder() as finder:
        return finish(track_take(take, finder=finder))[1]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """Give the shape of each frame that is looked at."""
    looks: list[tuple[int, ...]] = []
    find = FaceFinder.find

    def counted(finder: FaceFinder, rgb: np.ndarray) -> list[np.ndarray]:
        looks.append(rgb.shape)
        return find(finder, rgb)

    monkeypatch.setattr(FaceFinder, "find", counted)
    return looks


@pytest.fixture
def each_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at each frame, as at those of slower cameras."""
    monkeypatch.setattr(watching, "OFTEN", 0.0)


@pytest.mark.usefixtures("each_frame")
def test_several_finders_see_what_one_would_see(take: MediaInfo, by_one: MouthTrack) -> None:
    _, track = finish(track_take(take))
    assert len(track) == len(by_one) == 200
    assert track.faces == by_one.faces == 1
    apart = np.abs(track.crops.astype(float) - by_one.crops).mean(axis=(1, 2))
    moved = np.abs(np.diff(by_one.crops.astype(float), axis=0)).mean(axis=(1, 2))
    # The very first frame, from which a finder begins, it sees best the second time.
    assert apart[1:].max() < 1.5 < np.percentile(moved, 75)
    assert np.abs(track.shape - by_one.shape)[1:].max() < 0.05
    np.testing.assert_allclose(track.quality, by_one.quality, atol=0.05)


def test_every_second_frame_of_thirty_a_second_is_looked_at(
    take: MediaInfo, by_one: MouthTrack, looks: list[tuple[int, ...]]
) -> None:
    _, track = finish(track_take(take))
    frames = require_take(take).frames
    assert 0.5 * frames < len(looks) < 0.75 * frames
    apart = np.abs(track.crops.astype(float) - by_one.crops).mean(axis=(1, 2))
    moved = np.abs(np.diff(by_one.crops.astype(float), axis=0)).mean(axis=(1, 2))
    assert apart[1:].max() < np.percentile(moved, 75)
    opening, by_all = lip_opening(track.shape), lip_opening(by_one.shape)
    assert np.corrcoef(opening, by_all)[0, 1] > 0.97


def test_landmarks_between_two_looks_lie_between_them() -> None:
    first = np.random.default_rng(0).uniform(0, 100, (478, 3)).astype(np.float32)
    second = first + np.float32(1.0)
    (between,) = watching.face_between((1.0, [first]), (1.0625, [second]), 1.03125) or []
    np.testing.assert_allclose(between, first + 0.5, atol=1e-4)
    assert watching.face_between((1.0, [first]), (1.06, [first + 20]), 1.03) is None
    assert watching.face_between((1.0, [first]), (1.06, []), 1.03) is None
    assert watching.face_between((1.0, [first]), (1.06, [first, second]), 1.03) is None
    assert watching.face_between((-np.inf, []), (1.06, [first]), 1.03) is None
    assert watching.face_between((1.0, [first]), (1.5, [second]), 1.03) is None


@pytest.mark.parametrize(("faces", "passed_over"), [(1, True), (2, False), (0, False)])
def test_frames_are_looked_at_in_their_order_unless_one_face_keeps_still(
    faces: int, *, passed_over: bool
) -> None:
    looks: list[int] = []
    face = np.random.default_rng(0).uniform(10, 40, (478, 3)).astype(np.float32)

    class Finder:
        def find(self, rgb: np.ndarray) -> list[np.ndarray]:
            looks.append(int(rgb[0, 0, 0]))
            return [face] * faces

    stretch = watching._Stretch(0, 0)
    for number in range(30):
        stretch.frames.put((number / 30, np.full((64, 64, 3), number, np.uint8)))
    stretch.frames.put(None)
    seen = watching._Watchers(1, None)._look(stretch, cast(FaceFinder, Finder()))
    assert [time for time, _ in seen] == [number / 30 for number in range(30)]
    assert looks == sorted(looks)
    assert len(looks) == (16 if passed_over else 30)
    assert {len(mouths) for _, mouths in seen} == {faces}


def test_every_machine_sees_the_same(take: MediaInfo, monkeypatch: pytest.MonkeyPatch) -> None:
    tracks = []
    for cores in (1, 8):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        monkeypatch.setattr(watching, "_SPARE", 0)
        tracks.append(finish(track_take(take))[1])
    np.testing.assert_array_equal(tracks[0].crops, tracks[1].crops)
    np.testing.assert_array_equal(tracks[0].shape, tracks[1].shape)


def test_pictures_are_let_go_of_once_the_crops_are_cut(
    take: MediaInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = mouth._cut_crops
    left: list[bool] = []

    def watched(trail: Any, *rest: Any) -> Any:
        patch = weakref.ref(trail.patches[len(trail.patches) // 2])
        crops = cut(trail, *rest)
        gc.collect()
        left.append(patch() is not None)
        return crops

    monkeypatch.setattr(mouth, "_cut_crops", watched)
    finish(track_take(take))
    assert left == [False]


@pytest.mark.usefixtures("each_frame")
def test_a_stretch_that_takes_longest_comes_in_its_turn(
    take: MediaInfo, by_one: MouthTrack, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = threading.Event()
    find = FaceFinder.find

    class HeldUp(FaceFinder):
        """The first finder waits in its stretch until the second has come to the end of its."""

        made: ClassVar[list[FaceFinder]] = []

        def __init__(self, max_faces: int = 1, *, follow: bool = True) -> None:
            super().__init__(max_faces, follow=follow)
            self.made.append(self)
            self.looks = 0

        def find(self, rgb: np.ndarray) -> list[np.ndarray]:
            self.looks += 1
            if self.looks == 60:
                if self is self.made[0]:
                    assert others.wait(60)
                else:
                    others.set()
            return find(self, rgb)

    monkeypatch.setattr(watching, "FaceFinder", HeldUp)
    _, track = finish(track_take(take))
    np.testing.assert_allclose(track.shape[1:], by_one.shape[1:], atol=0.05)


def test_frames_that_a_slow_camera_held_are_watched_once(
    take: MediaInfo, tmp_path: Path, looks: list[tuple[int, ...]]
) -> None:
    slow = tmp_path / "slow.mp4"
    clips.remux(take.path, slow, after=("-an", "-c:v", "libx264", "-r", "15", "-g", "30"))
    video = require_take(probe(slow))
    # The proxy repeats each frame, as it does where a camera of 30 frames a second holds some.
    info = replace(probe(slow), video=replace(video, rate=30.0))
    shares: list[float] = []
    proxy, track = driven(track_take(info), shares.append)
    assert len(proxy.times) == 2 * video.frames
    # Four times six frames may be looked at again, as they are and the other way up.
    assert len(looks) - 48 < 1.3 * video.frames
    assert track.seen > 0.9
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_somebody_who_waits_sees_the_mouth(take: MediaInfo) -> None:
    seen: list[np.ndarray] = []
    finish(track_take(take, watch=seen.append))
    assert len(seen) > 20
    assert {patch.shape for patch in seen} == {(112, 112)}


def test_watching_that_is_stopped_leaves_no_thread_and_no_finder(
    take: MediaInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, closed = [], []

    class Counted(FaceFinder):
        def __init__(self, max_faces: int = 1, *, follow: bool = True) -> None:
            super().__init__(max_faces, follow=follow)
            made.append(self)

        def close(self) -> None:
            closed.append(self)
            super().close()

    monkeypatch.setattr(watching, "FaceFinder", Counted)
    before = set(threading.enumerate())
    watched = track_take(take)
    while next(watched) == 0.0:
        pass
    watched.close()
    assert made
    assert sorted(map(id, made)) == sorted(map(id, closed))
    assert set(threading.enumerate()) <= before


def test_an_error_in_one_stretch_ends_the_watching(
    take: MediaInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    find = FaceFinder.find

    def damaged(finder: FaceFinder, rgb: np.ndarray) -> list[np.ndarray]:
        looks.append(len(looks))
        if len(looks) == 130:
            raise OSError("the disk is gone")
        return find(finder, rgb)

    monkeypatch.setattr(FaceFinder, "find", damaged)
    before = set(threading.enumerate())
    with pytest.raises(OSError, match="the disk is gone"):
        finish(track_take(take))
    assert set(threading.enumerate()) <= before


def test_a_take_that_ends_early_is_watched_as_far_as_it_goes(
    take: MediaInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ProxyFrames.read

    def short(frames: ProxyFrames, kind: PixelFormat) -> Iterator[tuple[float, Any, int]]:
        yield from islice(read(frames, kind), 100)

    monkeypatch.setattr(ProxyFrames, "read", short)
    _, track = finish(track_take(take))
    assert len(track) == 200
    assert track.present[:80].all()
    assert not track.present[90:].any()


def test_it_says_nothing_on_the_terminal(
    take: MediaInfo, capfd: pytest.CaptureFixture[str]
) -> None:
    finish(track_take(take))
    assert capfd.readouterr().err == ""


def test_a_finder_that_begins_while_another_does_gives_the_terminal_back(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet, dup2 = threading.Event(), os.dup2

    def slowly(source: int, target: int, inheritable: bool = True) -> int:
        result = dup2(source, target, inheritable)
        quiet.set()
        time.sleep(0.3)
        return result

    def begin() -> None:
        with FaceFinder() as finder:
            finder.find(np.zeros((64, 64, 3), np.uint8))

    monkeypatch.setattr(os, "dup2", slowly)
    threads = [threading.Thread(target=begin) for _ in range(2)]
    threads[0].start()
    assert quiet.wait(10)
    threads[1].start()
    for thread in threads:
        thread.join()
    monkeypatch.undo()
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


class Crowd:
    """Finds faces whatever a picture shows: one after the other as many as ``seen`` says."""

    def __init__(self, *seen: int) -> None:
        self._seen = iter(seen)
        self.passes: list[int] = []

    def finder(self, max_faces: int = 1, *, follow: bool = True) -> Crowd:
        if not follow:
            return self
        self.passes.append(max_faces)
        return Crowd()

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def reset(self) -> None:
        pass

    def close(self) -> None:
        pass

    def find(self, rgb: np.ndarray) -> list[np.ndarray]:
        return [np.zeros((478, 3), np.float32)] * next(self._seen, 0)


@pytest.mark.parametrize(
    ("seen", "passes"),
    [
        ((1, 1, 1, 1, 1, 1, 1, 1), {1}),
        ((1, 2, 1, 1, 1, 1, 1, 1), {1}),
        ((2, 1, 2, 3, 3, 2), {1, 2, 3}),
    ],
)
def test_faces_that_are_seen_twice_are_looked_for_from_the_beginning(
    take: MediaInfo, monkeypatch: pytest.MonkeyPatch, seen: tuple[int, ...], passes: set[int]
) -> None:
    crowd = Crowd(*seen)
    monkeypatch.setattr(face_survey, "FaceFinder", crowd.finder)
    monkeypatch.setattr(watching, "FaceFinder", crowd.finder)
    proxy, track = finish(track_take(take))
    assert set(crowd.passes) == passes
    assert len(track) == 200
    assert len(proxy.times) == 240


def test_a_clip_of_less_than_a_second_is_watched(demo: Demo, tmp_path: Path) -> None:
    path = tmp_path / "short.mp4"
    clips.remux(demo.take_path, path, after=("-t", "0.6", "-an"))
    proxy, track = finish(track_take(probe(path)))
    assert track.seen > 0.9
    assert len(proxy.times) == pytest.approx(18, abs=1)


@pytest.mark.parametrize(("rate", "looks"), [(30.0, 60), (50.0, 50), (60.0, 60), (240.0, 60)])
def test_no_finder_looks_at_frames_that_the_proxy_does_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate: float, looks: int
) -> None:
    path = clips.write_clip(tmp_path / "fast.mp4", clips.even_times(rate, 2.0))
    found: list[np.ndarray] = []

    class Looker(Crowd):
        def find(self, rgb: np.ndarray) -> list[np.ndarray]:
            found.append(rgb)
            return []

        def finder(self, max_faces: int = 1, *, follow: bool = True) -> Crowd:
            return self if follow else Crowd()

    looker = Looker()
    monkeypatch.setattr(face_survey, "FaceFinder", looker.finder)
    monkeypatch.setattr(watching, "FaceFinder", looker.finder)
    finish(track_take(probe(path)))
    assert looks < len(found) <= looks + 6  # some twice, where a stretch begins


def test_every_frame_is_kept_as_a_small_picture(take: MediaInfo) -> None:
    proxy, _ = finish(track_take(take))
    assert len(proxy.small.shown) == len(proxy.times) == 240
    with FrameReader(take, max_height=proxy.height) as reader:
        for moment in (0.5, 3.7, 7.9):
            small = proxy.small_at(moment).astype(float)
            rgb = reader.frame_at((proxy.index_at(moment) + 0.5) / proxy.rate)
            size = small.shape[::-1]
            grey = cv2.cvtColor(
                cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY
            )
            assert np.abs(small - grey).mean() < 2.5
            assert np.abs(proxy.small[max(proxy.index_at(moment) - 60, 0)] - small).mean() > 2.5
