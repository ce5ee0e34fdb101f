"""Files that people honestly have: several sound tracks, hours of footage, seconds of footage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from clips import click_times, clicks, even_times, remux, write_clip, write_sound
from made_up_analysis import made_up_analysis
from program import Program

from lipsyncer.cli.align_command import mismatch
from lipsyncer.cut.analysis import Analysis
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.findings import sentence, summary_sentence
from lipsyncer.jobs import reading
from lipsyncer.jobs.analyse import analyse
from lipsyncer.jobs.reading import read_files
from lipsyncer.media import Proxy, probe, read_audio
from lipsyncer.media.shift import shift_picture
from lipsyncer.progress import finish

CLICKS = [0.5, 1.5]


def two_tracks(path: Path, *, picture: bool) -> Path:
    """Record silence on the first sound track, which is the default one, and clicks on another."""
    folder = path.parent
    quiet = write_sound(folder / "quiet.wav", np.zeros(96_000, np.float32), 48_000)
    heard = write_sound(folder / "heard.wav", clicks(CLICKS, 2.0, 48_000), 48_000)
    others = ["-i", str(heard)]
    if picture:
        film = write_clip(folder / "film.mp4", even_times(25, 2.0))
        others += ["-i", str(film)]
    maps = ["-map", f"{len(others) // 2}:a", "-map", "0:a"]
    return remux(quiet, path, *others, after=[*maps, *(("-map", "1:v") if picture else ())])


def test_the_sound_track_that_is_used_is_named(tmp_path: Path) -> None:
    song = two_tracks(tmp_path / "song.mkv", picture=False)
    take = write_clip(tmp_path / "take.mp4", even_times(25, 2.0))
    read = finish(read_files(song, [take]))
    found = click_times(read.samples.mean(axis=1), 16_000, CLICKS)
    assert found == pytest.approx(CLICKS, abs=0.001)
    assert [sentence(finding) for finding in read.findings] == [
        "The song's file has several sound tracks; number 2 is used."
    ]
    assert finish(read_files(tmp_path / "heard.wav", [take])).findings == ()


def test_a_copy_with_its_picture_moved_has_the_sound_that_was_heard(tmp_path: Path) -> None:
    take = two_tracks(tmp_path / "take.mkv", picture=True)
    shift_picture(probe(take), tmp_path / "copy.mov", 0.2, "mov")
    found = click_times(read_audio(tmp_path / "copy.mov", rate=48_000), 48_000, CLICKS)
    assert found == pytest.approx(CLICKS, abs=0.001)


def test_hours_of_footage_are_refused_before_anything_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = write_sound(tmp_path / "song.wav", clicks([0.5], 240.0, 8_000), 8_000)
    hours = [60.0 * minute for minute in range(120)]
    take = write_clip(tmp_path / "hours.mp4", hours, planes=(16, 128, 128), size=(32, 32))

    def decoded(*_: object, **__: object) -> None:
        pytest.fail("the song was decoded")

    monkeypatch.setattr(reading, "read_sound", decoded)
    with pytest.raises(InputError) as refused:
        finish(analyse(song, [take]))
    assert str(refused.value) == (
        "hours.mp4: the takes last 120 minutes in all, and with a song of 4.0 minutes at most 44 "
        "can be matched; cut them to where the song is performed."
    )


def test_a_cover_is_said_to_be_a_still_picture(lipsyncer: Program, tmp_path: Path) -> None:
    sound = clicks(CLICKS, 2.0, 48_000)
    song = write_clip(tmp_path / "song.mp4", [0.0], sound=sound)
    outcome = lipsyncer("inspect", song)
    assert outcome.code == 0
    picture, heard = outcome.out.splitlines()[1:]
    assert picture == "picture: h264, 128 x 96 upright, a still picture such as a cover"
    assert heard.startswith("sound: aac")


def test_lyrics_that_are_given_as_a_song_are_recognised(tmp_path: Path) -> None:
    lyrics = tmp_path / "song.lrc"
    lyrics.write_text("[00:01.00]one\n[00:02.00]two\n", encoding="utf-8")
    with pytest.raises(InputError, match="it holds lyrics or subtitles alone"):
        probe(lyrics)


def unmatched(seconds: float) -> Analysis:
    take = Take(Path("take.mp4"), seconds)
    segment = Segment(0.0, seconds, 0, 0.0, seconds, "gap", 0.0)
    document = Document(Path("song.mp3"), 60.0, (take,), (segment,))
    nothing = Proxy(take.path, 25.0, 32, 32, np.zeros(1), np.zeros(1), seconds)
    analysis = made_up_analysis(document, [nothing])
    (found,) = analysis.takes
    unsure = replace(found, alignment=replace(found.alignment, confidence=0.2))
    return replace(analysis, takes=(unsure,))


def test_a_take_of_five_seconds_is_said_to_be_too_short() -> None:
    short = unmatched(5.0)
    assert short.warnings[0] == (
        "The footage is too short to tell where in the song it belongs (confidence 20 %); "
        "film ten seconds or more."
    )
    assert summary_sentence(short.summary) == (
        "Your video is too short to tell where in the song it belongs; film ten seconds or more."
    )
    assert mismatch(short, "song.mp3", "both") == (
        "take.mp4 lasts 5.0 s, too short to tell where in song.mp3 it belongs (confidence 20%); "
        "film ten seconds or more"
    )
    assert "does not seem to match" in unmatched(12.0).warnings[0]
    assert "does not seem to match" in mismatch(unmatched(12.0), "song.mp3", "both")
