"""Installed as a wheel, away from the checkout, the program has all it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


def run_python(*arguments: str, folder: Path, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the installed wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT))
    run_python(
        *build,
        folder=folder,
        GITHUB_SERVER_URL="https://example.org",
        GITHUB_REPOSITORY="singer/lipsyncer",
    )
    (wheel,) = folder.glob("lipsyncer-*.whl")
    target = folder / "site"
    run_python(
        "-m", "pip", "install", "--no-deps", "--target", str(target), str(wheel), folder=folder
    )
    return target


def shipped_files() -> list[tuple[str, str]]:
    return [
        (folder, path.relative_to(CHECKOUT / folder).as_posix())
        for folder in ("models", "assets", "docs")
        for path in sorted((CHECKOUT / folder).rglob("*"))
        if path.is_file()
    ]


def test_the_installed_program_finds_every_shipped_file(installed: Path, tmp_path: Path) -> None:
    program = (
        "from lipsyncer.resources import resource\n"
        f"for kind, name in {shipped_files()!r}: print(resource(kind, name))"
    )
    found = run_python("-c", program, folder=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert len(found) == len(shipped_files()) > 0
    assert [path for path in found if not Path(path).is_relative_to(installed)] == []


def test_the_installed_program_starts_and_knows_its_version(
    installed: Path, tmp_path: Path
) -> None:
    said = run_python("-m", "lipsyncer", "--version", folder=tmp_path, PYTHONPATH=str(installed))
    assert said.startswith("lipsyncer 0.")


def test_the_installed_program_knows_where_newer_versions_are(
    installed: Path, tmp_path: Path
) -> None:
    program = "from lipsyncer.resources import releases_page; print(releases_page())"
    page = run_python("-c", program, folder=tmp_path, PYTHONPATH=str(installed))
    assert page.strip() == "https://example.org/singer/lipsyncer/releases"


def test_the_wheel_holds_no_test_and_no_developer_tool(installed: Path) -> None:
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert top <= {"lipsyncer", "bin", "Scripts"}
