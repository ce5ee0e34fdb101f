"""What installers are made of: versions as Debian sorts them, file types that the program opens."""

from __future__ import annotations

import configparser
import importlib.util
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from lipsyncer.project import SUFFIX

PACKAGING = Path(__file__).resolve().parents[1] / "packaging"


@pytest.fixture
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_installers", PACKAGING / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_versions_stay_readable(build: ModuleType) -> None:
    assert build.debian_version("1.2.0") == "1.2.0"
    assert build.debian_version("1.2.0rc1") == "1.2.0~rc1"
    assert build.debian_version("1.2.1.dev3+g8ab3c.d20261130") == "1.2.1~dev3+g8ab3c.d20261130"


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="needs dpkg")
def test_debian_sorts_versions_as_python_does(build: ModuleType) -> None:
    versions = ["1.2.0.dev3+g8ab3c", "1.2.0a1", "1.2.0b2", "1.2.0rc1", "1.2.0", "1.2.1.dev1+gff"]
    debian = [build.debian_version(version) for version in versions]
    for older, newer in pairwise(debian[1:]):
        subprocess.run(["dpkg", "--compare-versions", older, "lt", newer], check=True)
    subprocess.run(["dpkg", "--compare-versions", debian[0], "lt", "1.2.0"], check=True)


def test_debian_s_package_needs_what_the_list_names(build: ModuleType) -> None:
    packages = build.debian_packages()
    assert "libegl1" in packages and "libglib2.0-0 | libglib2.0-0t64" in packages
    assert [name for name in packages if re.search(r"[#\n]", name)] == []


def test_projects_have_a_file_type_that_the_desktop_opens_with_the_program() -> None:
    types = ElementTree.parse(PACKAGING / "lipsyncer-mime.xml").getroot()
    (kind,) = types.findall("{*}mime-type")
    assert kind.find("{*}glob[@pattern='*" + SUFFIX + "']") is not None
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(PACKAGING / "lipsyncer.desktop", encoding="utf-8")
    opened = entry["Desktop Entry"]["MimeType"].split(";")
    assert {kind.get("type"), "video/mp4", "video/quicktime"} <= set(opened)
    assert entry["Desktop Entry"]["Exec"] == "lipsyncer %F"


def test_windows_and_macos_know_the_file_type() -> None:
    for name in ("lipsyncer.iss", "lipsyncer.spec"):
        assert SUFFIX.removeprefix(".") in (PACKAGING / name).read_text(encoding="utf-8")
