"""A project on disk: nothing is lost on the way there and back, whatever becomes of the file."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lipsyncer.diagnostics.errors import InputError, OutputError
from lipsyncer.edit.document import Document, HandFraming, Pin, Segment, Take
from lipsyncer.edit.edits import labelled_as, rename_take
from lipsyncer.project import (
    Project,
    changed_media,
    find_media,
    fingerprint,
    load_project,
    relocated,
    save_project,
)
from lipsyncer.project.data import FORMAT
from lipsyncer.project.files import GENERATIONS, generation
from lipsyncer.project.recent import MOST, RecentProjects
from lipsyncer.project.relink import fits, missing_media, with_fingerprints


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a song and two takes; the program looks at their content only."""
    folder = tmp_path / "home of somebody" / "holiday ☀"
    (folder / "takes").mkdir(parents=True)
    (folder / "song.mp3").write_bytes(b"song" * 1000)
    (folder / "takes" / "first.mov").write_bytes(b"first" * 1000)
    (folder / "takes" / "second.mov").write_bytes(b"second" * 1000)
    return folder


@pytest.fixture
def project(folder: Path) -> Project:
    """Give a project in which every field has a value of its own."""
    takes = (
        Take(folder / "takes" / "first.mov", 45.25),
        Take(folder / "takes" / "second.mov", 30.0),
    )
    found = (
        Segment(0.1, 10.0, 0, 0.5, 10.4, "matched", 0.95),
        Segment(10.0, 1 / 3 + 20, 1, 0.0, 0.0, "gap", 0.0),
    )
    segments = (
        replace(found[0], song_end=9.0, locked=True, framing=HandFraming(0.125, -1 / 3, 1.4)),
        replace(found[1], song_start=9.0),
    )
    pins = (Pin(2.0, 0, 2.4), Pin(9.5, 1, 0.25))
    song = folder / "song.mp3"
    document = Document(song, 40.0, takes, segments, pins)
    project = Project(document, Document(song, 40.0, takes, found), view={"playhead": 7.5})
    return with_fingerprints(project)


def test_what_is_saved_is_what_is_opened(project: Project, folder: Path) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    assert load_project(path) == project


def test_the_file_says_nothing_of_where_the_folder_lies(project: Project, folder: Path) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    text = path.read_text(encoding="utf-8")
    assert "home of somebody" not in text
    assert json.loads(text)["takes"][0]["path"] == "takes/first.mov"


def test_a_folder_can_be_moved_as_a_whole(project: Project, folder: Path, tmp_path: Path) -> None:
    save_project(project, folder / "dance.lipsync")
    moved = tmp_path / "elsewhere" / "deep"
    shutil.move(folder, moved)
    opened = load_project(moved / "dance.lipsync")
    assert opened.document.song == moved / "song.mp3"
    assert missing_media(opened) == ()
    assert opened.document.segments == project.document.segments


def test_media_far_away_keep_their_own_path(project: Project, folder: Path, tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c" / "d" / "e" / "f"
    deep.mkdir(parents=True)
    save_project(project, deep / "dance.lipsync")
    stored = json.loads((deep / "dance.lipsync").read_text(encoding="utf-8"))
    assert Path(stored["song"]["path"]) == folder / "song.mp3"
    assert load_project(deep / "dance.lipsync") == project


def test_three_earlier_states_are_kept_in_order(project: Project, folder: Path) -> None:
    path = folder / "dance.lipsync"
    for number in range(6):
        save_project(replace(project, view={"playhead": float(number)}), path)
    kept = [load_project(generation(path, n)).view["playhead"] for n in range(1, GENERATIONS + 1)]
    assert load_project(path).view["playhead"] == 5.0
    assert kept == [4.0, 3.0, 2.0]
    assert sorted(p.name for p in folder.iterdir() if p.is_file()) == [
        ".dance.lipsync.1",
        ".dance.lipsync.2",
        ".dance.lipsync.3",
        "dance.lipsync",
        "song.mp3",
    ]


def test_a_file_cut_off_anywhere_is_refused_and_names_the_state_before(
    project: Project, folder: Path
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    save_project(project, path)
    whole = path.read_bytes()
    for length in range(0, len(whole) - 2, 61):
        path.write_bytes(whole[:length])
        with pytest.raises(InputError, match=r"damaged.*\.dance\.lipsync\.1"):
            load_project(path)
    assert load_project(generation(path, 1)) == project


WRONG: list[tuple[str, Any]] = [
    ("segments", []),
    ("segments", "none"),
    ("segments", [{}]),
    ("segments", [None]),
    ("takes", []),
    ("takes", {"path": "x"}),
    ("song", None),
    ("song", {"path": "", "duration": 1}),
    ("song", {"path": "a\0b", "duration": 40}),
    ("song", {"path": "song.mp3", "duration": "long"}),
    ("song", {"path": "song.mp3", "duration": -4}),
    ("song", {"path": "song.mp3", "duration": 1e400}),
    ("song", {"path": "song.mp3", "duration": True}),
    ("pins", [{"song": 1.0, "take": 7, "source": 2.0}]),
    ("pins", [{"song": 1.0, "take": 0.5, "source": 2.0}]),
    ("pins", None),
    ("found", []),
    ("format", "1"),
    ("format", -1),
    ("format", True),
    ("program", "another"),
]


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_values_that_make_no_sense_are_refused_with_a_sentence(
    project: Project, folder: Path, key: str, value: Any
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored[key] = value
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(InputError, match=r"damaged or not a Lipsyncer project"):
        load_project(path)


def test_a_file_with_any_one_value_spoilt_is_refused_or_opened_but_never_a_crash(
    project: Project, folder: Path
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    whole = path.read_text(encoding="utf-8")
    dice = random.Random(5)
    refused = 0
    for _ in range(400):
        place = dice.randrange(len(whole))
        spoilt = whole[:place] + dice.choice('09-e{}[],:"tnN\x00ÿ') + whole[place + 1 :]
        path.write_text(spoilt, encoding="utf-8")
        try:
            load_project(path)
        except InputError:
            refused += 1
    assert refused > 50


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"[]", b"null", b'"text"', b"[" * 100_000, b"NaN"]
)
def test_what_is_no_project_at_all_is_refused(content: bytes, folder: Path) -> None:
    path = folder / "dance.lipsync"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"choose another file"):
        load_project(path)


def test_a_film_chosen_by_mistake_is_not_read_to_its_end(folder: Path) -> None:
    path = folder / "film.lipsync"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)
    with pytest.raises(InputError, match=r"not a Lipsyncer project"):
        load_project(path)


def test_a_project_of_a_newer_program_is_refused_with_what_to_do(
    project: Project, folder: Path
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    stored = {**json.loads(path.read_text(encoding="utf-8")), "format": FORMAT + 1, "takes": 3}
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(InputError, match=r"newer Lipsyncer; update this one"):
        load_project(path)


def test_a_take_s_own_name_is_an_addition_that_older_programs_pass_over(
    project: Project, folder: Path
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    assert '"label"' not in path.read_text(encoding="utf-8")
    named = replace(project, document=rename_take(project.document, 0, "Kitchen"))
    named = replace(named, found=project.found and labelled_as(project.found, named.document))
    save_project(named, path)
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert [take.get("label") for take in stored["takes"]][:1] == ["Kitchen"]
    assert stored["format"] == 4
    assert load_project(path) == named
    stored["takes"][0]["label"] = ["no name"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(InputError, match=r"damaged or not a Lipsyncer project"):
        load_project(path)


def test_a_project_of_the_first_format_is_brought_up_to_date(
    project: Project, folder: Path
) -> None:
    path = folder / "old.lipsync"
    old = {
        "program": "lipsyncer",
        "format": 0,
        "song": {"path": "song.mp3", "duration": 40.0},
        "take": {"path": "takes/first.mov", "duration": 45.25},
        "segments": [
            {
                "song_start": 0.0,
                "song_end": 10.0,
                "take": 0,
                "source_start": 0.5,
                "source_end": 10.5,
                "kind": "matched",
                "confidence": 0.9,
                "locked": False,
            }
        ],
    }
    path.write_text(json.dumps(old), encoding="utf-8")
    opened = load_project(path)
    assert opened.document.takes == (project.document.takes[0],)
    assert opened.document.pins == ()
    save_project(opened, path)
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == FORMAT
    assert load_project(path) == opened


def test_a_project_from_before_framing_by_hand_is_framed_by_itself(
    project: Project, folder: Path
) -> None:
    path = folder / "older.lipsync"
    save_project(project, path)
    stored = {**json.loads(path.read_text(encoding="utf-8")), "format": 1}
    for segment in (*stored["segments"], *stored["found"]):
        del segment["framing"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    opened = load_project(path)
    assert [segment.framing for segment in opened.document.segments] == [None, None]
    unframed = replace(project.document.segments[0], framing=None)
    assert opened.document.segments == (unframed, project.document.segments[1])
    assert opened.found == project.found
    save_project(opened, path)
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == FORMAT
    assert load_project(path) == opened


@pytest.mark.parametrize(
    "framing",
    [{}, {"x": 0, "y": 0, "zoom": 4}, {"x": 2, "y": 0, "zoom": 1}, [0, 0, 1], "closer"],
)
def test_a_framing_that_can_not_be_is_refused(project: Project, folder: Path, framing: Any) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["segments"][0]["framing"] = framing
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(InputError, match=r"damaged or not a Lipsyncer project"):
        load_project(path)


def test_a_project_that_has_gone_is_said_to_have_gone(folder: Path) -> None:
    with pytest.raises(InputError, match=r"moved or renamed"):
        load_project(folder / "nowhere.lipsync")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_file_as_it_was(
    step: str, project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path, generations=0)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match=r"disk is full"):
        save_project(replace(project, view={}), path)
    assert path.read_bytes() == before
    assert not list(folder.glob(".*.partial*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_no_project_and_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "dance.lipsync")
    with pytest.raises(InputError, match="not a Lipsyncer project"):
        load_project(folder / "dance.lipsync")


def test_a_folder_that_has_gone_is_said_to_have_gone(project: Project, folder: Path) -> None:
    with pytest.raises(OutputError, match=r"folder no longer exists"):
        save_project(project, folder / "no such folder" / "dance.lipsync")


def test_media_are_found_again_by_name_and_by_content(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    shutil.move(folder / "song.mp3", folder / "renamed.mp3")
    other = tmp_path / "card"
    shutil.move(folder / "takes", other)
    opened = load_project(path)
    assert len(missing_media(opened)) == 3
    found = find_media(opened, [folder, other])
    assert found == {
        folder / "song.mp3": folder / "renamed.mp3",
        folder / "takes" / "first.mov": other / "first.mov",
        folder / "takes" / "second.mov": other / "second.mov",
    }
    again = relocated(opened, found)
    assert missing_media(again) == ()
    assert changed_media(again) == ()
    assert again.document.segments == project.document.segments
    assert again.found is not None
    assert again.found.song == folder / "renamed.mp3"


def test_another_file_of_the_same_name_and_size_is_not_taken(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    path = folder / "dance.lipsync"
    save_project(project, path)
    (folder / "song.mp3").unlink()
    other = tmp_path / "other"
    other.mkdir()
    (other / "song.mp3").write_bytes(b"gnos" * 1000)
    opened = load_project(path)
    assert find_media(opened, [other]) == {}
    assert not fits(opened, folder / "song.mp3", other / "song.mp3")


def test_a_file_that_was_replaced_is_noticed(project: Project, folder: Path) -> None:
    (folder / "song.mp3").write_bytes(b"remixed" * 900)
    assert changed_media(project) == (folder / "song.mp3",)
    assert fingerprint(folder / "nothing.mp3") is None


def test_the_recent_list_is_short_new_first_and_without_what_has_gone(folder: Path) -> None:
    recent = RecentProjects(folder / "state" / "recent.json")
    paths = [folder / f"{n}.lipsync" for n in range(MOST + 3)]
    for path in paths:
        path.write_text("{}")
        recent.add(path)
    recent.add(paths[5])
    listed = [path for _, path, _ in recent.entries()]
    assert listed[:2] == [paths[5], paths[-1]]
    assert len(listed) == len(set(listed)) == MOST
    paths[5].unlink()
    assert paths[5] not in [path for _, path, _ in recent.entries()]


@pytest.mark.parametrize("content", ["", "{}", "[1, null]", "[", '["a\\u0000b"]'])
def test_a_spoilt_recent_list_is_an_empty_one(content: str, folder: Path) -> None:
    (folder / "recent.json").write_text(content)
    recent = RecentProjects(folder / "recent.json")
    assert recent.entries() == []
    path = folder / "new.lipsync"
    path.write_text("{}")
    recent.add(path)
    assert [name for name, _, _ in recent.entries()] == ["new"]
