"""The main job from files to a file, measured on the file that comes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from program import Outcome, Program, contents
from scipy.signal import correlate

from lipsyncer.arrays import Float64s
from lipsyncer.demo import Demo, Song, make_demo, make_song
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.media import FrameReader, probe, read_audio

NOTICED = 45.0
"""Milliseconds (ITU-R BT.1359-1)."""

STAGES = ["probe", "track", "encode", "score", "align", "render"]


@dataclass(frozen=True)
class Aligned:
    outcome: Outcome
    video: Path
    report: dict[str, Any]


@pytest.fixture(scope="module")
def aligned(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Aligned:
    """The demo's selfie, aligned once for all the tests here."""
    from lipsyncer.__main__ import main

    folder = tmp_path_factory.mktemp("aligned")
    video, report = folder / "aligned.mp4", folder / "aligned.json"
    align = ["align", demo.song_path, demo.take_path, "-o", video, "--report", report]
    code = main([str(word) for word in align])
    assert code == 0
    assert {path.name for path in folder.iterdir()} == {"aligned.mp4", "aligned.json"}
    return Aligned(Outcome(code, "", ""), video, json.loads(report.read_text(encoding="utf-8")))


def lip_openings(video: Path) -> tuple[Float64s, Float64s]:
    """When each frame is on screen (its middle, s), and how far the lips are open in it."""
    info = probe(video).video
    assert info is not None
    times = (np.arange(info.frames) + 0.5) / info.rate
    gaps = []
    with FrameReader(video) as reader, FaceFinder() as finder:
        for time in times:
            (face,) = finder.find(reader.frame_at(float(time)))
            gaps.append(np.linalg.norm(face[13, :2] - face[14, :2]))
    return times, np.array(gaps)


def lateness(video: Path, song: Song) -> Float64s:
    """Milliseconds by which the lips of a video are late, for every two sung seconds of a song.

    The lips seen are laid over those that were sung at lags of up to a second; the best fit wins.
    """
    rate, most = 100, 100
    times, seen = lip_openings(video)
    grid = np.arange(int(song.duration * rate)) / rate
    shown = np.interp(grid, times, seen)
    sung = song.articulation.at(grid).opening
    found = []
    for first in range(most, len(grid) - 3 * most, most):
        window = slice(first, first + 2 * rate)
        if song.voiced_at(grid[window]).mean() < 0.5:
            continue
        part = sung[window] - sung[window].mean()
        fits = []
        for lag in range(-most, most + 1):
            other = shown[first + lag : first + lag + 2 * rate]
            other = other - other.mean()
            fits.append(part @ other / max(float(np.linalg.norm(other)), 1e-6))
        found.append((int(np.argmax(fits)) - most) * 1000.0 / rate)
    return np.array(found)


def test_the_lips_of_the_video_that_comes_out_match_the_song(demo: Demo, aligned: Aligned) -> None:
    before = lateness(demo.take_path, demo.song)
    after = lateness(aligned.video, demo.song)
    assert len(after) >= 4
    assert np.abs(before).mean() > 300
    assert np.abs(after).mean() < NOTICED


def test_the_sound_of_the_video_that_comes_out_is_the_song(demo: Demo, aligned: Aligned) -> None:
    rate = 48_000
    heard = read_audio(aligned.video, rate=rate)
    song = read_audio(demo.song_path, rate=rate)
    length = min(len(heard), len(song))
    assert abs(len(heard) - len(song)) <= rate / 20
    lags = correlate(heard[:length], song[:length], mode="full", method="fft")
    assert abs(int(np.argmax(lags)) - (length - 1)) <= 1
    alike = np.corrcoef(heard[:length], song[:length])[0, 1]
    assert alike > 0.99


def test_the_video_that_comes_out_is_the_kind_that_plays_everywhere(
    demo: Demo, aligned: Aligned
) -> None:
    with av.open(str(aligned.video)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        context = video.codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.width, context.height) == (360, 640)
        assert (audio.codec_context.name, audio.codec_context.sample_rate) == ("aac", 48_000)
        assert not context.has_b_frames
    assert abs(probe(aligned.video).duration - demo.song.duration) < 0.05


def test_the_report_says_what_was_done(demo: Demo, aligned: Aligned) -> None:
    report = aligned.report
    assert list(report) == [
        "format",
        "song",
        "takes",
        "start",
        "duration",
        "confidence",
        "map",
        "retimed",
        "fitted",
        "offset_ms",
        "loudness",
        "findings",
        "marks",
        "warnings",
        "timings",
    ]
    assert report["format"] == 1
    assert -40 < report["loudness"]["integrated_lufs"] < -5
    assert report["loudness"]["true_peak_dbtp"] <= 1
    assert Path(report["song"]["path"]) == demo.song_path
    assert report["song"]["duration"] == pytest.approx(demo.song.duration, abs=1e-3)
    assert [Path(take["path"]) for take in report["takes"]] == [demo.take_path]
    assert list(report["timings"]) == STAGES
    assert 0.5 <= report["confidence"] <= 1

    pieces = report["map"]
    assert (report["start"], pieces[0]["song_start"]) == (0, 0)
    assert pieces[-1]["song_end"] == pytest.approx(report["duration"], abs=1e-6)
    for piece, following in pairwise(pieces):
        assert piece["song_end"] == following["song_start"]
    assert {piece["kind"] for piece in pieces} <= {"matched", "gap"}
    assert {piece["take"] for piece in pieces} == {0}

    voiced = np.arange(0, demo.song.duration, 0.04)
    voiced = voiced[demo.song.voiced_at(voiced)]
    true = np.median(demo.truth.take_time(voiced) - voiced)
    assert report["offset_ms"] == pytest.approx(1000 * true, abs=NOTICED)


def test_the_map_in_the_report_leads_to_the_true_moments(demo: Demo, aligned: Aligned) -> None:
    pieces = aligned.report["map"]
    song = [end for piece in pieces for end in (piece["song_start"], piece["song_end"] - 1e-9)]
    source = [end for piece in pieces for end in (piece["source_start"], piece["source_end"])]
    error = demo.truth.error(lambda times: np.interp(times, song, source), demo.song)
    unchanged = demo.truth.error(lambda times: times, demo.song)
    assert unchanged.mean > 300
    assert error.mean < NOTICED


def test_a_take_of_another_song_is_refused_and_nothing_is_written(
    lipsyncer: Program, demo: Demo, tmp_path: Path
) -> None:
    import soundfile

    other = make_song(14.0, seed=77)
    soundfile.write(tmp_path / "other.wav", other.samples, 44_100)
    before = contents(tmp_path)
    align = ("align", tmp_path / "other.wav", demo.take_path, "-o", tmp_path / "out.mp4")
    refused = lipsyncer(*align, "--report", tmp_path / "out.json")
    assert refused.code == 4
    (sentence,) = refused.complaints
    assert "selfie.mp4 does not seem to match other.wav" in sentence
    assert "--force" in sentence
    assert contents(tmp_path) == before

    forced = lipsyncer(*align, "--report", tmp_path / "out.json", "--force")
    assert forced.code == 0
    assert "warning: The footage does not seem to match" in forced.err
    report = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert report["confidence"] < 0.5
    assert any("does not seem to match" in warning for warning in report["warnings"])
    assert probe(tmp_path / "out.mp4").video is not None


def test_the_demo_prints_the_error_before_and_after_and_leaves_its_files(
    lipsyncer: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    smaller = partial(make_demo, seconds=14.0, size=(360, 640))
    monkeypatch.setattr("lipsyncer.cli.demo_command.make_demo", smaller)
    outcome = lipsyncer("demo", tmp_path / "show")
    assert outcome.code == 0, outcome
    assert {path.name for path in (tmp_path / "show").iterdir()} == {
        "song.wav",
        "selfie.mp4",
        "aligned.mp4",
    }
    lines = outcome.out.splitlines()
    before, after = (
        float(next(line for line in lines if line.startswith(start)).split(":")[1].split()[0])
        for start in ("mean error before", "mean error after")
    )
    assert before > 300
    assert after < NOTICED
    assert "below the 45 ms that viewers notice" in outcome.out
    assert "NOT" not in outcome.out
