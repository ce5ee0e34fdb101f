"""What a crash leaves can be gone on with."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from rights import shut

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.project import Project
from lipsyncer.project.autosave import Autosave, forget, project_lock, recoverable
from lipsyncer.project.files import generation


@pytest.fixture
def project(tmp_path: Path) -> Project:
    document = Document(
        tmp_path / "song.mp3",
        40.0,
        (Take(tmp_path / "take.mov", 45.0),),
        (Segment(0.0, 10.0, 0, 0.5, 10.5, "matched", 0.9),),
    )
    return Project(document)


def crash(autosave: Autosave) -> None:
    """Let go of the lock as the end of the process does, and tidy nothing up."""
    autosave._lock.give_back()


def test_after_a_crash_the_newest_state_is_there(project: Project, tmp_path: Path) -> None:
    places = tmp_path / "autosave"
    autosave = Autosave(places)
    for playhead in (1.0, 2.0, 3.0):
        autosave.keep(replace(project, view={"playhead": playhead}), tmp_path / "dance.lipsync")
    crash(autosave)
    (work,) = recoverable(places)
    assert work.project.document == project.document
    assert work.project.view["playhead"] == 3.0
    assert work.origin == tmp_path / "dance.lipsync"
    forget(work)
    assert recoverable(places) == []


def test_the_newest_state_is_there_though_the_clock_was_set_back(
    project: Project, tmp_path: Path
) -> None:
    places = tmp_path / "autosave"
    autosave = Autosave(places)
    next_century = datetime(2126, 1, 1).timestamp()
    for playhead in (1.0, 2.0, 3.0):
        autosave.keep(replace(project, view={"playhead": playhead}), None)
        if playhead < 3.0:
            os.utime(autosave.path, (next_century, next_century))
    crash(autosave)
    (work,) = recoverable(places)
    assert work.project.view["playhead"] == 3.0


def test_a_damaged_state_gives_way_to_the_one_before(project: Project, tmp_path: Path) -> None:
    places = tmp_path / "autosave"
    autosave = Autosave(places)
    for playhead in (1.0, 2.0):
        autosave.keep(replace(project, view={"playhead": playhead}), None)
    crash(autosave)
    autosave.path.write_bytes(autosave.path.read_bytes()[:40])
    (work,) = recoverable(places)
    assert work.project.view["playhead"] == 1.0
    assert work.origin is None


def test_nothing_is_offered_of_work_that_goes_on_or_was_let_go(
    project: Project, tmp_path: Path
) -> None:
    places = tmp_path / "autosave"
    running, done = Autosave(places), Autosave(places)
    running.keep(project, None)
    done.keep(project, None)
    done.discard()
    assert recoverable(places) == []
    assert running.path.is_file()
    running.discard()
    assert list(places.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs rights that can be taken away")
@pytest.mark.parametrize("kept_before", [False, True])
def test_where_nothing_can_be_kept_that_is_said(
    project: Project, tmp_path: Path, kept_before: bool
) -> None:
    autosave = Autosave(tmp_path / "home" / "autosave")
    (tmp_path / "home").mkdir()
    if kept_before:
        autosave.keep(project, None)
    with shut(tmp_path / "home"), pytest.raises(OutputError, match=r"can't be kept here"):
        autosave.keep(project, None)


def test_a_full_disk_keeps_the_work_that_was_kept_before(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    autosave = Autosave(tmp_path / "autosave")
    autosave.keep(project, None)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match=r"can't be kept here.*disk is full"):
            autosave.keep(replace(project, view={"playhead": 3.0}), None)
    crash(autosave)
    assert len(recoverable(tmp_path / "autosave")) == 1


def test_a_place_in_which_nothing_is_whole_is_tidied_up(project: Project, tmp_path: Path) -> None:
    places = tmp_path / "autosave"
    autosave = Autosave(places)
    autosave.keep(project, None)
    crash(autosave)
    autosave.path.write_text("nothing")
    generation(autosave.path, 1).unlink(missing_ok=True)
    assert recoverable(places) == []
    assert list(places.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="a folder's permissions don't keep files out")
def test_nothing_is_offered_from_places_that_may_not_be_searched(
    project: Project, tmp_path: Path
) -> None:
    autosave = Autosave(tmp_path / "autosave")
    autosave.keep(project, None)
    crash(autosave)
    with shut(tmp_path):
        assert recoverable(tmp_path / "autosave") == []
    with shut(tmp_path / "autosave"):
        assert recoverable(tmp_path / "autosave") == []
    assert len(recoverable(tmp_path / "autosave")) == 1


def test_one_project_is_open_once(tmp_path: Path) -> None:
    path = tmp_path / "dance.lipsync"
    first, second = (project_lock(path, tmp_path / "open") for _ in range(2))
    assert first.take()
    assert not second.take()
    assert project_lock(tmp_path / "other.lipsync", tmp_path / "open").take()
    first.give_back()
    assert second.take()


KILLED = """
    import os, random, signal, sys, time
    from dataclasses import replace
    from pathlib import Path

    from lipsyncer.edit.document import Document, Segment, Take
    from lipsyncer.project import Project
    from lipsyncer.project.autosave import Autosave, forget, recoverable

    places = Path(sys.argv[1])
    song, take = places.parent / "song.mp3", Take(places.parent / "take.mov", 4000.0)
    # As many segments as an hour of song may have, so that a write takes its time.
    cuts = tuple(
        Segment(float(k), k + 1.0, 0, float(k), k + 1.0, "matched", 0.5) for k in range(1000)
    )
    project = Project(Document(song, 1000.0, (take,), cuts))
    dice = random.Random(11)
    saves = 0
    for attempt in range(100):
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            autosave = Autosave(places)
            for number in range(1_000_000):
                autosave.keep(replace(project, view={"number": number}), None)
                os.write(tell, number.to_bytes(4, "big"))
            os._exit(0)
        os.close(tell)
        last = int.from_bytes(os.read(told, 4), "big")  # it has begun
        time.sleep(dice.uniform(0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while len(said := os.read(told, 4)) == 4:
            last = int.from_bytes(said, "big")
        os.close(told)
        (work,) = recoverable(places)
        number = work.project.view["number"]
        assert number in (last, last + 1), (number, last)
        assert work.project.document == project.document
        saves += last
        forget(work)
    print("survived 100 kills in", saves, "saves")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_hundred_kills_while_saving_lose_nothing_that_was_saved(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path / "autosave")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "survived 100 kills" in done.stdout
