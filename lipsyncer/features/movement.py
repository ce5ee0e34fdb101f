"""How much a take's lips look as if they sang, moment by moment, against the take's own range.

Viewers notice a mouth that moves, or stands wide open, in a pause of the song. Some people rest
with parted lips and some hardly open them to sing, so both are measured in units of what this mouth
does in this take.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import maximum_filter1d, median_filter, minimum_filter1d

from lipsyncer.arrays import Float32s, Float64s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.lipshape import lip_opening
from lipsyncer.features.mouth import MouthTrack

MOVING = 0.3
"""Activity from which on lips look as if they sang."""
SEEN = 0.3
"""Quality from which on a mouth is seen well enough to say what it does."""

_LEAST_RANGE = 0.04  # distances between the eyes; less is a mouth that never opens, and jitter
_AROUND = 0.28  # s; a syllable opens and closes the lips within about this while
_STEADY = 0.12  # s; single frames of the landmark finder's jitter are no movement
_RESTING = 0.15  # of the range; the least that lips at rest are parted


def relative_opening(track: MouthTrack) -> Float32s:
    """Tell how far the mouth is open within this take's own range, float32 (n,), 0 to 1.

    NaN where it is not seen.
    """
    return np.where(track.quality > SEEN, _within_range(track), np.nan).astype(np.float32)


def _within_range(track: MouthTrack) -> Float64s:
    """How far the mouth is open within its range (n,); NaN where it is never seen."""
    seen = track.quality > SEEN
    if not seen.any():
        return np.full(len(track), np.nan)
    opening = median_filter(lip_opening(track.shape), size=_positions(_STEADY), mode="nearest")
    low, high = np.percentile(opening[seen], (5, 95))
    relative: Float64s = np.clip((opening - low) / max(high - low, _LEAST_RANGE), 0.0, 1.0)
    return relative


def lip_activity(track: MouthTrack) -> Float32s:
    """Tell how much the lips look as if they sang, float32 (n,) on the analysis grid.

    0 is a closed, still mouth, 1 singing at the top of the mouth's range: the larger of how far the
    opening changes within ``_AROUND`` and how far the mouth is open. NaN where it is not seen.
    """
    seen = track.quality > SEEN
    relative = _within_range(track)
    width = _positions(_AROUND)
    moved = maximum_filter1d(relative, width) - minimum_filter1d(relative, width)
    activity = np.maximum(moved, relative - _RESTING)
    return np.where(seen, activity, np.nan).astype(np.float32)


def _positions(seconds: float) -> int:
    """An odd number of grid positions."""
    return 2 * round(seconds * GRID_RATE / 2) + 1
