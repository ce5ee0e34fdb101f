"""A take whose every frame says which one it is, in its lowest rows.

Other tests import this module by name (``import numbered_frames``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import clips
import numpy as np

_STRIP = 0.0375
"""Share of a picture's height that its number takes."""


def record(source: Path, target: Path, recorded: Sequence[int] | None = None) -> float:
    """Write frames of a video without its sound, numbered in their new order.

    Parameters
    ----------
    recorded
        Which frames; by default all.

    Returns
    -------
    Frames per second.
    """
    with av.open(str(source)) as container:
        rate = float(container.streams.video[0].average_rate or 25)
        frames = [
            np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
            for frame in container.decode(video=0)
        ]
    recorded = range(len(frames)) if recorded is None else recorded
    height, width = frames[0].shape[:2]
    strip = round(height * _STRIP)

    def picture(k: int) -> clips.Image:
        frame = frames[min(recorded[k], len(frames) - 1)].copy()
        frame[-strip:] = clips.coded_frame(k, (width, strip))
        return frame

    times = [k / rate for k in range(len(recorded))]
    clips.write_clip(
        target, times, size=(width, height), picture=picture, options={"preset": "ultrafast"}
    )
    return rate


def numbers_in(video: Path) -> list[int]:
    """Which frame of the take each frame of a file is; -1 where it is none."""
    with av.open(str(video)) as container:
        return [
            clips.read_code(
                np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)[
                    -round(frame.height * _STRIP) :
                ]
            )
            for frame in container.decode(video=0)
        ]
