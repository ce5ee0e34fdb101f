"""Every benchmark runs on tiny input, so that none rots between the days on which it is needed.

The figures mean nothing here; that there are some is looked at.
"""

from __future__ import annotations

import importlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from noise_clips import clip_of_noise

from lipsyncer.demo import Demo, make_demo
from lipsyncer.features.log_mel import MEL_BANDS
from lipsyncer.network.weights import SHIPPED
from lipsyncer.progress import Stage
from lipsyncer.resources import resource
from lipsyncer.training.baseline_weights import save_paper
from lipsyncer.training.clips import Clip
from lipsyncer.training.lags import write_lags
from lipsyncer.training.paper_network import PaperNetwork

ROOT = Path(__file__).parents[1]

SMALL: dict[str, Any] = {"make_demo": partial(make_demo, size=(180, 320))}


@dataclass(frozen=True)
class Smoke:
    """How a benchmark is run on little: words of its command line and values of its module.

    ``{folder}``, ``{song}``, ``{take}`` and ``{weights}`` in words are what they say.
    """

    name: str
    words: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    apart: bool = False
    """Whether it runs in a process of its own, as those with an application do."""
    prints: str = r"\d"


SMOKES = (
    Smoke(
        "ablations",
        "none --steps 1 --folder {folder} --only 'without pixels'",
        {"music_bank": lambda *_: np.ones((3000, MEL_BANDS), np.float32)},  # needs other programs
    ),
    Smoke("align_peers", "none", {"FAMILIES": ("offset",)}),
    Smoke("align_simulated", "--takes 1 --seconds 8"),
    Smoke("attempts", "none --conditions speech --draws 1 --songs 1", {"SONG_SECONDS": 6.0}),
    Smoke("attempts", "none --minutes 0.3", {"LONG_SONG": 12.0}),
    Smoke("camera_sound", "--takes 1 --songs 2 --length 40 --snr 0"),
    Smoke("clip_equality", "--seconds 1 --moments 2", {"SIZE": (90, 160)}),
    Smoke("clip_lags", "none {weights} {weights}", {"FEWEST": 5}),
    Smoke("crop_speed", "--seconds 1 --rounds 1", {"WIDE": (480, 270)}),
    Smoke("cross_validation", "none {folder}"),
    Smoke("distorted_take", "{take} --keep {folder}"),
    Smoke("extras", values={**SMALL, "SECONDS": 1.0, "TIMES": 1}),
    Smoke("growth", "--takes 1.5 --songs 3 --plot {folder}/growth.svg"),
    Smoke("import_memory", "--minutes 0.01", {"SIZE": (320, 180)}),
    Smoke("inserts", "{take} --cache {folder}", {"EVERY": 2.4, "SILENT": 1.2}),
    Smoke("kills", "--kills 1 --seconds 4 --only export"),
    Smoke("lags_by_eye", "draw none {folder}/sheets", prints=""),
    Smoke("lags_by_eye", "compare {folder}/lags.csv {folder}/lags.csv"),
    Smoke("looks", "{take}"),
    Smoke("miming", "{take}"),
    Smoke("network_cost", "--take 1 --song 2"),
    Smoke("paper_network", "none {folder}/paper.safetensors"),
    Smoke("pins", "--song 10 --span 5 --drags 2"),
    Smoke("parts", "{song} {take}", {"FRAMES": 10, "SIDE": 64}),
    Smoke("preview", "{take}", apart=True),
    Smoke("reframing", "{take}"),
    Smoke("render_paths", "--seconds 1 --rounds 1", apart=True),
    Smoke("responsiveness", "{song} {take}", apart=True),
    Smoke("transitions", "--seconds 4", {**SMALL, "PAIRS": 2}),
    Smoke("several_takes", "{take} --keep {folder}"),
    Smoke("sung_transitions", "1"),
    Smoke("starting", "--times 0", apart=True),
    Smoke("sync_table", "--flashes 1 --minutes 0 --only FLAC"),
    Smoke("timeline_paint", "--width 320 --height 200", apart=True),
    Smoke("tone_mapping"),
    Smoke("trust", "none --conditions speech"),
    Smoke("__main__", "--seconds 1.5 --song 3 --cores 1", {"SIZE": (180, 320)}),
)

COVERED_BY_ANOTHER = {"job": "__main__"}
ASKED_BELOW = {"sound_peers"}
ASKED_ELSEWHERE = {"faults"}  # in test_faults_campaign


def speaking(seed: int) -> Clip:
    """A clip of noise, by one of two speakers who have enough for a take or a third held out."""
    names = ("grid_s1", "grid_s2", "grid_s7")
    return replace(clip_of_noise(seed), speaker=names[seed // 5], source=f"source {seed % 2}")


def read_noise(*_: object, **__: object) -> Stage[list[Clip]]:
    """Read twelve clips of noise, whatever the folder."""
    yield 1.0
    return [speaking(seed) for seed in range(12)]


@pytest.fixture
def prepared(tmp_path: Path, snippet: Demo) -> dict[str, str]:
    """Give what stands for words in braces."""
    weights = resource("models", SHIPPED)
    for number in (1, 2):
        shutil.copy(weights, tmp_path / f"0-dater-2-{number}.safetensors")
    save_paper(tmp_path / "paper.safetensors", PaperNetwork(), {})
    write_lags(tmp_path / "lags.csv", {f"clip {k}": float(k) for k in range(3)})
    return {
        "folder": str(tmp_path),
        "song": str(snippet.song_path),
        "take": str(snippet.take_path),
        "weights": str(weights),
    }


@contextmanager
def success() -> Iterator[None]:
    """Let a benchmark end with an exit code, as long as it says that its aim was met."""
    try:
        yield
    except SystemExit as end:
        assert not end.code


def test_every_benchmark_has_a_run_here() -> None:
    there = {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    smoked = {smoke.name for smoke in SMOKES}
    assert there == smoked | set(COVERED_BY_ANOTHER) | ASKED_BELOW | ASKED_ELSEWHERE


@pytest.mark.parametrize("smoke", SMOKES, ids=lambda smoke: f"{smoke.name} {smoke.words[:8]}")
def test_a_benchmark_prints_its_figures(
    smoke: Smoke,
    prepared: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [word.format(**prepared) for word in shlex.split(smoke.words)]
    monkeypatch.chdir(ROOT)
    if smoke.apart:
        command = [sys.executable, "-m", f"benchmarks.{smoke.name}", *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        assert re.search(smoke.prints, done.stdout)
        return
    module = importlib.import_module(f"benchmarks.{smoke.name}")
    for name in {"read_clips", "read_clips_in_sync"} & set(vars(module)):
        monkeypatch.setattr(module, name, read_noise)
    for name, value in smoke.values.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(sys, "argv", [smoke.name, *words])
    with success():
        module.main()
    assert re.search(smoke.prints, capsys.readouterr().out)


def test_other_tools_that_are_not_there_are_told_as_null(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module("benchmarks.sound_peers")
    for name in ("audio_offset_finder", "syncstart", "audalign"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps([["song.wav", "take.mp4"]])))
    monkeypatch.setattr(sys, "argv", ["sound_peers", *module.TOOLS])
    module.main()
    assert json.loads(capsys.readouterr().out) == dict.fromkeys(module.TOOLS)


def test_another_tool_s_answer_and_its_failure_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module("benchmarks.sound_peers")

    def ask(song: str, take: str) -> tuple[float, bool]:
        if take == "bad.mp4":
            raise ValueError("no sound")
        return 0.5, True

    monkeypatch.setattr(module, "TOOLS", {"tool": lambda: ask})
    pairs = [["song.wav", "take.mp4"], ["song.wav", "bad.mp4"]]
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(pairs)))
    monkeypatch.setattr(sys, "argv", ["sound_peers", "tool"])
    module.main()
    (good, bad) = json.loads(capsys.readouterr().out)["tool"]
    assert (good["offset"], good["found"], good["error"]) == (0.5, True, "")
    assert (bad["offset"], bad["error"]) == (None, "ValueError: no sound")
