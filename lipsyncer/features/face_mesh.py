"""Landmarks by FaceMesh, which mediapipe had up to 0.10.21, its models inside."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from lipsyncer.arrays import Float32s, UInt8s


def load() -> None:
    """Import the library."""
    from mediapipe.python import solution_base

    # It makes a class of every answer's own, which takes a tenth as long as finding the face.
    solution_base.collections = SimpleNamespace(namedtuple=lambda *_: SimpleNamespace())


class MeshFinder:
    """See `lipsyncer.features.landmarks.FaceFinder`."""

    def __init__(self, max_faces: int, *, follow: bool) -> None:
        load()
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

    def look(self, rgb: UInt8s) -> list[Float32s]:
        """Landmarks of each face, in shares of the picture's width, height and width."""
        result = self._mesh.process(rgb)
        return [points_of(face) for face in result.multi_face_landmarks or ()]

    def forget(self) -> None:
        """Follow no face any more."""
        self._mesh.reset()

    def close(self) -> None:
        """Give the native memory back."""
        self._mesh.close()


def points_of(face: Any) -> Float32s:
    """Give x, y and z of each landmark of a mesh, (478, 3)."""
    # Asking for them one by one takes a tenth as long as finding them. Each is written as a mark,
    # its length, and three floats with a mark before each: nothing else is set.
    written = np.frombuffer(face.SerializeToString(), np.uint8)
    if len(written) != 17 * len(face.landmark):
        return np.array([(p.x, p.y, p.z) for p in face.landmark], np.float32)
    floats = written.reshape(-1, 17)[:, 2:].reshape(-1, 3, 5)[:, :, 1:]
    return np.ascontiguousarray(floats).view("<f4")[:, :, 0].astype(np.float32)
