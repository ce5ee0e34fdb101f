"""Faces that are lost in a take's picture as it is worked on, watched at full size.

The finder sees a picture in 128 by 128 points, in which the face of a seated singer who is filmed
whole is a dot. In a part of the full picture that is five times as large as the face it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

import numpy as np

from lipsyncer.arrays import Float32s, Float64s, UInt8s
from lipsyncer.features.face_survey import MOST_FACES
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.mouth import Moment, Mouth, Watch
from lipsyncer.media import FrameReader, MediaInfo
from lipsyncer.media.proxy import ProxyFrames
from lipsyncer.media.small_pictures import pack
from lipsyncer.progress import Stage

_PLACES = 8
"""Frames in which small faces are looked for; one that only one of them shows is ignored."""
_SMALLEST_TILE = 240
_WINDOW = 5.0
"""Side of the window that is watched, in heights of the face."""
_ASTRAY = 0.15
"""How far from the middle a face gets before its window follows, as a share of the side."""
_GROWN = 1.5  # times larger or smaller than when its window was made
_PATIENCE = 1.0  # s without a face until a window goes back to where one was found


@dataclass(frozen=True)
class SmallFace:
    """Where a face was found: seconds, its middle and its height in pixels of the full picture."""

    time: float
    middle: Float64s
    height: float

    @classmethod
    def of(cls, time: float, face: Float32s) -> SmallFace:
        """Sum up landmarks (478, 3)."""
        low, high = face[:, :2].min(axis=0), face[:, :2].max(axis=0)
        return cls(time, (low + high) / 2.0, float(high[1] - low[1]))

    def near(self, other: SmallFace) -> bool:
        """Whether the other may be the same face of the same frame."""
        return float(np.abs(self.middle - other.middle).max()) < max(self.height, other.height) / 2


def find_small_faces(info: MediaInfo) -> Stage[list[list[SmallFace]]]:
    """Look for faces in tiles of a few frames at full size.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    For each frame looked at the faces that it shows, the largest first, at most 4, and as many
    in all of them that show any; no frame where there are none, or where whole frames show them.
    """
    assert info.video is not None
    times = info.video.times
    found: list[list[SmallFace]] = []
    whole = 0
    with FrameReader(info) as reader, FaceFinder(MOST_FACES, follow=False) as finder:
        for place in range(_PLACES):
            time = float(times[int((place + 0.5) / _PLACES * len(times))])
            rgb = reader.frame_at(time)
            whole += bool(finder.find(rgb))
            found.append(_in_tiles(finder, time, rgb))
            yield (place + 1) / _PLACES
    together = sorted(len(faces) for faces in found)[-2]
    if not together or sum(map(bool, found)) <= 2 * whole:
        return []
    return [faces[:together] for faces in found if len(faces) >= together]


def _in_tiles(finder: FaceFinder, time: float, rgb: UInt8s) -> list[SmallFace]:
    """Find the faces in tiles of half the picture's height, or where there are none of less."""
    side = min(rgb.shape[:2]) // 2
    while side >= _SMALLEST_TILE:
        faces: list[SmallFace] = []
        for x, y in _tiles(rgb, side):
            for landmarks in finder.find(np.ascontiguousarray(rgb[y : y + side, x : x + side])):
                face = SmallFace.of(time, landmarks + np.array([x, y, 0], np.float32))
                if not any(face.near(other) for other in faces):
                    faces.append(face)
        if faces:
            return sorted(faces, key=lambda face: -face.height)[:MOST_FACES]
        side //= 2
    return []


def _tiles(rgb: UInt8s, side: int) -> Iterator[tuple[int, int]]:
    """Left and upper edges of squares that each share half with their neighbours."""
    rows, columns = (
        np.linspace(0, length - side, -(-2 * (length - side) // side) + 1).astype(int)
        for length in rgb.shape[:2]
    )
    for y in rows:
        for x in columns:
            yield int(x), int(y)


def watch_small_faces(
    info: MediaInfo,
    picture: ProxyFrames,
    found: Sequence[Sequence[SmallFace]],
    small: list[bytes],
    watch: Watch | None = None,
) -> Stage[list[Moment]]:
    """Follow faces through a take at full size, each in a window of its own.

    Parameters
    ----------
    found
        What `find_small_faces` found.
    small
        Where a small picture of each frame is kept.
    watch
        See ``track_mouth``.

    Returns
    -------
    What was seen, in pixels of the full picture.
    """
    assert info.video is not None
    small.clear()
    moments: list[Moment] = []
    with (
        ExitStack() as stack,
        closing(picture.read("rgb24", (info.video.width, info.video.height))) as frames,
    ):
        windows = [
            _Window(
                stack.enter_context(FaceFinder()), first, [each for all_ in found for each in all_]
            )
            for first in found[0]
        ]
        for stamp, frame, _ in frames:
            rgb = frame.to_ndarray()
            small.append(pack(rgb))
            mouths: list[Mouth] = []
            seen: list[SmallFace] = []
            for window in windows:
                landmarks = window.find(stamp, rgb, seen)
                if landmarks is not None:
                    mouths.append(Mouth.of(landmarks, rgb))
            moments.append((stamp, mouths))
            if mouths and watch is not None:
                watch(mouths[0].patch)
            yield picture.share(stamp)
    return moments


class _Window:
    """A part of the picture in which one face is followed."""

    def __init__(self, finder: FaceFinder, first: SmallFace, known: Sequence[SmallFace]) -> None:
        self._finder, self._known = finder, known
        self._at = first
        self._last = first.time

    def find(self, time: float, rgb: UInt8s, taken: list[SmallFace]) -> Float32s | None:
        """Find the face (478, 3) in the next frame, unless another window has taken it."""
        if abs(time - self._last) > _PATIENCE:
            self._go_back(time)
        height, width = rgb.shape[:2]
        side = min(round(_WINDOW * self._at.height), height, width)
        x, y = (
            int(np.clip(round(float(middle) - side / 2), 0, length - side))
            for middle, length in zip(self._at.middle, (width, height), strict=True)
        )
        inside = np.ascontiguousarray(rgb[y : y + side, x : x + side])
        landmarks = next(iter(self._finder.find(inside)), None)
        if landmarks is None:
            return None
        landmarks = landmarks + np.array([x, y, 0], np.float32)
        face = SmallFace.of(time, landmarks)
        if any(face.near(other) for other in taken):
            return None
        taken.append(face)
        self._last = time
        astray = np.abs(face.middle - self._at.middle).max() > _ASTRAY * side
        size = face.height / self._at.height
        if astray or not 1 / _GROWN < size < _GROWN:
            self._at = face
            self._finder.reset()
        return landmarks

    def _go_back(self, time: float) -> None:
        """Look where a face was found nearest to a time, and of several there nearest to here."""

        def away(face: SmallFace) -> tuple[float, float]:
            return abs(face.time - time), float(np.abs(face.middle - self._at.middle).max())

        self._at, self._last = min(self._known, key=away), time
        self._finder.reset()
