"""Which way up a take's picture is, told by the face in it, where the file does not say so.

Phones that lie flat, screen recorders and converters lose the flag that says how a picture was
filmed. The finder finds faces that lie on their side and says so; of a face that is upside down it
makes one that is upright, its mouth where the forehead is, which trembles from frame to frame two
to eight times as much as one that is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lipsyncer.arrays import Float32s, UInt8s
from lipsyncer.features.headpose import fit_pose
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.mouth import Moment, few_show_a_face
from lipsyncer.media import FrameReader, MediaInfo
from lipsyncer.progress import Stage

_QUARTERS = {90: 3, 180: 2, 270: 1}
"""Degrees clockwise, and quarter turns to the left that come to the same."""
_PLACES, _AT_ONCE = 4, 6
"""Where a take is looked at, and how many frames there."""
_RATE = 30.0
"""Of the frames looked at, per second, where the take has as many."""
_HEIGHT = 640
_STILL, _MOVING = 0.004, 0.06
"""How far a face's points move between two frames (distances between the eyes), at least and more
for each second between them, below which it surely is one."""
_STEADIER = 1.5
"""How many times less another way up has to tremble."""
_ENOUGH = 0.5
"""Share of frames with a face that is enough to be believed."""
_FACES = 400  # at most, whose movement is measured


@dataclass(frozen=True)
class _Look:
    """What a few frames show: the share with an upright face, and how much that trembles.

    A face that is there trembles by 1 or not much more, whatever the rate of frames.
    """

    found: float
    trembling: float

    @classmethod
    def of(cls, bursts: Sequence[Sequence[tuple[float, Float32s | None]]]) -> _Look:
        """Sum up frames, in runs of neighbours: their times and the face (478, 3) of each."""
        faces = [face for burst in bursts for _, face in burst]
        steps = [
            _trembling([before, after], np.stack([one, other]))
            for burst in bursts
            for (before, one), (after, other) in pairwise(burst)
            if one is not None and other is not None
        ]
        found = sum(face is not None for face in faces) / max(len(faces), 1)
        return cls(found, float(np.median(steps)) if steps else np.inf)


def turn_wanted(info: MediaInfo, moments: Sequence[Moment]) -> Stage[int]:
    """Tell by how many degrees clockwise a take's picture has to be turned to be upright.

    Parameters
    ----------
    info
        What ``probe`` said of the take.
    moments
        What was seen in it as the file says it is to be shown.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    0, 90, 180 or 270; 0 also for a face on its side in an upright picture, as of a singer who lies
    down.
    """
    wide = info.video is not None and info.video.width >= info.video.height
    faces = [(time, mouths[0].face) for time, mouths in moments if mouths][:_FACES]
    few = few_show_a_face(moments)
    if not few:
        landmarks = np.stack([face for _, face in faces])
        quarter = _quarter(landmarks)
        if quarter in (1, 3):
            return (360 - 90 * quarter) if wide else 0
        if len(faces) < 2 or _trembling([time for time, _ in faces], landmarks) < 1:
            return 0
    looks = yield from _looks(info, (90, 180, 270) if wide and few else (180,))
    as_it_is = looks.pop(0)
    turn, other = min(looks.items(), key=lambda look: (-round(look[1].found, 1), look[1].trembling))
    believed = other.found >= max(_ENOUGH, as_it_is.found - 0.1)
    return turn if believed and _STEADIER * other.trembling < as_it_is.trembling else 0


def _looks(info: MediaInfo, turns: Sequence[int]) -> Stage[dict[int, _Look]]:
    """Look at a few frames as they are (0) and turned."""
    bursts = []
    for burst in _bursts(info):
        bursts.append(burst)
        yield len(bursts) / _PLACES / 2
    looks = {}
    with FaceFinder() as finder:
        for turn in (0, *turns):
            seen = []
            for burst in bursts:
                finder.reset()
                seen.append([(time, _face(finder, rgb, turn)) for time, rgb in burst])
            looks[turn] = _Look.of(seen)
            yield 0.5 + 0.5 * len(looks) / (len(turns) + 1)
    return looks


def _bursts(info: MediaInfo) -> Iterator[list[tuple[float, UInt8s]]]:
    """Neighbouring frames from a few places of a take, and their times."""
    assert info.video is not None
    times = info.video.times[:: max(1, round(info.video.rate / _RATE))]
    with FrameReader(info, max_height=_HEIGHT) as reader:
        for place in range(_PLACES):
            first = int((place + 0.5) / _PLACES * len(times))
            burst = times[first : first + _AT_ONCE].tolist()
            yield [(time, reader.frame_at(time)) for time in burst]


def _face(finder: FaceFinder, rgb: UInt8s, turn: int) -> Float32s | None:
    turned = np.rot90(rgb, _QUARTERS.get(turn, 0))
    face = next(iter(finder.find(np.ascontiguousarray(turned))), None)
    return face if face is not None and _quarter(face[None]) == 0 else None


def _quarter(landmarks: Float32s) -> int:
    """By how many quarters a face (n, 478, 3) is turned clockwise, 0 to 3."""
    roll = float(np.median(np.degrees(fit_pose(landmarks).roll)))
    return round(roll / 90) % 4


def _trembling(times: Sequence[float], landmarks: Float32s) -> float:
    """How much the points of a face (n, 478, 3), freed of its pose, move between frames.

    1 is what they do at most in nearly all faces that are there.
    """
    still = fit_pose(landmarks).frontal(landmarks.astype(np.float64))
    moved = np.linalg.norm(np.diff(still, axis=0), axis=2)
    return float(np.median(moved / (_STILL + _MOVING * np.diff(times)[:, None])))
