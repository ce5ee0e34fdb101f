"""From the posterior of an explanation to the one path that is shown.

Not the most probable path, whose every detail is one guess, but the one with the least expected
error (Holmes and Rubin, 2002, on alignments): among paths of few straight stretches, the one that
keeps nearest to where the posterior has its mass, where every cut and every change of speed has to
take away more error than it is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lipsyncer.alignment.band import Band, along
from lipsyncer.alignment.dtw import FORBIDDEN, Costs, WarpingPath, warp
from lipsyncer.alignment.explain import Hypothesis
from lipsyncer.alignment.fit import Chain, Track, refined, settled, track_of
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.arrays import Booleans, Float64s

# What one more cut or change of speed must save, in positions of error times sung positions.
_CUT_WORTH, _SUNG_CUT_WORTH, _BEND_WORTH = 8.0, 16.0, 4.0
# Errors beyond this many positions are all equally bad.
_WORST = 12.0
# What a cut in the middle of a sung stretch must gain to be there and not in the next pause, nats.
_SEAM = 6.0
_SEAM_REACH = 4.0
# Cuts that are too many become dearer until they are few enough.
_DEARER = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0, 32.0, FORBIDDEN)
# More than any path through a band can save.
_OUT_OF_THE_QUESTION = 1e6


@dataclass(frozen=True)
class Ends:
    """What a path has to keep to.

    Attributes
    ----------
    first, last
        Shift from the band's line, in positions, where the path begins and where it ends; None
        where it is free.
    no_cut
        (n,) rows that no cut may come near, or None.
    """

    first: float | None = None
    last: float | None = None
    no_cut: Booleans | None = None

    @property
    def held(self) -> tuple[bool, bool]:
        """Whether the first and the last node are given."""
        return self.first is not None, self.last is not None


FREE = Ends()


def decode(account: Hypothesis, settings: AlignSettings, rate: float, ends: Ends = FREE) -> Track:
    """Choose the path to show under an explanation.

    Parameters
    ----------
    account
        The explanation.
    settings
        How far a cut may jump.
    rate
        Positions per second.
    ends
        What the path has to keep to.
    """
    band = account.band
    matched = np.repeat(account.posterior.gaps < 0.5, account.block)[: len(band.scores)]
    if account.explanation == "unchanged":
        whole = np.array([0.0, float(len(band.scores))])
        return Track((Chain(whole, np.zeros(2)),), matched)
    columns = account.posterior.columns
    starts = np.arange(0, len(band.scores), account.block)
    sung = np.add.reduceat(band.voice.astype(np.float64), starts) + 0.02 * account.block
    loss = _expected_errors(columns, account.per_position) * sung[:, None]
    quietest = np.minimum.reduceat(band.voice.astype(np.float64), starts)
    worth = settings.change_worth * (_CUT_WORTH + (_SUNG_CUT_WORTH - _CUT_WORTH) * quietest)
    if account.explanation in ("offset", "drift"):
        worth = np.full(len(starts), FORBIDDEN)
    if ends.no_cut is not None:
        worth = np.where(np.logical_or.reduceat(ends.no_cut, starts), FORBIDDEN, worth)
    costs = Costs(
        steepest=account.steepest,
        knot=settings.change_worth * _BEND_WORTH,
        jump=worth,
        furthest=round(settings.max_jump * rate * account.per_position),
        gap=FORBIDDEN,
    )
    for dearer in _DEARER:
        path = _between(loss, replace(costs, jump=costs.jump * dearer), ends, account.per_position)
        track = track_of(path, account.block, account.per_position, columns.shape[1], matched)
        if settings.max_cuts is None or len(track.chains) <= settings.max_cuts + 1:
            break
    track = _tied(track, ends)
    if account.explanation == "free":
        medians = _medians(columns, account.per_position)
        track = settled(track, starts, medians, sung, ends.held)
    else:
        shared_slope = account.explanation == "drift"
        track = refined(band, track, shared_slope=shared_slope, held=ends.held)
    return _with_seams_in_pauses(band, track, rate, ends.no_cut)


def _between(loss: Float64s, costs: Costs, ends: Ends, per_position: int) -> WarpingPath:
    """Find the path of least loss (blocks, K) between given ends."""
    loss = loss.copy()
    middle = (loss.shape[1] - 1) // 2
    away = np.arange(loss.shape[1]) - middle
    if ends.first is not None:
        loss[0, away != round(ends.first * per_position)] += _OUT_OF_THE_QUESTION
    if ends.last is None:
        return warp((-loss).astype(np.float32), 1, costs)
    # One block more, of which only the place where the last one ends is left.
    after = np.where(away == round(ends.last * per_position), 0.0, _OUT_OF_THE_QUESTION)
    path = warp(
        -np.vstack([loss, after]).astype(np.float32),
        1,
        replace(costs, jump=np.append(costs.jump, FORBIDDEN)),
    )
    return replace(path, columns=path.columns[:-1], slopes=path.slopes[:-1], gaps=path.gaps[:-1])


def _tied(track: Track, ends: Ends) -> Track:
    """Take the last fraction of a column off the ends that are given."""
    chains = list(track.chains)
    for outer, shift in ((0, ends.first), (-1, ends.last)):
        if shift is None:
            continue
        shifts = chains[outer].shifts.copy()
        # What is level stays so, unless its other end is given too.
        level = np.ptp(shifts) == 0 and len(chains) > 1
        shifts[slice(None) if level else outer] = shift
        chains[outer] = replace(chains[outer], shifts=shifts)
    return replace(track, chains=tuple(chains))


def _expected_errors(columns: Float64s, per_position: int) -> Float64s:
    """Give the expected distance, in positions, of each column from the path (blocks, K)."""
    width = columns.shape[1]
    distance = np.abs(np.arange(-width + 1, width)) / per_position
    kernel = np.minimum(distance, _WORST)
    from scipy.signal import fftconvolve  # half a second, for which the window doesn't wait

    errors: Float64s = fftconvolve(columns, kernel[None, :], axes=1)
    return errors[:, width - 1 : 2 * width - 1]


def _medians(columns: Float64s, per_position: int) -> Float64s:
    """Median of each row, in positions from the middle column (blocks,)."""
    width = columns.shape[1]
    total = np.cumsum(columns, axis=1)
    edges = np.arange(width) + 0.5
    # A cumulative sum may stand still; np.interp wants it to rise.
    rising = total + np.arange(width) * 1e-12
    medians = np.array([np.interp(0.5 * row[-1], row, edges) for row in rising])
    return (medians - (width - 1) / 2) / per_position


def _with_seams_in_pauses(band: Band, track: Track, rate: float, no_cut: Booleans | None) -> Track:
    """Move each cut to where nobody sings, within what the evidence lets it."""
    chains = list(track.chains)
    rows = np.arange(len(band.scores), dtype=np.float64)
    reach = _SEAM_REACH * rate
    loudness = np.convolve(np.pad(band.voice, 5, mode="edge"), np.full(11, 1 / 11), mode="valid")
    for k in range(len(chains) - 1):
        left, right = chains[k], chains[k + 1]
        seam = left.rows[-1]
        first = int(max(seam - reach, (left.rows[-2] + seam) / 2))
        last = int(min(seam + reach, (right.rows[1] + seam) / 2))
        if last - first < 2:
            continue
        here = rows[first:last]
        ends = [np.interp(here, c.rows, c.shifts) for c in (left, right)]
        # Outside its rows a chain goes on as straight as it was.
        ends[0] = np.where(here >= seam, _continued(left, here, -1), ends[0])
        ends[1] = np.where(here < seam, _continued(right, here, 0), ends[1])
        window = Band(
            band.first + first, band.line, band.scores[first:last], band.voice[first:last]
        )
        gain = np.concatenate(([0.0], np.cumsum(along(window, ends[0]) - along(window, ends[1]))))
        score = gain[:-1] - _SEAM * loudness[first:last] - 0.002 * np.abs(here - seam)
        if no_cut is not None:
            score = np.where(no_cut[first:last], -np.inf, score)
            if not np.isfinite(score).any():
                continue
        at = float(here[int(score.argmax())])
        if at != seam:
            chains[k] = _ended(left, at)
            chains[k + 1] = _started(right, at)
    return Track(tuple(chains), track.matched)


def _continued(chain: Chain, rows: Float64s, end: int) -> Float64s:
    """Continue the first (0) or last (-1) straight stretch of a chain to any rows."""
    a, b = (0, 1) if end == 0 else (-2, -1)
    slope = (chain.shifts[b] - chain.shifts[a]) / (chain.rows[b] - chain.rows[a])
    values: Float64s = chain.shifts[a] + (rows - chain.rows[a]) * slope
    return values


def _ended(chain: Chain, row: float) -> Chain:
    """Let a chain end at a row of (or beyond) its last straight stretch."""
    shift = _continued(chain, np.array([row]), -1)
    return Chain(np.append(chain.rows[:-1], row), np.append(chain.shifts[:-1], shift))


def _started(chain: Chain, row: float) -> Chain:
    """Let a chain start at a row of (or before) its first straight stretch."""
    shift = _continued(chain, np.array([row]), 0)
    return Chain(np.append(row, chain.rows[1:]), np.append(shift, chain.shifts[1:]))
