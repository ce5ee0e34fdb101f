"""A portrait that sings: the demo's selfie, frame by frame, for any lip shape."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from lipsyncer.arrays import Float32s, Float64s, Integers
from lipsyncer.demo import mouth_shapes as mouth
from lipsyncer.demo.eyes import EYES, Eye
from lipsyncer.demo.mouth_shapes import MouthMap, MouthWarp, Shape
from lipsyncer.resources import resource

Image = NDArray[np.uint8]

_FACE_WIDTH = 92.0  # pixels of the picture, ear to ear
_EYE_LEVEL = -38.5  # face units
_MARGIN = 0.03  # of the width, for the hand that holds the camera
_BLINK_EVERY = 3.4
_BLINK_SECONDS = 0.22

# Taken from red, green and blue of the lips: a little make-up, as on stage.
_LIP_TINT = np.array([0.03, 0.16, 0.13], np.float32)
_CAVITY = np.array([34.0, 14.0, 14.0], np.float32)
_TONGUE = np.array([118.0, 52.0, 50.0], np.float32)


class SingingPortrait:
    """The shipped portrait as seen by a hand-held camera.

    Parameters
    ----------
    width, height
        Size of a frame in pixels.
    seed
        Of the camera's sway, its noise and the blinking.
    face_share
        Width of the face as a share of the frame's shorter side.
    """

    def __init__(self, width: int, height: int, *, seed: int = 0, face_share: float = 0.52) -> None:
        self._size = (width, height)
        self._seed = seed
        self._scale = min(width, height) * face_share / _FACE_WIDTH
        self._margin = round(_MARGIN * width)
        # Eyes at two fifths of the height, unless that would look over the picture's top.
        eyes = min(0.40 * height, (mouth.CENTRE[1] + _EYE_LEVEL) * self._scale - 2 * self._margin)
        self._origin = (
            self._margin + width / 2,
            self._margin + eyes - _EYE_LEVEL * self._scale,
        )
        self._still = self._plate()
        columns = self._pixels(mouth.LEFT, mouth.RIGHT, 0)
        rows = self._pixels(mouth.TOP, mouth.BOTTOM, 1)
        self._window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        xs = (columns - self._origin[0]) / self._scale
        ys = (rows - self._origin[1]) / self._scale
        self._warp = MouthWarp(xs, ys)
        self._eyes = [Eye(outline, self._origin, self._scale) for outline in EYES]
        lip_rows, lip_columns = self._warp.lip_window
        self._teeth = _teeth_share(ys[lip_rows], xs[lip_columns])[..., None]
        rng = np.random.default_rng((seed, 5))
        self._sway = rng.uniform(0.0, 2 * np.pi, (4, 3))
        # One sheet of noise, laid down somewhere else on every frame.
        sheet = rng.normal(0.0, 2.2, (height + 64, width + 64, 3))
        self._noise: NDArray[np.int16] = np.round(sheet).astype(np.int16)

    def frame(self, shape: Shape, time: float) -> Image:
        """Picture of the face at a time.

        Parameters
        ----------
        shape
            Of the lips.
        time
            Of the footage (s): decides about sway, blinking and noise, which repeat exactly for
            the same time and seed.

        Returns
        -------
        uint8 (height, width, 3)
            RGB.
        """
        picture = self._still.copy()
        picture[self._window] = self._mouth(self._warp.map(shape), shape)
        for eye in self._eyes:
            eye.close(picture, self._still, self._blink(time))
        return self._film(picture, time)

    def _blink(self, time: float) -> float:
        """How far the eyes are closed, 0 to 1: a blink somewhere in every few seconds."""
        slot, since = divmod(max(time, 0.0), _BLINK_EVERY)
        rng = np.random.default_rng((self._seed, 7, int(slot)))
        start = float(rng.uniform(0.0, _BLINK_EVERY - _BLINK_SECONDS))
        share = np.clip((since - start) / _BLINK_SECONDS, 0.0, 1.0)
        return float(np.sin(np.pi * share) ** 0.7)

    def _plate(self) -> Image:
        """The still picture, upright, enlarged and with a margin."""
        stored = cv2.imread(str(resource("assets", "portrait.jpg")), cv2.IMREAD_COLOR)
        picture = cv2.cvtColor(stored, cv2.COLOR_BGR2RGB)
        affine = cv2.getRotationMatrix2D(mouth.CENTRE, mouth.ROLL_DEGREES, self._scale)
        affine[0, 2] += self._origin[0] - mouth.CENTRE[0]
        affine[1, 2] += self._origin[1] - mouth.CENTRE[1]
        size = (self._size[0] + 2 * self._margin, self._size[1] + 2 * self._margin)
        plate = cv2.warpAffine(
            picture, affine, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
        )
        blurred = cv2.GaussianBlur(plate, (0, 0), 0.8 * max(self._scale, 0.5))
        sharp: Image = cv2.addWeighted(plate, 1.5, blurred, -0.5, 0.0)
        return sharp

    def _pixels(self, low: float, high: float, axis: int) -> Integers:
        """Pixels of the plate that lie between two face units."""
        first = int(np.ceil(low * self._scale + self._origin[axis]))
        last = int(np.floor(high * self._scale + self._origin[axis]))
        limit = self._still.shape[1 - axis] - 1
        return np.arange(max(first, 0), min(last, limit) + 1)

    def _mouth(self, moved: MouthMap, shape: Shape) -> Image:
        """Draw the window around the mouth."""
        picture: Image = cv2.remap(
            self._still,
            (moved.x * self._scale + self._origin[0]).astype(np.float32),
            (moved.y * self._scale + self._origin[1]).astype(np.float32),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        lips = picture[self._warp.lip_window].astype(np.float32)
        lips *= 1.0 - moved.lips[..., None] * _LIP_TINT
        lips += (self._interior(moved, shape) - lips) * moved.inside[..., None]
        # Lips that touch keep a dark line between them.
        distance = np.minimum(np.abs(moved.upper), np.abs(moved.lower))
        corners = np.clip((20.4 - np.abs(moved.x[self._warp.lip_window])) / 2.5, 0.0, 1.0)
        line = np.exp(-np.square(distance / 0.55)) * corners * (1.0 - moved.inside)
        lips *= (1.0 - 0.42 * line)[..., None]
        picture[self._warp.lip_window] = np.clip(lips, 0.0, 255.0)
        return picture

    def _interior(self, moved: MouthMap, shape: Shape) -> Float32s:
        """What shows between the lips: the upper teeth, the tongue and the dark behind them."""
        tongue = 0.75 * np.exp(-np.square(moved.lower / (1.0 + 5.0 * shape.opening)))[..., None]
        colour = _CAVITY + (_TONGUE - _CAVITY) * tongue
        shaded = np.clip(0.5 + moved.upper / 4.0, 0.0, 1.0)[..., None]  # by the upper lip
        teeth = self._still[self._window][self._warp.lip_window] * (0.88 * shaded)
        interior: Float32s = colour + (teeth - colour) * (
            self._teeth * (1.0 - 0.9 * shape.rounding)
        )
        return interior

    def _film(self, picture: Image, time: float) -> Image:
        """Sway and noise of a small camera held in a hand."""
        width, height = self._size
        phases = np.array([0.23, 0.61, 1.13]) * (2 * np.pi * time) + self._sway
        left, up, turn, near = (np.sin(phases) * (0.55, 0.3, 0.15)).sum(axis=1)
        reach = 0.6 * self._margin
        middle = (width / 2 + self._margin, height / 2 + self._margin)
        affine = cv2.getRotationMatrix2D(middle, 0.5 * turn, 1.0 + 0.004 * near)
        affine[:, 2] += (reach * left - self._margin, reach * up - self._margin)
        seen = cv2.warpAffine(
            picture, affine, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        rng = np.random.default_rng((self._seed, 6, round(time * 1000)))
        y, x = rng.integers(0, 64, 2)
        noise = self._noise[y : y + height, x : x + width]
        frame: Image = cv2.add(seen, noise, dtype=cv2.CV_8U)
        return frame


def _teeth_share(ys: Float64s, xs: Float64s) -> Float32s:
    """Where the smile of the picture shows the upper teeth, softly bounded, 0 to 1."""
    upper = np.interp(xs, *mouth.face_units(mouth.INNER_UPPER).T)
    lower = np.interp(xs, *mouth.face_units(mouth.INNER_LOWER).T)
    height = ys[:, None]
    inside = np.minimum(height - upper - 0.2, lower - 0.9 - height)
    side = np.clip((18.0 - np.abs(xs)) / 5.0, 0.0, 1.0)
    share: Float32s = (np.clip(inside / 1.0, 0.0, 1.0) * side).astype(np.float32)
    return share
