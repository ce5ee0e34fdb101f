"""Options of ``lipsyncer align``: several takes, pins, and how freely time may be bent."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import Program

from lipsyncer.alignment import TIGHTNESSES
from lipsyncer.cli import values
from lipsyncer.demo import Demo


def test_tightnesses_are_those_of_the_alignment() -> None:
    assert values.TIGHTNESSES == TIGHTNESSES


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from lipsyncer.cli.parser import build_parser; build_parser();"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'numba', 'torch', 'cv2')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--pin", "12"), "'12' is not SONG:TAKE"),
        (("--pin", "one:2"), "'one' is not a number"),
        (("--pin", "1:2:0"), "0 is too small; it must be 1 or more"),
        (("--max-stretch", "80"), "80 is out of range; it must be 0 to 50 %"),
        (("--max-cuts", "-1"), "-1 is too small"),
        (("--prefer-take", "first"), "'first' is not a whole number"),
        (("--tightness", "tighter"), "invalid choice: 'tighter'"),
        (("--prefer-take", "2"), "--prefer-take 2: there is one take."),
        (("--pin", "1:2:3"), "--pin 1:2:3: there is one take."),
        (("--pin", "5:6", "--pin", "7:5.5"), "--pin 5:6 and --pin 7:5.5 contradict each other"),
        (("--pin", "5:6", "--pin", "5:7"), "contradict each other"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_options_out_of_range_are_wrong_usage(
    lipsyncer: Program, options: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    outcome = lipsyncer("align", "song.wav", "take.mp4", "-o", tmp_path / "out.mp4", *options)
    assert outcome.code == 2
    assert words in " ".join(outcome.err.split())
    assert not list(tmp_path.iterdir())


def test_a_take_given_twice_is_named(lipsyncer: Program, snippet: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "copy.mp4"
    shutil.copy(snippet.take_path, copy)
    out = tmp_path / "out.mp4"

    twice = lipsyncer("align", snippet.song_path, snippet.take_path, snippet.take_path, "-o", out)
    copied = lipsyncer("align", snippet.song_path, snippet.take_path, copy, "-o", out)

    assert (twice.code, copied.code) == (3, 3)
    assert "it is given twice; name each take once." in twice.err
    assert f"copy.mp4: it is the same file as {snippet.take_path.name}" in copied.err
    assert not out.exists()


def test_a_pin_beyond_the_take_is_named_and_nothing_is_left(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    out = tmp_path / "out.mp4"
    outcome = lipsyncer(
        "align", snippet.song_path, snippet.take_path, "-o", out, "--force", "--pin", "2:500"
    )
    assert outcome.code == 2
    assert "--pin 2:500: a pin must lie in its take, 0 s to" in outcome.err
    assert not list(tmp_path.iterdir())


def test_the_map_passes_through_a_pin(lipsyncer: Program, snippet: Demo, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    outcome = lipsyncer(
        *("align", snippet.song_path, snippet.take_path, "-o", tmp_path / "out.mp4"),
        *("--report", report, "--force", "--pin", "2:2.7"),
    )
    assert outcome.code == 0
    pieces = json.loads(report.read_text(encoding="utf-8"))["map"]
    piece = next(p for p in pieces if p["song_start"] <= 2 < p["song_end"])
    slope = (piece["source_end"] - piece["source_start"]) / (
        piece["song_end"] - piece["song_start"]
    )
    assert piece["source_start"] + (2 - piece["song_start"]) * slope == pytest.approx(2.7, abs=1e-5)
