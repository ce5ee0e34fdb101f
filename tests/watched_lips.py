"""What a face tracker sees of the lips, for tests of the demo's pictures."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lipsyncer.arrays import Float64s, UInt8s
from lipsyncer.features.landmarks import FaceFinder


def watch(frames: Iterable[UInt8s]) -> Float64s:
    """Gap between the inner lips and width of the mouth, (n, 2), over eyes-to-nose height."""
    seen = []
    with FaceFinder() as finder:
        for frame in frames:
            faces = finder.find(frame)
            assert len(faces) == 1, "the tracker lost the portrait's face"
            point = faces[0][:, :2]
            height = np.linalg.norm(point[168] - point[1])
            gap = np.linalg.norm(point[13] - point[14])
            width = np.linalg.norm(point[61] - point[291])
            seen.append((gap / height, width / height))
    return np.array(seen)
