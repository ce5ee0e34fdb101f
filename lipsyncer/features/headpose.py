"""The head's pose from landmarks, and landmarks freed of it.

The skull does not move when a mouth does, so the points around eyes and nose carry the head's
pose: one similarity transform a frame, fitted in three dimensions (Umeyama, 1991), takes a face
to one frontal frame of reference. What is left of the mouth's points there is its shape.

The frame of reference: origin between the eyes, x to the picture's right, y down, z away from the
camera; one unit is the distance between the centres of the eyes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lipsyncer.arrays import Float64s, Floats

# Mean frontal face over one frame each of 136 people, measured with the same landmark finder.
_SKULL = {
    33: (-0.718, -0.018, 0.042),
    263: (0.718, -0.018, 0.042),
    133: (-0.282, 0.018, -0.042),
    362: (0.282, 0.018, -0.042),
    168: (0.0, -0.036, -0.318),
    6: (0.0, 0.098, -0.374),
    197: (0.0, 0.221, -0.440),
    195: (0.0, 0.339, -0.516),
    5: (0.0, 0.464, -0.594),
    4: (0.0, 0.608, -0.618),
    1: (0.0, 0.713, -0.574),
    2: (0.0, 0.785, -0.318),
    98: (-0.271, 0.744, -0.188),
    327: (0.271, 0.744, -0.188),
    9: (0.0, -0.293, -0.374),
    151: (0.0, -0.568, -0.358),
    10: (0.0, -0.821, -0.325),
    127: (-1.138, -0.034, 0.851),
    356: (1.138, -0.034, 0.851),
}
SKULL_POINTS = np.array(list(_SKULL), np.int64)
_REFERENCE: Float64s = np.array(list(_SKULL.values()))


@dataclass(frozen=True)
class HeadPose:
    """Poses of n frames: ``pixels = scale * rotation @ frontal + origin``.

    Attributes
    ----------
    scale
        Pixels for one unit (the distance between the eyes), (n,).
    rotation
        Rotation from the frontal frame to the picture, (n, 3, 3).
    origin
        Where the point between the eyes lies, in pixels, (n, 3).
    """

    scale: Float64s
    rotation: Float64s
    origin: Float64s

    @property
    def yaw(self) -> Float64s:
        """Turn to the side in radians, (n,); 0 is frontal."""
        return np.arctan2(self.rotation[:, 0, 2], self.rotation[:, 2, 2])

    @property
    def roll(self) -> Float64s:
        """Tilt in the picture plane in radians, (n,); positive turns x towards y."""
        return np.arctan2(self.rotation[:, 1, 0], self.rotation[:, 0, 0])

    def frontal(self, pixels: Float64s) -> Float64s:
        """Take points (n, p, 3) in pixels to the frontal frame."""
        centred = pixels - self.origin[:, None]
        turned: Float64s = np.einsum("nji,npj->npi", self.rotation, centred)
        return turned / self.scale[:, None, None]

    def pixels(self, frontal: Float64s) -> Float64s:
        """Take one frontal point a frame (n, 3) to pixels (n, 3)."""
        turned: Float64s = np.einsum("nij,nj->ni", self.rotation, frontal)
        return self.scale[:, None] * turned + self.origin


def fit_pose(landmarks: Floats) -> HeadPose:
    """Fit the pose of each frame by least squares (Umeyama, 1991, equations 40 to 42).

    Parameters
    ----------
    landmarks
        All landmarks in pixels, (n, 478, 3).
    """
    return fit_skull(landmarks[:, SKULL_POINTS])


def fit_skull(skull: Floats) -> HeadPose:
    """Fit the pose of each frame to its ``SKULL_POINTS`` (n, 19, 3) alone; see `fit_pose`."""
    points = skull.astype(np.float64)
    centre_to = points.mean(axis=1)
    centre_from = _REFERENCE.mean(axis=0)
    to = points - centre_to[:, None]
    source = _REFERENCE - centre_from
    u, s, vt = np.linalg.svd(np.einsum("npi,pj->nij", to, source))
    sign = np.ones_like(s)
    sign[:, 2] = np.sign(np.linalg.det(u @ vt))
    rotation = (u * sign[:, None]) @ vt
    scale = (s * sign).sum(axis=1) / (source**2).sum()
    origin = centre_to - scale[:, None] * np.einsum("nij,j->ni", rotation, centre_from)
    return HeadPose(scale, rotation, origin)
