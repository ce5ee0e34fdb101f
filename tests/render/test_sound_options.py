"""The sound options through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from program import Program

from lipsyncer.demo import Demo
from lipsyncer.media import read_audio
from lipsyncer.render.loudness import loudness_of


def test_align_says_how_loud_the_output_is_and_what_was_asked_for_is_heard(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    output, report = tmp_path / "out.mp4", tmp_path / "report.json"
    outcome = lipsyncer(
        "align", snippet.song_path, snippet.take_path, "--force", "-o", output, "--report", report,
        "--fade-in", "1", "--fade-out", "0.5", "--turn-down", "--camera-sound", "-20",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    told = json.loads(report.read_text(encoding="utf-8"))["loudness"]
    line = f"sound: {told['integrated_lufs']:.1f} LUFS, true peak {told['true_peak_dbtp']:.1f} dBTP"
    assert line in outcome.out
    heard = read_audio(output, rate=48_000, mono=False)
    measured = loudness_of(heard, 48_000)
    # The encoder changes the level a little.
    assert told["integrated_lufs"] == pytest.approx(measured.integrated, abs=0.3)
    assert told["true_peak_dbtp"] == pytest.approx(measured.true_peak, abs=1.5)
    assert told["integrated_lufs"] <= -14 + 0.01
    assert told["true_peak_dbtp"] <= -1 + 0.01
    assert np.abs(heard[:480]).max() < 0.01


@pytest.mark.parametrize(
    "words", [("--fade-in", "-1"), ("--fade-out", "long"), ("--camera-sound", "40")], ids=" ".join
)
def test_values_that_make_no_sense_are_refused(
    lipsyncer: Program, words: tuple[str, ...], tmp_path: Path
) -> None:
    outcome = lipsyncer("align", "song.wav", "take.mp4", "-o", tmp_path / "out.mp4", *words)
    assert outcome.code == 2
    assert words[0] in outcome.err
