"""The simplest account of a take's timing that the evidence pays for.

Five explanations, each richer than the one before: the take is in sync; it starts at another time;
it also runs at another rate; it was cut; its time is bent freely. Each is a prior on paths, and the
evidence is averaged, not maximised, under it (MacKay, 2003, ch. 28): a richer explanation spreads
its probability over many more paths, and so wins only where the lips say enough to pay for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lipsyncer.alignment.band import PER_POSITION, Band, make_band, recentred, sheared
from lipsyncer.alignment.evidence import Evidence, Explanation
from lipsyncer.alignment.lines import Line
from lipsyncer.alignment.posterior import (
    PathPrior,
    Posterior,
    block_ratios,
    log_evidence,
    posterior,
)
from lipsyncer.alignment.priors import (
    BEND_REACH,
    BENDS,
    DRIFT_COST,
    FALSE_LIPS,
    FALSE_LIPS_LENGTH,
    JUMP_REACH,
    PAUSE_CUTS,
    SAME_START,
    SAME_START_REACH,
    SEARCH_REACH,
    SUNG_CUTS,
    AlignSettings,
)
from lipsyncer.arrays import Float32s, Float64s

# Rows per block: short where cuts are to be placed, long where a slope is to be told from noise.
_CUT_BLOCK, _BEND_BLOCK, _SCAN_BLOCK = 5, 20, 20
# Columns per position and block of the bent path; a slope of one column per block is 2.5 %.
_BEND_COLUMNS = 2
# Positions by which a take that counts as in sync may be off: 20 ms, which nobody sees.
_IN_SYNC = 0.5
# Positions of a band that are needed beside a path.
_BESIDE = 8
# Nats by which an explanation is worse than another that no sharper look makes up for.
_HOPELESS = 30.0


@dataclass(frozen=True)
class Hypothesis:
    """One explanation of a take.

    Attributes
    ----------
    explanation
        What kind it is.
    band
        The band that it is a path through.
    block
        Rows per block of its path.
    steepest
        Largest slope of its path, columns of ``posterior`` per block.
    per_position
        Columns per position of ``posterior``.
    posterior
        Where the path is, given that the explanation is right.
    log_odds
        Logarithm of its probability over that of a take which has nothing to do with the song,
        up to the prior odds of that, nats.
    """

    explanation: Explanation
    band: Band
    block: int
    steepest: int
    per_position: int
    posterior: Posterior
    log_odds: float


def explain(
    evidence: Evidence,
    weighted: Float32s,
    candidates: Sequence[Line],
    settings: AlignSettings,
    *,
    in_sync: bool = True,
) -> list[Hypothesis]:
    """Weigh all explanations, the most probable first.

    Parameters
    ----------
    evidence
        What to explain.
    weighted
        From ``lines.weighted_pairs``.
    candidates
        Candidates for the straight line that the take keeps near.
    in_sync
        Whether the take may be in sync as it is.
    """
    line = _best_line(evidence, weighted, candidates, settings)
    half = round(SEARCH_REACH * evidence.rate)
    band = make_band(evidence, weighted, line, half, sharp=True)
    offsets = sum(weighted.shape)
    accounts = [
        *_straight_and_cut(band, offsets, settings, evidence.rate),
        _bent(sheared(band, 0.0), offsets, settings, evidence.rate),
    ]
    if in_sync:
        rival = max(account.log_odds for account in accounts)
        accounts.insert(0, _unchanged(evidence, weighted, band, rival))
    return sorted(accounts, key=lambda account: account.log_odds, reverse=True)


def _best_line(
    evidence: Evidence, weighted: Float32s, candidates: Sequence[Line], settings: AlignSettings
) -> Line:
    """Pick the line near which a bent path explains most: a bent take has no good line."""
    half = round(SEARCH_REACH * evidence.rate)
    steepest = round(settings.max_stretch * _SCAN_BLOCK)
    offsets = sum(weighted.shape)

    def promise(line: Line) -> float:
        band = make_band(evidence, weighted, line, half, sharp=False)
        scores = band.scores[:, ::PER_POSITION]
        return float(
            np.logaddexp.reduce(
                [
                    log_evidence(
                        block_ratios(scores, _SCAN_BLOCK, slopes),
                        path_prior(
                            band,
                            offsets,
                            _SCAN_BLOCK,
                            1,
                            evidence.rate,
                            steepest=slopes,
                            cuts=slopes > 0,
                        ),
                    )
                    for slopes in (0, steepest)
                ]
            )
        )

    return max([Line(0.0, 0.0, 0.0), *candidates], key=promise)


def path_prior(
    band: Band,
    offsets: int,
    block: int,
    per_position: int,
    rate: float,
    *,
    steepest: int = 0,
    cuts: bool = True,
) -> PathPrior:
    """Turn rates per second into probabilities per block, and offsets into starting columns.

    Parameters
    ----------
    band
        What the path goes through.
    offsets
        How many offsets are possible where song and take do not start together.
    block, per_position
        Rows per block, and columns of the path per position.
    steepest
        See ``PathPrior``.
    cuts
        Whether the path may jump.
    """
    seconds = block / rate

    def within(per_second: float | Float64s) -> Float64s:
        return np.asarray(1 - np.exp(-np.asarray(per_second) * seconds), np.float64)

    starts = range(0, len(band.voice), block)
    reach = block // 2
    quietest = np.array([band.voice[max(0, s - reach) : s + reach + 1].min() for s in starts])
    density = PAUSE_CUTS + quietest * (SUNG_CUTS - PAUSE_CUTS)
    away = np.arange(-band.middle, band.middle + 1, PER_POSITION // per_position) / PER_POSITION
    offset = away + band.line.shift(band.rows[0])
    near = SAME_START_REACH * rate
    together = np.exp(-np.abs(offset) / near) / (2 * near)
    start = SAME_START * together + (1 - SAME_START) / offsets
    return PathPrior(
        start=start / per_position,
        steepest=steepest,
        knot=float(within(BENDS)),
        knot_reach=BEND_REACH * block * per_position,
        jump=within(density) if cuts else np.zeros(len(quietest)),
        jump_reach=JUMP_REACH * rate * per_position,
        gap=float(within(FALSE_LIPS)),
        gap_end=float(within(1 / FALSE_LIPS_LENGTH)),
    )


def _unchanged(evidence: Evidence, weighted: Float32s, searched: Band, rival: float) -> Hypothesis:
    """The take is in sync, or so nearly that nobody would touch it.

    ``rival``: log odds of the best other explanation.
    """
    level = Line(0.0, 0.0, 0.0)
    half = round(searched.width)
    if np.abs(searched.line.shift(searched.rows)).max() < half - _BESIDE:
        return _in_sync(recentred(searched, level), evidence.rate)
    blurred = _in_sync(make_band(evidence, weighted, level, half, sharp=False), evidence.rate)
    if blurred.log_odds < rival - _HOPELESS:
        return blurred
    return _in_sync(make_band(evidence, weighted, level, half, sharp=True), evidence.rate)


def _in_sync(band: Band, rate: float) -> Hypothesis:
    away = np.arange(-band.middle, band.middle + 1) / PER_POSITION
    start = (np.abs(away) <= _IN_SYNC).astype(np.float64)
    prior = replace(
        path_prior(band, 1, _CUT_BLOCK, PER_POSITION, rate, cuts=False),
        start=start / start.sum(),
    )
    result = posterior(block_ratios(band.scores, _CUT_BLOCK, 0), prior)
    return Hypothesis("unchanged", band, _CUT_BLOCK, 0, PER_POSITION, result, result.log_evidence)


def _straight_and_cut(
    band: Band, offsets: int, settings: AlignSettings, rate: float
) -> list[Hypothesis]:
    """Offset; offset and drift; and pieces that share a drift."""
    thin = band.scores[:, ::_BEND_COLUMNS]
    sums = np.add.reduceat(thin, np.arange(0, len(thin), _SCAN_BLOCK), axis=0)
    per_position = PER_POSITION // _BEND_COLUMNS
    one, cut = (
        path_prior(band, offsets, _SCAN_BLOCK, per_position, rate, cuts=cuts)
        for cuts in (False, True)
    )
    drifts = _drifts(band, settings)
    straight, pieces = np.empty(len(drifts)), np.empty(len(drifts))
    for k, drift in enumerate(drifts):
        turned = _turned(sums, (drift - band.line.drift) * _SCAN_BLOCK * per_position)
        ratios = turned[:, None, :]
        straight[k], pieces[k] = log_evidence(ratios, one), log_evidence(ratios, cut)
    level = drifts == 0
    any_drift = np.full(len(drifts), -np.log(len(drifts)))
    # Half of the takes that were cut drift as well.
    some_drift = np.log(0.5) + np.where(level, 0.0, any_drift)
    found: list[tuple[Explanation, Float64s, Float64s, Float64s, float]] = [
        ("offset", drifts[level], straight[level], np.zeros(1), 0.0),
        ("drift", drifts, straight, any_drift, DRIFT_COST),
        ("pieces", drifts, pieces, some_drift, settings.cut_cost),
    ]
    accounts = []
    for explanation, among, scanned, chances, cost in found:
        odds = scanned + chances
        best = int(odds.argmax())
        around, prior, ratios = _sharpened(
            band, float(among[best]), offsets, rate, cuts=explanation == "pieces"
        )
        result = posterior(ratios, prior)
        # The other drifts add what the scan says; the best one counts as it is sharpened.
        others = float(np.logaddexp.reduce(odds) - odds[best])
        log_odds = result.log_evidence + float(chances[best]) + others
        log_odds -= settings.change_cost + cost
        accounts.append(
            Hypothesis(explanation, around, _CUT_BLOCK, 0, PER_POSITION, result, log_odds)
        )
    return accounts


def _sharpened(
    band: Band, drift: float, offsets: int, rate: float, *, cuts: bool
) -> tuple[Band, PathPrior, Float32s]:
    """Turn the band to the best drift near one of the grid, with its prior and block ratios."""
    # The grid is too coarse for strong evidence, which would make up for it by small cuts.
    step = 1 / (3 * len(band.scores)) if drift else 0.0
    best = -np.inf
    for near in {drift - step, drift, drift + step}:
        around = sheared(band, near)
        prior = path_prior(around, offsets, _CUT_BLOCK, PER_POSITION, rate, cuts=cuts)
        ratios = block_ratios(around.scores, _CUT_BLOCK, 0)
        value = log_evidence(ratios, prior)
        if value >= best:
            best, sharpest = value, (around, prior, ratios)
    return sharpest


def _bent(band: Band, offsets: int, settings: AlignSettings, rate: float) -> Hypothesis:
    """Changes of speed, and a cut here and there."""
    per_position = PER_POSITION // _BEND_COLUMNS
    steepest = round(settings.max_stretch * _BEND_BLOCK * per_position)
    prior = path_prior(band, offsets, _BEND_BLOCK, per_position, rate, steepest=steepest)
    ratios = block_ratios(band.scores[:, ::_BEND_COLUMNS], _BEND_BLOCK, steepest)
    result = posterior(ratios, prior)
    return Hypothesis(
        "free",
        band,
        _BEND_BLOCK,
        steepest,
        per_position,
        result,
        result.log_evidence - settings.change_cost - settings.bend_cost,
    )


def _drifts(band: Band, settings: AlignSettings) -> Float64s:
    """Rates whose ends differ by one position, as far as the band reaches; 0 is among them."""
    count = len(band.scores)
    steps = int(settings.max_drift * count)
    drifts = np.arange(-steps, steps + 1) / max(1, count)
    within = np.abs(drifts - band.line.drift) * count / 2 < 0.7 * band.width
    kept: Float64s = drifts[within | (drifts == 0)]
    return kept


def _turned(sums: Float32s, columns_per_block: float) -> Float32s:
    """Shift each row so that a line of this slope through the middle becomes a column."""
    count, width = sums.shape
    shift = np.round((np.arange(count) - (count - 1) / 2) * columns_per_block).astype(int)
    index = np.arange(width)[None, :] + shift[:, None]
    inside = (index >= 0) & (index < width)
    turned = np.take_along_axis(sums, np.clip(index, 0, width - 1), axis=1)
    return np.where(inside, turned, np.float32(0))
