"""The cut in an editing program is the cut of the time map, on the takes themselves."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import flash
import imageio_ffmpeg
import numpy as np
import opentimelineio as otio
import pytest
import soundfile
from frames_of_a_cut import Shown, read_by_library, read_fcpxml

from lipsyncer.alignment import Alignment, Evidence
from lipsyncer.alignment.attempts import Attempt
from lipsyncer.cut.analysis import AlignedTake
from lipsyncer.cut.findings import loose_matches
from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.findings import Finding, FindingKind, sentence
from lipsyncer.handoff import SUFFIXES, check_handoff, write_handoff
from lipsyncer.handoff.footage import footage_of, timeline_rate
from lipsyncer.media import Proxy

NTSC = Fraction(30000, 1001)
SONG_SECONDS = 12.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A song and takes of several rates, in a folder whose name needs escaping."""
    place = tmp_path_factory.mktemp("hand off & 歌")
    flash.make_song(place / "song.wav", SONG_SECONDS, [1.0])
    flash.make_take(place / "ntsc.mp4", 420, [30], rate=NTSC)
    flash.make_take(place / "film.mov", 300, [30], rate=Fraction(24))
    flash.make_take(place / "sixty.mp4", 700, [30], rate=Fraction(60))
    return place


def take(path: Path) -> Take:
    footage = footage_of(path)
    return Take(path, float(footage.start + footage.frames / footage.rate))


def document(folder: Path, *segments: Segment, takes: tuple[str, ...] = ("ntsc.mp4",)) -> Document:
    return Document(
        folder / "song.wav", SONG_SECONDS, tuple(take(folder / name) for name in takes), segments
    )


def a_cut(folder: Path, *takes: str) -> Document:
    """Everything that a time map can have: speeds, a jump, a hold, footage that runs out."""
    last = len(takes) - 1
    return document(
        folder,
        Segment(0.613, 2.2, 0, 1.01, 2.597, "matched", 0.9),
        Segment(2.2, 4.37, 0, 3.0, 3.0 + 2.17 * 1.031, "matched", 0.4),
        Segment(4.37, 4.9, last, 5.2, 5.2, "gap", 0.0),
        Segment(4.9, 7.313, last, 2.2, 2.2 + 2.413 * 0.93, "matched", 0.8),
        Segment(7.313, 9.0, 0, -0.6, 1.087, "matched", 0.8),
        Segment(9.0, 11.87, last, 9.9, 12.77, "gap", 0.0),
        takes=takes,
    )


UNSEEN = AlignedTake(
    take=Take(Path("take.mp4"), 1.0),
    proxy=cast(Proxy, None),
    track=cast(MouthTrack, None),
    evidence=cast(Evidence, None),
    alignment=Alignment((), 0.0, 0.9, 9.0, "free"),
    segments=(),
)
"""A take of which nothing is known but its attempts."""


def clip_names(path: Path) -> list[str]:
    if path.suffix == ".fcpxml":
        return [clip.attrib["name"] for clip in ElementTree.parse(path).findall(".//spine/*")]
    options = {"rate": float(NTSC)} if path.suffix == ".edl" else {}
    (picture,) = otio.adapters.read_from_file(str(path), **options).video_tracks()
    return [clip.name for clip in picture]


def read(path: Path, rate: Fraction) -> tuple[list[Shown], list[Shown]]:
    if path.suffix == ".fcpxml":
        return read_fcpxml(path)
    return read_by_library(path, float(rate))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "takes",
    [("ntsc.mp4",), ("film.mov",), ("ntsc.mp4", "film.mov"), ("film.mov", "sixty.mp4")],
    ids=",".join,
)
def test_every_moment_shows_what_the_time_map_shows_within_half_a_frame(
    folder: Path, tmp_path: Path, suffix: str, takes: tuple[str, ...]
) -> None:
    cut = a_cut(folder, *takes)
    footage = [footage_of(folder / name) for name in takes]
    rate = timeline_rate(footage[0].rate)
    target = write_handoff(cut, tmp_path / f"cut{suffix}").path
    picture, _ = read(target, rate)
    begin = int(cut.span[0] * rate) / rate  # the song's frame beneath the first of the time line
    assert picture[0].start == pytest.approx(0.0)
    assert picture[-1].end == pytest.approx(float(cut.span[1] - begin), abs=float(1 / rate))
    for before, after in pairwise(picture):
        assert after.start == pytest.approx(before.end, abs=1e-6)

    time_map = TimeMap(cut)
    middles = (np.arange(round(picture[-1].end * rate)) + 0.5) / float(rate)
    wrong = []
    for middle in middles:
        clip = next(clip for clip in picture if clip.start <= middle < clip.end)
        index, source = time_map.source_at(float(begin) + float(middle))
        counted = rate if suffix in (".edl", ".xml") else footage[index].rate
        # A held frame is on screen for all its length, and so stands for its middle.
        held = clip.speed == 0 or source in (0.0, cut.takes[index].duration)
        shown = clip.source_at(middle)
        if held and clip.speed == 0:
            shown += 0.5 / float(counted)
        off = abs(shown - source) * float(counted)
        if clip.path not in (None, cut.takes[index].path) or off > 0.5 + 1e-3:
            wrong.append((middle, clip, index, source, off))
    assert wrong == []


@pytest.mark.parametrize("suffix", [".otio", ".fcpxml", ".xml"])
def test_the_song_lies_beneath_without_being_moved_by_a_part_of_a_frame(
    folder: Path, tmp_path: Path, suffix: str
) -> None:
    cut = a_cut(folder, "ntsc.mp4")
    picture, (song,) = read(write_handoff(cut, tmp_path / f"cut{suffix}").path, NTSC)
    assert song.path == folder / "song.wav"
    assert song.start == 0.0
    # The song's own frame is beneath the first frame, so picture and sound are exact together.
    assert song.source == pytest.approx(int(cut.span[0] * NTSC) / NTSC, abs=1e-6)
    assert song.end == pytest.approx(picture[-1].end, abs=float(1 / NTSC))


def test_a_take_as_it_was_filmed_is_one_clip_without_a_change_of_speed(
    folder: Path, tmp_path: Path
) -> None:
    cut = document(folder, Segment(0.0, 10.0, 0, 1.0, 11.0, "matched", 0.9))
    for suffix in SUFFIXES:
        picture, _ = read(write_handoff(cut, tmp_path / f"cut{suffix}").path, NTSC)
        assert [clip.speed for clip in picture] == [1.0]


def test_a_change_of_speed_is_one_clip_where_the_format_has_them(
    folder: Path, tmp_path: Path
) -> None:
    cut = document(folder, Segment(0.0, 10.0, 0, 1.0, 11.4, "matched", 0.9))
    for suffix in (".otio", ".fcpxml"):
        (clip,), _ = read(write_handoff(cut, tmp_path / f"cut{suffix}").path, NTSC)
        assert clip.speed == pytest.approx(1.04, abs=1e-6)
    picture, _ = read(write_handoff(cut, tmp_path / "cut.edl").path, NTSC)
    assert len(picture) == pytest.approx(0.4 * NTSC + 1, abs=1)


def test_times_of_the_take_are_counted_from_its_time_code(folder: Path, tmp_path: Path) -> None:
    coded = tmp_path / "coded.mov"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", folder / "film.mov"]
    command += ["-c", "copy", "-timecode", "10:00:00:12", coded]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    cut = Document(
        folder / "song.wav",
        SONG_SECONDS,
        (take(coded),),
        (Segment(0.0, 4.0, 0, 2.0, 6.0, "matched", 1.0),),
    )
    opening = 36_000 + 0.5
    timeline = otio.adapters.read_from_file(str(write_handoff(cut, tmp_path / "cut.otio").path))
    (clip,) = timeline.video_tracks()[0]
    assert clip.media_reference.available_range.start_time.to_seconds() == opening
    assert clip.source_range.start_time.to_seconds() == opening + 2
    assert "10:00:02:12 10:00:06:12 00:00:00:00 00:00:04:00" in write_handoff(
        cut, tmp_path / "cut.edl"
    ).path.read_text(encoding="utf-8")
    ((shown,), _) = read_fcpxml(write_handoff(cut, tmp_path / "cut.fcpxml").path)
    assert shown.source == 2.0


def test_loose_matches_and_other_findings_are_markers(folder: Path, tmp_path: Path) -> None:
    cut = a_cut(folder, "ntsc.mp4")
    no_face = Finding(FindingKind.NO_FACE, 0, (3.0, 4.0))
    findings = [no_face, *loose_matches(cut)]
    warning, loose = (sentence(finding) for finding in findings)
    path = write_handoff(cut, tmp_path / "cut.otio", findings).path
    track = otio.adapters.read_from_file(str(path)).video_tracks()[0]
    markers = {marker.name: (clip, marker) for clip in track for marker in clip.markers}
    assert set(markers) == {warning, loose}
    assert markers[warning][1].color == otio.schema.MarkerColor.RED
    clip, marker = markers[loose]
    assert "(confidence 40 %)" in loose
    assert marker.color == otio.schema.MarkerColor.YELLOW
    assert marker.marked_range.start_time == clip.source_range.start_time
    assert track.trimmed_range_of_child(clip).start_time.to_seconds() == pytest.approx(
        2.2 - 0.613, abs=float(1 / NTSC)
    )
    for suffix in (".fcpxml", ".edl", ".xml"):
        text = write_handoff(cut, tmp_path / f"cut{suffix}", findings).path.read_text("utf-8")
        assert warning.casefold() in text.casefold()
        assert (
            loose.casefold()
            in write_handoff(cut, tmp_path / f"bare{suffix}").path.read_text("utf-8").casefold()
        )


def test_a_compressed_song_is_written_beside_the_cut_as_bare_samples(
    folder: Path, tmp_path: Path
) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", folder / "song.wav"]
    subprocess.run([*command, tmp_path / "song.mp3"], check=True, stdin=subprocess.DEVNULL)
    whole = document(folder, Segment(0.0, 10.0, 0, 1.0, 11.0, "matched", 0.9))
    cut = Document(tmp_path / "song.mp3", SONG_SECONDS, whole.takes, whole.segments)
    written = write_handoff(cut, tmp_path / "cut.otio")
    assert written.song == tmp_path / "cut song.wav"
    _, (song,) = read_by_library(written.path, float(NTSC))
    assert song.path == written.song
    samples, rate = soundfile.read(written.song)
    first = np.argmax(np.abs(samples).max(axis=1) > 0.3)
    assert first / rate == pytest.approx(1.0, abs=0.001)


def test_another_ending_is_refused_with_the_ones_there_are(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.otio, \.fcpxml, \.xml, \.edl"):
        check_handoff(tmp_path / "cut.aaf")


def test_a_missing_adapter_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(otio.adapters, "available_adapter_names", lambda: ["otio_json"])
    check_handoff(tmp_path / "cut.otio")
    check_handoff(tmp_path / "cut.fcpxml")
    with pytest.raises(OutputError, match="otio-cmx3600-adapter"):
        check_handoff(tmp_path / "cut.edl")


def test_a_cut_with_too_many_events_for_an_edl_says_what_else_there_is(
    folder: Path, tmp_path: Path
) -> None:
    pieces = [
        Segment(k / 40, (k + 1) / 40, 0, (k % 7) / 2, (k % 7) / 2, "gap", 0.0) for k in range(1100)
    ]
    takes = (take(folder / "sixty.mp4"),)
    cut = Document(folder / "song.wav", 30.0, takes, tuple(pieces))
    with pytest.raises(OutputError, match="999"):
        write_handoff(cut, tmp_path / "cut.edl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_clips_of_a_take_with_several_attempts_are_named_for_their_own(
    folder: Path, tmp_path: Path, suffix: str
) -> None:
    cut = document(
        folder,
        Segment(0.0, 2.0, 0, 6.0, 8.0, "matched", 0.9),
        Segment(2.0, 4.0, 0, 1.0, 3.0, "matched", 0.9),
        Segment(4.0, 5.0, 0, 4.0, 5.0, "gap", 0.0),
    )
    cut = replace(cut, takes=(replace(cut.takes[0], label="Kitchen"),))
    attempts = tuple(
        Attempt(start, end, Alignment((), 0.0, 0.9, 9.0, "free"))
        for start, end in ((0.5, 3.5), (5.5, 9.0))
    )
    names = {1: ["Kitchen"] * 3, 2: ["Kitchen, attempt 2", "Kitchen, attempt 1", "Kitchen"]}
    for count, expected in names.items():
        known = replace(UNSEEN, take=cut.takes[0], attempts=attempts[:count])
        path = write_handoff(cut, tmp_path / f"cut{suffix}", takes=[known]).path
        # Only by its clips' names does an EDL lead to its files.
        assert clip_names(path) == (["ntsc.mp4"] * 3 if suffix == ".edl" else expected)
