"""A recording in which the demo's song is sung three times, and which frame of it is which.

Other tests import this module by name (``import three_attempts``).
"""

from __future__ import annotations

from pathlib import Path

import numbered_frames
import numpy as np

from lipsyncer.demo import Demo, make_demo
from lipsyncer.demo.fault import Truth
from lipsyncer.demo.selfie import FRAMES_PER_SECOND
from lipsyncer.progress import finish

SECONDS = 25.0
STRETCHES = ((0.0, 13.0), (5.0, 20.0), (9.0, 25.0))
"""Seconds of the song that each attempt sings; the next one begins where it ends."""


def make(folder: Path) -> Demo:
    """Film the demo in sync, and record three stretches of it one after the other.

    The selfie is the recording, with numbered frames.
    """
    demo = finish(make_demo(folder, seconds=SECONDS, size=(360, 640), fault=Truth()))
    path = folder / "three attempts.mp4"
    recorded = [
        frame
        for start, end in STRETCHES
        for frame in range(round(start * FRAMES_PER_SECOND), round(end * FRAMES_PER_SECOND))
    ]
    numbered_frames.record(demo.take_path, path, recorded)
    return Demo(demo.song_path, path, demo.song, demo.truth)


def begins(attempt: int) -> float:
    """Second of the recording at which an attempt begins."""
    return float(np.sum([end - start for start, end in STRETCHES[:attempt]]))
