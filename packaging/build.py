"""Build what people install on this system, into dist/: see docs/installing.md.

    python3 packaging/build.py              the bundle, and from it this system's installer
    python3 packaging/build.py --no-bundle  the installer from the bundle that is there

Run it with a Python that Lipsyncer, PyInstaller and, instead of opencv-contrib-python,
opencv-python-headless are installed for.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
BUNDLE = BUILD / "bundle" / "lipsyncer"
STRIPPED = ("libtorch_cpu.so", "libtorch_python.so", "libllvmlite.so", "libpython3.*.so.*")
"""Large libraries with symbols that only a debugger reads. Others were patched and break."""
ZSTD_LEVEL = os.environ.get("LIPSYNCER_ZSTD_LEVEL", "19")

CONTROL = """\
Package: lipsyncer
Version: {version}
Architecture: {architecture}
Maintainer: The Lipsyncer developers <lipsyncer@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Section: video
Priority: optional
Description: puts real footage in sync with a song by watching the lips
 You filmed yourself singing along to a song, and the lips are out of sync.
 Lipsyncer moves the picture until they match the song.
"""


def main(arguments: list[str]) -> int:
    """Build, and print what the bundle consists of."""
    version = metadata.version("lipsyncer")
    if "--no-bundle" not in arguments:
        make_bundle()
    print_sizes()
    DIST.mkdir(exist_ok=True)
    made = {"linux": for_linux, "win32": for_windows, "darwin": for_macos}[sys.platform](version)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in made]
    for path, line in zip(made, sums, strict=True):
        path.with_name(path.name + ".sha256").write_text(line + "\n", encoding="utf-8")
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.relative_to(ROOT)}")
    return 0


def run(*command: str | Path) -> None:
    """Run a program that must succeed."""
    print("+", *command, flush=True)
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def make_bundle() -> None:
    """Let PyInstaller make the folder."""
    BUILD.mkdir(exist_ok=True)
    os.environ["LIPSYNCER_ICON"] = str(make_icon()) if sys.platform != "linux" else ""
    run(
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", BUILD / "bundle"),
        *("--workpath", BUILD / "work", HERE / "lipsyncer.spec"),
    )
    if sys.platform == "linux":
        for name in STRIPPED:
            for path in BUNDLE.rglob(name):
                run("strip", path)
    compile_loops()


def compile_loops() -> None:
    """Let the bundle compile its loops, so that the first analysis needn't; see runtime_hook.py."""
    os.environ["NUMBA_CACHE_DIR"] = str(BUNDLE / "_internal" / "compiled")
    with tempfile.TemporaryDirectory() as folder:
        run(BUNDLE / "lipsyncer", "demo", folder)


def make_icon() -> Path:
    """Draw the icon as Windows or macOS wants it."""
    from PIL import Image
    from PyQt6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PyQt6.QtSvg import QSvgRenderer

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    picture = QImage(1024, 1024, QImage.Format.Format_ARGB32)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    QSvgRenderer(str(ROOT / "assets" / "icon.svg")).render(painter)
    painter.end()
    drawn = BUILD / "lipsyncer.png"
    picture.save(str(drawn))
    del application
    icon = drawn.with_suffix(".ico" if sys.platform == "win32" else ".icns")
    Image.open(drawn).save(icon)
    return icon


def print_sizes() -> None:
    """Print the largest parts of the bundle."""
    sizes: Counter[str] = Counter()
    for path in BUNDLE.rglob("*"):
        if path.is_file() and not path.is_symlink():
            part = path.relative_to(BUNDLE).parts[:2][-1]
            name = "lipsyncer's programs" if path.parent == BUNDLE else part.split(".libs")[0]
            sizes[name] += path.stat().st_size
    for name, size in sizes.most_common(16):
        print(f"{size / 1e6:7.1f} MB  {name}")
    print(f"{sizes.total() / 1e6:7.1f} MB  in all")


def for_linux(version: str) -> list[Path]:
    """A Debian package, and an archive for everybody else."""
    machine = platform.machine()
    archive = DIST / f"lipsyncer-{version}-linux-{machine}.tar.zst"
    plain = BUILD / "lipsyncer.tar"
    with tarfile.open(plain, "w") as tar:
        tar.add(BUNDLE, f"lipsyncer-{version}", filter=_of_root)
    run("zstd", "-q", "-f", "-T0", "--long=27", f"-{ZSTD_LEVEL}", "--rm", plain, "-o", archive)

    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree / "usr/lib/lipsyncer", symlinks=True)
    _put(HERE / "lipsyncer.desktop", tree / "usr/share/applications/lipsyncer.desktop")
    _put(HERE / "lipsyncer-mime.xml", tree / "usr/share/mime/packages/lipsyncer.xml")
    icons = tree / "usr/share/icons/hicolor/scalable"
    _put(ROOT / "assets/icon.svg", icons / "apps/lipsyncer.svg")
    _put(ROOT / "assets/icon.svg", icons / "mimetypes/application-x-lipsyncer.svg")
    _put(ROOT / "LICENSE", tree / "usr/share/doc/lipsyncer/copyright")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/lipsyncer").symlink_to("../lib/lipsyncer/lipsyncer")
    (tree / "DEBIAN").mkdir()
    kilobytes = sum(p.lstat().st_size for p in tree.rglob("*") if p.is_file()) // 1024
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[machine]
    control = CONTROL.format(
        version=debian_version(version),
        architecture=architecture,
        kilobytes=kilobytes,
        depends=", ".join(debian_packages()),
    )
    (tree / "DEBIAN/control").write_text(control, encoding="utf-8")
    package = DIST / f"lipsyncer_{debian_version(version)}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{ZSTD_LEVEL}", "--build", tree, package)
    return [archive, package]


def debian_version(version: str) -> str:
    """Write a version as Debian sorts it: 1.2.0.dev3+gabc comes before 1.2.0."""
    public, plus, build = version.partition("+")
    return re.sub(r"\.?(dev|rc|a|b)(?=\d)", r"~\1", public) + plus + build


def debian_packages() -> list[str]:
    """Name the packages that Debian's package needs, also where they were renamed."""
    text = (HERE / "debian-packages.txt").read_text(encoding="utf-8")
    names = [line.partition("#")[0].strip() for line in text.splitlines()]
    renamed = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}
    return [renamed.get(name, name) for name in names if name]


def _of_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def for_windows(version: str) -> list[Path]:
    """An installer by Inno Setup."""
    compiler = shutil.which("iscc") or r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe"
    run(compiler, f"/DVersion={version}", HERE / "lipsyncer.iss")
    return [DIST / f"Lipsyncer-{version}-setup.exe"]


def for_macos(version: str) -> list[Path]:
    """A disk image; signed with MACOS_IDENTITY, and notarised with MACOS_NOTARY_PROFILE."""
    app = BUILD / "bundle" / "Lipsyncer.app"
    if identity := os.environ.get("MACOS_IDENTITY"):
        run("codesign", "--force", "--deep", "--options=runtime", "--sign", identity, app)
    folder = BUILD / "dmg"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(app, folder / "Lipsyncer.app", symlinks=True)
    (folder / "Applications").symlink_to("/Applications")
    image = DIST / f"Lipsyncer-{version}-{platform.machine()}.dmg"
    run(
        *("hdiutil", "create", "-ov", "-volname", "Lipsyncer", "-format", "ULMO"),
        *("-srcfolder", folder, image),
    )
    if profile := os.environ.get("MACOS_NOTARY_PROFILE"):
        run("xcrun", "notarytool", "submit", "--wait", "--keychain-profile", profile, image)
        run("xcrun", "stapler", "staple", image)
    return [image]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
