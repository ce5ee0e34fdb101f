"""The cut found again with other choices: what changes, and what a user has fixed and stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import jumping_take
import numpy as np
import pytest
from jumping_take import FIRST, GAP, HEARD, MOVING, SECOND, SONG

from lipsyncer.alignment import TIGHTNESSES
from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.findings import cut_findings
from lipsyncer.cut.realign import Solvers
from lipsyncer.demo import Demo
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.edit.document import Document, HandFraming, Pin, Segment
from lipsyncer.edit.edits import lock, move_cut, reset, slip, split
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.findings import Finding, FindingKind
from lipsyncer.jobs.analyse import analyse
from lipsyncer.jobs.rematch import Rematch, matched_again, over
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings
from lipsyncer.settings.matching import Matching


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Give a take that jumps in a pause, where it moves its lips."""
    return jumping_take.analysis(tmp_path_factory.mktemp("film"), sound=jumping_take.camera_sound())


def again(analysis: Analysis, matching: Matching, document: Document | None = None) -> Rematch:
    document = document or analysis.document
    return finish(matched_again(analysis, document, matching.settings()))


def warned_kinds(findings: Sequence[Finding]) -> set[FindingKind]:
    return {finding.kind for finding in findings if finding.warns}


def late(document: Document, *song_times: float) -> list[float]:
    """By how much (s) the take is later than the song at some moments."""
    sources = TimeMap(document).sources_at(np.array(song_times))[1]
    return [round(float(s - t), 3) for s, t in zip(sources, song_times, strict=True)]


def test_the_take_is_cut_where_it_jumps(analysis: Analysis) -> None:
    assert late(analysis.document, 5.0, 20.0) == [FIRST, SECOND]


def test_loose_moves_the_whole_take_as_one_piece(analysis: Analysis) -> None:
    found = again(analysis, Matching("loose", gaps="keep")).document
    assert set(late(found, 0.5, 5.0, 11.0, 20.0, 23.5)) == {SECOND}


def test_lips_that_do_not_fit_are_told_from_lips_that_are_not_seen(analysis: Analysis) -> None:
    found = again(analysis, Matching("loose", "lips"))
    assert FindingKind.LIPS_DO_NOT_MATCH in warned_kinds(found.analysis.findings)
    (take,) = found.analysis.takes
    dim = replace(take.track, quality=np.full_like(take.track.quality, 0.3))
    other = warned_kinds(cut_findings(found.document, [replace(take, track=dim)]))
    assert FindingKind.MOUTH_HARD_TO_SEE in other
    assert FindingKind.LIPS_DO_NOT_MATCH not in other


def test_the_choices_of_before_give_the_cut_of_before(analysis: Analysis) -> None:
    loose = again(analysis, Matching("loose"))
    back = again(loose.analysis, Matching(), loose.document)
    assert back.document == back.analysis.document == analysis.document
    assert back.analysis.findings == analysis.findings
    assert back.analysis.mouth_fixes == analysis.mouth_fixes


def test_a_closed_mouth_in_the_pause_comes_and_goes(analysis: Analysis) -> None:
    assert any(s.start <= MOVING[0] and MOVING[1] <= s.end for s in analysis.mouth_fixes)
    kept = again(analysis, Matching(gaps="keep"))
    assert kept.analysis.mouth_fixes == ()
    assert set(late(kept.document, *np.arange(*GAP, 0.2))) == {FIRST, SECOND}
    closed = again(kept.analysis, Matching(), kept.document)
    assert closed.analysis.mouth_fixes == analysis.mouth_fixes


def test_the_camera_s_sound_alone_decides_where_it_is_the_guide(analysis: Analysis) -> None:
    found = again(analysis, Matching(sync_source="sound", gaps="keep"))
    assert late(found.document, 2.0, 20.0) == [HEARD, HEARD]
    lips = again(found.analysis, Matching(sync_source="lips"), found.document)
    assert late(lips.document, 5.0, 20.0) == [FIRST, SECOND]


def test_what_is_said_of_the_files_is_said_again(analysis: Analysis) -> None:
    assert analysis.basis is not None
    damage = Finding(FindingKind.DAMAGED_SOURCE, 0, source=(2.0, 3.0))
    damaged = replace(analysis, basis=replace(analysis.basis, file_findings=(damage,)))
    found = again(damaged, Matching("loose"))
    # Loose moves the whole take by one amount.
    expected = replace(damage, span=(2.0 - SECOND, 3.0 - SECOND))
    (placed,) = (f for f in found.analysis.findings if f.kind is FindingKind.DAMAGED_SOURCE)
    assert placed.span == pytest.approx(expected.span, abs=0.01)
    assert replace(placed, span=expected.span) == expected
    assert placed in replace(found.analysis, document=found.document).findings


def test_to_and_fro_between_guides_no_third_matrix_is_made(analysis: Analysis) -> None:
    lips = again(analysis, Matching(sync_source="lips")).analysis
    both = again(lips, Matching(sync_source="both")).analysis
    assert lips.takes[0].evidence is not analysis.takes[0].evidence
    assert both.takes[0].evidence is analysis.takes[0].evidence


def test_a_locked_segment_stays_and_can_be_given_up_later(analysis: Analysis) -> None:
    moved = slip(analysis.document, 0, 0.25)
    document = lock(moved, 0)
    found = again(analysis, Matching("loose", gaps="keep"), document)
    assert document.segments[0] in found.document.segments
    assert late(found.document, 5.0, 20.0) == [FIRST + 0.25, SECOND]
    given_up = reset(
        replace(found.document, segments=tuple(map(_unlocked, found.document.segments))),
        found.analysis.document,
        0.0,
        SONG,
    )
    assert set(late(given_up, 5.0, 20.0)) == {SECOND}
    assert not any(segment.locked for segment in given_up.segments)


def test_what_was_moved_split_or_rolled_stays(analysis: Analysis) -> None:
    moved = slip(analysis.document, 0, 0.25)
    found = again(analysis, Matching("loose", gaps="keep"), moved).document
    assert moved.segments[0] in found.segments
    assert late(found, 20.0) == [SECOND]
    parts = split(analysis.document, 5.0)
    found = again(analysis, Matching("loose", gaps="keep"), parts).document
    assert set(parts.segments[:2]) <= set(found.segments)
    rolled = move_cut(analysis.document, 0, analysis.document.segments[0].song_end - 0.3)
    found = again(analysis, Matching("loose", gaps="keep"), rolled).document
    assert set(rolled.segments[:2]) <= set(found.segments)


def test_a_pin_in_a_segment_that_was_moved_stays_as_it_is(analysis: Analysis) -> None:
    pin = Pin(5.0, 0, 5.0 + FIRST)
    document = slip(replace(analysis.document, pins=(pin,)), 0, 0.25)
    found = again(analysis, Matching("loose"), document).document
    assert found.pins == (pin,)
    assert document.segments[0] in found.segments


def _unlocked(segment: Segment) -> Segment:
    return replace(segment, locked=False, by_hand=False)


def test_a_pin_is_passed(analysis: Analysis) -> None:
    pin = Pin(5.0, 0, 5.7)
    document = replace(analysis.document, pins=(pin,))
    found = again(analysis, Matching("loose", gaps="keep"), document)
    assert found.document.pins == (pin,)
    assert late(found.document, 5.0) == [0.7]
    assert set(late(found.analysis.document, 5.0)) == {SECOND}


def test_a_pin_in_a_locked_segment_stays_as_it_is(analysis: Analysis) -> None:
    pin = Pin(5.0, 0, 5.0 + FIRST)
    document = lock(replace(analysis.document, pins=(pin,)), 0)
    found = again(analysis, Matching("loose"), document).document
    assert found.pins == (pin,)
    assert document.segments[0] in found.segments


def test_it_says_how_long_it_took(analysis: Analysis) -> None:
    found = again(analysis, Matching("loose", gaps="keep"))
    assert list(found.analysis.timings) == ["align"]
    assert 0 < found.analysis.timings["align"] < 60


def test_what_was_framed_by_hand_stays_framed(analysis: Analysis) -> None:
    framing = HandFraming(0.1, 0.0, 1.5)
    segments = tuple(replace(s, framing=framing) for s in analysis.document.segments[:1])
    document = replace(
        analysis.document, segments=(*segments, *analysis.document.segments[len(segments) :])
    )
    found = again(analysis, Matching("loose", gaps="keep"), document).document
    shown = {time: found.segments[found.index_at(time)].framing for time in (0.1, 5.0, 20.0)}
    assert shown == {0.1: framing, 5.0: framing, 20.0: None}


def test_what_is_locked_beyond_the_other_cut_is_reached(analysis: Analysis) -> None:
    before = lock(split(analysis.document, 2.0), 0)
    shorter = replace(analysis.document, segments=analysis.document.segments[-1:])
    found, document = finish(over(shorter, before, Solvers(analysis.takes)))
    assert document.segments[0] == before.segments[0]
    assert found.span == document.span == (0.0, SONG)
    assert not any(segment.locked for segment in found.segments)
    assert late(document, 5.0, 20.0) == [FIRST, SECOND]


def test_no_few_frames_flash_beside_a_locked_segment(analysis: Analysis) -> None:
    takes, song = analysis.document.takes, analysis.document.song
    other = Document(
        song,
        SONG,
        takes,
        (
            Segment(0.0, 5.04, 0, 1.0, 6.04, "matched", 0.9),
            Segment(5.04, 9.95, 0, 5.04, 9.95, "matched", 0.9),
            Segment(9.95, SONG, 0, 11.95, SONG + 2.0, "matched", 0.9),
        ),
    )
    locked = Segment(5.0, 10.0, 0, 5.4, 10.4, "matched", 0.9, locked=True)
    before = replace(
        other,
        segments=(
            Segment(0.0, 5.0, 0, 0.4, 5.4, "matched", 0.9),
            locked,
            Segment(10.0, SONG, 0, 10.4, SONG + 0.4, "matched", 0.9),
        ),
    )
    _, document = finish(over(other, before, Solvers(analysis.takes)))
    assert [s.song_start for s in document.segments] == [0.0, 5.0, 10.0]
    earlier = Segment(4.95, 9.9, 0, 5.35, 10.3, "matched", 0.9, locked=True)
    before = replace(before, segments=(_cut_at(before.segments[0], 4.95), earlier, _rest(9.9)))
    _, document = finish(over(other, before, Solvers(analysis.takes)))
    assert [s.song_start for s in document.segments] == pytest.approx([0.0, 4.95, 9.9])
    assert late(document, 4.9, 9.94) == [1.0, 2.0]


def _cut_at(segment: Segment, end: float) -> Segment:
    length = end - segment.song_start
    return replace(segment, song_end=end, source_end=segment.source_start + length)


def _rest(start: float) -> Segment:
    return Segment(start, SONG, 0, start + 0.4, SONG + 0.4, "matched", 0.9)


def test_a_take_without_what_the_guide_goes_by_is_refused(analysis: Analysis) -> None:
    (take,) = analysis.takes
    silent = replace(analysis, takes=(replace(take, camera_sound=None),))
    with pytest.raises(InputError, match="no sound that can be heard"):
        again(silent, Matching(sync_source="sound"))
    hidden = replace(take.track, quality=np.zeros_like(take.track.quality))
    faceless = replace(analysis, takes=(replace(take, track=hidden),))
    with pytest.raises(InputError, match="no face was found"):
        again(faceless, Matching(sync_source="lips"))


def test_a_take_that_nobody_listened_to_is_listened_to(tmp_path: Path) -> None:
    analysis = jumping_take.analysis(tmp_path, Settings(sync_source="lips"))
    jumping_take.record(tmp_path)
    found = again(analysis, Matching(sync_source="sound", gaps="keep"))
    assert late(found.document, 2.0, 20.0) == pytest.approx([HEARD, HEARD], abs=0.02)


def test_it_comes_to_what_analysing_with_these_choices_comes_to(snippet: Demo) -> None:
    files = snippet.song_path, [snippet.take_path]
    matching = Matching("loose", "lips", "keep")
    found = again(finish(analyse(*files)), matching)
    analysed = finish(analyse(*files, matching.settings()))
    assert found.document == found.analysis.document == analysed.document
    assert found.analysis.findings == analysed.findings
    assert found.analysis.alignment.explanation == analysed.alignment.explanation


@pytest.mark.parametrize("tightness", TIGHTNESSES)
def test_settings_tell_the_choices_that_they_were_made_from(tightness: str) -> None:
    matching = Matching(tightness, "lips", "keep")  # type: ignore[arg-type]
    assert Matching.of(matching.settings()) == matching
    assert Matching.from_values(matching.values()) == matching
    assert matching.values() == {"tightness": tightness, "guide": "lips", "gaps": "keep"}


def test_choices_of_another_version_are_left_out() -> None:
    values = {"tightness": "tighter", "guide": ["lips"], "gaps": "keep", "more": 1}
    assert Matching.from_values(values) == Matching(gaps="keep")
    assert Matching.from_values("tight") is None
