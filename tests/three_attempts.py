"""A recording in which the demo's song is sung three times, and which frame of it is which.

Other tests import this module by name (``import three_attempts``).
"""

from __future__ import annotations

from pathlib import Path

import av
import clips
import numpy as np

from lipsyncer.demo import Demo, make_demo
from lipsyncer.demo.fault import Truth
from lipsyncer.progress import finish

SECONDS = 25.0
SIZE = (360, 640)
STRETCHES = ((0.0, 13.0), (5.0, 20.0), (9.0, 25.0))
"""Seconds of the song that each attempt sings; the next one begins where it ends."""
STRIP = 24
"""Rows at the foot of every frame that show its number."""


def make(folder: Path) -> Demo:
    """Film the demo in sync, and record three stretches of it one after the other.

    Frame k shows the number k in its lowest rows. The selfie is the recording.
    """
    demo = finish(make_demo(folder, seconds=SECONDS, size=SIZE, fault=Truth()))
    with av.open(str(demo.take_path)) as container:
        rate = float(container.streams.video[0].average_rate or 25)
        frames = [
            np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
            for frame in container.decode(video=0)
        ]
    recorded = [
        number
        for start, end in STRETCHES
        for number in range(round(start * rate), min(round(end * rate), len(frames)))
    ]

    def picture(k: int) -> clips.Image:
        frame = frames[recorded[k]].copy()
        frame[-STRIP:] = clips.coded_frame(k, (frame.shape[1], STRIP))
        return frame

    path = folder / "three attempts.mp4"
    times = [k / rate for k in range(len(recorded))]
    clips.write_clip(path, times, size=SIZE, picture=picture, options={"preset": "ultrafast"})
    return Demo(demo.song_path, path, demo.song, demo.truth)


def number_of(rgb: clips.Image) -> int:
    """Which frame of the recording a picture is; -1 where it is none."""
    strip = round(rgb.shape[0] * STRIP / SIZE[1])
    return clips.read_code(rgb[-strip:])


def begins(attempt: int) -> float:
    """Second of the recording at which an attempt begins."""
    return float(np.sum([end - start for start, end in STRETCHES[:attempt]]))
