"""What to look at is found in the cut as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.alignment import Alignment, Evidence, align
from lipsyncer.cut.findings import cut_findings, loose_matches, placed
from lipsyncer.cut.rests import MouthFix
from lipsyncer.cut.segments import segments_of
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.edits import lock
from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.findings import Finding, FindingKind

RATE, SONG = 25, 20.0
COUNT = round(SONG * RATE)
GAP = (8.0, 10.0)
NOTHING_KNOWN = Alignment((), 0.0, 0.0, 0.0, "unchanged")


@dataclass(frozen=True)
class ScoredTake:
    evidence: Evidence
    track: MouthTrack
    alignment: Alignment = NOTHING_KNOWN


def rows(start: float, end: float) -> slice:
    return slice(round(start * RATE), round(end * RATE))


def watched(*, moving: bool = False) -> ScoredTake:
    """A take in sync; no face from 2 to 3 s, a covered mouth from 4 to 5, turned away 6 to 7."""
    voice = np.ones(COUNT, np.float32)
    voice[rows(*GAP)] = 0
    quality, present = np.ones(COUNT, np.float32), np.ones(COUNT, bool)
    quality[rows(2, 3)] = quality[rows(4, 5)] = quality[rows(6, 7)] = 0
    present[rows(2, 3)] = False
    covered = np.zeros(COUNT, bool)
    covered[rows(4, 5)] = True
    shape = np.zeros((COUNT, len(SHAPE_POINTS), 3), np.float32)
    sings = voice > 0 if not moving else np.ones(COUNT, bool)
    beat = np.where(sings, np.sin(np.arange(COUNT) * 2 * np.pi * 4 / RATE) + 1, 0.0)
    for upper, lower in ((13, 14), (82, 87), (312, 317)):
        at = {int(point): k for k, point in enumerate(SHAPE_POINTS)}
        shape[:, at[lower], 1] = beat
        assert upper in at
    pairs = np.zeros((COUNT, COUNT), np.float32)
    return ScoredTake(
        Evidence(RATE, pairs, voice, quality),
        MouthTrack(
            np.zeros((COUNT, 64, 64), np.uint8), shape, quality, present=present, covered=covered
        ),
    )


def cut(*segments: Segment) -> Document:
    whole = (Segment(0.0, SONG, 0, 0.0, SONG, "matched", 1.0),)
    return Document(Path("song.wav"), SONG, (Take(Path("a.mp4"), SONG),), segments or whole)


def warnings(document: Document, takes: list[ScoredTake]) -> list[Finding]:
    return [finding for finding in cut_findings(document, takes) if finding.warns]


UNMATCHED = cut(
    Segment(0.0, 12.0, 0, 0.0, 12.0, "matched", 1.0),
    Segment(12.0, 14.0, 0, 12.0, 14.0, "gap", 0.0),
    Segment(14.0, 20.0, 0, 17.0, 23.0, "matched", 1.0),
)
"""Nothing is matched from 12 to 14 s, and from 17 s on there is no footage."""
CLOSED = cut(
    Segment(0.0, 8.2, 0, 0.0, 8.2, "matched", 1.0),
    Segment(8.2, 9.6, 0, 12.0, 13.4, "gap", 0.0),
    Segment(9.6, 20.0, 0, 9.6, 20.0, "matched", 0.4),
)
"""A closed mouth is put in from 8.2 to 9.6 s, and what follows matches loosely."""
FIXES = [MouthFix(8.2, 9.6, 0, 12.0)]
NOT_OF_THE_CUT = {
    FindingKind.DAMAGED_SOURCE,
    FindingKind.SEVERAL_FACES,
    FindingKind.TAKE_DOES_NOT_MATCH,
    FindingKind.NOTHING_MATCHES,
    FindingKind.TOO_SHORT,
    FindingKind.NOTHING_TO_ALIGN,
    FindingKind.SONG_TRACK,
    FindingKind.TAKE_TRACK,
    FindingKind.TURNED,
    FindingKind.SONG_NOT_RECORDED,
    FindingKind.ENCODED_BY_PROCESSOR,
}
"""Kinds that are found in files, alignments and exports."""


def test_every_kind_of_finding_about_a_cut_is_found_in_one_of_these() -> None:
    findings = [
        *cut_findings(UNMATCHED, [watched(moving=True)]),
        *cut_findings(CLOSED, [watched()], FIXES),
    ]
    assert {finding.kind for finding in findings} == set(FindingKind) - NOT_OF_THE_CUT


def test_stretches_without_a_mouth_or_a_voice_have_their_kind_and_place() -> None:
    findings = cut_findings(cut(), [watched()])
    assert [(finding.kind, finding.span, finding.warns) for finding in findings] == [
        (FindingKind.NO_FACE, (2.0, 3.0), False),
        (FindingKind.MOUTH_COVERED, (4.0, 5.0), False),
        (FindingKind.MOUTH_HARD_TO_SEE, (6.0, 7.0), False),
        (FindingKind.NO_VOICE, (8.0, 10.0), False),
    ]


def test_lips_that_move_in_a_gap_or_do_not_match_and_missing_footage_are_found() -> None:
    findings = cut_findings(UNMATCHED, [watched(moving=True)])
    places = {finding.kind: finding.span for finding in findings}
    assert len(places) == len(findings)
    lips_move = places[FindingKind.LIPS_MOVE]
    assert lips_move is not None
    assert GAP[0] <= lips_move[0] < 8.4
    assert 9.6 < lips_move[1] <= GAP[1]
    assert places[FindingKind.LIPS_DO_NOT_MATCH] == (12.0, 14.0)
    assert np.allclose(places[FindingKind.NO_FOOTAGE] or (), (17.0, 20.0), atol=0.09)


def test_a_closed_mouth_that_was_put_in_is_found_as_long_as_it_is_shown() -> None:
    known = [watched()]
    closed = Finding(FindingKind.MOUTH_CLOSED, 0, (8.2, 9.6))
    assert closed in cut_findings(CLOSED, known, FIXES)
    assert not any(
        finding.kind is FindingKind.MOUTH_CLOSED or finding.warns
        for finding in cut_findings(cut(), known, FIXES)
    )


def test_findings_are_about_the_cut_as_it_is() -> None:
    known = [watched()]
    assert warnings(cut(), known) == []
    late = cut(Segment(0.0, SONG, 0, 6.0, SONG + 6.0, "matched", 1.0))
    moving, frozen = warnings(late, known)
    assert frozen == Finding(FindingKind.NO_FOOTAGE, 0, (14.0, 20.0))
    assert moving.kind is FindingKind.LIPS_MOVE
    assert moving.span is not None and moving.span[0] == pytest.approx(8.2, abs=0.2)
    loose = cut(Segment(0.0, SONG, 0, 0.0, SONG, "matched", 0.3))
    assert warnings(loose, known) == [
        Finding(FindingKind.LOOSE_MATCH, 0, (0.0, SONG), number=30),
    ]
    assert warnings(lock(loose, 0), known) == []
    assert warnings(lock(late, 0), known) == []


def test_a_loose_match_warns_however_short_and_silent_it_is() -> None:
    short = Segment(19.2, SONG, 0, 19.2, SONG, "matched", 0.4)
    before = Segment(0.0, 19.2, 0, 0.0, 19.2, "matched", 1.0)
    known = watched()
    silent = replace(known, evidence=replace(known.evidence, voice=np.zeros(COUNT, np.float32)))
    loose = Finding(FindingKind.LOOSE_MATCH, 0, (19.2, SONG), number=40)
    assert loose_matches(cut(before, short)) == [loose]
    assert loose in warnings(cut(before, short), [known])
    assert loose in warnings(cut(before, short), [silent])
    # A stretch that shows no moving footage is a place all the same.
    outside = replace(short, source_start=25.0, source_end=25.8)
    assert loose_matches(cut(before, outside)) == [loose]
    # What the user has moved since can't be rated, and is not called unsure.
    assert loose_matches(cut(before, replace(short, by_hand=True, confidence=0.0))) == []


def test_three_unmatched_seconds_of_singing_warn() -> None:
    def unmatched(seconds: float) -> Document:
        return cut(
            Segment(0.0, 12.0, 0, 0.0, 12.0, "matched", 1.0),
            Segment(12.0, 12.0 + seconds, 0, 12.0, 12.0 + seconds, "gap", 0.0),
            Segment(12.0 + seconds, SONG, 0, 12.0 + seconds, SONG, "matched", 1.0),
        )

    known = [watched()]
    assert warnings(unmatched(2.8), known) == []
    assert warnings(unmatched(3.2), known) == [
        Finding(FindingKind.LIPS_DO_NOT_MATCH, 0, (12.0, 15.2))
    ]
    assert warnings(lock(unmatched(3.2), 1), known) == []
    dim = replace(known[0].track, quality=np.full(COUNT, 0.3, np.float32))
    (finding,) = warnings(unmatched(3.2), [replace(known[0], track=dim)])
    assert finding == Finding(FindingKind.MOUTH_HARD_TO_SEE, 0, (12.0, 15.2))


@pytest.mark.parametrize(("held", "count"), [(0.12, 0), (0.28, 1)])
def test_a_freeze_warns_once_viewers_see_it(held: float, count: int) -> None:
    segments = (
        Segment(0.0, held, 0, 0.0, 0.0, "gap", 0.0),
        Segment(held, SONG, 0, 0.0, SONG - held, "matched", 1.0),
    )
    kinds = [finding.kind for finding in warnings(cut(*segments), [watched()])]
    assert kinds.count(FindingKind.NO_FOOTAGE) == count


def aligned(late: int, face: np.ndarray) -> list[Finding]:
    """Findings that warn in a cut of a song that is sung all along, and a take with one face."""
    lag = np.arange(len(face))[None, :] + late - np.arange(500)[:, None]
    pairs = 1.3 * np.exp(-0.5 * (lag / 1.2) ** 2) - 0.3
    quality = face.astype(np.float32)
    evidence = Evidence(RATE, pairs.astype(np.float32), np.ones(500, np.float32), quality)
    pieces = align(evidence).pieces
    take = Take(Path("a.mp4"), len(face) / RATE)
    document = Document(Path("song.wav"), SONG, (take,), segments_of(pieces, SONG))
    track = MouthTrack(
        np.zeros((len(face), 64, 64), np.uint8),
        np.zeros((len(face), len(SHAPE_POINTS), 3), np.float32),
        quality,
        present=face,
    )
    return warnings(document, [ScoredTake(evidence, track)])


def test_stretches_that_the_alignment_bridges_warn() -> None:
    face = np.ones(500, bool)
    face[300:400] = False
    (finding,) = aligned(0, face)
    assert finding.kind is FindingKind.NO_FACE
    assert finding.span == pytest.approx((12.0, 16.0), abs=0.05)


def test_another_mouth_in_the_middle_is_found_inside_of_one_segment() -> None:
    known = watched()
    pairs = known.evidence.pairs.copy()
    pairs[np.diag_indices(COUNT)] = 0.3
    strange = np.arange(round(12 * RATE), round(15.6 * RATE))
    pairs[strange, strange] = -0.3
    stranger = replace(known, evidence=replace(known.evidence, pairs=pairs))
    (finding,) = warnings(cut(), [stranger])
    assert finding.kind is FindingKind.LIPS_DO_NOT_MATCH
    assert finding.span == pytest.approx((12.0, 15.6), abs=0.05)


def test_a_lead_without_footage_warns_once_viewers_see_it_freeze() -> None:
    (finding,) = aligned(30, np.ones(470, bool))
    assert finding.kind is FindingKind.NO_FOOTAGE
    assert finding.span == pytest.approx((0.0, 1.2), abs=0.05)
    assert aligned(3, np.ones(497, bool)) == []


def test_lips_that_move_in_a_gap_warn_unless_the_segment_is_locked() -> None:
    known = [watched(moving=True)]
    (finding,) = warnings(cut(), known)
    assert finding.kind is FindingKind.LIPS_MOVE
    assert warnings(lock(cut(), 0), known) == []


def test_a_finding_says_which_take_it_is_about() -> None:
    segments = (
        Segment(0.0, 10.0, 0, 0.0, 10.0, "matched", 1.0),
        Segment(10.0, SONG, 1, 10.0, SONG, "matched", 0.3),
    )
    takes = (*cut().takes, Take(Path("b.mp4"), SONG))
    document = replace(cut(), takes=takes, segments=segments)
    (finding,) = warnings(document, [watched(), watched()])
    assert finding == Finding(FindingKind.LOOSE_MATCH, 1, (10.0, SONG), number=30)


def test_damage_in_a_take_has_its_place_where_the_cut_shows_it_first() -> None:
    segments = (
        Segment(0.0, 6.0, 0, 3.0, 9.0, "matched", 1.0),
        Segment(6.0, 16.0, 0, 2.0, 12.0, "matched", 1.0),
    )
    damage = Finding(FindingKind.DAMAGED_SOURCE, 0, source=(4.0, 5.0))
    hidden = Finding(FindingKind.DAMAGED_SOURCE, 0, source=(13.0, 14.0))
    elsewhere = Finding(FindingKind.SEVERAL_FACES, 0, number=2)
    assert placed([damage, hidden, elsewhere], cut(*segments)) == (
        replace(damage, span=(1.0, 2.0)),
        hidden,
        elsewhere,
    )
