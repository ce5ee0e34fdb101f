"""Face landmarks behind one class, whichever finder the installed mediapipe brings.

Up to 0.10.21 that is FaceMesh, which carries its models. Releases for Python 3.13 and later have
the FaceLandmarker task instead, whose model is a file (`face_model`).
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from importlib import metadata
from types import TracebackType
from typing import Protocol

import numpy as np

from lipsyncer.arrays import Float32s, UInt8s
from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.features import face_mesh, face_model, face_tasks
from lipsyncer.lean_import import lean_import
from lipsyncer.progress import Stage, driven

POINTS = 478
"""Landmarks of one face: mediapipe's 468 and five for each iris."""

_WITHOUT_MESH = (0, 10, 30)
"""The first release of mediapipe that has no FaceMesh."""
_QUIET = threading.Lock()


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep the native libraries' start-up chatter, which they write to file descriptor 2, quiet.

    The lock keeps a second thread from saving the first one's sink as the terminal.
    """
    with _QUIET:
        yield from _sunk()


def _sunk() -> Iterator[None]:
    sys.stderr.flush()
    try:
        terminal = os.dup(2)
    except OSError:  # a windowed program may have no stderr at all
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(sink)
        os.close(terminal)


class _Finder(Protocol):
    """One way to find faces."""

    def look(self, rgb: UInt8s) -> list[Float32s]: ...
    def forget(self) -> None: ...
    def close(self) -> None: ...


def has_mesh() -> bool:
    """Whether mediapipe still brings FaceMesh."""
    numbers = metadata.version("mediapipe").split(".")[:3]
    return tuple(map(int, numbers)) < _WITHOUT_MESH


def preload() -> None:
    """Import the finder's library, which takes a while, before it is needed.

    To import says nothing yet; what others say meanwhile has to be heard.
    """
    os.environ.setdefault("GLOG_minloglevel", "3")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with lean_import("matplotlib", "matplotlib.pyplot"):  # takes as long as all else of it
        (face_mesh if has_mesh() else face_tasks).load()


def model_is_missing() -> bool:
    """Whether the finder needs a file that has yet to be fetched."""
    return not has_mesh() and face_model.is_missing()


def fetch_model() -> Stage[None]:
    """Fetch the file that the finder needs, where it is missing; see `face_model.fetch`."""
    if model_is_missing():
        yield from face_model.fetch()


class FaceFinder:
    """Finds faces frame by frame, following each from one frame to the next.

    One finder serves one worker: one that is not closed keeps its memory.

    Parameters
    ----------
    max_faces
        The most faces to look for. More than one costs a detection on every frame in which
        fewer are found.
    follow
        Whether frames belong to one running picture; False looks at each afresh.

    Raises
    ------
    LipsyncerError
        When it needs a file that is missing (`model_is_missing`).
    """

    def __init__(self, max_faces: int = 1, *, follow: bool = True) -> None:
        kind = face_mesh.MeshFinder if has_mesh() else face_tasks.TaskFinder
        preload()
        with _silence():
            self._finder: _Finder = kind(max_faces, follow=follow)
        self._stale = True  # what it makes of the blank is not to be followed

    def __enter__(self) -> FaceFinder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def find(self, rgb: UInt8s) -> list[Float32s]:
        """Landmarks of every face in a frame.

        Parameters
        ----------
        rgb
            Upright frame, uint8 (height, width, 3).

        Returns
        -------
        list of float32 (478, 3)
            x to the right, y down, z away from the camera, all in pixels; empty without a face.
        """
        height, width = rgb.shape[:2]
        if self._stale:  # beginning starts inference threads, which announce themselves
            with _silence():
                self._finder.forget()
                found = self._finder.look(rgb)
            self._stale = False
        else:
            found = self._finder.look(rgb)
        return [face * np.array([width, height, width], np.float32) for face in found]

    def reset(self) -> None:
        """Forget the faces followed so far; call between clips."""
        self._stale = True

    def close(self) -> None:
        """Give the native memory back."""
        self._finder.close()


if __name__ == "__main__":  # dev.py setup
    try:
        driven(fetch_model(), lambda share: print(f"Fetching the face model: {share:.0%}"))
    except LipsyncerError as error:
        sys.exit(f"lipsyncer: {error}")
