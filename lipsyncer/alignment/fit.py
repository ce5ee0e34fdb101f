"""Straight stretches through a band, fitted to a fraction of a position."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lipsyncer.alignment.band import PER_POSITION, Band
from lipsyncer.alignment.dtw import WarpingPath
from lipsyncer.arrays import Booleans, Float64s, Integers

# Positions over which neighbouring offsets are averaged before a maximum is sought between them.
_SMOOTH = 0.7
_STEPS = np.arange(-6, 7) / PER_POSITION


@dataclass(frozen=True)
class Chain:
    """A polyline without jumps.

    Attributes
    ----------
    rows
        (k,) rows of the band where its nodes lie; the first row of the chain and the end
        (exclusive) of its last are the outer ones.
    shifts
        (k,) positions from the band's line at the nodes.
    """

    rows: Float64s
    shifts: Float64s


@dataclass(frozen=True)
class Track:
    """A path through a band: chains with jumps between them.

    Attributes
    ----------
    chains
        Contiguous in rows.
    matched
        (n,) False where the lips are not believed.
    """

    chains: tuple[Chain, ...]
    matched: Booleans

    @property
    def path(self) -> Float64s:
        """(n,) positions from the band's line."""
        rows = np.arange(len(self.matched), dtype=np.float64)
        path = np.empty(len(rows))
        for chain in self.chains:
            inside = (rows >= chain.rows[0]) & (rows < chain.rows[-1])
            path[inside] = np.interp(rows[inside], chain.rows, chain.shifts)
        return path


def track_of(
    path: WarpingPath, block: int, per_position: int, width: int, matched: Booleans
) -> Track:
    """Straight stretches of a warping path through blocks, with equal neighbours joined.

    Parameters
    ----------
    path
        One row per block; slopes in columns per block.
    block
        Rows of the band per block.
    per_position, width
        Columns per position, and of the band that the path goes through.
    matched
        (n,) rows whose lips are believed.
    """
    count = len(matched)
    shifts = (path.columns - (width - 1) // 2) / per_position
    rises = path.slopes / per_position
    chains: list[Chain] = []
    rows, values = [0.0], [float(shifts[0])]
    for g in range(1, len(shifts)):
        arrived = float(shifts[g - 1] + rises[g - 1])
        if abs(arrived - shifts[g]) > 1e-6:
            chains.append(Chain(np.array([*rows, g * block]), np.array([*values, arrived])))
            rows, values = [float(g * block)], [float(shifts[g])]
        elif rises[g] != rises[g - 1]:
            rows.append(float(g * block))
            values.append(float(shifts[g]))
    last = float(shifts[-1] + rises[-1] * (count / block - (len(shifts) - 1)))
    chains.append(Chain(np.array([*rows, float(count)]), np.array([*values, last])))
    return Track(tuple(chains), matched)


def settled(
    track: Track,
    rows: Integers,
    targets: Float64s,
    weights: Float64s,
    held: tuple[bool, bool] = (False, False),
) -> Track:
    """Move the nodes of a track so that it keeps nearest to target shifts (least squares).

    Parameters
    ----------
    rows, targets, weights
        (b,) rows of the band, the shifts there in positions, and how much each counts.
    held
        Whether the first and the last node stay where they are.
    """
    path = track.path[rows]
    every = _basis(track, False)
    free = _not_held(len(every), held)
    theta = np.zeros(len(every))
    if not free:
        return track
    basis = np.array([every[k] for k in free])[:, rows]
    # Targets that the path decided to pass by, as beyond a cut, do not pull it.
    near = weights * (np.abs(targets - path) < 3.0)
    scaled = basis * near
    # A node that nothing near it speaks for stays.
    normal = scaled @ basis.T + 1e-3 * near.max(initial=1.0) * np.eye(len(basis))
    theta[free] = np.linalg.solve(normal, scaled @ (targets - path))
    return _moved(track, theta, False)


def refined(
    band: Band, track: Track, *, shared_slope: bool, held: tuple[bool, bool] = (False, False)
) -> Track:
    """Move the nodes to where the smoothed evidence is highest.

    Parameters
    ----------
    shared_slope
        The chains are straight and keep one common slope; otherwise every node moves freely,
        and a chain that is parallel to the line stays parallel.
    held
        Whether the first and the last node stay where they are; not with a shared slope.

    """
    scores = gaussian_filter1d(band.scores, _SMOOTH * PER_POSITION, axis=1, mode="nearest")
    smooth = replace(band, scores=scores)
    columns = _basis(track, shared_slope)
    free = _not_held(len(columns), held)
    theta = np.zeros(len(columns))
    path = track.path
    for _ in range(6):
        moved = 0.0
        for p in free:
            column = columns[p]
            step = _best_step(smooth, path, column, track.matched)
            theta[p] += step
            path = path + step * column
            moved = max(moved, abs(step))
        if moved < 0.02:
            break
    return _moved(track, theta, shared_slope)


def _not_held(count: int, held: tuple[bool, bool]) -> list[int]:
    """Indices of the degrees of freedom that remain; a node's comes where the node does."""
    return list(range(int(held[0]), count - int(held[1])))


def _best_step(band: Band, path: Float64s, column: Float64s, matched: Booleans) -> float:
    """Find how far to move along one degree of freedom, by a parabola around the best step."""
    rows = np.flatnonzero(matched & (column != 0))
    if len(rows) == 0:
        return 0.0
    at = path[rows, None] + column[rows, None] * _STEPS
    at = np.clip(at * PER_POSITION + band.middle, 0, band.scores.shape[1] - 1.001)
    low = at.astype(np.int64)
    t = at - low
    index = rows[:, None]
    values = ((1 - t) * band.scores[index, low] + t * band.scores[index, low + 1]).sum(axis=0)
    k = int(values.argmax())
    if 0 < k < len(_STEPS) - 1:
        left, middle, right = values[k - 1 : k + 2]
        bend = left - 2 * middle + right
        if bend < 0:
            return float(_STEPS[k] + np.clip(0.5 * (left - right) / bend, -0.5, 0.5) / PER_POSITION)
    return float(_STEPS[k])


def _basis(track: Track, shared_slope: bool) -> list[Float64s]:
    """Degrees of freedom of a track, each as the movement of every row (n,)."""
    count = len(track.matched)
    rows = np.arange(count, dtype=np.float64)
    columns: list[Float64s] = []
    for chain in track.chains:
        inside = (rows >= chain.rows[0]) & (rows < chain.rows[-1])
        if shared_slope or np.ptp(chain.shifts) == 0:
            columns.append(inside.astype(np.float64))
            continue
        for k in range(len(chain.rows)):
            hat = np.interp(rows, chain.rows, np.eye(len(chain.rows))[k])
            columns.append(hat * inside)
    if shared_slope:
        # One unit moves the ends of the take by one position against each other.
        columns.append((rows - count / 2) / (count / 2))
    return columns


def _moved(track: Track, theta: Float64s, shared_slope: bool) -> Track:
    """Apply the degrees of freedom of ``_basis``."""
    count = len(track.matched)
    chains = []
    k = 0
    for chain in track.chains:
        shifts = chain.shifts.copy()
        if shared_slope or np.ptp(chain.shifts) == 0:
            shifts += theta[k]
            k += 1
        else:
            shifts += theta[k : k + len(shifts)]
            k += len(shifts)
        if shared_slope:
            shifts += theta[-1] * (chain.rows - count / 2) / (count / 2)
        chains.append(Chain(chain.rows, shifts))
    return Track(tuple(chains), track.matched)
