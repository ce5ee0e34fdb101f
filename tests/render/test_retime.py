"""Every output frame shows what the time map gives for its middle."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.render.retime import output_rate, plan_frames

RATE = Fraction(30)
TAKES = (Take(Path("a.mov"), 100.0), Take(Path("b.mov"), 100.0))


def document(*segments: Segment) -> Document:
    return Document(Path("song.wav"), 60.0, TAKES, segments)


def piece(start: float, end: float, source: float, *, take: int = 0, slope: float = 1) -> Segment:
    return Segment(start, end, take, source, source + (end - start) * slope, "matched", 1.0)


def shown(document: Document, rate: Fraction = RATE) -> np.ndarray:
    """Source frame on screen, at the output's own rate, for each output frame."""
    return np.floor(plan_frames(document, rate).sources * float(rate)).astype(int)


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(30000, 1001), Fraction(50), Fraction(60)])
def test_an_unchanged_take_is_shown_frame_by_frame(rate: Fraction) -> None:
    frames = shown(document(piece(0.0, 60.0, 0.0)), rate)
    assert frames.tolist() == list(range(len(frames)))


def test_an_offset_of_whole_frames_moves_every_frame_by_as_many() -> None:
    frames = shown(document(piece(5.0, 15.0, 5.0 + 14 / 30)))
    assert frames.tolist() == list(range(150 + 14, 150 + 14 + 300))


def test_footage_moved_by_part_of_a_frame_is_neither_early_nor_late_on_average() -> None:
    errors = []
    for offset in np.linspace(0.0, 1 / 30, 101):
        starts = shown(document(piece(0.0, 10.0, offset))) / 30
        ideal = np.arange(300) / 30 + offset
        errors.append(np.mean(starts - ideal))
    assert np.mean(errors) == pytest.approx(0.0, abs=1e-3)
    assert np.max(np.abs(errors)) <= 0.5 / 30 + 1e-9


def test_slow_footage_repeats_frames_and_fast_footage_skips_them() -> None:
    steps = np.diff(
        shown(document(piece(0.0, 10.0, 0.0, slope=0.5), piece(10.0, 20.0, 5.0, slope=3)))
    )
    assert set(steps[:299]) == {0, 1}
    assert set(steps[301:]) == {3}


def test_a_gap_without_footage_holds_one_picture() -> None:
    held = Segment(2.0, 4.0, 0, 2.0, 2.0, "gap", 0.0)
    sources = plan_frames(document(piece(0.0, 2.0, 0.0), held), RATE).sources
    assert set(sources[60:].tolist()) == {2.0}


def test_a_cut_takes_effect_with_the_first_frame_whose_middle_lies_behind_it() -> None:
    cut = 100 / 30
    for early, first in [(0.4, 100), (0.6, 99)]:
        at = cut - early / 30
        plan = plan_frames(document(piece(0.0, at, 0.0), piece(at, 10.0, 50.0, take=1)), RATE)
        assert list(plan.runs()) == [(0, range(first)), (1, range(first, 300))]


def test_runs_follow_one_another_through_the_whole_output() -> None:
    plan = plan_frames(
        document(
            piece(1.0, 3.0, 0.0),
            piece(3.0, 4.0, 9.0),
            piece(4.0, 6.0, 9.0, take=1),
            piece(6.0, 7.0, 6.0),
        ),
        RATE,
    )
    assert list(plan.runs()) == [(0, range(90)), (1, range(90, 150)), (0, range(150, 180))]


@pytest.mark.parametrize(("length", "frames"), [(2.0, 60), (2.0 + 1e-7, 60), (2.01, 61), (1e-3, 1)])
def test_the_picture_lasts_as_long_as_the_span_in_started_frames(
    length: float, frames: int
) -> None:
    plan = plan_frames(document(piece(3.0, 3.0 + length, 0.0)), RATE)
    assert len(plan) == frames
    assert plan.duration == Fraction(frames, 30)


def test_a_rate_stands_for_the_exact_one_and_stays_below_the_limit() -> None:
    assert output_rate(29.97002997, 60) == Fraction(30000, 1001)
    assert output_rate(23.976023976, 60) == Fraction(24000, 1001)
    assert output_rate(59.94005994, 60) == Fraction(60000, 1001)
    assert output_rate(25.0, 60) == 25
    assert output_rate(240.0, 60) == 60
