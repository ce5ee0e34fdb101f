"""The rooms of the package: imports point downwards only, and no two files share a name."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import lipsyncer

PACKAGE = Path(lipsyncer.__file__).parent

FLOORS = (
    {"resources", "progress", "arrays"},
    {"alongside", "diagnostics", "findings"},
    {"whole_file"},
    {"media", "edit"},
    {"features", "project", "demo"},
    {"network", "render"},
    {"align"},
    {"settings", "training"},
    {"cut"},
    {"handoff", "jobs"},
    {"cli", "ui"},
    {"__main__"},
)
"""From the ground up: what a room imports lies on a lower floor than it does."""

FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, inside = name.partition(".")
            if package == "lipsyncer" and not inside.startswith("__"):
                yield inside.split(".")[0]


def test_imports_point_downwards_only() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py"]
    assert {room_of(path) for path in modules} == set(FLOOR_OF)
    upwards = [
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in modules
        for room in imported_rooms(path)
        if room != room_of(path) and FLOOR_OF[room] >= FLOOR_OF[room_of(path)]
    ]
    assert upwards == []


def test_only_the_command_line_imports_training() -> None:
    importers = {
        room_of(path) for path in PACKAGE.rglob("*.py") if "training" in imported_rooms(path)
    }
    assert importers == {"training", "cli"}


def test_no_two_files_share_a_name() -> None:
    counts = Counter(path.name for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    assert [name for name, count in counts.items() if count > 1] == []
