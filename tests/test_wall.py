"""The core stands without Qt: a server, a script or a test can use it with no window system."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import lipsyncer

PACKAGE = Path(lipsyncer.__file__).parent

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
