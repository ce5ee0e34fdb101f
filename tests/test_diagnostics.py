"""The diagnostics report: what a developer needs, and nothing that names the user."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from lipsyncer.diagnostics import support
from lipsyncer.diagnostics.log import log_path
from lipsyncer.diagnostics.support import support_report, without_home


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    path = log_path()
    path.parent.mkdir(parents=True)
    return path


def test_the_report_has_versions_device_and_weights(log: Path) -> None:
    report = support_report()
    for name in ("torch", "mediapipe", "numpy", "av", "PyQt6"):
        assert f"{name} {metadata.version(name)}" in report
    assert "device: CPU" in report
    assert "weights: lipsync.safetensors " in report


def test_the_report_ends_with_the_last_200_lines_of_the_log(log: Path) -> None:
    log.write_text("".join(f"line {number}\n" for number in range(1000)), encoding="utf-8")
    lines = support_report().splitlines()
    assert lines[-1] == "line 999" and lines[-200] == "line 800"
    assert "line 799" not in lines


def test_the_report_does_not_name_the_home_folder(log: Path, tmp_path: Path) -> None:
    log.write_text(f"could not read '{tmp_path}/songs/mine.mp3'\n", encoding="utf-8")
    report = support_report()
    assert str(tmp_path) not in report
    assert "could not read '~/songs/mine.mp3'" in report


def test_a_neighbour_whose_name_begins_alike_is_no_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "ada")
    text = f"{tmp_path}/adam/a.mp3 {tmp_path}/ada/b.mp3 {tmp_path}/ada"
    assert without_home(text) == f"{tmp_path}/adam/a.mp3 ~/b.mp3 ~"


def test_a_report_is_made_without_a_log_and_without_weights(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(kind: str, name: str) -> Path:
        raise FileNotFoundError(name)

    monkeypatch.setattr(support, "resource", missing)
    report = support_report()
    assert "no weights that can be read" in report and "(there is no log)" in report
