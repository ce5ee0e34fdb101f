"""The file that newer releases of mediapipe find faces with: fetched once, from its maker.

mediapipe 0.10.21 carries its models; releases for Python 3.13 and later leave them out.
"""

from __future__ import annotations

import functools
import hashlib
import http.client
import os
import ssl
import urllib.request
from pathlib import Path

import certifi
import platformdirs

from lipsyncer.diagnostics.errors import InputError, LipsyncerError, is_file
from lipsyncer.progress import Stage
from lipsyncer.resources import resource
from lipsyncer.whole_file import whole_file

NAME = "face_landmarker.task"
ADDRESS = (
    "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/"
    + NAME
)
SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
SIZE = 3_758_596
"""Bytes."""
VARIABLE = "LIPSYNCER_FACE_MODEL"
"""Environment variable with the path of a copy to use, instead of fetching any."""

_CHUNK = 1 << 16  # bytes
_PATIENCE = 30.0  # seconds without a byte


def face_model() -> Path:
    """Give the path of the face model, checked.

    Raises
    ------
    LipsyncerError
        When it isn't there, or isn't the file that Lipsyncer was tested with.
    """
    path = _place()
    if not is_file(path):
        raise LipsyncerError(
            f"the face model is missing; fetch it from {ADDRESS} and save it as {path}."
        )
    status = path.stat()
    if _digest(path, status.st_size, status.st_mtime_ns) != SHA256:
        raise InputError(
            path,
            f"this is not the face model that Lipsyncer works with; fetch it from {ADDRESS}.",
        )
    return path


def is_missing() -> bool:
    """Whether the face model has yet to be fetched."""
    return VARIABLE not in os.environ and not is_file(_place())


def fetch() -> Stage[None]:
    """Fetch the face model unless it is there.

    Raises
    ------
    LipsyncerError
        Without a connection, or when something else arrives.
    OutputError
        When it can't be saved.
    """
    if not is_missing():
        return
    path = _place()
    data = bytearray()
    try:
        with urllib.request.urlopen(ADDRESS, timeout=_PATIENCE, context=_trust()) as answer:
            while chunk := answer.read(_CHUNK):
                data += chunk
                yield min(len(data) / SIZE, 1.0)
                if len(data) > SIZE:
                    break
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise LipsyncerError(
            f"the face model can't be fetched ({reason}); connect to the internet this once, "
            f"or save {ADDRESS} as {path}."
        ) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise LipsyncerError(
            f"what came from {ADDRESS} is not the face model that Lipsyncer works with; try "
            f"again, or save the right file as {path}."
        )
    with whole_file(path) as partial:
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)


def _place() -> Path:
    """Where the model lies, or is to be saved."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    try:
        return resource("models", NAME)  # a bundle carries it
    except FileNotFoundError:
        return platformdirs.user_data_path("lipsyncer", appauthor=False) / NAME


@functools.lru_cache(maxsize=4)
def _digest(path: Path, size: int, changed: int) -> str:
    """Hash a file, once for as long as its size and time stamp stay."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _trust() -> ssl.SSLContext:
    """Trust whom the system trusts and, as some Pythons bring no certificates, certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
