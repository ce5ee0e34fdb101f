"""Stretches of a take whose picture is there no more, though the file says it was filmed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from lipsyncer.arrays import Float64s
from lipsyncer.media.probe import VideoInfo

NOTICED = 0.5
"""Seconds without a picture from which on somebody would see that it stands still."""


def damaged(video: VideoInfo, decoded: Float64s) -> tuple[tuple[float, float], ...]:
    """Find where a take's frames can't be decoded, or are cut off.

    Parameters
    ----------
    video
        What the file promises.
    decoded
        Seconds of the take's clock, in order: the stamps of the frames that could be decoded.

    Returns
    -------
    tuple of (start, end)
        Seconds of the take's clock between the last frame before and the first one after; the
        last stretch ends where the picture should have.
    """
    step = 1.0 / video.rate
    last = float(video.times[-1]) + video.lost
    gaps = []
    # What the file promises between two frames that came out is what was lost there: a camera
    # that paused promises nothing.
    borders = np.append(decoded, last + step)
    for before, after in pairwise(borders):
        if after - before < NOTICED:
            continue
        inside = (video.times > before + 0.5 * step) & (video.times < after - 0.5 * step)
        gone = np.count_nonzero(inside) * step
        if after == borders[-1]:
            gone += video.lost
        if gone >= NOTICED:
            gaps.append((float(before), float(min(after, last + step))))
    return tuple(gaps)
