"""A whole take is watched by several finders at once, and what comes out is one track."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from lipsyncer.demo import Demo
from lipsyncer.features import tracking as watching
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.tracking import track_take
from lipsyncer.media import Proxy, conform, probe, proxy_frames
from lipsyncer.progress import driven, finish


@pytest.fixture(scope="module")
def proxy(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Proxy:
    """Give the first 8 s of the demo's take, in stretches of 2 s."""
    folder = tmp_path_factory.mktemp("cache")
    whole = finish(conform(demo.take_path, probe(demo.take_path), cache_dir=folder))
    count = round(8 * whole.rate)
    return replace(whole, times=whole.times[:count], duration=8.0)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_STRETCH", 60)


@pytest.fixture(scope="module")
def by_one(proxy: Proxy) -> MouthTrack:
    """Give what a single finder sees that watches everything."""
    with FaceFinder() as finder:
        return finish(track_take(proxy, finder=finder))


def test_several_finders_see_what_one_would_see(proxy: Proxy, by_one: MouthTrack) -> None:
    track = finish(track_take(proxy))
    assert len(track) == len(by_one) == 200
    assert track.faces == by_one.faces == 1
    apart = np.abs(track.crops.astype(float) - by_one.crops).mean(axis=(1, 2))
    moved = np.abs(np.diff(by_one.crops.astype(float), axis=0)).mean(axis=(1, 2))
    # The very first frame, from which a finder begins, it sees best the second time.
    assert apart[1:].max() < 1.5 < np.percentile(moved, 75)
    assert np.abs(track.shape - by_one.shape)[1:].max() < 0.05
    np.testing.assert_allclose(track.quality, by_one.quality, atol=0.05)


def test_every_machine_sees_the_same(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    tracks = []
    for cores in (1, 8):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        monkeypatch.setattr(watching, "_SPARE", 0)
        tracks.append(finish(track_take(proxy)))
    np.testing.assert_array_equal(tracks[0].crops, tracks[1].crops)
    np.testing.assert_array_equal(tracks[0].shape, tracks[1].shape)


def test_a_stretch_that_takes_longest_comes_in_its_turn(
    proxy: Proxy, by_one: MouthTrack, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = threading.Event()

    def held_up(proxy: Proxy, first: int = 0) -> Iterator[tuple[int, np.ndarray]]:
        for index, rgb in proxy_frames(proxy, first):
            if index == 230:
                others.set()
            if index == 30:
                assert others.wait(60)
            yield index, rgb

    monkeypatch.setattr(watching, "proxy_frames", held_up)
    track = finish(track_take(proxy))
    np.testing.assert_allclose(track.shape[1:], by_one.shape[1:], atol=0.05)


def test_frames_that_a_slow_camera_held_are_watched_once(proxy: Proxy) -> None:
    held = replace(proxy, times=np.repeat(proxy.times[::2], 2)[: len(proxy.times)])
    shares: list[float] = []
    track = driven(track_take(held), shares.append)
    assert len(track) == 200
    assert track.seen > 0.9
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_somebody_who_waits_sees_the_mouth(proxy: Proxy) -> None:
    seen: list[np.ndarray] = []
    finish(track_take(proxy, watch=seen.append))
    assert len(seen) > 20
    assert {patch.shape for patch in seen} == {(112, 112)}


def test_watching_that_is_stopped_leaves_no_thread_and_no_finder(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
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
    watched = track_take(proxy)
    while next(watched) == 0.0:
        pass
    watched.close()
    assert made
    assert sorted(map(id, made)) == sorted(map(id, closed))
    assert set(threading.enumerate()) <= before


def test_an_error_in_one_stretch_ends_the_watching(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(proxy: Proxy, first: int = 0) -> Iterator[tuple[int, np.ndarray]]:
        for index, rgb in proxy_frames(proxy, first):
            if index == 130:
                raise OSError("the disk is gone")
            yield index, rgb

    monkeypatch.setattr(watching, "proxy_frames", damaged)
    before = set(threading.enumerate())
    with pytest.raises(OSError, match="the disk is gone"):
        finish(track_take(proxy))
    assert set(threading.enumerate()) <= before


def test_a_proxy_that_ends_early_is_watched_as_far_as_it_goes(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(proxy: Proxy, first: int = 0) -> Iterator[tuple[int, np.ndarray]]:
        for index, rgb in proxy_frames(proxy, first):
            if index < 100:
                yield index, rgb

    monkeypatch.setattr(watching, "proxy_frames", short)
    track = finish(track_take(proxy))
    assert len(track) == 200
    assert track.present[:80].all()
    assert not track.present[90:].any()


def test_it_says_nothing_on_the_terminal(proxy: Proxy, capfd: pytest.CaptureFixture[str]) -> None:
    finish(track_take(proxy))
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
