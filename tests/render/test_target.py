"""The output appears whole or not at all, nothing of the user's is lost, and errors say why."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import flash
import numpy as np
import pytest
import soundfile

from lipsyncer.diagnostics.errors import InputError, OutputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import render

FRAMES = 60
LONG_NAME = "a" * (240 if os.name == "posix" else 80) + ".MP4"  # Windows counts the folders too


def test_a_render_leaves_the_whole_file_and_nothing_else(document: Document, folder: Path) -> None:
    stage = render(document, folder / "aligned.mp4")
    shares = []
    while True:
        try:
            shares.append(next(stage))
        except StopIteration as stop:
            assert stop.value.path == folder / "aligned.mp4"
            break
        assert not (folder / "aligned.mp4").exists()
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert list(folder.iterdir()) == [folder / "aligned.mp4"]


@pytest.mark.parametrize("steps", [1, 2, FRAMES // 2, FRAMES + 1])
def test_a_cancelled_render_leaves_nothing(document: Document, folder: Path, steps: int) -> None:
    stage = render(document, folder / "aligned.mp4")
    for _ in range(steps):
        next(stage)
    stage.close()
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs a list of open files")
def test_a_cancelled_render_lets_go_of_every_file(document: Document, folder: Path) -> None:
    def held() -> set[str]:
        links = Path("/proc/self/fd").iterdir()
        return {str(link.readlink()) for link in links if link.is_symlink()}

    stage = render(document, folder / "aligned.mp4")
    for _ in range(FRAMES // 2):
        next(stage)
    assert any(name.startswith(str(document.takes[0].path)) for name in held())
    stage.close()
    assert not any(name.startswith(str(document.takes[0].path.parent)) for name in held())


def test_a_cancelled_render_leaves_the_older_file_as_it_was(
    document: Document, folder: Path
) -> None:
    (folder / "aligned.mp4").write_bytes(b"older")
    stage = render(document, folder / "aligned.mp4")
    for _ in range(FRAMES // 2):
        next(stage)
    stage.close()
    assert [path.name for path in folder.iterdir()] == ["aligned.mp4"]
    assert (folder / "aligned.mp4").read_bytes() == b"older"


def test_a_new_render_takes_the_place_of_an_older_file(document: Document, folder: Path) -> None:
    (folder / "aligned.mp4").write_bytes(b"older")
    finish(render(document, folder / "aligned.mp4"))
    assert len((folder / "aligned.mp4").read_bytes()) > 1000


def test_a_take_that_is_not_there_leaves_nothing(document: Document, folder: Path) -> None:
    document.takes[0].path.unlink()
    with pytest.raises(InputError, match=r"take\.mp4"):
        finish(render(document, folder / "aligned.mp4"))
    assert list(folder.iterdir()) == []


def test_a_take_that_vanishes_during_the_render_leaves_nothing(
    document: Document, folder: Path, tmp_path: Path
) -> None:
    second = flash.make_take(tmp_path / "second.mp4", FRAMES, [10])
    cut = replace(
        document,
        takes=(*document.takes, Take(second, 2.0)),
        segments=(
            Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0),
            Segment(1.0, 2.0, 1, 1.0, 2.0, "matched", 1.0),
        ),
    )
    stage = render(cut, folder / "aligned.mp4")
    for _ in range(10):
        next(stage)
    second.unlink()
    with pytest.raises(InputError, match=r"second\.mp4"):
        finish(stage)
    assert list(folder.iterdir()) == []


def test_a_song_that_is_not_there_leaves_nothing(document: Document, folder: Path) -> None:
    document.song.unlink()
    with pytest.raises(InputError, match=r"song\.wav"):
        finish(render(document, folder / "aligned.mp4"))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("which", ["take", "song", "link"])
def test_an_input_is_never_written_over(document: Document, folder: Path, which: str) -> None:
    take = document.takes[0].path
    inputs = {"take": take, "song": document.song, "link": folder / "link.mp4"}
    if which == "song":  # a song may come as the sound of a video
        inputs["song"] = document.song.rename(document.song.with_suffix(".mp4"))
        document = replace(document, song=inputs["song"])
    if which == "link":
        os.link(take, inputs["link"])
    before = inputs[which].read_bytes()
    with pytest.raises(OutputError, match="input"):
        finish(render(document, inputs[which]))
    assert inputs[which].read_bytes() == before


def test_a_folder_is_not_taken_for_a_file(document: Document, folder: Path) -> None:
    with pytest.raises(OutputError, match="this is a folder"):
        finish(render(document, folder))


def test_a_missing_folder_is_named_and_not_created(document: Document, folder: Path) -> None:
    with pytest.raises(OutputError, match=r"there is no folder .*new"):
        finish(render(document, folder / "new" / "aligned.mp4"))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["aligned", "aligned.avi"])
def test_another_kind_of_file_is_refused(document: Document, folder: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"ends in \.mp4"):
        finish(render(document, folder / name))


@pytest.mark.parametrize(
    "name", ["-x.mp4", "with space; and ümlaut.mp4", "歌曲 %03d.mp4", LONG_NAME]
)
def test_any_file_name_works(document: Document, folder: Path, name: str) -> None:
    finish(render(document, folder / name))
    assert [path.name for path in folder.iterdir()] == [name]


def test_a_name_relative_to_the_working_folder_works(
    document: Document, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert finish(render(document, Path("-o.mp4"))).path == Path("-o.mp4")
    assert [path.name for path in folder.iterdir()] == ["-o.mp4"]


def test_a_folder_that_goes_away_during_the_render_is_named(
    document: Document, folder: Path
) -> None:
    stage = render(document, folder / "aligned.mp4")
    next(stage)
    folder.rmdir()
    with pytest.raises(OutputError, match="folder"):
        finish(stage)


@pytest.mark.skipif(os.name != "posix", reason="a folder's permissions don't keep files out")
def test_a_folder_that_can_not_be_written_to_is_named(document: Document) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = folder.parent / f"{folder.name}-in"
        inputs.mkdir()
        try:
            take = document.takes[0].path.rename(inputs / "take.mp4")
            song = document.song.rename(inputs / "song.wav")
            document = replace(document, song=song, takes=(Take(take, 2.0),))
            inputs.chmod(0o755)
            folder.chmod(0o555)
            superuser = os.geteuid() == 0
            if superuser:  # whom permissions don't keep out
                os.seteuid(65534)
            try:
                with pytest.raises(OutputError, match="can't be written"):
                    finish(render(document, folder / "aligned.mp4"))
            finally:
                if superuser:
                    os.seteuid(0)
                folder.chmod(0o755)
            assert list(folder.iterdir()) == []
        finally:
            for path in inputs.iterdir():
                path.unlink()
            inputs.rmdir()


RENDER_WITH_LITTLE_SPACE = """
import resource, sys
from pathlib import Path
from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import render

take, song, target, limit = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
segment = Segment(0.0, 2.0, 0, 0.0, 2.0, "matched", 1.0)
document = Document(Path(song), 2.0, (Take(Path(take), 2.0),), (segment,))
try:
    finish(render(document, Path(target)))
except OutputError as error:
    print(error)
    sys.exit(error.exit_code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_full_disk_is_named_and_nothing_is_left(
    document: Document, folder: Path, share: float
) -> None:
    """A file that may not grow fails where a full disk does: at once, midway, at the index."""
    noise = np.random.default_rng(5).uniform(-0.9, 0.9, (2 * flash.SONG_RATE, 2))
    soundfile.write(document.song, noise, flash.SONG_RATE)
    whole = finish(render(document, folder / "aligned.mp4")).path
    limit = round(share * whole.stat().st_size)
    whole.unlink()
    arguments = [document.takes[0].path, document.song, whole, limit]
    ended = subprocess.run(
        [sys.executable, "-c", RENDER_WITH_LITTLE_SPACE, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "disk is full" in ended.stdout, ended.stderr
    assert ended.returncode == OutputError.exit_code
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_a_failure_at_the_last_step_leaves_the_older_file_as_it_was(
    document: Document, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    (folder / "aligned.mp4").write_bytes(b"older")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError):
        finish(render(document, folder / "aligned.mp4"))
    assert [path.name for path in folder.iterdir()] == ["aligned.mp4"]
    assert (folder / "aligned.mp4").read_bytes() == b"older"


def test_what_a_killed_render_has_left_goes_with_the_next_one(
    document: Document, folder: Path
) -> None:
    # What stands in for a kill: the temporary file is kept as it was in the midst of writing.
    stage = render(document, folder / "aligned.mp4")
    for _ in range(FRAMES // 2):
        next(stage)
    (partial,) = folder.iterdir()
    left = folder / ".aligned.partial-01234567.mp4"
    left.write_bytes(partial.read_bytes())
    stage.close()
    finish(render(document, folder / "aligned.mp4"))
    assert left.exists()  # perhaps another program is writing it right now
    hour = left.stat().st_mtime - 3600
    os.utime(left, (hour, hour))
    finish(render(document, folder / "other.mp4"))
    assert sorted(path.name for path in folder.iterdir()) == ["aligned.mp4", "other.mp4"]
