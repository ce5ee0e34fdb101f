"""What could not be matched is marked, and told of for the cut as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from lipsyncer.align import Evidence
from lipsyncer.cut.findings import cut_warnings
from lipsyncer.cut.markers import Marker, markers_of
from lipsyncer.cut.rests import MouthFix
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.edits import lock
from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.features.mouth import MouthTrack

RATE, SONG = 25, 20.0
COUNT = round(SONG * RATE)
GAP = (8.0, 10.0)


@dataclass(frozen=True)
class TrackedTake:
    evidence: Evidence
    track: MouthTrack


def rows(start: float, end: float) -> slice:
    return slice(round(start * RATE), round(end * RATE))


def watched(*, moving: bool = False) -> TrackedTake:
    """A take in sync; no face from 2 to 3 s, a covered mouth from 4 to 5, turned away 6 to 7."""
    rng = np.random.default_rng(0)
    voice = np.ones(COUNT, np.float32)
    voice[rows(*GAP)] = 0
    quality, present = np.ones(COUNT, np.float32), np.ones(COUNT, bool)
    quality[rows(2, 3)] = quality[rows(4, 5)] = quality[rows(6, 7)] = 0
    present[rows(2, 3)] = False
    mouth = rng.integers(0, 255, (64, 64)).astype(np.uint8)
    mouth = cv2.GaussianBlur(mouth, (0, 0), 6)
    crops = np.repeat(mouth[None], COUNT, axis=0)
    crops[rows(4, 5)] = 255 - mouth
    shape = np.zeros((COUNT, len(SHAPE_POINTS), 3), np.float32)
    sings = voice > 0 if not moving else np.ones(COUNT, bool)
    beat = np.where(sings, np.sin(np.arange(COUNT) * 2 * np.pi * 4 / RATE) + 1, 0.0)
    for upper, lower in ((13, 14), (82, 87), (312, 317)):
        at = {int(point): k for k, point in enumerate(SHAPE_POINTS)}
        shape[:, at[lower], 1] = beat
        assert upper in at
    pairs = np.zeros((COUNT, COUNT), np.float32)
    return TrackedTake(
        Evidence(RATE, pairs, voice, quality),
        MouthTrack(crops, shape, quality, present=present),
    )


def cut(*segments: Segment) -> Document:
    whole = (Segment(0.0, SONG, 0, 0.0, SONG, "matched", 1.0),)
    return Document(Path("song.wav"), SONG, (Take(Path("a.mp4"), SONG),), segments or whole)


def test_every_reason_is_marked_with_its_times() -> None:
    assert markers_of(cut(), [watched()]) == (
        Marker(2.0, 3.0, "no face"),
        Marker(4.0, 5.0, "mouth covered"),
        Marker(6.0, 7.0, "mouth hardly seen"),
        Marker(8.0, 10.0, "no voice"),
    )


def test_lips_that_move_in_a_gap_or_are_not_believed_and_missing_footage_are_marked() -> None:
    segments = (
        Segment(0.0, 12.0, 0, 0.0, 12.0, "matched", 1.0),
        Segment(12.0, 14.0, 0, 12.0, 14.0, "gap", 0.0),
        Segment(14.0, 20.0, 0, 17.0, 23.0, "matched", 1.0),
    )
    marks = markers_of(cut(*segments), [watched(moving=True)])
    found = {mark.reason: (mark.start, mark.end) for mark in marks}
    start, end = found["lips move though nobody sings"]
    assert GAP[0] <= start < 8.4
    assert 9.6 < end <= GAP[1]
    assert found["lips don't match"] == (12.0, 14.0)
    assert np.allclose(found["no footage"], (17.0, 20.0), atol=0.09)


def test_a_closed_mouth_that_was_put_in_is_marked_as_long_as_it_is_shown() -> None:
    segments = (
        Segment(0.0, 8.2, 0, 0.0, 8.2, "matched", 1.0),
        Segment(8.2, 9.6, 0, 12.0, 13.4, "gap", 0.0),
        Segment(9.6, 20.0, 0, 9.6, 20.0, "matched", 1.0),
    )
    closed = [MouthFix(8.2, 9.6, 0, 12.0)]
    known = [watched()]
    assert Marker(8.2, 9.6, "closed mouth put in") in markers_of(cut(*segments), known, closed)
    assert any("a closed mouth is shown" in w for w in cut_warnings(cut(*segments), known, closed))
    assert all(mark.reason != "closed mouth put in" for mark in markers_of(cut(), known, closed))
    assert cut_warnings(cut(), known, closed) == ()


def test_warnings_are_about_the_cut_as_it_is() -> None:
    known = [watched()]
    assert cut_warnings(cut(), known) == ()
    late = cut(Segment(0.0, SONG, 0, 6.0, SONG + 6.0, "matched", 1.0))
    held, moving = cut_warnings(late, known)
    assert held == "The take has no footage for the song from 14.0 s to 20.0 s; a frame is held."
    assert moving.startswith("Lips move though nobody sings from 8.")
    unsure = cut(Segment(0.0, SONG, 0, 0.0, SONG, "matched", 0.3))
    (loosely,) = cut_warnings(unsure, known)
    assert "only loosely" in loosely
    assert cut_warnings(lock(unsure, 0), known) == ()


def test_lips_that_move_in_a_gap_are_warned_of_unless_the_segment_is_locked() -> None:
    known = [watched(moving=True)]
    (warning,) = cut_warnings(cut(), known)
    assert warning.startswith("Lips move though nobody sings from 8.")
    assert cut_warnings(lock(cut(), 0), known) == ()


def test_several_takes_are_named() -> None:
    segments = (
        Segment(0.0, 10.0, 0, 0.0, 10.0, "matched", 1.0),
        Segment(10.0, SONG, 1, 10.0, SONG, "matched", 0.3),
    )
    takes = (*cut().takes, Take(Path("b.mp4"), SONG))
    document = replace(cut(), takes=takes, segments=segments)
    (warning,) = cut_warnings(document, [watched(), watched()])
    assert warning.startswith("b.mp4: The lips fit the song from 10.0 s to 20.0 s")
