"""Face landmarks behind one class, so that another finder can take mediapipe's place.

mediapipe 0.10.21 carries the attention mesh in its wheel and so works offline. Newer releases
need a model file fetched from their maker; they would stand behind :class:`FaceFinder` too.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from types import TracebackType

import numpy as np

from lipsyncer.arrays import Float32s, UInt8s

POINTS = 478
"""Landmarks of one face: mediapipe's 468 and five for each iris."""

_QUIET = threading.Lock()


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep the native libraries' start-up chatter, which they write to file descriptor 2, quiet.

    The lock keeps a second thread from saving the first one's sink as the terminal.
    """
    with _QUIET:
        yield from _sunk()


def _sunk() -> Iterator[None]:
    os.environ.setdefault("GLOG_minloglevel", "3")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
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


def preload() -> None:
    """Import the finder's library, which takes a while, before it is needed."""
    with _silence():
        import mediapipe.python.solutions.face_mesh  # noqa: F401


class FaceFinder:
    """Finds faces frame by frame, following each from one frame to the next.

    One finder serves one worker: a FaceMesh that is not closed keeps its memory.

    Parameters
    ----------
    max_faces
        The most faces to look for. More than one costs a detection on every frame in which
        fewer are found.
    follow
        Whether frames belong to one running picture; False looks at each afresh.
    """

    def __init__(self, max_faces: int = 1, *, follow: bool = True) -> None:
        with _silence():
            from mediapipe.python.solutions.face_mesh import FaceMesh

            self._mesh = FaceMesh(
                static_image_mode=not follow,
                max_num_faces=max_faces,
                refine_landmarks=True,
                min_detection_confidence=0.5,
                min_tracking_confidence=0.5,
            )
            # A finder is ready, and has said all it says, once it has looked at something.
            self._mesh.process(np.zeros((32, 32, 3), np.uint8))
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
                self._mesh.reset()
                result = self._mesh.process(rgb)
            self._stale = False
        else:
            result = self._mesh.process(rgb)
        scale = np.array([width, height, width], np.float32)
        return [
            np.array([(p.x, p.y, p.z) for p in face.landmark], np.float32) * scale
            for face in result.multi_face_landmarks or ()
        ]

    def reset(self) -> None:
        """Forget the faces followed so far; call between clips."""
        self._stale = True

    def close(self) -> None:
        """Give the native memory back."""
        self._mesh.close()
