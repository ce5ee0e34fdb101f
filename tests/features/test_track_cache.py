"""Mouth tracks are recalled as they were kept, by this version or an older one."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lipsyncer.features import track_cache
from lipsyncer.features.mouth import MouthTrack, mouth_covered
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.media import Proxy
from lipsyncer.media.cache import cache_folder, content_key, new_entry
from lipsyncer.progress import Stage, finish

STILL = np.zeros(1)
PROXY = Proxy(Path("proxy.mp4"), 25.0, 8, 8, STILL, STILL, 0.4)
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
def take(tmp_path: Path) -> Path:
    path = tmp_path / "take.mp4"
    path.write_bytes(b"a take")
    return path


def assert_same(one: MouthTrack, other: MouthTrack) -> None:
    for field in fields(MouthTrack):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


@pytest.mark.parametrize("one_of_several", [False, True])
def test_a_track_is_kept_whole(
    take: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_of_several: bool
) -> None:
    tracked = replace(TRACK, one_of_several=one_of_several)

    def track_once(*_: Any, **__: Any) -> Stage[MouthTrack]:
        yield 0.5
        return tracked

    monkeypatch.setattr(track_cache, "track_take", track_once)
    folder = tmp_path / "cache"
    assert finish(track_or_recall(take, PROXY, cache_dir=folder)) is tracked
    monkeypatch.delattr(track_cache, "track_take")
    assert_same(finish(track_or_recall(take, PROXY, cache_dir=folder)), tracked)


@pytest.mark.parametrize("warnings", [[], ["2 faces were seen; the largest one was followed."]])
def test_a_track_of_an_older_version_is_recalled(
    take: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warnings: list[str]
) -> None:
    monkeypatch.delattr(track_cache, "track_take")
    folder = cache_folder(tmp_path / "cache")
    with new_entry(folder, content_key(take, "track-1")) as entry:
        np.savez(
            entry / "track.npz",
            crops=TRACK.crops,
            shape=TRACK.shape,
            quality=TRACK.quality,
            faces=np.array(2),
            warnings=np.array(warnings, dtype=np.str_),
            boxes=TRACK.boxes,
        )
    recalled = finish(track_or_recall(take, PROXY, cache_dir=folder))
    expected = replace(
        TRACK,
        one_of_several=bool(warnings),
        present=np.zeros(0, np.bool_),
        covered=mouth_covered(TRACK.crops),
    )
    assert_same(recalled, expected)
