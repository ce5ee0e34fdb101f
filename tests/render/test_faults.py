"""What goes wrong in the midst of an export leaves no half file, is named, and soon forgotten."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from pathlib import Path

import av
import program
import pytest
from av.error import FFmpegError

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.edit.document import Document
from lipsyncer.progress import finish
from lipsyncer.render import encode, render

FRAMES = 60
SEEN = 40


def is_whole(path: Path) -> bool:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0)) == FRAMES


def test_a_folder_that_is_removed_while_it_is_written_to_is_named(
    document: Document, folder: Path
) -> None:
    target = folder / "aligned.mp4"
    stage = render(document, target)
    for _ in range(SEEN):
        next(stage)
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        pytest.skip("this system keeps a folder in which a file is open")
    with pytest.raises(OutputError, match="the folder no longer exists") as caught:
        finish(stage)
    assert str(target) in str(caught.value)
    assert not folder.exists()
    folder.mkdir()
    assert is_whole(finish(render(document, target)).path)


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (FFmpegError(errno.EIO, "Input/output error"), "could not be written"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "disk is full"),
        (MemoryError(), None),
    ],
)
@pytest.mark.parametrize("older", [b"", b"older"])
def test_an_encoder_that_fails_in_the_middle_leaves_what_was_there(
    document: Document,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    words: str | None,
    older: bytes,
) -> None:
    target = folder / "aligned.mp4"
    if older:
        target.write_bytes(older)
    add = encode.Mp4Writer.add
    added = []

    def fail_later(self: encode.Mp4Writer, picture: av.VideoFrame) -> None:
        added.append(picture)
        if len(added) == SEEN:
            raise raised
        add(self, picture)

    with monkeypatch.context() as patch:
        patch.setattr(encode.Mp4Writer, "add", fail_later)
        with pytest.raises(OutputError if words else type(raised), match=words):
            finish(render(document, target))
    assert len(added) == SEEN
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == (
        {"aligned.mp4": older} if older else {}
    )
    assert is_whole(finish(render(document, target)).path)
    assert list(folder.iterdir()) == [target]


RENDER_AND_WAIT = """
import sys, time
from pathlib import Path
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.render import render

take, song, target = map(Path, sys.argv[1:])
segment = Segment(0.0, 2.0, 0, 0.0, 2.0, "matched", 1.0)
stage = render(Document(song, 2.0, (Take(take, 2.0),), (segment,)), target)
for _ in range(40):
    next(stage)
print("in the midst", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a kill that nobody can catch")
def test_a_render_that_is_killed_leaves_the_older_file_and_does_not_stand_in_the_way(
    document: Document, folder: Path
) -> None:
    target = folder / "aligned.mp4"
    target.write_bytes(b"older")
    paths = (document.takes[0].path, document.song, target)
    process = program.start_process(*paths, folder=folder, program=RENDER_AND_WAIT)
    assert process.stdout is not None
    assert process.stdout.readline() == "in the midst\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert target.read_bytes() == b"older"
    (left,) = (path for path in folder.iterdir() if path != target)
    assert left.name.startswith(".aligned.partial-")  # hidden
    assert is_whole(finish(render(document, target)).path)
    hour_ago = left.stat().st_mtime - 3600
    os.utime(left, (hour_ago, hour_ago))
    finish(render(document, target))
    assert list(folder.iterdir()) == [target]
