#!/usr/bin/env python3
"""One command for everything a developer does: set up, try, test, run, measure, lint.

    python3 dev.py setup     make .venv and install what is missing
    python3 dev.py demo      align the made-up selfie and print the error before and after
    python3 dev.py test      run the tests, a process for each core
    python3 dev.py run ...   run lipsyncer with the arguments that follow
    python3 dev.py bench     measure speed and memory
    python3 dev.py lint      ruff and mypy
    python3 dev.py check     lint, then test: what the continuous integration runs
    python3 dev.py pictures  photograph the window for the user guide

Each command sets up first, and setting up does nothing that is done already. On Linux it installs
PyTorch for the processor; `setup --cuda` installs the build for NVIDIA's cards, 2.7 GB to download.
`setup --fetch-python` fetches a Python where there is no fitting one. Further arguments go on to
the tool behind the command. Only the standard library is used, and the syntax is that of
Python 3.8, so that an old Python can still say which one is needed.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Dict, List, NoReturn, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up-for"
PROJECT = ROOT / "pyproject.toml"
DEBIAN_PACKAGES = ROOT / "packaging" / "debian-packages.txt"

# As requires-python in pyproject.toml. Up to 3.12 mediapipe carries its models and is faster.
PYTHONS = ((3, 12), (3, 11), (3, 10), (3, 13), (3, 14))
UV = ROOT / ".uv"
"""Where uv is installed and keeps the Python that it fetches."""
CPU_BUILDS = "https://download.pytorch.org/whl/cpu/torch/"
"""PyTorch's own list of builds for the processor; elsewhere Linux gets the one with CUDA."""
PATIENCE = 20.0  # seconds for that list
WINDOWS = sys.platform == "win32"
MOST_WORKERS = 6  # each takes up to 2 GB of memory


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    commands = {
        "setup": lambda rest: 0,  # set_up has done it
        "demo": lambda rest: lipsyncer("demo", *rest),
        "test": test,
        "run": lambda rest: lipsyncer(*rest),
        "bench": lambda rest: in_venv("-m", "benchmarks", *rest),
        "lint": lint,
        "check": check,
        "pictures": lambda rest: in_venv("packaging/pictures.py", *rest),
    }
    if not arguments or arguments[0] not in commands:
        print((__doc__ or "").strip())
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    wishes = arguments[1:] if arguments[0] == "setup" else ()
    set_up(cuda="--cuda" in wishes, fetch_python="--fetch-python" in wishes)
    return commands[arguments[0]](list(arguments[1:]))


def lipsyncer(*arguments: str) -> int:
    """Run the program where the developer stands, so that relative paths are theirs."""
    return in_venv("-m", "lipsyncer", *arguments, folder=Path.cwd())


def test(rest: List[str]) -> int:
    """Run pytest without a screen, a file at a time on each core."""
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    return in_venv(
        *("-m", "pytest", "-n", str(workers), "--dist", "loadfile", *rest),
        QT_QPA_PLATFORM="offscreen",
        # The workers fill the cores; threads of their own would only get in each other's way.
        OMP_NUM_THREADS="1",
    )


def lint(rest: List[str]) -> int:
    """Run ruff's linter and formatter and mypy, all three even when the first complains."""
    codes = [
        in_venv("-m", "ruff", "check", *rest),
        in_venv("-m", "ruff", "format", "--check", *rest),
        in_venv("-m", "mypy"),
    ]
    return max(codes)


def check(rest: List[str]) -> int:
    """Lint, then test even where that complains; pytest's closing line stays the last one."""
    linted = lint([])
    return test(rest) or linted


# ----------------------------------------------------------------------------------- setting up


def set_up(cuda: bool = False, fetch_python: bool = False) -> None:
    """Bring the checkout to where every other command works; silent when it is there already."""
    if not cuda and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    refuse_machine(sys.platform, platform.machine())
    install_system_packages(wanted_system_packages())
    make_venv(fetch_python)
    say("Installing Lipsyncer and what it needs into .venv (the first time takes minutes).")
    pip = ("-m", "pip", "install", "--disable-pip-version-check")
    if cuda:  # another build of the same version, which pip would leave as it is
        in_venv(*pip, "--force-reinstall", "--no-deps", wanted_torch())
    if in_venv(*pip, *([] if cuda else cpu_builds()), "--editable", ".[dev]"):
        give_up("pip could not install Lipsyncer; its messages are above.")
    if "CI" not in os.environ and in_venv("-m", "lipsyncer.features.landmarks"):
        say("The first analysis will try to fetch the face model again.")
    STAMP.write_text(fingerprint(), encoding="utf-8")
    say("Set up.")


def refuse_machine(system: str, machine: str) -> None:
    """End where a library that Lipsyncer needs has no release, before anything is downloaded."""
    arm = machine.lower() in ("arm64", "aarch64")
    if system == "darwin" and not arm:
        give_up(
            "PyTorch has no release for Macs with an Intel processor any more, so Lipsyncer can't "
            "run here; on a Mac with Apple silicon, use a Python made for it."
        )
    if system != "darwin" and arm:
        give_up(
            "mediapipe, which finds the face, has no release for ARM processors on this system; "
            "use a computer with an Intel or AMD processor, or a Mac with Apple silicon."
        )


def wanted_torch() -> str:
    """Requirement of PyTorch in pyproject.toml, such as torch==2.13.0."""
    found = re.search(r'"(torch==[^"]+)"', PROJECT.read_text(encoding="utf-8"))
    return found.group(1) if found else "torch"


def cpu_builds() -> List[str]:
    """Options that let pip choose PyTorch's build for the processor; empty where it does anyway."""
    if not sys.platform.startswith("linux"):
        return []
    try:
        urllib.request.urlopen(CPU_BUILDS, timeout=PATIENCE).close()
    except OSError:
        say(
            "PyTorch's list of builds for the processor can't be reached, so pip takes the build "
            "that its own index has; that may be the one with CUDA, 2.7 GB."
        )
        return []
    return ["--find-links", CPU_BUILDS]


def fingerprint() -> str:
    """Everything that makes a set-up stale when it changes: place, Python, requirements."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (VENV / "pyvenv.cfg", PROJECT, DEBIAN_PACKAGES):
        digest.update(path.read_bytes() if path.is_file() else b"missing")
    return digest.hexdigest()


def make_venv(fetch_python: bool) -> None:
    """Make .venv with a Python that Lipsyncer runs on, unless there is one."""
    if version_of([str(venv_python())]) in PYTHONS:
        return
    python = suitable_python()
    if python is None:
        if fetch_python:
            make_venv_with_uv()
            return
        give_up(
            "Lipsyncer needs Python {}.{} to {}.{}, and this is {}.{}; install one of them and run "
            "this again, or let `dev.py setup --fetch-python` fetch one into the folder .uv "
            "here.".format(*min(PYTHONS), *max(PYTHONS), *sys.version_info[:2])
        )
    say("Making .venv with {}.".format(" ".join(python)))
    if VENV.exists():
        shutil.rmtree(VENV)
    install_system_packages(venv_packages(python))
    if run([*python, "-m", "venv", str(VENV)]):
        give_up("That Python could not make a virtual environment; its message is above.")


def make_venv_with_uv() -> None:
    """Make .venv with uv, which fetches a Python where it finds none."""
    version = "{}.{}".format(*PYTHONS[0])
    say("Fetching uv, and Python {} where it is missing, into .uv.".format(version))
    install_system_packages(venv_packages([sys.executable]))
    uv = UV / ("Scripts/uv.exe" if WINDOWS else "bin/uv")
    if not uv.is_file():
        if run([sys.executable, "-m", "venv", str(UV)]):
            give_up("This Python could not make a virtual environment; its message is above.")
        if run([str(venv_python(UV)), "-m", "pip", "install", "uv"]):
            give_up("pip could not install uv; its messages are above.")
    if run(
        [str(uv), "venv", "--clear", "--seed", "--python", version, str(VENV)],
        UV_PYTHON_INSTALL_DIR=str(UV / "pythons"),
        UV_CACHE_DIR=str(UV / "cache"),
    ):
        give_up(
            "uv could not fetch Python {}; its message is above. Install Python {} and run this "
            "again.".format(version, version)
        )


def suitable_python() -> Optional[List[str]]:
    """Command of a Python in the supported range, this one first."""
    candidates = [[sys.executable]]
    for major, minor in PYTHONS:
        name = "{}.{}".format(major, minor)
        candidates.append(["py", "-" + name] if WINDOWS else ["python" + name])
    for command in candidates:
        if version_of(command) in PYTHONS:
            return command
    return None


def version_of(command: Sequence[str]) -> Optional[Tuple[int, ...]]:
    """(major, minor) of a Python command, or None where it does not run."""
    if shutil.which(command[0]) is None:
        return None
    question = "import sys; print(*sys.version_info[:2])"
    answer = subprocess.run(
        [*command, "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    if answer.returncode:
        return None
    return tuple(int(part) for part in answer.stdout.split())


# -------------------------------------------------------------------------------- Debian packages


def wanted_system_packages() -> List[str]:
    """Names listed in packaging/debian-packages.txt."""
    lines = DEBIAN_PACKAGES.read_text(encoding="utf-8").splitlines()
    return [name for name in (line.partition("#")[0].strip() for line in lines) if name]


def venv_packages(python: Sequence[str]) -> List[str]:
    """What a Python needs before it can make a virtual environment: Debian splits that off."""
    question = [*python, "-c", "import ensurepip"]
    if subprocess.call(question, stderr=subprocess.DEVNULL) == 0:
        return []
    return ["python{}.{}-venv".format(*(version_of(python) or PYTHONS[0]))]


def install_system_packages(wanted: Sequence[str]) -> None:
    """Install what is missing, with sudo when not root; other systems are left alone."""
    if not wanted:
        return
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        say("System packages: not a Debian, so this step is skipped.")
        return
    missing = missing_packages(wanted)
    if not missing:
        return
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if as_root and shutil.which("sudo") is None:
        give_up("Please install these packages as root: " + " ".join(missing))
    say("Installing system packages: " + " ".join(missing))
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--yes"]
    run([*apt_get, "update"])
    if run([*apt_get, "install", "--no-install-recommends", *missing]):
        give_up("apt-get could not install them; its messages are above.")


def missing_packages(wanted: Sequence[str]) -> List[str]:
    """Those of `wanted` that no installed package is or provides.

    Newer Debians renamed some libraries (libglib2.0-0t64) and keep the old name as provided.
    """
    form = "${db:Status-Status}\t${Package}\t${Provides}\n"
    listing = subprocess.run(["dpkg-query", "-W", "-f", form], stdout=subprocess.PIPE)
    present = set()
    for line in listing.stdout.decode().splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            present.add(package)
            present.update(item.split()[0] for item in provides.split(",") if item.strip())
    return [name for name in wanted if name not in present]


# ---------------------------------------------------------------------------------------- running


def venv_python(venv: Path = VENV) -> Path:
    """The Python inside a virtual environment."""
    return venv / ("Scripts/python.exe" if WINDOWS else "bin/python")


def in_venv(*arguments: str, folder: Path = ROOT, **environment: str) -> int:
    """Run .venv's Python in a folder and return its exit code."""
    return run([str(venv_python()), *arguments], folder, **environment)


def run(command: Sequence[str], folder: Path = ROOT, **environment: str) -> int:
    """Run a command with extra environment variables and return its exit code."""
    settings: Dict[str, str] = {**os.environ, **environment}
    process = subprocess.Popen(list(command), cwd=folder, env=settings)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the command got it too and tidies up before it ends
            continue


def say(text: str) -> None:
    """Tell the developer what happens now."""
    print("dev.py: " + text, flush=True)


def give_up(text: str) -> NoReturn:
    """End with a sentence."""
    sys.exit("dev.py: " + text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
