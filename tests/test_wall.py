"""The order of the rooms, and the wall around Qt: a server or a script needs no window system."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import lipsyncer
from lipsyncer.resources import resource

PACKAGE = Path(lipsyncer.__file__).parent

FLOORS = (
    "allocator",
    "arrays",
    "resources",
    "lean_import",
    "progress",
    "alongside",
    "diagnostics",
    "whole_file",
    "findings",
    "edit",
    "media",
    "project",
    "demo",
    "features",
    "network",
    "alignment",
    "training",
    "render",
    "settings",
    "cut",
    "handoff",
    "jobs",
    "api",
    "cli",
    "ui",
)
"""From the bottom up: a room, or a loose module, imports from those before it alone."""
LOOSE = {"allocator", "alongside", "arrays", "lean_import", "progress", "resources", "whole_file"}
"""Modules that every room may stand on."""

IMPORT_ALL_WITHOUT_QT = """
import importlib, pkgutil, sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PyQt6", "pyqtgraph", "PySide6"):
            raise ImportError(name + " is behind the wall")

sys.meta_path.insert(0, Wall())
import lipsyncer

def walk(package):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name in ("lipsyncer.ui", "lipsyncer.__main__"):
            continue
        imported = importlib.import_module(module.name)
        print(module.name)
        if module.ispkg:
            walk(imported)

walk(lipsyncer)
"""

QT_ENVIRONMENT_AFTER_START = """
import os
from lipsyncer.__main__ import prepare_for_qt
prepare_for_qt()
print(*sorted(name for name in os.environ if name.startswith("QT_")))
from PyQt6.QtWidgets import QApplication
application = QApplication([])
print(application.platformName())
"""


LOADED_WITH_THE_WINDOW = """
import sys
from lipsyncer.__main__ import prepare_for_qt
prepare_for_qt()
import lipsyncer.ui.app
print(*sys.modules)
"""


def qt_imports(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return [name for name in names if name.partition(".")[0] in ("PyQt6", "pyqtgraph")]


def run_python(program: str, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_no_file_outside_the_window_imports_qt() -> None:
    core = [path for path in PACKAGE.rglob("*.py") if PACKAGE / "ui" not in path.parents]
    assert len(core) > 5
    assert {str(path): qt_imports(path) for path in core if qt_imports(path)} == {}


def test_everything_outside_the_window_imports_where_qt_is_missing() -> None:
    imported = run_python(IMPORT_ALL_WITHOUT_QT).splitlines()
    assert "lipsyncer.cli" in imported


def test_qt_starts_with_its_own_plugins_although_cv2_offers_others() -> None:
    variables, platform = run_python(
        QT_ENVIRONMENT_AFTER_START, QT_QPA_PLATFORM="offscreen"
    ).splitlines()
    assert variables == "QT_QPA_PLATFORM"
    assert platform == "offscreen"


def test_the_window_does_not_wait_for_what_only_a_job_needs() -> None:
    slow = {"scipy.signal", "scipy.stats", "mediapipe", "moviepy", "sklearn", "opentimelineio"}
    if sys.platform != "win32":  # there, torch must come before Qt
        slow.add("torch")
    assert slow & set(run_python(LOADED_WITH_THE_WINDOW).split()) == set()


def imported_rooms(path: Path) -> set[str]:
    """Rooms and loose modules of the package that a file imports, wherever in it."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "lipsyncer":
            names += [f"lipsyncer.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            names.append(node.module or "")
    return {name.split(".")[1] for name in names if name.startswith("lipsyncer.")}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_module_is_in_a_room_or_is_one_that_all_rooms_stand_on() -> None:
    there = {room_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__", "__main__"}
    assert there == set(FLOORS)


def test_imports_point_downwards_only() -> None:
    upwards = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in PACKAGE.rglob("*.py")
        for name in imported_rooms(path) & set(FLOORS)
        if room_of(path) in FLOORS and FLOORS.index(name) > FLOORS.index(room_of(path))
    }
    assert upwards == set()


def test_asking_for_a_file_never_raises() -> None:
    # Path's own questions raise in folders that may not be searched; `resource` asks for our own.
    asking = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\.(is_file|is_dir|exists)\(\)", path.read_text(encoding="utf-8"))
    }
    assert asking <= {"resources.py"}


def test_no_two_files_share_a_name() -> None:
    counts = Counter(path.name for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("room", ["training", "cli", "ui"])
def test_the_program_runs_without_its_school_and_either_face_without_the_other(room: str) -> None:
    importing = {room_of(path) for path in PACKAGE.rglob("*.py") if room in imported_rooms(path)}
    assert importing - {room, "__main__"} <= ({"cli"} if room == "training" else set())


def test_the_architecture_page_has_the_rooms_in_their_order() -> None:
    page = resource("docs", "architecture.md").read_text(encoding="utf-8")
    table = page.split("## Rooms")[1].split("\n## ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert named == [name for name in FLOORS if name not in LOOSE]
