"""Platforms on the command line: align for one, export a project for one, check any file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from program import Program

from lipsyncer.cli.values import PLATFORMS
from lipsyncer.demo import Demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import probe
from lipsyncer.project import Project, save_project
from lipsyncer.project.relink import with_fingerprints
from lipsyncer.render.presets import PRESETS


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def project(tmp_path: Path, demo: Demo) -> Path:
    """Give a project of the demo, beside its song and take."""
    shutil.copy(demo.song_path, tmp_path / "song.wav")
    shutil.copy(demo.take_path, tmp_path / "take.mp4")
    document = Document(
        tmp_path / "song.wav",
        25.0,
        (Take(tmp_path / "take.mp4", 26.0),),
        (Segment(0.0, 25.0, 0, 0.5, 25.5, "matched", 0.9),),
    )
    path = tmp_path / "dance.lipsync"
    save_project(with_fingerprints(Project(document)), path)
    return path


def test_the_names_that_can_be_typed_are_those_of_the_presets() -> None:
    assert tuple(PRESETS) == PLATFORMS


def test_a_project_becomes_a_file_that_passes_the_check(
    run: Program, project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.mp4"
    told = run("export", project, "--preset", "feed", "-o", out, "--from", "3", "--to", "0:06.5")
    assert told.code == 0, told.err
    assert "3.5 s of the song for Instagram Feed" in told.out
    video = probe(out).video
    assert video is not None
    assert (video.width, video.height) == (1080, 1350)
    assert video.duration == pytest.approx(3.5, abs=1 / video.rate)
    checked = run("check", out, "--preset", "feed")
    assert checked.code == 0, checked.out
    assert "meets the requirements of Instagram Feed" in checked.out
    other = run("check", out, "--preset", "reels")
    assert other.code == 5
    assert "NOT  size" in other.out


def test_a_check_can_be_read_by_a_program(run: Program, project: Path) -> None:
    told = run("check", project.with_name("take.mp4"), "--preset", "tiktok", "--json")
    values = json.loads(told.out)
    assert told.code == 5
    assert values["passed"] is False
    assert {"name", "found", "wanted", "passed"} == set(values["checks"][0])


def test_a_song_that_is_too_long_for_a_platform_is_said(
    run: Program, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("export", project, "-o", tmp_path / "out.mp4", "--from", "24.5")
    assert told.code == 0
    assert "accepts no less than 1 s, this is 0.5 s" in told.err


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--from", "8", "--to", "3"], 2, "must come after"),
        (["--from", "60"], 2, "nothing of the cut"),
        (["--from", "soon"], 2, "is not a number"),
        (["--preset", "vine"], 2, "vine"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    run: Program, project: Path, tmp_path: Path, options: list[str], code: int, words: str
) -> None:
    told = run("export", project, "-o", tmp_path / "out.mp4", *options)
    assert told.code == code
    assert words in told.err
    assert not (tmp_path / "out.mp4").exists()


def test_a_project_without_its_media_says_which_is_missing(
    run: Program, project: Path, tmp_path: Path
) -> None:
    project.with_name("take.mp4").unlink()
    told = run("export", project, "-o", tmp_path / "out.mp4")
    assert told.code == 3
    assert "take.mp4" in told.err
    (tmp_path / "song.wav").rename(tmp_path / "other name.wav")
    assert run("export", tmp_path / "none.lipsync", "-o", tmp_path / "out.mp4").code == 3


def test_a_project_finds_a_renamed_song(run: Program, project: Path, tmp_path: Path) -> None:
    (tmp_path / "song.wav").rename(tmp_path / "other name.wav")
    told = run("export", project, "-o", tmp_path / "out.mp4", "--to", "2")
    assert told.code == 0, told.err


def test_the_project_itself_is_not_overwritten(run: Program, project: Path) -> None:
    before = project.read_bytes()
    assert run("export", project, "-o", project).code == 3
    assert project.read_bytes() == before


def test_no_video_is_refused_with_a_sentence(run: Program, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("words")
    told = run("check", tmp_path / "words.txt")
    assert told.code == 3
    assert len(told.complaints) == 1
