"""The examples of the page about Python, and the scripts beside it, run as they are printed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import lipsyncer
from lipsyncer.demo import Demo, make_demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.project import Project
from lipsyncer.render.check import check
from lipsyncer.render.presets import PRESETS

DOCS = Path(__file__).resolve().parents[1] / "docs"


LONGEST = 200  # s


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Give a song and a selfie that is just long enough to be sure that they belong together."""
    return finish(make_demo(tmp_path_factory.mktemp("demo"), seconds=8.0, size=(360, 640)))


@pytest.fixture
def folder(footage: Demo, tmp_path: Path) -> Path:
    """Give a folder with a song and a take under the names that the page uses."""
    shutil.copy(footage.song_path, tmp_path / "song.mp3")
    shutil.copy(footage.take_path, tmp_path / "take1.mov")
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    process = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(DOCS.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        said, complained = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # it says where it hangs
        said, complained = process.communicate()
    assert process.returncode == 0, complained
    return said


def failed(path: Path, preset: str) -> list[str]:
    return [line.name for line in check(path, PRESETS[preset]) if not line.passed]


def test_the_examples_of_the_page_run_one_after_the_other(folder: Path) -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 4
    said = run(folder, "-c", "\n".join(blocks))
    assert said.startswith("Your video ")
    assert failed(folder / "reel.mp4", "reels") == []
    assert failed(folder / "grey.mp4", "master") == []
    assert failed(folder / "clip.mp4", "shorts") == []


def test_the_overnight_script_goes_on_after_a_folder_that_cannot_be_used(folder: Path) -> None:
    for name in ("dance", "empty", "spoilt"):
        (folder / "songs" / name).mkdir(parents=True)
    for name in ("song.mp3", "take1.mov"):
        shutil.copy(folder / name, folder / "songs" / "dance")
        (folder / "songs" / "spoilt" / name).write_bytes(b"nothing")
    song, take = (folder / "songs" / "dance" / name for name in ("song.mp3", "take1.mov"))
    segment = Segment(0.0, 3.2, 0, 0.4, 3.6, "matched", 1.0)
    aligned = Document(song, 8.0, (Take(take, 8.0),), (segment,))
    (folder / "out").mkdir()
    lipsyncer.Cut(Project(aligned)).save(folder / "out" / "dance.lipsync")  # by an earlier run
    script = str(DOCS / "examples" / "platforms_overnight.py")
    said = run(folder, script, "songs", "out").splitlines()
    assert [line.partition(":")[0] for line in said] == ["dance", "empty", "spoilt"]
    assert said[0].startswith("dance: Your video was 0.40 s late")
    assert "song.mp3: " in said[2]
    written = {path.name: path.stat().st_mtime_ns for path in (folder / "out").iterdir()}
    assert set(written) == {
        "dance.lipsync",
        "dance-tiktok.mp4",
        "dance-reels.mp4",
        "dance-shorts.mp4",
    }
    assert failed(folder / "out" / "dance-tiktok.mp4", "tiktok") == []
    run(folder, script, "songs", "out")
    assert written == {path.name: path.stat().st_mtime_ns for path in (folder / "out").iterdir()}


def test_the_comparison_has_both_pictures_and_the_song(folder: Path) -> None:
    script = str(DOCS / "examples" / "before_after.py")
    run(folder, script, "song.mp3", "take1.mov", "both.mp4")
    lines = {line.name: line.actual for line in check(folder / "both.mp4", PRESETS["master"])}
    assert lines["size"] == "720x640"
    assert failed(folder / "both.mp4", "master") == []
