"""Setting up a checkout: which Python, which PyTorch, and machines that can't run Lipsyncer."""

from __future__ import annotations

import importlib.util
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path
from types import ModuleType

import pytest
from packaging.specifiers import SpecifierSet

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", CHECKOUT / "dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_takes_the_pythons_that_the_package_takes(dev: ModuleType) -> None:
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    (wanted,) = re.findall(r'requires-python = "(.+)"', text)
    taken = [f"3.{minor}" for minor in range(20) if f"3.{minor}" in SpecifierSet(wanted)]
    assert ["{}.{}".format(*version) for version in sorted(dev.PYTHONS)] == taken


@pytest.mark.parametrize(
    ("system", "machine", "sentence"),
    [
        ("darwin", "x86_64", "no release for Macs with an Intel processor"),
        ("linux", "aarch64", "no release for ARM processors"),
        ("win32", "ARM64", "no release for ARM processors"),
        ("darwin", "arm64", ""),
        ("linux", "x86_64", ""),
        ("win32", "AMD64", ""),
    ],
)
def test_a_machine_without_a_fitting_library_is_told_at_once(
    dev: ModuleType, system: str, machine: str, sentence: str
) -> None:
    if not sentence:
        dev.refuse_machine(system, machine)
        return
    with pytest.raises(SystemExit, match=sentence):
        dev.refuse_machine(system, machine)


def test_linux_takes_the_builds_for_the_processor_where_their_list_can_be_reached(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    page = tmp_path / "index.html"
    page.touch()
    monkeypatch.setattr(dev, "CPU_BUILDS", page.as_uri())
    assert dev.cpu_builds() == ["--find-links", page.as_uri()]


def test_an_unreachable_list_of_builds_is_said_and_done_without(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def offline(address: str, timeout: float) -> None:
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(urllib.request, "urlopen", offline)
    assert dev.cpu_builds() == []
    assert "can't be reached" in capsys.readouterr().out


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_have_those_builds_anyway(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert dev.cpu_builds() == []


def test_the_release_of_pytorch_is_that_of_the_package(dev: ModuleType) -> None:
    assert re.fullmatch(r"torch==\d+\.\d+\.\d+", dev.wanted_torch())


def test_without_a_fitting_python_one_is_offered_and_fetched_only_when_wanted(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fetched: list[bool] = []
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "version_of", lambda command: None)
    monkeypatch.setattr(dev, "make_venv_with_uv", lambda: fetched.append(True))
    with pytest.raises(SystemExit, match="--fetch-python"):
        dev.make_venv(fetch_python=False)
    assert not fetched
    dev.make_venv(fetch_python=True)
    assert fetched
