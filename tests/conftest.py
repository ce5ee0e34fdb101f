"""What every test gets: no screen, Qt loaded in order, folders that are not the user's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from lipsyncer.__main__ import prepare_for_qt

# pytest-qt imports PyQt6 when it is configured, which is after this file was read.
prepare_for_qt()

from program import Program

from lipsyncer.demo import Demo, make_demo
from lipsyncer.progress import finish


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program caches, sets and logs out of the home of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(home / name))
        yield


@pytest.fixture
def temp_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a folder for temporary files of its own, to see what is left in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def lipsyncer(capsys: pytest.CaptureFixture[str]) -> Program:
    """Give the command line, run within this process."""
    return Program(capsys)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Give a song and a selfie with the usual fault, small so that tests are quick."""
    return finish(make_demo(tmp_path_factory.mktemp("demo"), seconds=25.0, size=(360, 640)))


@pytest.fixture(scope="session")
def snippet(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Give the shortest song and selfie that go through the whole program."""
    return finish(make_demo(tmp_path_factory.mktemp("snippet"), seconds=4.0, size=(360, 640)))
