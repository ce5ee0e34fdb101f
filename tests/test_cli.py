"""What the command line says and does, apart from how well it aligns."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest
from program import Program, contents, start_process

from lipsyncer.cli import FAULT, STOPPED, UNREAD
from lipsyncer.cli.check_command import UNFIT
from lipsyncer.cli.parser import build_parser
from lipsyncer.demo import Demo
from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.diagnostics.log import log_path
from lipsyncer.media import probe


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_it_says_why_there_is_no_window(
    lipsyncer: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    outcome = lipsyncer()
    assert outcome.code == 3
    assert "no screen" in outcome.err
    assert len(outcome.err.splitlines()) == 1


TELLS_WHEN_IT_IS_OPEN = """
import sys
from pathlib import Path
from lipsyncer.__main__ import main, prepare_for_qt
prepare_for_qt()
from lipsyncer.ui import app

class Telling(app.QTimer):
    def start(self, *arguments):
        super().start(*arguments)
        Path("open").touch()

app.QTimer = Telling
sys.exit(main([]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_window_opens_and_ends_when_interrupted(tmp_path: Path, end: str) -> None:
    process = start_process(folder=tmp_path, program=TELLS_WHEN_IT_IS_OPEN)
    while not (tmp_path / "open").exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(getattr(signal, end))
    out, _ = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_window_ends_though_it_is_interrupted_before_it_listens(
    tmp_path: Path, end: str
) -> None:
    early = TELLS_WHEN_IT_IS_OPEN.replace(
        'Path("open").touch()', f"import os, signal; os.kill(os.getpid(), signal.{end})"
    )
    process = start_process(folder=tmp_path, program=early)
    out, _ = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, "")


def exit_codes(error: type[LipsyncerError] = LipsyncerError) -> set[int]:
    """Exit codes of an error and of all that are more special."""
    return {error.exit_code}.union(*(exit_codes(kind) for kind in error.__subclasses__()))


def test_help_lists_every_command_and_exit_code(lipsyncer: Program) -> None:
    outcome = lipsyncer("--help")
    assert outcome.code == 0
    (commands,) = (
        action.choices
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    assert {"align", "offset", "train"} <= set(commands)
    listed, codes = outcome.out.split("exit codes:")
    assert [name for name in commands if not re.search(rf"^    {name} ", listed, re.M)] == []
    ends = {0, FAULT, 2, UNFIT, STOPPED, UNREAD} | exit_codes()
    assert ends == {int(code) for code in re.findall(r"(?:^|;)\s+(\d+)\b", codes)}


@pytest.mark.parametrize(
    "arguments",
    [
        ("align",),
        ("align", "song.mp3", "take.mp4"),
        ("align", "song.mp3", "-o", "out.mp4"),
        ("align", "song.mp3", "take.mp4", "-o", "out.mp4", "--unheard-of"),
        ("inspect",),
        ("sing",),
    ],
    ids=" ".join,
)
def test_wrong_usage_gives_2_and_the_usage(
    lipsyncer: Program, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    outcome = lipsyncer(*arguments)
    assert outcome.code == 2
    assert outcome.err.startswith("usage: lipsyncer")
    assert outcome.out == ""


def test_inspect_says_what_a_take_holds_and_that_a_face_is_found(
    lipsyncer: Program, demo: Demo
) -> None:
    outcome = lipsyncer("inspect", demo.take_path)
    assert outcome.code == 0
    title, picture, sound, face = outcome.out.splitlines()
    assert title.startswith("selfie.mp4: MP4")
    assert "h264, 360 x 640 upright, about 30 frames per second" in picture
    assert "aac, 44100 Hz, mono" in sound
    assert face == "face: found in 12 of 12 sampled frames"


def test_inspect_says_that_a_song_has_no_picture(lipsyncer: Program, demo: Demo) -> None:
    outcome = lipsyncer("inspect", demo.song_path)
    assert outcome.code == 0
    title, picture, sound = outcome.out.splitlines()
    assert title.startswith("song.wav: wav, 25.0 s")
    assert picture == "picture: none"
    assert "44100 Hz, stereo" in sound


@pytest.mark.parametrize(
    "name", ["-dash", "chanté par Zoë; 歌曲 노래 100%d 'q'"], ids=["dash", "spaces and signs"]
)
def test_a_file_may_have_any_name(
    lipsyncer: Program, snippet: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(snippet.song_path, f"{name}.wav")
    shutil.copy(snippet.take_path, f"{name}.mp4")
    inputs = {f"{name}.wav", f"{name}.mp4"}

    by_folder = lipsyncer(
        "align", f"./{name}.wav", f"./{name}.mp4", "--force",
        "-o", f"./{name} out.mp4", "--report", f"./{name}.json",
    )  # fmt: skip
    assert by_folder.code == 0, by_folder.err
    assert {path.name for path in tmp_path.iterdir()} == {
        *inputs,
        f"{name} out.mp4",
        f"{name}.json",
    }
    report = json.loads(Path(f"{name}.json").read_text(encoding="utf-8"))
    assert Path(report["takes"][0]["path"]) == tmp_path / f"{name}.mp4"
    assert probe(Path(f"{name} out.mp4")).duration == pytest.approx(4.0, abs=0.05)


def test_names_that_begin_with_a_dash_may_follow_two_dashes(
    lipsyncer: Program, demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(demo.take_path, "-take.mp4")
    outcome = lipsyncer("inspect", "--", "-take.mp4")
    assert outcome.code == 0
    assert outcome.out.startswith("-take.mp4: ")
    refused = lipsyncer("align", "-o=-out.mp4", "--", "-song.wav", "-take.mp4")
    assert refused.code == 3
    assert refused.complaints == [
        "lipsyncer: -song.wav: there is no such file; check the name and the folder."
    ]


def test_progress_is_plain_lines_where_stderr_is_no_terminal(
    lipsyncer: Program, demo: Demo, tmp_path: Path
) -> None:
    process = start_process("inspect", demo.take_path, folder=tmp_path)
    _, err = process.communicate()
    assert process.returncode == 0
    assert err.startswith("Looking for faces ...\n")  # and how far it is, where that takes long
    assert not set("\r\x1b") & set(err)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_a_bar_with_the_time_left_on_a_terminal(demo: Demo, tmp_path: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    process = start_process("inspect", demo.take_path, folder=tmp_path, stderr=follower)
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # Linux says so that the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(leader)
    process.communicate()
    text = shown.decode()
    assert process.returncode == 0
    assert "Looking for faces" in text
    assert "100%" in text
    assert "left" in text


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches a process otherwise there")
@pytest.mark.parametrize(
    ("stage", "end"),
    [
        ("Watching the lips", "SIGINT"),
        ("Watching the lips", "SIGHUP"),
        ("Writing the video", "SIGINT"),
        ("Writing the video", "SIGTERM"),
    ],
)
def test_an_interrupt_leaves_no_half_written_file(
    demo: Demo, tmp_path: Path, stage: str, end: str
) -> None:
    if signal.getsignal(getattr(signal, end)) is signal.SIG_IGN:
        pytest.skip("these tests were started by nohup, which the program heeds")
    take, folder = tmp_path / "take.mp4", tmp_path / "out"
    folder.mkdir()
    take.write_bytes(demo.take_path.read_bytes())
    if stage == "Watching the lips":  # with other bytes at its end, no cache knows it
        take.write_bytes(take.read_bytes() + stage.encode())
    align = ("align", demo.song_path, take, "-o", "out.mp4", "--force")
    process = start_process(*align, folder=folder)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(stage):
            break
    while stage == "Writing the video" and not contents(folder):
        assert process.poll() is None
    process.send_signal(getattr(signal, end))
    _, err = process.communicate()
    assert process.returncode == 130, err
    assert err.splitlines()[-1] == "lipsyncer: interrupted; no incomplete file is left."
    assert "Traceback" not in err
    assert contents(folder) == {}


def test_a_fault_of_the_program_is_one_sentence_and_its_traceback_is_in_the_log(
    lipsyncer: Program, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("a fault made by a test")

    monkeypatch.setattr("lipsyncer.cli.inspect_command.probe", stumble)
    outcome = lipsyncer("inspect", demo.take_path)
    assert outcome.code == 1
    (sentence,) = outcome.err.splitlines()
    assert str(log_path()) in sentence
    log = log_path().read_text(encoding="utf-8")
    assert "ZeroDivisionError: a fault made by a test" in log
    assert "Traceback" in log


@pytest.mark.skipif(sys.platform != "linux", reason="needs a device that is full")
@pytest.mark.parametrize("hindrance", ["no folder", "full disk"])
def test_a_log_that_can_not_be_written_is_not_said_to_describe_a_fault(
    lipsyncer: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hindrance: str
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("a fault made by a test")

    monkeypatch.setattr("lipsyncer.cli.inspect_command.probe", stumble)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    if hindrance == "no folder":
        (tmp_path / "lipsyncer").write_text("not a folder")
    else:
        log_path().parent.mkdir(parents=True)
        log_path().symlink_to("/dev/full")
    outcome = lipsyncer("inspect", "film.mp4")
    assert outcome.code == 1
    (sentence,) = outcome.err.splitlines()
    assert "describes it" not in sentence
    assert "(ZeroDivisionError: a fault made by a test)" in sentence
    assert f"the log {log_path()} can't be written" in sentence


ELSEWHERE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A server's or container's environment, in which Python writes ASCII."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no C locale")
def test_names_are_printed_where_the_terminal_can_t_show_them(demo: Demo, tmp_path: Path) -> None:
    take, lost = tmp_path / "歌曲é.mp4", tmp_path / "没有.mp4"
    shutil.copy(demo.take_path, take)
    for file, code in ((take, 0), (lost, 3)):
        process = start_process("inspect", file, folder=tmp_path, environment=ELSEWHERE)
        out, err = process.communicate()
        assert process.returncode == code, err
        assert r"\u" in out + err


@pytest.mark.skipif(sys.platform == "win32", reason="names of Windows are always text")
def test_a_name_that_is_no_text_is_printed(demo: Demo, tmp_path: Path) -> None:
    take = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.mp4"))
    shutil.copy(demo.take_path, take)
    process = start_process("inspect", take, folder=tmp_path)
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert out.startswith(r"a\udcff.mp4: MP4")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_under_the_output_is_said(demo: Demo, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = start_process("check", demo.take_path, folder=tmp_path, stdout=full.fileno())
        _, err = process.communicate()
    assert process.returncode == 3
    assert err.splitlines()[-1].startswith("lipsyncer: the output: the disk is full")
    assert "Traceback" not in err
    assert "Exception ignored" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no closed pipes of this kind")
def test_an_output_that_nobody_reads_ends_the_program_quietly(demo: Demo, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = start_process("check", demo.take_path, folder=tmp_path, stdout=writer)
    os.close(writer)
    _, err = process.communicate()
    assert (process.returncode, err) == (UNREAD, "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes descriptors")
@pytest.mark.parametrize("descriptor", [1, 2])
def test_it_works_without_a_standard_stream(demo: Demo, tmp_path: Path, descriptor: int) -> None:
    program = (
        "import os, subprocess, sys; "
        f"sys.exit(subprocess.run([sys.executable, '-m', 'lipsyncer', *sys.argv[1:]], "
        f"preexec_fn=lambda: os.close({descriptor})).returncode)"
    )
    process = start_process("inspect", demo.take_path, folder=tmp_path, program=program)
    _, err = process.communicate()
    assert process.returncode == 0, err
