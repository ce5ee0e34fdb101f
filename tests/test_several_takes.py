"""Several takes from files to a file."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest

from lipsyncer.__main__ import main
from lipsyncer.demo import Demo
from lipsyncer.media import probe

LATER = 10.0
"""Seconds of the selfie at which the second take begins."""


@pytest.fixture(scope="module")
def takes(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The selfie as two takes that overlap, the second one smaller."""
    folder = tmp_path_factory.mktemp("takes")
    first, second = folder / "first.mp4", folder / "second.mp4"
    ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(demo.take_path)]
    coded = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-crf", "18", "-c:a", "aac"]
    smaller = ["-vf", "scale=288:512", *coded]
    subprocess.run([*ffmpeg, "-t", "15", *coded, str(first)], check=True)
    subprocess.run([*ffmpeg, "-ss", str(LATER), *smaller, str(second)], check=True)
    return first, second


@pytest.fixture(scope="module")
def report(
    demo: Demo, takes: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("several")
    video, written = folder / "out.mp4", folder / "out.json"
    words = ["align", demo.song_path, *takes, "-o", video, "--report", written]
    assert main([str(word) for word in words]) == 0
    assert probe(video).video is not None
    values: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return values


def test_the_report_names_the_take_of_each_piece(report: dict[str, Any]) -> None:
    assert [Path(take["path"]).name for take in report["takes"]] == ["first.mp4", "second.mp4"]
    shown = [piece["take"] for piece in report["map"]]
    assert shown == sorted(shown)
    assert set(shown) == {0, 1}


def test_takes_that_hold_a_part_each_cover_the_song_together(
    demo: Demo, report: dict[str, Any]
) -> None:
    pieces = report["map"]
    for before, after in pairwise(pieces):
        assert before["song_end"] == after["song_start"]
    reach = demo.truth.song_time(np.array([probe(demo.take_path).duration]))[0]
    assert pieces[-1]["song_end"] >= min(report["song"]["duration"], reach) - 2.1


def test_the_picture_of_either_take_is_in_time(demo: Demo, report: dict[str, Any]) -> None:
    def shown(song_times: Any) -> Any:
        times = np.asarray(song_times, dtype=float)
        source = np.empty(len(times))
        for piece in report["map"]:
            inside = times >= piece["song_start"] - 1e-9
            length = piece["song_end"] - piece["song_start"]
            slope = (piece["source_end"] - piece["source_start"]) / length
            at = piece["source_start"] + (times[inside] - piece["song_start"]) * slope
            source[inside] = at + (LATER if piece["take"] else 0.0)
        return source

    assert demo.truth.error(shown, demo.song).mean < 45.0
