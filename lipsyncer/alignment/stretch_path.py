"""A stretch explained by a path that is cut or bent: within a band, or from one line to another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lipsyncer.alignment.band import PER_POSITION, Band
from lipsyncer.alignment.decode import Ends, decode
from lipsyncer.alignment.evidence import Explanation
from lipsyncer.alignment.explain import Hypothesis, path_prior
from lipsyncer.alignment.pieces import Straight, straights_of
from lipsyncer.alignment.posterior import block_ratios, posterior
from lipsyncer.alignment.priors import (
    PAUSE_CUTS,
    SAME_START_REACH,
    SEARCH_REACH,
    SUNG_CUTS,
    AlignSettings,
)
from lipsyncer.alignment.ridge import Ridge
from lipsyncer.alignment.stretch import CUT_BLOCK, Stretch, Way, laid, no_cut_rows, tied
from lipsyncer.alignment.stretch_line import prior_of_lines
from lipsyncer.arrays import Float32s, Float64s

# Rows per block of a bent path, to be fitted to the length of the stretch.
BEND_BLOCKS = range(16, 25)
_BEND_COLUMNS = 2
# Seconds of band beside the given moments.
_BESIDE = 1.5


def through_band(
    ridge: Ridge,
    stretch: Stretch,
    settings: AlignSettings,
    rate: float,
    explanation: Explanation,
) -> Way:
    """Level pieces with cuts between them, or a free path."""
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    moment = stretch.left or stretch.right or stretch.near
    assert moment is not None
    given = stretch.left is not None and stretch.right is not None
    beside = _BESIDE if given else SEARCH_REACH
    half = int(np.ceil(abs(stretch.rise) + beside * rate))
    band = ridge.band(first, last, stretch.line(moment), half)
    no_cut = no_cut_rows(stretch, first, last, rate)
    if explanation == "pieces":
        block, per_position, steepest = CUT_BLOCK, PER_POSITION, 0
        cost = settings.cut_cost
    else:
        block = min(BEND_BLOCKS, key=lambda size: (-(last - first) % size, abs(size - 20)))
        per_position = PER_POSITION // _BEND_COLUMNS
        steepest = round(settings.max_stretch * block * per_position)
        cost = settings.change_cost + settings.bend_cost
    starts = np.arange(0, last - first, block)
    prior = path_prior(band, 1, block, per_position, rate, steepest=steepest)
    prior = replace(
        prior,
        start=_start(stretch, len(prior.start), per_position, rate),
        jump=np.where(np.logical_or.reduceat(no_cut, starts), 0.0, prior.jump),
    )
    ratios = block_ratios(band.scores[:, :: PER_POSITION // per_position], block, steepest)
    ends = Ends(
        first=0.0 if stretch.left is not None else None,
        last=stretch.rise if stretch.right is not None else None,
        no_cut=no_cut,
    )
    if ends.last is not None:
        _let_end(ratios, round(ends.last * per_position), steepest)
    result = posterior(ratios, prior)
    rows = (first + starts).astype(np.float64)
    away = (np.arange(ratios.shape[2]) - (ratios.shape[2] - 1) / 2) / per_position
    log_odds = result.log_evidence - cost
    account = Hypothesis(explanation, band, block, steepest, per_position, result, log_odds)

    def straights() -> list[Straight]:
        track = decode(account, settings, rate, ends)
        return tied(straights_of(band, track), stretch)

    sources = (rows + band.line.shift(rows))[:, None] + away[None, :]
    return Way(log_odds, starts, sources, result, straights)


def switched(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> Way:
    """Two lines too far apart for a band, and one cut from the one to the other."""
    assert stretch.left is not None and stretch.right is not None
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    lines = [stretch.line(stretch.left), stretch.line(stretch.right)]
    along = np.stack([ridge.along(first, last, line) for line in lines], axis=1)
    starts = np.arange(0, last - first, CUT_BLOCK)
    ratios = np.add.reduceat(along, starts, axis=0)[:, None, :]
    ratios[-1, 0, 0] = -np.inf
    band = Band(first, lines[0], along, ridge.voice[first:last])
    quiet = path_prior(
        replace(band, scores=np.zeros((last - first, 1), np.float32)),
        1,
        CUT_BLOCK,
        PER_POSITION,
        rate,
    ).jump
    no_cut = no_cut_rows(stretch, first, last, rate)
    prior = prior_of_lines(rate, np.array([1.0, 0.0]), len(starts))
    prior = replace(
        prior,
        jump=np.where(np.logical_or.reduceat(no_cut, starts), 0.0, quiet),
        jump_reach=1.0,
    )
    result = posterior(ratios, prior)
    rows = (first + starts).astype(np.float64)
    sources = np.stack([rows + line.shift(rows) for line in lines], axis=1)

    def straights() -> list[Straight]:
        gain = np.cumsum(along[:, 0] - along[:, 1])
        loudness = np.convolve(np.pad(band.voice, 5, mode="edge"), np.full(11, 1 / 11), "valid")
        # A cut in full voice is worth as much here as in the dynamic programme.
        odds = np.log(PAUSE_CUTS / SUNG_CUTS) + 6.0
        score = np.where(no_cut, -np.inf, gain - odds * loudness)
        at = float(first + 1 + int(score.argmax()))
        at = min(max(at, stretch.start + 0.5), stretch.end - 0.5)
        before, after = (laid(stretch, line) for line in lines)
        return [before.part(stretch.start, at), after.part(at, stretch.end)]

    log_odds = result.log_evidence - settings.cut_cost
    return Way(log_odds, starts, sources, result, lambda: tied(straights(), stretch))


def _start(stretch: Stretch, width: int, per_position: int, rate: float) -> Float64s:
    """Probability of starting in each column; a free start before a given end is a free end."""
    away = np.arange(width) - (width - 1) // 2
    if stretch.left is not None:
        here: Float64s = (away == 0).astype(np.float64)
        return here
    if stretch.right is not None:
        return np.ones(width)
    reach = SAME_START_REACH * rate * per_position
    chance: Float64s = np.exp(-np.abs(away) / reach) / (2 * reach)
    return chance


def _let_end(ratios: Float32s, away: int, steepest: int) -> None:
    """Forbid all ways through the last block that do not arrive where they should."""
    width = ratios.shape[2]
    target = (width - 1) // 2 + away
    for slope in range(2 * steepest + 1):
        column = target - (slope - steepest)
        kept = ratios[-1, slope, column] if 0 <= column < width else -np.inf
        ratios[-1, slope] = -np.inf
        if 0 <= column < width:
            ratios[-1, slope, column] = kept
