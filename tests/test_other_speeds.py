"""A take that was filmed to the song at another speed than the song's."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numbered_frames
import numpy as np
import pytest

from lipsyncer.alignment.evidence import Alignment, Evidence, Piece
from lipsyncer.alignment.other_speeds import at_song_speed, fits_at_own_speed, own_clock
from lipsyncer.demo import Truth, make_demo
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.findings import summary_sentence
from lipsyncer.handoff.report import report
from lipsyncer.jobs import export
from lipsyncer.jobs.analyse import analyse
from lipsyncer.jobs.rematch import matched_again
from lipsyncer.progress import driven, finish
from lipsyncer.render import DEFAULT
from lipsyncer.render.retime import plan_frames
from lipsyncer.render.transitions import PLAIN
from lipsyncer.settings.job import Settings


def _track(count: int) -> MouthTrack:
    """A mouth whose every value is its position."""
    at = np.arange(count)
    crops = np.broadcast_to(at[:, None, None], (count, 2, 2)).astype(np.uint8)
    shape = np.broadcast_to(at[:, None, None], (count, 56, 3)).astype(np.float32)
    return MouthTrack(crops, shape, np.ones(count, np.float32))


def _found(confidence: float, *slopes: float) -> Alignment:
    pieces = tuple(
        Piece(10.0 * k, 10.0 * k + 10.0, 15.0 * k, 15.0 * k + 10.0 * slope, "matched", confidence)
        for k, slope in enumerate(slopes)
    )
    return Alignment(pieces, 1000.0, confidence, 50.0, "free")


@pytest.mark.parametrize(("slope", "count"), [(0.5, 199), (2.0, 50), (1.25, 80)])
def test_a_mouth_is_shown_at_the_songs_speed(slope: float, count: int) -> None:
    seen = at_song_speed(_track(100), slope)

    assert len(seen) == count
    assert seen.shape[:, 0, 0] == pytest.approx(slope * np.arange(count), abs=1e-4)
    assert np.abs(seen.crops[:, 0, 0] - slope * np.arange(count)).max() <= 0.5


@pytest.mark.parametrize("slope", [0.5, 2.0])
def test_evidence_comes_back_on_the_takes_own_clock(slope: float) -> None:
    track = _track(100)
    count = len(at_song_speed(track, slope))
    positions = slope * np.arange(count, dtype=np.float32)
    retimed = Evidence(
        25.0,
        np.broadcast_to(positions, (10, count)).astype(np.float32),
        np.ones(10, np.float32),
        np.ones(count, np.float32),
    )

    evidence = own_clock(retimed, track, slope)

    assert evidence.pairs.shape == (10, 100)
    assert np.abs(evidence.pairs - np.arange(100)).max() <= max(slope / 2, 1.0)


def test_only_takes_that_do_not_surely_fit_are_tried_at_other_speeds() -> None:
    assert fits_at_own_speed(_found(0.95, 1.02))
    assert not fits_at_own_speed(_found(0.6, 1.0))
    # A free path follows another speed as far as it is let, and jumps where it is lost.
    assert not fits_at_own_speed(_found(0.95, 0.952))
    assert not fits_at_own_speed(_found(0.95, 1.1, 0.9))


@pytest.mark.timeout(600)
def test_a_take_filmed_at_double_speed_is_played_back_at_half(tmp_path: Path) -> None:
    fault = Truth(late=0.4, drift=-0.5)
    demo = finish(make_demo(tmp_path, seconds=20.0, size=(180, 320), fault=fault))
    take = tmp_path / "numbered.mp4"
    rate = numbered_frames.record(demo.take_path, take)
    settings = Settings(cache_dir=tmp_path / "cache")

    analysis = driven(analyse(demo.song_path, [take], settings), lambda told: None)

    said = report(analysis, {})
    assert said["takes"][0]["speed"] == pytest.approx(2.0, rel=0.01)
    assert said["confidence"] > 0.5
    assert summary_sentence(analysis.summary).startswith("You filmed at 2× the song's speed")
    times = np.arange(0.0, 20.0, 0.1)
    times = times[demo.song.voiced_at(times)]
    _, shown = TimeMap(analysis.document).sources_at(times)
    assert np.median(np.abs(shown - fault.take_time(times))) < 0.04

    # Every frame of the file is the one that is due; none is made between two, and has no number.
    plain = replace(DEFAULT, transitions=PLAIN)
    target = tmp_path / "out.mp4"
    finish(export(analysis.document, target, replace(settings, render=plain)))
    shown_frames = np.array(numbered_frames.numbers_in(target))
    plan = plan_frames(analysis.document, Fraction(rate))
    assert len(shown_frames) == len(plan)
    into = plan.sources * rate - shown_frames
    assert into.min() > -0.02
    assert into.max() < 1.02
    middles = analysis.document.span[0] + (np.arange(len(plan)) + 0.5) / rate
    voiced = demo.song.voiced_at(middles)
    away = (shown_frames + 0.5) / rate - fault.take_time(middles)
    assert np.abs(away[voiced]).max() < 0.1

    again = driven(matched_again(analysis, analysis.document, settings), lambda told: None)
    assert again.analysis.takes[0].speed == analysis.takes[0].speed
