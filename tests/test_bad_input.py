"""Whatever a person hands in, they get one sentence and no litter."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import clips
import numpy as np
import pytest
from PIL import Image
from program import Outcome, Program, contents, start_process

from lipsyncer.demo import Demo

RATE = 44_100


@pytest.fixture
def inputs(tmp_path: Path, snippet: Demo) -> Path:
    """A folder with a good song and a good take, for bad ones to be put beside."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    shutil.copy(snippet.song_path, folder / "song.wav")
    shutil.copy(snippet.take_path, folder / "take.mp4")
    return folder


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    folder = tmp_path / "outputs"
    folder.mkdir()
    return folder


def assert_refused(outcome: Outcome, culprit: str, reason: str) -> None:
    assert outcome.code == 3, outcome
    (sentence,) = outcome.complaints
    assert culprit in sentence
    assert reason in sentence
    assert sentence.endswith(".")
    assert outcome.err.splitlines()[-1] == sentence
    assert "Traceback" not in outcome.err
    assert outcome.out == ""


def faceless(index: int) -> np.ndarray:
    rows, columns = np.mgrid[0:240, 0:320]
    stripes = ((rows + columns + 4 * index) // 16 % 2 * 160 + 40).astype(np.uint8)
    return np.repeat(stripes[..., None], 3, axis=2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("not a video at all\n" * 100, encoding="utf-8")


def folder(path: Path) -> None:
    path.mkdir()


def picture(path: Path) -> None:
    Image.new("RGB", (640, 480), "teal").save(path)


def short_video(path: Path) -> None:
    clips.write_clip(path, clips.even_times(25, 0.6))


def video_without_a_face(path: Path) -> None:
    clips.write_clip(path, clips.even_times(25, 2.0), size=(320, 240), picture=faceless)


def sound_only(path: Path) -> None:
    clips.write_sound(path, clips.clicks([0.5], 3.0, RATE), RATE)


def nothing(path: Path) -> None:
    assert not path.exists()


def silence(path: Path) -> None:
    clips.write_sound(path, np.zeros((3 * RATE, 2), np.float32), RATE)


def short_song(path: Path) -> None:
    clips.write_sound(path, clips.clicks([0.1, 0.4], 0.7, RATE), RATE)


BAD_TAKES: list[tuple[str, Callable[[Path], None], str]] = [
    ("empty.mp4", empty, "empty"),
    ("letter.mp4", text, "text file"),
    ("holiday.mp4", folder, "folder"),
    ("portrait.png", picture, "picture"),
    ("portrait.jpg", picture, "picture"),
    ("blink.mp4", short_video, "second"),
    ("stripes.mp4", video_without_a_face, "no face"),
    ("tune.wav", sound_only, "no readable picture"),
    ("gone.mp4", nothing, "no such file"),
]

BAD_SONGS: list[tuple[str, Callable[[Path], None], str]] = [
    ("empty.mp3", empty, "empty"),
    ("letter.mp3", text, "text file"),
    ("albums", folder, "folder"),
    ("cover.png", picture, "no readable sound"),
    ("silence.flac", silence, "silent"),
    ("jingle.wav", short_song, "second"),
    ("silent film.mp4", video_without_a_face, "no readable sound"),
    ("gone.mp3", nothing, "no such file"),
]


@pytest.mark.parametrize(("name", "make", "reason"), BAD_TAKES, ids=[row[0] for row in BAD_TAKES])
def test_a_take_that_can_not_be_used_is_named_with_the_reason(
    lipsyncer: Program,
    inputs: Path,
    outputs: Path,
    temp_folder: Path,
    name: str,
    make: Callable[[Path], None],
    reason: str,
) -> None:
    make(inputs / name)
    before = contents(inputs)
    outcome = lipsyncer("align", inputs / "song.wav", inputs / name, "-o", outputs / "out.mp4")
    assert_refused(outcome, name, reason)
    assert contents(inputs) == before
    assert contents(outputs) == contents(temp_folder) == {}


@pytest.mark.parametrize(("name", "make", "reason"), BAD_SONGS, ids=[row[0] for row in BAD_SONGS])
def test_a_song_that_can_not_be_used_is_named_with_the_reason(
    lipsyncer: Program,
    inputs: Path,
    outputs: Path,
    temp_folder: Path,
    name: str,
    make: Callable[[Path], None],
    reason: str,
) -> None:
    make(inputs / name)
    outcome = lipsyncer("align", inputs / name, inputs / "take.mp4", "-o", outputs / "out.mp4")
    assert_refused(outcome, name, reason)
    assert contents(outputs) == contents(temp_folder) == {}


@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_recording_that_is_cut_off_is_named(
    lipsyncer: Program, inputs: Path, outputs: Path, temp_folder: Path, share: float
) -> None:
    whole = (inputs / "take.mp4").read_bytes()
    (inputs / "cut.mp4").write_bytes(whole[: round(share * len(whole))])
    for command in (
        ("align", inputs / "song.wav", inputs / "cut.mp4", "-o", outputs / "out.mp4"),
        ("align", inputs / "cut.mp4", inputs / "take.mp4", "-o", outputs / "out.mp4"),
        ("inspect", inputs / "cut.mp4"),
    ):
        assert_refused(lipsyncer(*command), "cut.mp4", "incomplete")
    assert contents(outputs) == contents(temp_folder) == {}


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [BAD_TAKES[0], BAD_TAKES[1], BAD_TAKES[2], BAD_TAKES[-1]],
    ids=["empty", "text", "folder", "missing"],
)
def test_inspect_names_what_is_no_media_file(
    lipsyncer: Program, inputs: Path, name: str, make: Callable[[Path], None], reason: str
) -> None:
    make(inputs / name)
    assert_refused(lipsyncer("inspect", inputs / name), name, reason)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/out.mp4", "no folder"),
        ("", "folder"),
        ("out.avi", ".mp4"),
        ("../inputs/take.mp4", "input"),
        ("../inputs/song.wav/out.mp4", "no folder"),
        ("x" * 300 + "/out.mp4", "no folder"),
    ],
)
def test_an_output_that_can_not_be_written_is_named_before_any_work(
    lipsyncer: Program, inputs: Path, outputs: Path, temp_folder: Path, name: str, reason: str
) -> None:
    before = contents(inputs)
    target = outputs / name
    outcome = lipsyncer("align", inputs / "song.wav", inputs / "take.mp4", "-o", target)
    assert_refused(outcome, str(target), reason)
    assert len(outcome.err.splitlines()) == 1
    assert contents(inputs) == before
    assert contents(outputs) == contents(temp_folder) == {}


@pytest.mark.parametrize("name", ["missing/report.json", "", "../inputs/song.wav"])
def test_a_report_that_can_not_be_written_is_named_before_any_work(
    lipsyncer: Program, inputs: Path, outputs: Path, name: str
) -> None:
    before = contents(inputs)
    align = ("align", inputs / "song.wav", inputs / "take.mp4", "-o", outputs / "out.mp4")
    outcome = lipsyncer(*align, "--report", outputs / name)
    assert_refused(outcome, str(outputs / name), "choose" if name else "folder")
    assert len(outcome.err.splitlines()) == 1
    assert contents(inputs) == before
    assert contents(outputs) == {}


@pytest.mark.parametrize(
    "command", [("evaluate",), ("train", "-o", "weights.safetensors")], ids=["evaluate", "train"]
)
def test_a_data_folder_without_clips_is_named(
    lipsyncer: Program,
    outputs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(outputs)
    data = tmp_path / "data"
    for _ in range(2):  # first it does not exist, then it is empty
        assert_refused(lipsyncer(*command, data), "data", "")
        data.mkdir(exist_ok=True)
    assert contents(outputs) == {}


LITTLE_SPACE = """
import resource, sys
from lipsyncer.__main__ import main
limit, *arguments = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
sys.exit(main(arguments))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
@pytest.mark.parametrize("prepared", [False, True], ids=["working copy", "output"])
def test_a_full_disk_is_named_and_leaves_nothing(
    inputs: Path,
    outputs: Path,
    temp_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lipsyncer: Program,
    prepared: bool,
) -> None:
    """A file that may not grow fails where a full disk does."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    align = (
        "align",
        inputs / "song.wav",
        inputs / "take.mp4",
        "-o",
        outputs / "out.mp4",
        "--force",
    )
    if prepared:  # so that only the output has to be written
        lipsyncer(*align)
        (outputs / "out.mp4").unlink()
    kept = contents(cache / "lipsyncer")
    limited = start_process("100000", *align, folder=tmp_path, program=LITTLE_SPACE)
    out, err = limited.communicate()
    assert_refused(Outcome(limited.returncode, out, err), "", "disk is full")
    assert contents(outputs) == contents(temp_folder) == {}
    assert contents(cache / "lipsyncer") == kept
