"""Small grey pictures of a take, which tell whether two of its moments look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from lipsyncer.arrays import Indices, UInt8s

_LONGER_SIDE = 128
_QUALITY = 95  # of 100; a grainy picture takes 5 kB


def pack(rgb: UInt8s) -> bytes:
    """Make a frame (height, width, 3) small and grey, as a JPEG."""
    height, width = rgb.shape[:2]
    shrink = min(1.0, _LONGER_SIDE / max(height, width))
    size = (max(8, round(width * shrink)), max(8, round(height * shrink)))
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if height % 2 == width % 2 == 0 and max(size) * 4 <= max(height, width):
        # Halving is next to nothing, and what follows is then a quarter as much.
        grey = cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()


@dataclass(frozen=True, eq=False)
class SmallPictures:
    """The small pictures of a take, by frame of its proxy.

    Parameters
    ----------
    packed
        All JPEG files one after the other, uint8 (bytes,).
    ends
        Where each ends (pictures,).
    shown
        Which picture each frame of the proxy shows (frames,).
    """

    packed: UInt8s = field(default_factory=lambda: np.zeros(0, np.uint8))
    ends: Indices = field(default_factory=lambda: np.zeros(0, np.int64))
    shown: Indices = field(default_factory=lambda: np.zeros(0, np.int64))

    @classmethod
    def of(cls, pictures: Sequence[bytes], frames: Sequence[int]) -> SmallPictures:
        """Join packed pictures, of which each stands for so many frames of the proxy."""
        return cls(
            np.frombuffer(b"".join(pictures), np.uint8),
            np.cumsum([len(picture) for picture in pictures], dtype=np.int64),
            np.repeat(np.arange(len(pictures)), frames),
        )

    def __getitem__(self, frame: int) -> UInt8s:
        """Grey picture (height, width) of a frame of the proxy."""
        number = int(self.shown[frame])
        begin = int(self.ends[number - 1]) if number else 0
        packed = self.packed[begin : int(self.ends[number])]
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
