"""The support report: what a developer asks for first when a user reports a fault."""

from __future__ import annotations

import json
import os
import platform
import re
from importlib import metadata
from pathlib import Path

from lipsyncer import __version__
from lipsyncer.diagnostics.log import log_path
from lipsyncer.resources import resource

_LARGEST_HEADER = 1_000_000  # bytes
_LOG_LINES = 200
_PACKAGES = ("torch", "mediapipe", "numpy", "av", "opencv-contrib-python", "PyQt6", "moviepy")


def support_report() -> str:
    """Give what a developer asks for first, as text to paste: no name of the user is in it.

    Returns
    -------
    str
        Versions, the device, the weights, and the end of the log, with the home folder as ``~``.
    """
    versions = [f"{name} {_version(name)}" for name in _PACKAGES]
    lines = [
        f"Lipsyncer {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        *versions,
        f"device: {device_name()}; {os.cpu_count()} processors",
        f"weights: {_weights_name()}",
        "",
        f"The last {_LOG_LINES} lines of {log_path()}:",
        *_end_of_log(log_path()),
    ]
    return without_home("\n".join(lines)) + "\n"


def device_name() -> str:
    """Name what the networks run on, the processor, and what else torch could use here."""
    import torch  # only here: whoever just wants an error class should not wait for torch

    if torch.cuda.is_available():
        return f"CPU (there is also CUDA: {torch.cuda.get_device_name()})"
    if torch.backends.mps.is_available():
        return "CPU (there is also MPS)"
    return "CPU"


def without_home(text: str) -> str:
    """Write ``~`` for the home folder, in whichever way a path was written down."""
    home = Path.home()
    if home == Path(home.anchor):
        return text
    for form in (str(home), home.as_posix(), str(home).replace("\\", "\\\\")):
        text = re.sub(re.escape(form) + r"(?![\w.-])", "~", text)
    return text


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "is not installed"


def _weights_name() -> str:
    """Name the shipped weights by file and hash, from the header of the safetensors file.

    The file begins with the header's length as 8 bytes, little-endian, and the header as JSON.
    """
    try:
        path = resource("models", "lipsync.safetensors")
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(min(length, _LARGEST_HEADER)))
        digest = str(header["__metadata__"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return "no weights that can be read"
    return f"{path.name} {digest}"


def _end_of_log(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ["(there is no log)"]
    return text.splitlines()[-_LOG_LINES:]
