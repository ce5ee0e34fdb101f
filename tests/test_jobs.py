"""The long jobs: what they tell while they run, and that footage is watched only once."""

from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.cut.analysis import Analysis
from lipsyncer.demo import Demo
from lipsyncer.jobs import Progress
from lipsyncer.jobs.analyse import analyse, preload
from lipsyncer.settings.job import Settings


def run(song: Path, takes: list[Path], cache: Path) -> tuple[Analysis, list[Progress]]:
    job = analyse(song, takes, Settings(cache_dir=cache))
    told: list[Progress] = []
    while True:
        try:
            progress = next(job)
        except StopIteration as stop:
            return stop.value, told
        if progress.glimpse is not None:
            progress = Progress(progress.stage, progress.share, progress.glimpse.copy())
        told.append(progress)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def watched(snippet: Demo, cache: Path) -> tuple[Analysis, list[Progress]]:
    return run(snippet.song_path, [snippet.take_path], cache)


def test_stages_follow_one_another_and_each_grows_to_its_end(
    watched: tuple[Analysis, list[Progress]],
) -> None:
    _, told = watched
    stages = list(dict.fromkeys(progress.stage for progress in told))
    assert stages == ["probe", "track", "encode", "score", "align"]
    for stage in stages:
        shares = [progress.share for progress in told if progress.stage == stage]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


def test_the_mouth_and_the_matrix_are_shown_as_they_come(
    watched: tuple[Analysis, list[Progress]],
) -> None:
    analysis, told = watched
    mouths = [p.glimpse for p in told if p.stage == "track" and p.glimpse is not None]
    assert len({mouth.tobytes() for mouth in mouths}) > 5  # told of some times a second
    assert all(mouth.shape == (112, 112) and mouth.dtype == np.uint8 for mouth in mouths)
    assert np.ptp(mouths[-1]) > 50
    matrices = [p.glimpse for p in told if p.stage == "score" and p.glimpse is not None]
    assert matrices[-1].shape == analysis.takes[0].evidence.pairs.shape
    assert np.isfinite(matrices[-1]).all()


def test_footage_that_was_watched_is_recalled(
    watched: tuple[Analysis, list[Progress]], snippet: Demo, cache: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved.mp4"
    moved.write_bytes(snippet.take_path.read_bytes())
    again, told = run(snippet.song_path, [moved], cache)
    assert not [p for p in told if p.stage == "track" and p.glimpse is not None]
    first, recalled = watched[0].takes[0].track, again.takes[0].track
    np.testing.assert_array_equal(first.crops, recalled.crops)
    np.testing.assert_array_equal(first.boxes, recalled.boxes)
    assert again.document.segments == watched[0].document.segments


def test_a_kept_track_that_was_damaged_is_made_anew(
    watched: tuple[Analysis, list[Progress]], snippet: Demo, cache: Path
) -> None:
    for kept in cache.rglob("track.npz"):
        kept.write_bytes(kept.read_bytes()[:1000])
    again, told = run(snippet.song_path, [snippet.take_path], cache)
    assert again.document == watched[0].document
    assert [p for p in told if p.stage == "track" and p.glimpse is not None]
    _, told = run(snippet.song_path, [snippet.take_path], cache)
    assert not [p for p in told if p.stage == "track" and p.glimpse is not None]


def test_the_songs_outline_is_as_long_as_the_song(
    watched: tuple[Analysis, list[Progress]],
) -> None:
    analysis, _ = watched
    assert analysis.peaks.duration == pytest.approx(analysis.document.song_duration, abs=0.01)


def test_what_was_loaded_is_kept_from_the_garbage_collector_once() -> None:
    preload()
    frozen = gc.get_freeze_count()
    assert frozen > 0
    later = [[number] for number in range(10_000)]
    preload()
    assert gc.get_freeze_count() <= frozen
    assert len(later) == 10_000
