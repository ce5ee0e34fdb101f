"""A take whose picture can't be decoded in places is delivered as far as it goes, or refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import clips
import numpy as np
import pytest
from program import Program, contents

from lipsyncer.demo import Demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import conform, probe, require_take
from lipsyncer.media.damage import damaged
from lipsyncer.media.frames import FrameReader
from lipsyncer.progress import finish
from lipsyncer.project import Project, save_project


@pytest.fixture(scope="module")
def struck(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo's selfie with two seconds of it overwritten."""
    target = tmp_path_factory.mktemp("struck") / "struck.mp4"
    return clips.damage(demo.take_path, target, 10.0, 12.0, kind="video")


def spans_of(path: Path, cache: Path) -> tuple[tuple[float, float], ...]:
    info = probe(path)
    proxy = finish(conform(path, info, cache_dir=cache))
    return damaged(require_take(info), proxy.source_times)


def test_a_whole_take_is_not_held_for_broken(demo: Demo, tmp_path: Path) -> None:
    assert spans_of(demo.take_path, tmp_path) == ()


def test_a_camera_that_paused_did_not_break(tmp_path: Path) -> None:
    times = [*clips.even_times(25, 2.0), *(3.5 + np.array(clips.even_times(25, 2.0)))]
    path = clips.write_clip(tmp_path / "paused.mp4", times)
    assert spans_of(path, tmp_path / "cache") == ()


def test_what_was_overwritten_is_found(tmp_path: Path) -> None:
    take = clips.write_clip(
        tmp_path / "take.mp4", clips.even_times(25, 4.0), codec="mjpeg", pixel_format="yuvj420p"
    )
    path = clips.damage(take, tmp_path / "damaged.mp4", 1.0, 2.0)
    ((start, end),) = spans_of(path, tmp_path / "cache")
    assert (start, end) == pytest.approx((0.96, 2.0), abs=0.001)


def test_what_was_cut_off_is_found(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 4.0))
    whole = clips.remux(take, tmp_path / "whole.mp4", after=("-movflags", "+faststart"))
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) * 6 // 10])
    ((start, end),) = spans_of(whole, tmp_path / "cache")
    assert 0.2 < start < 3.5
    assert end == pytest.approx(4.0, abs=0.05)


def test_the_rest_is_delivered_with_a_warning_that_says_where(
    lipsyncer: Program, demo: Demo, struck: Path, tmp_path: Path
) -> None:
    output, listed = tmp_path / "out.mp4", tmp_path / "out.json"
    outcome = lipsyncer("align", demo.song_path, struck, "-o", output, "--report", listed)
    assert outcome.code == 0
    warnings = json.loads(listed.read_text("utf-8"))["warnings"]
    (warning,) = [w for w in warnings if w.startswith("The picture can't be decoded")]
    assert "10.0 s" in warning or "9.9 s" in warning
    assert warning in outcome.err
    with FrameReader(output) as reader:  # the rest is there: before and behind, the picture moves
        for moment in (5.0, 20.0):
            one, other = (reader.frame_at(moment + step).astype(int) for step in (0.0, 0.4))
            assert np.abs(one - other).max() > 20


def test_it_is_refused_where_that_is_wanted(
    lipsyncer: Program, demo: Demo, struck: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.mp4"
    outcome = lipsyncer("align", demo.song_path, struck, "-o", output, "--broken-source", "refuse")
    assert outcome.code == 3
    assert outcome.complaints
    assert "can't be decoded from" in outcome.complaints[0]
    assert contents(tmp_path) == {}


def test_a_project_s_footage_is_looked_at_as_well(
    lipsyncer: Program, demo: Demo, struck: Path, tmp_path: Path
) -> None:
    take = shutil.copy(struck, tmp_path / "take.mp4")
    document = Document(
        demo.song_path,
        25.0,
        (Take(Path(take), 25.0),),
        (Segment(0.0, 25.0, 0, 0.0, 25.0, "matched", 1.0),),
    )
    project = tmp_path / "cut.lipsync"
    save_project(Project(document), project)
    output = tmp_path / "out.mp4"
    words = ("export", project, "-o", output, "--from", "9", "--to", "10")
    refused = lipsyncer(*words, "--broken-source", "refuse")
    assert refused.code == 3
    assert not output.exists()
    assert lipsyncer(*words).code == 0
    assert output.exists()
