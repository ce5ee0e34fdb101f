"""What every test gets: no screen, Qt loaded in order, folders that are not the user's."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from lipsyncer.__main__ import prepare_for_qt

# pytest-qt imports PyQt6 when it is configured, which is after this file was read.
prepare_for_qt()

import hypothesis
from filelock import FileLock
from program import Program

from lipsyncer.demo import Demo, make_demo
from lipsyncer.features import face_model, face_tasks
from lipsyncer.progress import finish

# The same examples each time, whatever the machine; a file of a module serves all of them.
hypothesis.settings.register_profile(
    "suite", derandomize=True, deadline=None, database=None, max_examples=60
)
hypothesis.settings.load_profile("suite")

FACE_MODEL = Path(__file__).resolve().parents[2] / "shared" / "models" / face_model.NAME
"""What the face finder of newer Pythons needs, and tests never fetch."""
# It has no release for Python 3.14 yet.
collect_ignore_glob = [] if find_spec("opentimelineio") else ["handoff/*"]
PATIENCE = 240
"""Seconds that a worker waits for another one to make what they share."""


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def own_folders(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program caches, sets and logs out of the home of whoever runs the tests.

    The cache is the run's: a take that one worker tracked is known to the others.
    """
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(home / name))
        patch.setenv("XDG_CACHE_HOME", str(run_folder / "cache"))
        if face_model.VARIABLE not in os.environ:
            patch.setenv(face_model.VARIABLE, str(FACE_MODEL))
        if not Path(os.environ[face_model.VARIABLE]).is_file():
            patch.setattr(face_tasks, "face_model", lambda: pytest.skip(f"needs {FACE_MODEL}"))
        yield


def made_once(folder: Path, make: Callable[[Path], Demo]) -> Demo:
    """Make a demo in a folder, or take the one that another worker has made there."""
    described = folder.with_suffix(".pickle")
    with FileLock(folder.with_suffix(".lock"), timeout=PATIENCE):
        if not described.is_file():
            made = make(folder)
            partial = folder.with_suffix(".part")
            partial.write_bytes(pickle.dumps(made))
            partial.replace(described)
        demo: Demo = pickle.loads(described.read_bytes())
        return demo


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
def demo(run_folder: Path) -> Demo:
    """Give a song and a selfie with the usual fault, small so that tests are quick."""
    return made_once(
        run_folder / "demo", lambda to: finish(make_demo(to, seconds=25.0, size=(360, 640)))
    )


@pytest.fixture(scope="session")
def snippet(run_folder: Path) -> Demo:
    """Give the shortest song and selfie that go through the whole program."""
    return made_once(
        run_folder / "snippet", lambda to: finish(make_demo(to, seconds=4.0, size=(360, 640)))
    )
