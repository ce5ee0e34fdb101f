"""How well a mouth is seen: turned away, too small, blurred or covered."""

from __future__ import annotations

import cv2
import numpy as np
from scipy.ndimage import median_filter

from lipsyncer.arrays import Booleans, Float32s, UInt8s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.headpose import HeadPose

_COVERED = 0.3  # of the resemblance that lips have


def mouth_quality(crops: UInt8s, pose: HeadPose, rate: float) -> Float32s:
    """How well each frame shows the mouth: turned away, too small, blurred or covered.

    A covering hand, which the landmark finder draws lips upon, is seen by its look: the blurred
    crop no longer resembles what this mouth looks like in the seconds around.
    """
    turned = np.clip((1.1 - np.abs(pose.yaw)) / 0.4, 0.0, 1.0)  # fades from 40 to 63 degrees
    large = np.clip((pose.scale - 8.0) / 16.0, 0.0, 1.0)  # pixels between the eyes
    covered = _uncovered(crops, rate)
    sharpness = np.array([cv2.Laplacian(c, cv2.CV_32F).std() for c in crops])
    blurred = np.clip(sharpness / max(0.4 * float(np.median(sharpness)), 1e-3), 0.0, 1.0)
    return np.asarray(turned * large * covered * blurred, np.float32)


def mouth_covered(crops: UInt8s) -> Booleans:
    """Tell where something is before the mouth, (n,): those crops look like no lips."""
    return np.asarray(_uncovered(crops, GRID_RATE) < _COVERED, np.bool_)


def _uncovered(crops: UInt8s, rate: float) -> Float32s:
    """How much each crop looks as this mouth does in the seconds around, (n,) from 0 to 1."""
    small = np.stack([cv2.resize(c, (16, 16), interpolation=cv2.INTER_AREA) for c in crops])
    # The lips alone: nose and chin would look the same behind a finger on the mouth.
    flat = small[:, 4:13, 3:13].reshape(len(small), -1).astype(np.float32)
    window = min(int(4 * rate) | 1, len(flat) - 1 + len(flat) % 2)
    # Each pixel by itself, as scipy is ten times as quick along one dimension.
    usual = np.stack([median_filter(p, max(window, 1), mode="nearest") for p in flat.T], axis=1)
    resemblance = _correlation(flat, usual)
    # Of in-sync clips' frames, open mouths and all, 99.5 % resemble by more than 0.35.
    return np.asarray(np.clip((resemblance - 0.05) / 0.25, 0.0, 1.0), np.float32)


def _correlation(a: Float32s, b: Float32s) -> Float32s:
    a = a - a.mean(axis=1, keepdims=True)
    b = b - b.mean(axis=1, keepdims=True)
    norm = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return np.asarray((a * b).sum(axis=1) / np.maximum(norm, 1e-6), np.float32)
