"""``align --otio`` through the command line."""

from __future__ import annotations

import subprocess
import sys
from importlib import util
from pathlib import Path

import opentimelineio as otio
import pytest
from program import Program

from lipsyncer.demo import Demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import probe
from lipsyncer.project import Project, save_project


def test_align_writes_the_cut_for_an_editing_program_beside_the_video(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    target = tmp_path / "cut.otio"
    outcome = lipsyncer(
        "align", snippet.song_path, snippet.take_path, "--force",
        "-o", tmp_path / "out.mp4", "--otio", target,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert f"{target}: the cut for an editing program." in outcome.out
    timeline = otio.adapters.read_from_file(str(target))
    (picture,), (sound,) = timeline.video_tracks(), timeline.audio_tracks()
    assert {clip.media_reference.target_url for clip in picture} == {snippet.take_path.as_uri()}
    assert sound[0].media_reference.target_url == snippet.song_path.as_uri()


def test_an_ending_that_no_editing_program_knows_is_refused_before_any_work(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    outcome = lipsyncer(
        "align", snippet.song_path, snippet.take_path,
        "-o", tmp_path / "out.mp4", "--otio", tmp_path / "cut.prproj",
    )  # fmt: skip
    assert outcome.code == 3
    assert ".otio, .fcpxml, .xml, .edl" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_export_hands_a_project_on_and_says_how_loud_it_is(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    segment = Segment(0.5, 3.5, 0, 0.6, 3.6, "matched", 1.0)
    take = Take(snippet.take_path, probe(snippet.take_path).duration)
    cut = Document(snippet.song_path, probe(snippet.song_path).duration, (take,), (segment,))
    save_project(Project(cut), tmp_path / "cut.lipsync")
    outcome = lipsyncer(
        "export", tmp_path / "cut.lipsync", "-o", tmp_path / "out.mp4",
        "--otio", tmp_path / "cut.fcpxml", "--fade-out", "1",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert " LUFS, true peak " in outcome.out
    assert snippet.take_path.as_uri() in (tmp_path / "cut.fcpxml").read_text(encoding="utf-8")


def test_a_python_without_opentimelineio_is_told_before_any_work(
    lipsyncer: Program, snippet: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lipsyncer.handoff.write.find_spec", lambda name: None)
    outcome = lipsyncer(
        "align", snippet.song_path, snippet.take_path,
        "-o", tmp_path / "out.mp4", "--otio", tmp_path / "cut.otio",
    )  # fmt: skip
    assert outcome.code == 3
    assert "needs the package opentimelineio" in outcome.err


def test_everything_else_runs_without_opentimelineio() -> None:
    without = "import sys; sys.modules['opentimelineio'] = None\n"
    program = (
        without + "import lipsyncer.handoff.fcpxml, lipsyncer.cli.align_command, lipsyncer.api"
    )
    assert util.find_spec("opentimelineio")
    subprocess.run([sys.executable, "-c", program], check=True)
