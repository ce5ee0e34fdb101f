"""Importing holds a few frames at a time, decodes a take once, and leaves nothing when stopped."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import av
import clips
import pytest

from lipsyncer.demo import Demo
from lipsyncer.features.tracking import track_take
from lipsyncer.jobs.analyse import analyse
from lipsyncer.media import Proxy, probe
from lipsyncer.media import conform as conformed
from lipsyncer.media.streams import stamped_frames
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings


def frames_alive() -> int:
    return sum(type(thing) is av.VideoFrame for thing in gc.get_objects())


@pytest.mark.parametrize("codec", ["libx264", "mjpeg"])
def test_frames_are_let_go_of_without_the_garbage_collector(tmp_path: Path, codec: str) -> None:
    path = clips.write_clip(
        tmp_path / "take.mov",
        clips.even_times(30, 4.0),
        codec=codec,
        pixel_format="yuv420p" if codec == "libx264" else "yuvj420p",
    )
    info = probe(path)
    gc.collect()
    before = frames_alive()
    gc.disable()
    try:
        most = 0
        for _ in conformed(path, info, cache_dir=tmp_path / "cache"):
            most = max(most, frames_alive() - before)
        finish(track_take(info))
        left = frames_alive() - before
    finally:
        gc.enable()
    assert most < 16  # of 120
    assert left < 16


def test_a_take_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = clips.write_clip(tmp_path / "take.mov", clips.even_times(30, 2.0))
    seen = []

    def counted(container: Any, picture: Any, start: float) -> Iterator[tuple[float, Any]]:
        for frame in stamped_frames(container, picture, start):
            seen.append(frame[0])
            yield frame

    module = import_module(Proxy.__module__)
    monkeypatch.setattr(module, "stamped_frames", counted)
    finish(track_take(probe(path)))
    assert len(seen) == 60
    assert seen == sorted(set(seen))


def test_a_stopped_import_leaves_nothing_half_done(demo: Demo, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    job = analyse(demo.song_path, [demo.take_path], Settings(cache_dir=cache))
    for progress in job:
        if progress.stage == "track" and progress.share > 0.3:
            break
    job.close()
    assert not cache.exists()
