"""The version comes from the last tag, and builds go on working where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.version import Version

CHECKOUT = Path(__file__).resolve().parents[1]
FALLBACK = Version("0.1.0.dev0")


@pytest.fixture
def source_tree(tmp_path: Path) -> Path:
    """Copy what the build backend reads to know the version, without any .git."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, tmp_path)
    return tmp_path


def built_version(folder: Path, **environment: str) -> Version:
    result = subprocess.run(
        [sys.executable, "-m", "hatchling", "version"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return Version(result.stdout.strip())


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit_all(folder: Path) -> None:
    git(folder, "init")
    git(folder, "add", "--all")
    git(folder, "commit", "--no-gpg-sign", "--message", "Start")


def test_a_source_tree_outside_git_has_the_fallback_version(source_tree: Path) -> None:
    assert built_version(source_tree) == FALLBACK


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_checkout_on_a_tag_has_the_version_of_the_tag(source_tree: Path) -> None:
    commit_all(source_tree)
    git(source_tree, "tag", "v2.3.4")
    assert built_version(source_tree) == Version("2.3.4")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_commits_after_a_tag_make_a_development_version(source_tree: Path) -> None:
    commit_all(source_tree)
    git(source_tree, "tag", "v2.3.4")
    git(source_tree, "commit", "--no-gpg-sign", "--allow-empty", "--message", "Go on")
    version = built_version(source_tree)
    assert version.is_devrelease and version > Version("2.3.4")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_checkout_without_tags_comes_before_the_first_release(source_tree: Path) -> None:
    commit_all(source_tree)
    version = built_version(source_tree)
    assert version.is_devrelease and version < Version("0.1.0")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_checkout_builds_where_git_is_not_installed(source_tree: Path, tmp_path: Path) -> None:
    commit_all(source_tree)
    git(source_tree, "tag", "v2.3.4")
    assert built_version(source_tree, PATH=str(tmp_path / "empty")) == FALLBACK
