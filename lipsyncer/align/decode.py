"""From the posterior of an explanation to the one path that is shown.

Not the most probable path, whose every detail is one guess, but the one with the least expected
error (Holmes and Rubin, 2002, on alignments): among paths of few straight stretches, the one that
keeps nearest to where the posterior has its mass, where every cut and every change of speed has to
take away more error than it is worth.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import fftconvolve

from lipsyncer.align.band import Band, along
from lipsyncer.align.dtw import FORBIDDEN, Costs, warp
from lipsyncer.align.evidence import Doubles
from lipsyncer.align.explain import Account
from lipsyncer.align.fit import Chain, Track, refined, settled, track_of
from lipsyncer.align.settings import AlignSettings

# What one more cut or change of speed must save, in positions of error times sung positions.
_CUT_WORTH, _SUNG_CUT_WORTH, _BEND_WORTH = 8.0, 16.0, 4.0
# Errors beyond this many positions are all equally bad.
_WORST = 12.0
# What a cut in the middle of a sung stretch must gain to be there and not in the next pause, nats.
_SEAM = 6.0
_SEAM_REACH = 1.5


def decode(account: Account, settings: AlignSettings, rate: float) -> Track:
    """Choose the path to show under an explanation."""
    band = account.band
    matched = np.repeat(account.posterior.gaps < 0.5, account.block)[: len(band.scores)]
    if account.explanation == "unchanged":
        ends = np.array([0.0, float(len(band.scores))])
        return Track((Chain(ends, np.zeros(2)),), matched)
    columns = account.posterior.columns
    starts = np.arange(0, len(band.scores), account.block)
    sung = np.add.reduceat(band.voice.astype(np.float64), starts) + 0.02 * account.block
    loss = _expected_errors(columns, account.per_position) * sung[:, None]
    quietest = np.minimum.reduceat(band.voice.astype(np.float64), starts)
    worth = _CUT_WORTH + (_SUNG_CUT_WORTH - _CUT_WORTH) * quietest
    straight = account.explanation in ("offset", "drift")
    costs = Costs(
        steepest=account.steepest,
        knot=_BEND_WORTH,
        jump=np.full(len(starts), FORBIDDEN) if straight else worth,
        furthest=round(settings.max_jump * rate * account.per_position),
        gap=FORBIDDEN,
    )
    path = warp((-loss).astype(np.float32), 1, costs)
    track = track_of(path, account.block, account.per_position, columns.shape[1], matched)
    if account.explanation == "free":
        track = settled(track, starts, _medians(columns, account.per_position), sung)
    else:
        track = refined(band, track, shared_slope=account.explanation == "drift")
    return _with_seams_in_pauses(band, track, rate)


def _expected_errors(columns: Doubles, per_position: int) -> Doubles:
    """Give the expected distance, in positions, of each column from the path (blocks, K)."""
    width = columns.shape[1]
    distance = np.abs(np.arange(-width + 1, width)) / per_position
    kernel = np.minimum(distance, _WORST)
    errors: Doubles = fftconvolve(columns, kernel[None, :], axes=1)
    return errors[:, width - 1 : 2 * width - 1]


def _medians(columns: Doubles, per_position: int) -> Doubles:
    """Median of each row, in positions from the middle column (blocks,)."""
    width = columns.shape[1]
    total = np.cumsum(columns, axis=1)
    edges = np.arange(width) + 0.5
    # A cumulative sum may stand still; np.interp wants it to rise.
    rising = total + np.arange(width) * 1e-12
    medians = np.array([np.interp(0.5 * row[-1], row, edges) for row in rising])
    return (medians - (width - 1) / 2) / per_position


def _with_seams_in_pauses(band: Band, track: Track, rate: float) -> Track:
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
        at = float(here[int(score.argmax())])
        if at != seam:
            chains[k] = _ended(left, at)
            chains[k + 1] = _started(right, at)
    return Track(tuple(chains), track.matched)


def _continued(chain: Chain, rows: Doubles, end: int) -> Doubles:
    """Continue the first (0) or last (-1) straight stretch of a chain to any rows."""
    a, b = (0, 1) if end == 0 else (-2, -1)
    slope = (chain.shifts[b] - chain.shifts[a]) / (chain.rows[b] - chain.rows[a])
    values: Doubles = chain.shifts[a] + (rows - chain.rows[a]) * slope
    return values


def _ended(chain: Chain, row: float) -> Chain:
    """Let a chain end at a row of (or beyond) its last straight stretch."""
    shift = _continued(chain, np.array([row]), -1)
    return Chain(np.append(chain.rows[:-1], row), np.append(chain.shifts[:-1], shift))


def _started(chain: Chain, row: float) -> Chain:
    """Let a chain start at a row of (or before) its first straight stretch."""
    shift = _continued(chain, np.array([row]), 0)
    return Chain(np.append(row, chain.rows[1:]), np.append(shift, chain.shifts[1:]))
