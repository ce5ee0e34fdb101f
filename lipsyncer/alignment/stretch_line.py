"""A stretch explained by one line, through what is given or near what is likely."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lipsyncer.alignment.band import PER_POSITION
from lipsyncer.alignment.lines import Line
from lipsyncer.alignment.pieces import Straight
from lipsyncer.alignment.posterior import PathPrior, posterior
from lipsyncer.alignment.priors import (
    BEND_REACH,
    DRIFT_COST,
    FALSE_LIPS,
    FALSE_LIPS_LENGTH,
    SAME_START_REACH,
    AlignSettings,
)
from lipsyncer.alignment.ridge import Ridge
from lipsyncer.alignment.stretch import CUT_BLOCK, Stretch, Way, laid
from lipsyncer.arrays import Float64s

# How exactly a person places a moment, positions.
_PLACING = 1.0


def one_line(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> Way | None:
    """One line: between both moments, through one of them at any drift, or near the likely one."""
    lines, chances = _lines(stretch, settings, rate)
    if not lines:
        return None
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    starts = np.arange(0, last - first, CUT_BLOCK)
    along = np.stack([ridge.along(first, last, line) for line in lines], axis=1)
    ratios = np.add.reduceat(along, starts, axis=0)[:, None, :]
    prior = prior_of_lines(rate, np.exp(chances), len(starts))
    result = posterior(ratios, prior)
    rows = (first + starts).astype(np.float64)
    sources = np.stack([rows + line.shift(rows) for line in lines], axis=1)

    def straights() -> list[Straight]:
        if stretch.left is not None and stretch.right is not None:
            ends = stretch.left.source, stretch.right.source
            return [Straight(stretch.start, stretch.end, *ends)]
        shares = result.columns[0]
        best = int(shares.argmax())
        around = slice(max(0, best - 2), best + 3)
        moment = stretch.left or stretch.right
        if moment is None:
            offset = np.average([line.offset for line in lines[around]], weights=shares[around])
            return [laid(stretch, Line(float(offset), lines[best].drift, 0.0))]
        speed = stretch.speed
        # A level line that is probable enough is not made up from its neighbours.
        if lines[best].drift != speed - 1:
            drifts = [line.drift for line in lines[around]]
            speed = 1 + float(np.average(drifts, weights=shares[around]))
        return [laid(stretch, replace(stretch, speed=speed).line(moment))]

    return Way(result.log_evidence, starts, sources, result, straights)


def _lines(stretch: Stretch, settings: AlignSettings, rate: float) -> tuple[list[Line], Float64s]:
    """All lines that are possible, with the logarithms of their prior probabilities."""
    length = stretch.end - stretch.start
    if stretch.left is not None and stretch.right is not None:
        slope = (stretch.right.source - stretch.left.source) / length
        if abs(slope / _usual(stretch, settings) - 1) > settings.max_stretch + 1e-9:
            return [], np.zeros(0)
        line = Line(stretch.left.source - slope * stretch.start, slope - 1, 0.0)
        return [line], np.array([_chance_of_rise(stretch, settings)])
    moment = stretch.left or stretch.right
    if moment is None:
        assert stretch.near is not None
        level = stretch.line(stretch.near)
        reach = SAME_START_REACH * rate
        away = np.arange(-round(2 * reach), round(2 * reach) + 1 / PER_POSITION, 1 / PER_POSITION)
        lines = [replace(level, offset=level.offset + shift) for shift in away]
        return lines, -np.abs(away) / reach - np.log(2 * reach * PER_POSITION)
    steps = int(settings.max_drift * length)
    drifts = stretch.speed - 1 + np.arange(-steps, steps + 1) / length
    kept = np.abs((1 + drifts) / _usual(stretch, settings) - 1) <= settings.max_stretch
    drifts = drifts[kept]
    level_one = np.arange(-steps, steps + 1)[kept] == 0
    chances = np.where(level_one, 0.0, -DRIFT_COST - np.log(max(1, len(drifts))))
    lines = [replace(stretch, speed=1 + float(drift)).line(moment) for drift in drifts]
    return lines, chances


def _usual(stretch: Stretch, settings: AlignSettings) -> float:
    """The speed that may be stretched: its own, where the take was filmed at another one."""
    return stretch.speed if abs(stretch.speed - 1) > settings.max_stretch else 1.0


def _chance_of_rise(stretch: Stretch, settings: AlignSettings) -> float:
    """Logarithm of the probability that a straight take shows this rise: placed, drifted, bent."""
    rise = abs(stretch.rise)
    length = stretch.end - stretch.start
    slope = rise / length

    def density(value: float, reach: float) -> float:
        return float(min(1.0, np.exp(-value / reach) / (2 * reach * PER_POSITION)))

    drifted = 0.0
    if slope <= settings.max_drift:
        drifted = min(1.0, 1 / (2 * settings.max_drift * length * PER_POSITION))
    bent = density(rise, BEND_REACH * length)
    other = np.exp(-DRIFT_COST) * (drifted + bent) / 2
    exact = 1.0 if rise < 0.5 / PER_POSITION else density(rise, _PLACING)
    return float(np.log(exact / 2 + other / 2))


def prior_of_lines(rate: float, start: Float64s, blocks: int) -> PathPrior:
    """Lines that the path stays on, whose lips may be false now and then."""
    seconds = CUT_BLOCK / rate
    return PathPrior(
        start=start,
        steepest=0,
        knot=0.0,
        knot_reach=0.0,
        jump=np.zeros(blocks),
        jump_reach=0.0,
        gap=float(1 - np.exp(-FALSE_LIPS * seconds)),
        gap_end=float(1 - np.exp(-seconds / FALSE_LIPS_LENGTH)),
    )
