"""Whether viewers would see an edit: its step of the picture, by the steps of the take itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from lipsyncer.arrays import Float32s, Float64s, UInt8s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media.proxy import Proxy

PictureStep = Callable[[int, float, float], float]
"""Take and two of its moments (s): the step between them, where ``UNSEEN`` is the most that is not
seen."""

UNSEEN = 1.0
"""An edit that steps no further than this is not seen: 95 of 100 neighbouring frames of the take
differ by less, in the whole picture and around the head."""

_USUAL = 95.0  # percentile of the steps between neighbouring frames
_SAMPLES = 100  # neighbouring frames that are compared
_STANDING = 0.05  # grey levels; less is the same frame twice
_REMEMBERED = 100  # frames
_HEIGHT = 96  # pixels of the whole picture
_HEAD = 64  # pixels of the head's picture
_HEAD_SIZE = 3.0  # sides of the mouth's square
_HEAD_ABOVE = 0.6  # sides that the head's middle lies above the mouth's


def picture_steps(proxies: Sequence[Proxy], tracks: Sequence[MouthTrack]) -> PictureStep:
    """Give a way to measure the step from one moment of a take to another.

    A step is the mean difference of grey levels by the 95th percentile of those between the
    take's neighbouring frames, of the whole picture or of the head, whichever is more: light and
    background show in the one, the head's pose in the other.

    Parameters
    ----------
    proxies
        The takes' pictures.
    tracks
        Their mouths, which tell where the head is.
    """
    takes: dict[int, _Pictures] = {}

    def step(take: int, one: float, other: float) -> float:
        if take not in takes:
            takes[take] = _Pictures(proxies[take], tracks[take])
        return takes[take].step(one, other)

    return step


class _Pictures:
    """A take's pictures, and the steps (2,) that its whole picture and its head make anyway."""

    def __init__(self, proxy: Proxy, track: MouthTrack) -> None:
        self._proxy, self._rate, self._boxes = proxy, proxy.rate, track.boxes
        self._last = max(1, len(proxy.times) - 1)
        self._seen: dict[int, UInt8s] = {}
        frames = np.unique(np.linspace(0, self._last - 1, _SAMPLES).astype(int))
        steps = np.array([self._differences(frame, frame + 1) for frame in frames])
        moving = steps[steps[:, 0] > _STANDING]
        usual = np.percentile(moving, _USUAL, axis=0) if len(moving) else np.zeros(2)
        self._usual: Float64s = np.maximum(usual, _STANDING)

    def step(self, one: float, other: float) -> float:
        """The larger of the two steps from one moment (s) to another, by the usual one."""
        frames = (int(moment * self._rate + 1e-6) for moment in (one, other))
        return float((self._differences(*frames) / self._usual).max())

    def _differences(self, one: int, other: int) -> Float64s:
        """Mean differences (2,) between two frames, grey levels: of the whole and of the head."""
        pictures = [self._picture(frame) for frame in (one, other)]
        heads = [self._head(picture, one / self._rate) for picture in pictures]
        whole = [_small(picture, _HEIGHT) for picture in pictures]
        head = [_small(picture, _HEAD) for picture in heads]
        return np.array([float(np.abs(a - b).mean()) for a, b in (whole, head)])

    def _picture(self, frame: int) -> UInt8s:
        """The picture of a frame of the proxy; kept, as many moments are compared with it."""
        frame = min(max(frame, 0), self._last)
        if frame not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[frame] = self._proxy.small[frame]
        return self._seen[frame]

    def _head(self, frame: UInt8s, moment: float) -> UInt8s:
        """The square around the head at a moment; all of the picture where no head is known."""
        if not len(self._boxes):
            return frame
        shrink = frame.shape[0] / self._proxy.height
        x, y, side = shrink * self._boxes[min(round(moment * GRID_RATE), len(self._boxes) - 1)]
        half = side * _HEAD_SIZE / 2
        top, left = y - _HEAD_ABOVE * side - half, x - half
        rows = slice(max(0, int(top)), max(0, int(top + 2 * half)))
        columns = slice(max(0, int(left)), max(0, int(left + 2 * half)))
        head = frame[rows, columns]
        return head if side > 0 and head.size else frame


def _small(picture: UInt8s, height: int) -> Float32s:
    width = max(8, round(picture.shape[1] * height / picture.shape[0]))
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)
