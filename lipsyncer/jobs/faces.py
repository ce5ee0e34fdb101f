"""Where the face is, from where the mouth was watched."""

from __future__ import annotations

import numpy as np

from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import CROP_UNITS, MouthTrack
from lipsyncer.media import Proxy
from lipsyncer.render.reframe import Faces


def faces_of(track: MouthTrack, proxy: Proxy) -> Faces:
    """Say where the face is from where the mouth was watched."""
    seen = np.flatnonzero(track.boxes[:, 2] > 0) if len(track.boxes) else np.zeros(0, int)
    boxes = track.boxes[seen].astype(np.float64)
    return Faces(
        times=seen / GRID_RATE,
        x=boxes[:, 0] / proxy.width,
        y=boxes[:, 1] / proxy.height,
        eyes=boxes[:, 2] / CROP_UNITS / proxy.height,
    )
