"""What was seen of a take is recalled as it was kept; what an older program kept is not."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lipsyncer.features import track_cache
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.media import MediaInfo, Proxy
from lipsyncer.media.cache import content_key, new_entry
from lipsyncer.media.small_pictures import SmallPictures, pack
from lipsyncer.progress import Stage, finish

PICTURES = [np.full((96, 54, 3), level, np.uint8) for level in (10, 200)]
TRACK = MouthTrack(
    np.full((10, 64, 64), 7, np.uint8),
    np.ones((10, 56, 3), np.float32),
    np.linspace(0, 1, 10, dtype=np.float32),
    faces=2,
    one_of_several=True,
    boxes=np.ones((10, 3), np.float32),
    present=np.arange(10) > 2,
    covered=np.arange(10) > 7,
)


@pytest.fixture
def take(tmp_path: Path) -> MediaInfo:
    path = tmp_path / "take.mp4"
    path.write_bytes(b"a take")
    return MediaInfo(path, 6, "mp4", 0.0, 0.4, None, None)


def watched(take: MediaInfo, track: MouthTrack = TRACK) -> tuple[Proxy, MouthTrack]:
    small = SmallPictures.of([pack(picture) for picture in PICTURES], [4, 6])
    stamps = np.array([0.0, 0.16])
    times = np.repeat(stamps, [4, 6])
    return Proxy(take.path, 30000 / 1001, 540, 960, times, stamps, 0.4, small), track


def assert_same(one: Any, other: Any) -> None:
    for field in fields(one):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, SmallPictures):
            assert_same(mine, theirs)
        else:
            assert type(mine) is type(theirs)
            np.testing.assert_array_equal(mine, theirs)


def watching(monkeypatch: pytest.MonkeyPatch, found: tuple[Proxy, MouthTrack]) -> None:
    def track_once(*_: Any, **__: Any) -> Stage[tuple[Proxy, MouthTrack]]:
        yield 0.5
        return found

    monkeypatch.setattr(track_cache, "track_take", track_once)


@pytest.mark.parametrize("one_of_several", [False, True])
def test_what_was_seen_is_kept_whole(
    take: MediaInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_of_several: bool
) -> None:
    seen = watched(take, replace(TRACK, one_of_several=one_of_several))
    watching(monkeypatch, seen)
    folder = tmp_path / "cache"
    assert finish(track_or_recall(take, cache_dir=folder))[1].crops is seen[1].crops
    monkeypatch.delattr(track_cache, "track_take")
    proxy, track = finish(track_or_recall(take, cache_dir=folder))
    assert_same(track, seen[1])
    assert_same(proxy, seen[0])
    assert abs(float(proxy.small_at(0.3).mean()) - 200) < 3


def test_a_take_that_was_moved_is_read_from_where_it_is_now(
    take: MediaInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching(monkeypatch, watched(take))
    folder = tmp_path / "cache"
    finish(track_or_recall(take, cache_dir=folder))
    moved = take.path.rename(tmp_path / "moved.mp4")
    proxy, _ = finish(track_or_recall(replace(take, path=moved), cache_dir=folder))
    assert proxy.path == moved


@pytest.mark.parametrize("version", ["track-1", track_cache._VERSION])
def test_what_an_older_version_kept_is_watched_anew(
    take: MediaInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    folder = tmp_path / "cache"
    with new_entry(folder, content_key(take.path, version)) as entry:
        np.savez(entry / "track.npz", crops=TRACK.crops, shape=TRACK.shape, quality=TRACK.quality)
    seen = watched(take)
    watching(monkeypatch, seen)
    assert finish(track_or_recall(take, cache_dir=folder))[1].crops is seen[1].crops
    assert_same(finish(track_or_recall(take, cache_dir=folder))[1], TRACK)
