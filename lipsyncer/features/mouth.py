"""The mouth of a take: steady upright crops, the lips' shape, and how well they are seen.

Frames come in at their own true time stamps and leave on the analysis grid of 25 positions per
second, so that a variable-rate take is measured where it really is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter1d

from lipsyncer.arrays import Booleans, Float32s, Float64s, Floats, UInt8s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.headpose import SKULL_POINTS, HeadPose, fit_pose, fit_skull
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.lipshape import LIP_POINTS, SHAPE_POINTS, lip_opening
from lipsyncer.features.mouth_quality import mouth_covered, mouth_quality
from lipsyncer.progress import Stage

Watch = Callable[[UInt8s], None]
"""Shown each mouth as it is found: a grey square, uint8 (112, 112)."""

CROP_SIZE = 64
"""Side of a mouth crop in pixels (Yin and Wen)."""

CROP_UNITS = 1.5
"""Side of a crop in distances between the eyes: lips, chin and some cheek."""

_PATCH_UNITS = 2.4  # kept around the mouth until the pose is smoothed
_PATCH_SIZE = 112
_POSE_SMOOTHING = 0.06  # s; standard deviation, removes jitter and keeps a head's nod
_CENTRE_SMOOTHING = 1.0  # s; the crop must not follow the mouth that it shows
_LONGEST_BRIDGE = 0.25  # s; between frames farther apart than this nothing is interpolated
_AT_ONCE = 256  # positions
_FEW = 0.25  # of the frames


@dataclass(frozen=True)
class MouthTrack:
    """A take's mouth on the analysis grid: position k is take time k/25.

    Attributes
    ----------
    crops
        Grey mouth crops, uint8 (n, 64, 64).
    shape
        Mouth points in the head's frontal frame, float32 (n, 56, 3), in distances between the
        eyes; see ``lipshape.SHAPE_POINTS``.
    quality
        How well the mouth is seen, float32 (n,), from 0 (not at all) to 1.
    faces
        The most faces seen in one frame.
    one_of_several
        Whether this is the mouth of one of several faces that move through the take.
    boxes
        Where the crops lie in the frames given: centre x, centre y and side in pixels,
        float32 (n, 3).
    present
        Whether there is a face at all, bool (n,); empty where that is not known.
    covered
        Whether something is before the mouth, bool (n,); empty where that is not known.
    """

    crops: UInt8s
    shape: Float32s
    quality: Float32s
    faces: int = 1
    one_of_several: bool = False
    boxes: Float32s = field(default_factory=lambda: np.zeros((0, 3), np.float32))
    present: Booleans = field(default_factory=lambda: np.zeros(0, np.bool_))
    covered: Booleans = field(default_factory=lambda: np.zeros(0, np.bool_))

    def __len__(self) -> int:
        return len(self.crops)

    @property
    def seen(self) -> float:
        """Share of the take in which the mouth is seen."""
        return float((self.quality > 0.3).mean()) if len(self) else 0.0


@dataclass(frozen=True)
class Mouth:
    """A face found in a frame, and what is kept of the picture: a generous square around its mouth.

    ``corner`` is where the square begins, x and y, and picture pixels per pixel of it.
    """

    face: Float32s
    patch: UInt8s
    corner: tuple[float, float, float]

    @classmethod
    def of(cls, face: Float32s, rgb: UInt8s) -> Mouth:
        """Keep a face (478, 3) and cut the square out of its frame."""
        return cls(face, *_cut_patch(face, rgb))


Moment = tuple[float, list[Mouth]]
"""A time stamp and the mouths that are seen then."""


def few_show_a_face(moments: Sequence[Moment]) -> bool:
    """Whether so few frames show a face that it is worth looking at them in another way."""
    return sum(bool(mouths) for _, mouths in moments) <= _FEW * len(moments)


@dataclass
class _Trail:
    """One face followed through the frames: of all but the last, what its mouth needs."""

    times: list[float] = field(default_factory=list)
    skulls: list[Float32s] = field(default_factory=list)
    shapes: list[Float32s] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    patches: list[UInt8s] = field(default_factory=list)
    corners: list[tuple[float, float, float]] = field(default_factory=list)
    last: Float32s = field(default_factory=lambda: np.zeros((0, 3), np.float32))

    def add(self, time: float, mouth: Mouth) -> None:
        self.times.append(time)
        self.skulls.append(mouth.face[SKULL_POINTS])
        self.shapes.append(mouth.face[SHAPE_POINTS])
        self.heights.append(float(np.ptp(mouth.face[:, 1])))
        self.patches.append(mouth.patch)
        self.corners.append(mouth.corner)
        self.last = mouth.face

    def distance(self, face: Float32s) -> float:
        """How far a face is from this trail's last, in widths of the face."""
        width = max(float(np.ptp(self.last[:, 0])), 1.0)
        return float(np.linalg.norm(self.last[:, :2].mean(0) - face[:, :2].mean(0))) / width

    def posed(self) -> tuple[HeadPose, Float64s]:
        """Give the head's pose in each frame, and the mouth's points (n, 56, 3) in pixels."""
        return fit_skull(np.stack(self.skulls)), np.stack(self.shapes).astype(np.float64)

    def prominence(self) -> float:
        """Large, long seen and moving its lips: what makes a face the singer's."""
        pose, shape = self.posed()
        movement = float(np.std(lip_opening(pose.frontal(shape))))
        return float(np.median(self.heights)) * len(self.times) * (0.02 + movement)


def _cut_patch(face: Float32s, rgb: UInt8s) -> tuple[UInt8s, tuple[float, float, float]]:
    """Cut a generous grey square around the mouth; corner x, y and picture pixels per pixel."""
    pose = fit_pose(face[None])
    centre = face[LIP_POINTS, :2].mean(axis=0)
    side = max(round(_PATCH_UNITS * float(pose.scale[0])), 8)
    large = side >= 2 * _PATCH_SIZE
    side -= side % 2 if large else 0  # halving is quick where it leaves nothing over
    x, y = (round(float(c) - side / 2) for c in centre)
    height, width = rgb.shape[:2]
    inside = rgb[max(y, 0) : max(y + side, 0), max(x, 0) : max(x + side, 0)]
    if inside.size == 0:
        return np.zeros((_PATCH_SIZE, _PATCH_SIZE), np.uint8), (x, y, side / _PATCH_SIZE)
    grey = cv2.cvtColor(np.ascontiguousarray(inside), cv2.COLOR_RGB2GRAY)
    edges = (max(-y, 0), max(y + side - height, 0), max(-x, 0), max(x + side - width, 0))
    if any(edges):
        grey = cv2.copyMakeBorder(grey, *edges, borderType=cv2.BORDER_REPLICATE)
    method = cv2.INTER_AREA if side > _PATCH_SIZE else cv2.INTER_LINEAR
    if large:
        # What follows is then a quarter as much.
        grey = cv2.resize(grey, (side // 2, side // 2), interpolation=cv2.INTER_AREA)
    patch = cv2.resize(grey, (_PATCH_SIZE, _PATCH_SIZE), interpolation=method)
    return patch, (x, y, side / _PATCH_SIZE)


def track_mouth(
    frames: Iterable[tuple[float, UInt8s]],
    duration: float,
    *,
    expected: int | None = None,
    finder: FaceFinder | None = None,
    watch: Watch | None = None,
) -> Stage[MouthTrack]:
    """Follow the only mouth of a take.

    Parameters
    ----------
    frames
        Time stamps (s, ascending) and upright frames, uint8 (height, width, 3) RGB; 500 to 1000
        pixels are enough.
    duration
        Length of the take in seconds.
    expected
        Number of frames, for progress.
    finder
        A finder of one face to reuse for many short clips; it is reset, not closed.
    watch
        Called with the mouth's picture from each frame that has one.

    Returns
    -------
    MouthTrack
        With quality 0 everywhere when no face was found.
    """
    active = FaceFinder() if finder is None else finder
    moments: list[Moment] = []
    try:
        for time, rgb in frames:
            mouths = [Mouth.of(face, rgb) for face in active.find(rgb)]
            moments.append((time, mouths))
            if watch is not None and mouths:
                watch(mouths[0].patch)
            if expected:
                yield min(len(moments) / expected, 1.0)
    finally:
        if finder is None:
            active.close()
        else:
            active.reset()
    return tracked(moments, 1, duration)


def tracked(moments: list[Moment], faces: int, duration: float) -> MouthTrack:
    """Choose the singer among the mouths that were seen and bring theirs onto the grid.

    Parameters
    ----------
    moments
        In the order of time; emptied, because its pictures take much memory.
    faces
        How many the survey has counted.
    duration
        Length of the take in seconds.
    """
    positions = max(int(np.floor(duration * GRID_RATE + 1e-6)), 1)
    trails: list[_Trail] = []
    moments.reverse()
    while moments:  # the trails keep less of each
        time, mouths = moments.pop()
        faces = max(faces, len(mouths))
        _follow(trails, time, mouths)
    if not trails:
        return _unseen(positions)
    singer = max(trails, key=_Trail.prominence) if len(trails) > 1 else trails[0]
    return _on_grid(singer, positions, faces, one_of_several=len(trails) > 1 and faces > 1)


def _follow(
    trails: list[_Trail],
    time: float,
    mouths: list[Mouth],
) -> None:
    """Hand each face of a frame to the trail it continues, or begin a new one."""
    free = list(trails)
    for mouth in mouths:
        face = mouth.face
        nearest = free[0] if len(free) == 1 else None
        if len(free) > 1:
            nearest = min(free, key=lambda trail: trail.distance(face))
        # With a single face the nearest trail is it, wherever it jumped to.
        if nearest is None or (len(mouths) > 1 and nearest.distance(face) > 1.0):
            nearest = _Trail()
            trails.append(nearest)
        else:
            free.remove(nearest)
        nearest.add(time, mouth)


def _unseen(positions: int) -> MouthTrack:
    return MouthTrack(
        np.zeros((positions, CROP_SIZE, CROP_SIZE), np.uint8),
        np.zeros((positions, len(SHAPE_POINTS), 3), np.float32),
        np.zeros(positions, np.float32),
        faces=0,
        boxes=np.zeros((positions, 3), np.float32),
        present=np.zeros(positions, np.bool_),
        covered=np.zeros(positions, np.bool_),
    )


def _on_grid(trail: _Trail, positions: int, faces: int, *, one_of_several: bool) -> MouthTrack:
    """Smooth the pose, cut the crops and interpolate everything onto the grid."""
    times = np.array(trail.times)
    rate = (len(times) - 1) / max(times[-1] - times[0], 1e-3) if len(times) > 1 else GRID_RATE
    raw, points = trail.posed()
    smooth = _smoothed(raw, rate)
    shape = smooth.frontal(points)
    crops, boxes = _cut_crops(trail, smooth, shape, rate)
    quality = mouth_quality(crops, raw, rate)

    grid = np.arange(positions) / GRID_RATE
    right = np.clip(np.searchsorted(times, grid, side="right"), 1, max(len(times) - 1, 1))
    left = right - 1
    right = np.minimum(right, len(times) - 1)
    gap = times[right] - times[left]
    share = np.clip((grid - times[left]) / np.maximum(gap, 1e-6), 0.0, 1.0)
    share = np.where(gap > _LONGEST_BRIDGE, np.round(share), share)
    nearest = np.minimum(np.abs(grid - times[left]), np.abs(grid - times[right]))
    present = nearest <= _LONGEST_BRIDGE / 2 + 1e-9

    def blend(values: Floats) -> Floats:
        weight = share.reshape(-1, *[1] * (values.ndim - 1)).astype(np.float32)
        mixed: Floats = values[left] * (1 - weight) + values[right] * weight
        return mixed

    # Some at a time, or a long take's crops would stand in memory four times over as floats.
    on_grid = np.empty((positions, CROP_SIZE, CROP_SIZE), np.uint8)
    for start in range(0, positions, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        weight = share[part, None, None].astype(np.float32)
        on_grid[part] = np.round(crops[left[part]] * (1 - weight) + crops[right[part]] * weight)
    return MouthTrack(
        crops=on_grid,
        shape=blend(shape).astype(np.float32),
        quality=np.where(present, blend(quality), 0.0).astype(np.float32),
        faces=faces,
        one_of_several=one_of_several,
        boxes=blend(boxes).astype(np.float32),
        present=present,
        covered=mouth_covered(on_grid),
    )


def _smoothed(pose: HeadPose, rate: float) -> HeadPose:
    """A pose without the finder's jitter: means over some hundredths of a second."""

    def smooth(values: Float64s) -> Float64s:
        sigma = max(_POSE_SMOOTHING * rate, 0.01)
        filtered: Float64s = gaussian_filter1d(values, sigma, 0, mode="nearest")
        return filtered

    u, _, vt = np.linalg.svd(smooth(pose.rotation))  # the nearest rotation to the mean matrix
    return HeadPose(smooth(pose.scale), u @ vt, smooth(pose.origin))


def _cut_crops(
    trail: _Trail, pose: HeadPose, shape: Float64s, rate: float
) -> tuple[UInt8s, Float32s]:
    """Cut the crops, upright and of one scale, around where this person's mouth rests."""
    centre = shape[:, : len(LIP_POINTS)].mean(axis=1)
    centre = gaussian_filter1d(centre, max(_CENTRE_SMOOTHING * rate, 0.01), 0, mode="nearest")
    pixels = pose.pixels(centre)
    crops = np.empty((len(trail.times), CROP_SIZE, CROP_SIZE), np.uint8)
    boxes = np.empty((len(trail.times), 3), np.float32)
    half, roll = (CROP_SIZE - 1) / 2, pose.roll
    trail.patches.reverse()
    for k, (x, y, zoom) in enumerate(trail.corners):
        side = CROP_UNITS * pose.scale[k]
        step = side / CROP_SIZE / zoom  # patch pixels for one pixel of the crop
        c, s = step * np.cos(roll[k]), step * np.sin(roll[k])
        # +0.5/-0.5: cv2 puts a pixel's centre at its integer coordinate, the resize did not.
        cx, cy = (pixels[k, :2] - (x, y)) / zoom + (0.5 / zoom - 0.5)
        matrix = np.array([[c, -s, cx - half * (c - s)], [s, c, cy - half * (s + c)]])
        crops[k] = cv2.warpAffine(
            trail.patches.pop(),  # a long take's are large
            matrix,
            (CROP_SIZE, CROP_SIZE),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        boxes[k] = (*pixels[k, :2], side)
    return crops, boxes
