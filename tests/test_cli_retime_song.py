"""The other direction: the picture stays as it was filmed, and the song is fitted to it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from program import Program, contents

from lipsyncer.demo import Demo
from lipsyncer.media import probe, read_audio
from lipsyncer.media.frames import FrameReader

RATE = 16_000


@pytest.fixture(scope="module")
def fitted(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from lipsyncer.__main__ import main

    folder = tmp_path_factory.mktemp("fitted")
    words = ["align", demo.song_path, demo.take_path, "-o", folder / "out.mp4"]
    words += ["--retime", "song", "--report", folder / "out.json"]
    assert main([str(word) for word in words]) == 0
    return folder / "out.mp4"


def heard_late(demo: Demo, sound: np.ndarray, song: np.ndarray, moment: float) -> float:
    """Seconds by which the sound around a moment of the take lags what its lips sing."""
    half, reach = RATE // 2, RATE // 5
    there = round(float(demo.truth.song_time(moment)) * RATE)
    here = round(moment * RATE)
    piece = sound[here - half : here + half]
    around = song[there - half - reach : there + half + reach]
    likeness = np.correlate(around, piece, mode="valid")
    return (reach - int(np.argmax(likeness))) / RATE


def test_what_the_lips_sing_is_heard_when_they_sing_it(demo: Demo, fitted: Path) -> None:
    sound, song = (read_audio(path, rate=RATE) for path in (fitted, demo.song_path))
    moments = np.arange(2.0, 24.0, 0.5)
    lag = np.array([heard_late(demo, sound, song, moment) for moment in moments])
    assert np.median(np.abs(lag)) < 0.045
    # One moment in ten lies at the join, where the window holds both sides of it.
    assert np.mean(np.abs(lag) < 0.080) > 0.85


def test_the_picture_is_that_of_the_take_from_beginning_to_end(demo: Demo, fitted: Path) -> None:
    before, after = probe(demo.take_path), probe(fitted)
    assert before.video and after.video
    assert after.video.duration == pytest.approx(before.video.duration, abs=0.05)
    assert (after.video.width, after.video.height) == (before.video.width, before.video.height)
    with FrameReader(demo.take_path) as old, FrameReader(fitted) as new:
        for moment in np.arange(0.5, 26.0, 1.7):
            one, other = (reader.frame_at(float(moment) + 1 / 60) for reader in (old, new))
            assert np.abs(one.astype(int) - other.astype(int)).mean() < 3


def test_the_report_says_what_of_the_song_is_heard_when(fitted: Path) -> None:
    said = json.loads(fitted.with_suffix(".json").read_text(encoding="utf-8"))
    assert said["retimed"] == "song"
    pieces = said["fitted"]
    assert pieces[0]["start"] == 0.0
    assert pieces[-1]["end"] == said["duration"]
    assert all(a["end"] == b["start"] for a, b in pairwise(pieces))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--from", "1"), "--from"),
        (("--to", "9"), "--to"),
        (("--camera-sound", "-20"), "--camera-sound"),
        (("--otio", "cut.otio"), "--otio"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_means_nothing_for_a_moved_song_is_a_wrong_usage(
    lipsyncer: Program, demo: Demo, tmp_path: Path, words: tuple[str, ...], named: str
) -> None:
    outcome = lipsyncer(
        "align", demo.song_path, demo.take_path, "-o", tmp_path / "out.mp4", "--retime", "song",
        *words,
    )  # fmt: skip
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert named in outcome.complaints[0]
    assert contents(tmp_path) == {}


def test_a_song_can_be_fitted_to_one_take_only(
    lipsyncer: Program, demo: Demo, snippet: Demo, tmp_path: Path
) -> None:
    outcome = lipsyncer(
        "align", demo.song_path, demo.take_path, snippet.take_path, "-o", tmp_path / "out.mp4",
        "--retime", "song",
    )  # fmt: skip
    assert outcome.code == 2
    assert "one take" in outcome.complaints[0]
