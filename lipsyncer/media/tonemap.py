"""From high dynamic range (HLG, PQ) to standard range, as a three-dimensional look-up table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from lipsyncer.arrays import Float64s

HdrTransfer = Literal["hlg", "pq"]


#: Brightest light (cd/m2) that consumer HDR is mastered for, which HLG's nominal display shows.
_SOURCE_PEAK = 1000.0
#: Light (cd/m2) of a white page in HDR (ITU-R BT.2408, table 1): the peak of standard range.
_TARGET_PEAK = 203.0
#: Points per axis of the table.
_GRID = 33

_BT2020_LUMA = np.array([0.2627, 0.6780, 0.0593])
_BT709_LUMA = np.array([0.2126, 0.7152, 0.0722])
_BT2020_TO_BT709 = np.array(  # ITU-R BT.2407, section 2
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
)


def tone_map(signal: npt.ArrayLike, transfer: HdrTransfer) -> Float64s:
    """Map BT.2020 HDR colours to BT.709 standard range.

    Parameters
    ----------
    signal
        (..., 3) red, green, blue as stored, 0 to 1.
    transfer
        The system that they are stored in.

    Returns
    -------
    numpy.ndarray
        (..., 3) colours for a BT.1886 display, 0 to 1.

    Notes
    -----
    Transfer functions after ITU-R BT.2100. Highlights roll off by the curve of ITU-R BT.2390,
    section 5.4.1, applied to the brightest channel so that hues stay. What BT.709 can't show is
    drawn towards grey of the same luminance.
    """
    stored = np.clip(np.asarray(signal, dtype=np.float64), 0.0, 1.0)
    light = _hlg_light(stored) if transfer == "hlg" else _pq_light(stored)
    brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
    light = light * (_roll_off(brightest) / brightest) / _TARGET_PEAK
    colour = light @ _BT2020_TO_BT709.T
    grey = np.clip(colour @ _BT709_LUMA, 0.0, 1.0)[..., None]
    lowest, highest = colour.min(-1, keepdims=True), colour.max(-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        keep = np.minimum(
            np.where(lowest < 0, grey / (grey - lowest), 1.0),
            np.where(highest > 1, (1 - grey) / (highest - grey), 1.0),
        )
    colour = grey + (colour - grey) * np.nan_to_num(np.clip(keep, 0.0, 1.0))
    mapped: Float64s = np.clip(colour, 0.0, 1.0) ** (1 / 2.4)
    return mapped


def _hlg_light(signal: Float64s) -> Float64s:
    """Light (cd/m2) of a 1000 cd/m2 display: HLG's inverse OETF, then its OOTF of gamma 1.2."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    luma = np.maximum(scene @ _BT2020_LUMA, 1e-9)[..., None]
    light: Float64s = _SOURCE_PEAK * luma**0.2 * scene
    return light


_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128


def _pq_light(signal: Float64s) -> Float64s:
    """Light (cd/m2) of a PQ signal."""
    root = signal ** (1 / _M2)
    light: Float64s = 10_000.0 * (np.maximum(root - _C1, 0.0) / (_C2 - _C3 * root)) ** (1 / _M1)
    return light


def _pq_signal(light: npt.ArrayLike) -> Float64s:
    """PQ signal of light (cd/m2): a scale on which equal steps look equal."""
    power = (np.asarray(light, dtype=np.float64) / 10_000.0) ** _M1
    signal: Float64s = ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2
    return signal


def _roll_off(light: Float64s) -> Float64s:
    """Squeeze light into the target's range; what is darker than a knee stays as it is."""
    top = _pq_signal(_SOURCE_PEAK)
    target = _pq_signal(_TARGET_PEAK) / top
    knee = 1.5 * target - 0.5
    level = np.minimum(_pq_signal(light) / top, 1.0)
    t = np.clip((level - knee) / (1 - knee), 0.0, 1.0)
    spline = (
        (2 * t**3 - 3 * t**2 + 1) * knee
        + (t**3 - 2 * t**2 + t) * (1 - knee)
        + (3 * t**2 - 2 * t**3) * target
    )
    return _pq_light(np.where(level < knee, level, spline) * top)


@lru_cache(maxsize=2)
def _cube_text(transfer: HdrTransfer) -> str:
    axis = np.linspace(0.0, 1.0, _GRID)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")  # red changes fastest
    table = tone_map(np.stack([red, green, blue], axis=-1).reshape(-1, 3), transfer)
    rows = "\n".join(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in table)
    return f"LUT_3D_SIZE {_GRID}\n{rows}\n"


@contextmanager
def cube_file(transfer: HdrTransfer) -> Iterator[Path]:
    """Give the table as a .cube file, which is gone when the context ends."""
    with tempfile.TemporaryDirectory(prefix="lipsyncer-") as folder:
        path = Path(folder) / "tonemap.cube"
        path.write_text(_cube_text(transfer), encoding="ascii")
        yield path
