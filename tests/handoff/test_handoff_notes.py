"""Findings are marked where they belong, and a song that was fitted is handed on as it sounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import flash
import numpy as np
import opentimelineio as otio
import pytest
import soundfile
from frames_of_a_cut import read_by_library, read_fcpxml

from lipsyncer.cut.findings import placed
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.findings import Finding, FindingKind, sentence
from lipsyncer.handoff import write_handoff
from lipsyncer.media import probe
from lipsyncer.render.fit_song import fit_song

RATE = Fraction(25)
LATE = Finding(FindingKind.LIPS_DO_NOT_MATCH, 0, (4.0, 5.0))
BROKEN = Finding(FindingKind.DAMAGED_SOURCE, 0, source=(2.0, 2.5))
WHOLE = Finding(FindingKind.NOTHING_MATCHES, number=20)
UNTOLD = Finding(FindingKind.NO_VOICE, span=(1.0, 2.0), warns=False)
LOOSE = Finding(FindingKind.LOOSE_MATCH, 0, (5.0, 6.0), number=40, warns=False)


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Give a cut that begins at 0.6 s of the song, runs fast, and jumps back at 3 s."""
    folder = tmp_path_factory.mktemp("notes")
    flash.make_song(folder / "song.wav", 7.0, [2.0, 5.0])
    path = flash.make_take(folder / "one.mp4", 200, [30], rate=RATE)
    return Document(
        folder / "song.wav",
        7.0,
        (Take(path, probe(path).duration),),
        (
            Segment(0.6, 3.0, 0, 1.0, 3.4, "matched", 0.9),
            Segment(3.0, 6.6, 0, 2.4, 2.4 + 3.6 * 1.05, "matched", 0.9),
        ),
    )


def marked_in_otio(path: Path) -> dict[str, tuple[float, float]]:
    """When on the time line each marker begins, and how long it is, in seconds."""
    timeline = otio.adapters.read_from_file(str(path))
    found = {}
    track = timeline.video_tracks()[0]
    for clip in track:
        speed = next((effect.time_scalar for effect in clip.effects), 1.0)
        place = track.trimmed_range_of_child(clip)
        for marker in clip.markers:
            into = (marker.marked_range.start_time - clip.source_range.start_time).to_seconds()
            start = place.start_time.to_seconds() + into / speed
            assert start < place.end_time_exclusive().to_seconds()
            found[marker.name] = (start, marker.marked_range.duration.to_seconds())
    return found


def marked_in_fcpxml(path: Path) -> dict[str, tuple[float, float]]:
    def seconds(text: str) -> float:
        return float(Fraction(text.removesuffix("s")))

    found = {}
    for clip in next(ElementTree.parse(path).getroot().iter("spine")):
        for marker in clip.iterfind("marker"):
            into = seconds(marker.attrib["start"]) - seconds(clip.attrib["start"])
            assert 0 <= into < seconds(clip.attrib["duration"])
            start = seconds(clip.attrib["offset"]) + into
            found[marker.attrib["value"]] = (start, seconds(marker.attrib["duration"]))
    return found


@pytest.mark.parametrize("suffix", [".otio", ".fcpxml"])
def test_a_finding_with_a_place_is_marked_there_and_any_other_at_the_start(
    cut: Document, tmp_path: Path, suffix: str
) -> None:
    findings = [WHOLE, LATE, *placed([BROKEN], cut), UNTOLD, LOOSE]
    path = write_handoff(cut, tmp_path / f"cut{suffix}", findings).path
    marked = marked_in_otio(path) if suffix == ".otio" else marked_in_fcpxml(path)
    frame = float(1 / RATE)
    assert set(marked) == {sentence(finding) for finding in (WHOLE, LATE, BROKEN, LOOSE)}
    assert marked[sentence(WHOLE)] == pytest.approx((0.0, frame))
    assert marked[sentence(LATE)] == pytest.approx((4.0 - 0.6, 1.0), abs=1.01 * frame)
    assert marked[sentence(LOOSE)] == pytest.approx((5.0 - 0.6, 1.0), abs=1.01 * frame)
    # 2.0 s of the take are first shown at 1.6 s of the song.
    assert marked[sentence(BROKEN)] == pytest.approx((1.6 - 0.6, 0.5), abs=1.01 * frame)


def test_findings_about_what_is_not_shown_stay_at_the_start(cut: Document, tmp_path: Path) -> None:
    beyond = Finding(FindingKind.NO_FACE, 0, (6.8, 7.0))
    unseen = placed([Finding(FindingKind.DAMAGED_SOURCE, 0, source=(7.0, 7.5))], cut)
    path = write_handoff(cut, tmp_path / "cut.otio", [beyond, *unseen]).path
    assert len(marked_in_otio(path)) == 2
    assert {start for start, _ in marked_in_otio(path).values()} == {0.0}


@pytest.mark.parametrize("suffix", [".xml", ".edl"])
def test_every_format_has_the_findings_in_it(cut: Document, tmp_path: Path, suffix: str) -> None:
    text = write_handoff(cut, tmp_path / f"cut{suffix}", [WHOLE, LATE]).path.read_text("utf-8")
    assert "4.0 s to 5.0 s".casefold() in text.casefold()


@pytest.mark.parametrize("suffix", [".otio", ".fcpxml", ".xml"])
def test_a_song_that_was_fitted_lies_beneath_the_take_as_it_was_filmed(
    cut: Document, tmp_path: Path, suffix: str
) -> None:
    _, fitted = fit_song(cut)
    written = write_handoff(cut, tmp_path / f"cut{suffix}", [LATE], fitted)
    read = read_fcpxml if suffix == ".fcpxml" else lambda path: read_by_library(path, float(RATE))
    (picture,), (sound,) = read(written.path)
    assert picture.path == cut.takes[0].path
    assert (picture.start, picture.source, picture.speed) == (0.0, 0.0, 1.0)
    assert picture.end == pytest.approx(cut.takes[0].duration, abs=float(1 / RATE))
    assert sound.path == written.song == tmp_path / "cut song.wav"
    assert (sound.start, sound.source) == (0.0, 0.0)
    assert sound.end == pytest.approx(picture.end, abs=float(1 / RATE))
    samples, rate = soundfile.read(written.song)
    loud = np.abs(samples).max(axis=1)
    # Each sound of the song is heard where the map shows that moment of it.
    lines = TimeMap(cut)
    for moment in (2.0, 5.0):
        source = lines.source_at(moment)[1]
        if abs(TimeMap(fitted).source_at(source)[1] - moment) < 0.01:
            near = loud[int((source - 0.2) * rate) : int((source + 0.2) * rate)]
            heard = source - 0.2 + np.argmax(near > 0.3) / rate
            assert heard == pytest.approx(source, abs=0.02)
    assert TimeMap(fitted).source_at(lines.source_at(5.0)[1])[1] == pytest.approx(5.0, abs=1e-6)
    if suffix == ".otio":
        start, _ = marked_in_otio(written.path)[sentence(LATE)]
        assert start == pytest.approx(lines.source_at(4.0)[1], abs=1.01 / float(RATE))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_take_that_its_file_has_on_its_side_is_turned_or_said_to_be(
    cut: Document, tmp_path: Path, degrees: int
) -> None:
    turned = replace(cut, takes=(replace(cut.takes[0], turned=degrees),))
    words = f"its picture has to be turned by {degrees}° clockwise"
    write_handoff(turned, tmp_path / "cut.otio")
    assert any(words in marked for marked in marked_in_otio(tmp_path / "cut.otio"))

    write_handoff(turned, tmp_path / "cut.fcpxml")
    root = ElementTree.parse(tmp_path / "cut.fcpxml").getroot()
    clips = root.findall(".//spine/asset-clip")
    sizes = {
        each.attrib["id"]: (int(each.attrib["width"]), int(each.attrib["height"]))
        for each in root.iter("format")
    }
    width, height = sizes["format-0"]
    sideways = degrees != 180
    assert sizes["sequence"] == ((height, width) if sideways else (width, height))
    for clip in clips:
        (turn,) = clip.findall("adjust-transform")
        assert float(turn.attrib["rotation"]) == -degrees
        # A picture on its side is fitted into an upright frame, and turned fills it again.
        scale = max(width, height) / min(width, height) if sideways else 1.0
        assert [float(s) for s in turn.attrib["scale"].split()] == pytest.approx(
            [scale, scale], rel=1e-4
        )
    write_handoff(cut, tmp_path / "cut.fcpxml")
    assert not ElementTree.parse(tmp_path / "cut.fcpxml").findall(".//adjust-transform")
