"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path

import pytest

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.whole_file import whole_file, write_text


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_appears_under_its_name_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with whole_file(target) as partial:
        partial.write_text("new", encoding="utf-8")
        assert partial.parent == tmp_path
        assert partial.suffix == ".txt"
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == ["out.txt"]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(KeyError), whole_file(target) as partial:
        partial.write_text("half", encoding="utf-8")
        raise KeyError
    assert target.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["out.txt"]


def test_the_file_is_flushed_before_the_old_one_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.txt"
    steps: list[str] = []
    flush, replace = os.fsync, Path.replace

    def flushed(descriptor: int) -> None:
        steps.append("flush")
        flush(descriptor)

    def replaced(self: Path, other: Path) -> Path:
        steps.append("replace")
        return replace(self, other)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", replaced)
    write_text(target, "new", lambda: steps.append("before replacing"))
    assert steps == ["flush", "before replacing", "replace"]


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the disk is full") as caught:  # noqa: SIM117
        with whole_file(tmp_path / "out.txt"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert caught.value.path == tmp_path / "out.txt"
    assert names(tmp_path) == []


def test_a_name_longer_than_the_system_allows_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        write_text(tmp_path / ("x" * 300 + ".txt"), "text")
    assert names(tmp_path) == []


def test_partial_files_that_a_killed_program_left_are_removed(tmp_path: Path) -> None:
    old = tmp_path / ".film.partial-0123abcd.mp4"
    young = tmp_path / ".film.partial-89abcdef.mp4"
    foreign = tmp_path / ".film.partial-notes.mp4"
    for path in (old, young, foreign):
        path.touch()
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    os.utime(foreign, (hour_ago, hour_ago))
    write_text(tmp_path / "other.txt", "text")
    assert sorted(names(tmp_path)) == sorted([young.name, foreign.name, "other.txt"])


def test_a_partial_file_of_a_clock_that_was_set_back_disturbs_nothing(tmp_path: Path) -> None:
    young = tmp_path / ".film.partial-89abcdef.mp4"
    young.touch()
    next_century = time.time() + 3e9
    os.utime(young, (next_century, next_century))
    write_text(tmp_path / "other.txt", "text")
    assert sorted(names(tmp_path)) == sorted([young.name, "other.txt"])


def test_names_that_are_no_text_are_read_back_from_json_as_they_were(tmp_path: Path) -> None:
    name = os.fsdecode(b"s\xffng.wav")
    write_text(tmp_path / "out.json", json.dumps({"song": name}, ensure_ascii=False))
    stored = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert json.loads(stored)["song"] == name
