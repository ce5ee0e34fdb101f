"""Landmarks by the FaceLandmarker task of mediapipe 0.10.30 and later, with a model file."""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Float32s, UInt8s
from lipsyncer.features.face_model import face_model

# The task smooths landmarks by a one-euro filter over the time between frames, which at their true
# times makes lips a third of a frame late. Over minutes the filter lets everything through.
_STEP_MS = 100_000


def load() -> None:
    """Import the library."""
    import mediapipe.tasks.python.vision.face_landmarker  # noqa: F401


class TaskFinder:
    """See `lipsyncer.features.landmarks.FaceFinder`."""

    def __init__(self, max_faces: int, *, follow: bool) -> None:
        load()
        import mediapipe
        from mediapipe.tasks.python import BaseOptions, vision

        self._image = mediapipe.Image
        self._format = mediapipe.ImageFormat.SRGB
        self._follow = follow
        self._time = 0
        self._task = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                # Read here, as the library can't open every path that Python can.
                base_options=BaseOptions(model_asset_buffer=face_model().read_bytes()),
                running_mode=vision.RunningMode.VIDEO if follow else vision.RunningMode.IMAGE,
                num_faces=max_faces,
                min_face_detection_confidence=0.5,
                min_face_presence_confidence=0.5,
                min_tracking_confidence=0.5,
            )
        )
        self.forget()

    def look(self, rgb: UInt8s) -> list[Float32s]:
        """Landmarks of each face, in shares of the picture's width, height and width."""
        image = self._image(image_format=self._format, data=np.ascontiguousarray(rgb))
        if self._follow:
            self._time += _STEP_MS
            result = self._task.detect_for_video(image, self._time)
        else:
            result = self._task.detect(image)
        return [
            np.array([(p.x, p.y, p.z) for p in face], np.float32) for face in result.face_landmarks
        ]

    def forget(self) -> None:
        """Follow no face any more: none is in a blank picture."""
        self.look(np.zeros((32, 32, 3), np.uint8))

    def close(self) -> None:
        """Give the native memory back."""
        self._task.close()
