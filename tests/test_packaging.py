"""What installers are made of: versions as Debian sorts them, file types that the program opens."""

from __future__ import annotations

import configparser
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from lipsyncer.__main__ import main
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


@pytest.mark.skipif(
    shutil.which("dpkg-deb") is None or shutil.which("zstd") is None, reason="needs both"
)
@pytest.mark.parametrize(("machine", "named"), [("x86_64", "amd64"), ("aarch64", "arm64")])
def test_packages_name_the_machine_they_were_built_on(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: str, named: str
) -> None:
    for name in ("BUILD", "DIST", "BUNDLE"):
        monkeypatch.setattr(build, name, tmp_path / name)
        (tmp_path / name).mkdir()
    (tmp_path / "BUNDLE" / "lipsyncer").write_text("the program", encoding="utf-8")
    monkeypatch.setattr(build, "ZSTD_LEVEL", "1")
    monkeypatch.setattr(build.platform, "machine", lambda: machine)
    archive, package = build.for_linux("1.2.0rc1")
    assert archive.name == f"lipsyncer-1.2.0rc1-linux-{machine}.tar.zst"
    assert package.name == f"lipsyncer_1.2.0~rc1_{named}.deb"
    fields = subprocess.check_output(["dpkg-deb", "--field", package, "Architecture"], text=True)
    assert fields == f"{named}\n"
    assert archive.stat().st_size > 0


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


LOOPS = """
import runpy, sys, types
sys.path.insert(0, sys.argv[1])
sys._MEIPASS = sys.argv[2]
runpy.run_path(sys.argv[1] + "/runtime_hook.py")
import numba
loops = sys.modules["loops"] = types.ModuleType("loops")
code = compile("def doubled(x):\\n    return 2 * x", "without/a/path.py", "exec")
exec(code, vars(loops))
doubled = numba.njit(cache=True)(loops.doubled)
assert doubled(21) == 42
print(sum(doubled.stats.cache_hits.values()))
"""


def test_what_the_build_compiles_serves_whoever_starts_the_bundle_wherever(tmp_path: Path) -> None:
    bundle, home = tmp_path / "bundle", tmp_path / "夏 home"
    home.mkdir()

    def hits(folder: Path, **environment: str) -> str:
        command = [sys.executable, "-c", LOOPS, str(PACKAGING), str(bundle)]
        where = {"XDG_CACHE_HOME": str(home), "LOCALAPPDATA": str(home), **environment}
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **where}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert hits(tmp_path, NUMBA_CACHE_DIR=str(bundle / "compiled")) == "0\n"
    assert hits(tmp_path) == hits(home) == "1\n"
    assert len(list(home.rglob("compiled-*"))) == 1


def test_a_bundle_says_that_networks_are_trained_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert main(["train", str(tmp_path), "-o", str(tmp_path / "new.safetensors")]) == 2
    assert "source code" in capsys.readouterr().err
