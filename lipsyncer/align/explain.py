"""The simplest account of a take's timing that the evidence pays for.

Five explanations, each richer than the one before, are fitted to the band and charged for what they
had to be told (Rissanen, 1978: the logarithm of the number of distinguishable values of each
parameter, plus how unusual such a fault is): the take is in sync; it starts at another time; it
also runs at another rate; it was cut; its time is bent freely. The dearest one wins only where the
lips say enough to pay for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lipsyncer.align.band import PER_POSITION, Band, along, make_band, shear
from lipsyncer.align.dtw import FORBIDDEN, Costs, warp
from lipsyncer.align.evidence import AlignSettings, Doubles, Evidence, Explanation, Floats
from lipsyncer.align.fit import Track, line_track, refined, track_of
from lipsyncer.align.lines import Line, LineSearch

_BLOCK = 10
_COARSE = 20


@dataclass(frozen=True)
class Account:
    """One explanation fitted to the evidence.

    Attributes
    ----------
    explanation
        What kind it is.
    band
        The band it was fitted in.
    track
        Its path through the band.
    evidence
        Log-likelihood ratio collected, nats.
    cost
        What the explanation costs to tell, nats.
    """

    explanation: Explanation
    band: Band
    track: Track
    evidence: float
    cost: float

    @property
    def score(self) -> float:
        """Penalised log-likelihood, nats."""
        return self.evidence - self.cost


def explain(
    evidence: Evidence, weighted: Floats, search: LineSearch, settings: AlignSettings
) -> Account:
    """Choose among all explanations.

    Parameters
    ----------
    evidence, weighted
        See ``lines.weighted_pairs``.
    search
        The candidates for the straight line that the take keeps near.
    """
    half = round(settings.band * evidence.rate)
    line = _best_line(evidence, weighted, search, half, settings)
    unchanged = _unchanged(evidence, weighted, settings)
    band = make_band(evidence, weighted, line, half, sharp=True)
    accounts = [unchanged, *_straight_and_cut(band, sum(weighted.shape), settings, evidence.rate)]
    cut = accounts[-1]
    for base in {line.drift: line, cut.band.line.drift: cut.band.line, 0.0: None}.values():
        sheared = band if base is line else shear(band, base.drift if base is not None else 0.0)
        accounts.append(_free(sheared, sum(weighted.shape), settings, evidence.rate))
    best = max(accounts, key=lambda account: account.score)
    return replace(best, explanation=_name(best))


def _name(account: Account) -> Explanation:
    """Name an account by what it came to: a cut that was not made is none."""
    if account.explanation == "unchanged":
        return "unchanged"
    if any(len(chain.rows) > 2 for chain in account.track.chains):
        return "free"
    if len(account.track.chains) > 1:
        return "pieces"
    return "drift" if account.band.line.drift else "offset"


def _best_line(
    evidence: Evidence,
    weighted: Floats,
    search: LineSearch,
    half: int,
    settings: AlignSettings,
) -> Line:
    """Pick the line around which a free path collects most: a bent take has no good line."""

    def promise(line: Line) -> float:
        band = make_band(evidence, weighted, line, half, sharp=False)
        scores = band.scores[:, ::PER_POSITION]
        jump = _jump_costs(band.voice, _COARSE, settings)
        furthest = round(settings.max_jump * evidence.rate)
        steepest = round(settings.max_stretch * _COARSE)
        costs = Costs(steepest, settings.knot_cost, jump, furthest, settings.gap_cost)
        # The same path may be found from several lines: prefer the one that it keeps near.
        return warp(scores, _COARSE, costs).score + 0.1 * line.score

    return max(search.lines, key=promise)


def _unchanged(evidence: Evidence, weighted: Floats, settings: AlignSettings) -> Account:
    """The take is in sync."""
    band = make_band(evidence, weighted, Line(0.0, 0.0, 0.0), 8, sharp=True)
    track, score = _straight(band, band.middle, settings)
    return Account("unchanged", band, track, score, 0.0)


def _straight(band: Band, column: int, settings: AlignSettings) -> tuple[Track, float]:
    """Follow one column; only gaps may interrupt it."""
    scores = band.scores[:, column : column + 1]
    blocks = -(-len(scores) // _BLOCK)
    path = warp(scores, _BLOCK, Costs(0, 0, np.full(blocks, FORBIDDEN), 0, settings.gap_cost))
    matched = ~np.repeat(path.gaps, _BLOCK)[: len(scores)]
    return line_track(band, (column - band.middle) / PER_POSITION, matched), path.score


def _straight_and_cut(
    band: Band, offsets: int, settings: AlignSettings, rate: float
) -> list[Account]:
    """Offset, offset and drift, and pieces that share a drift."""
    count = len(band.scores)
    tell_offset = settings.change_cost + np.log(offsets)
    tell_drift = settings.drift_cost + np.log(max(2.0, 2 * settings.max_drift * count))
    furthest = round(settings.max_jump * rate) * PER_POSITION
    blocks = -(-count // _COARSE)
    jump = _jump_costs(band.voice, _COARSE, settings)
    never = np.full(blocks, FORBIDDEN)
    sums = np.add.reduceat(band.scores, np.arange(0, count, _COARSE), axis=0)
    best: dict[Explanation, tuple[float, float]] = {}
    for drift in _drifts(band, settings):
        turned = _turned(sums, (drift - band.line.drift) * _COARSE * PER_POSITION)
        told = tell_offset + (tell_drift if drift else 0.0)
        kind: Explanation = "drift" if drift else "offset"
        straight = warp(turned, 1, Costs(0, 0, never, 0, settings.gap_cost)).score - told
        cut = warp(turned, 1, Costs(0, 0, jump, furthest, settings.gap_cost)).score - told
        if kind not in best or straight > best[kind][0]:
            best[kind] = (straight, drift)
        if "pieces" not in best or cut > best["pieces"][0]:
            best["pieces"] = (cut, drift)
    accounts = []
    for explanation, (_, drift) in best.items():
        told = tell_offset + (tell_drift if drift else 0.0)
        if explanation == "pieces":
            allowed, reach = _jump_costs(band.voice, _BLOCK, settings), furthest
        else:
            allowed, reach = np.full(-(-count // _BLOCK), FORBIDDEN), 0
        sheared = shear(band, drift)
        path = warp(sheared.scores, _BLOCK, Costs(0, 0, allowed, reach, settings.gap_cost))
        track = track_of(sheared, path, _BLOCK)
        track, gain = refined(sheared, track, shared_slope=explanation != "offset" and drift != 0)
        accounts.append(Account(explanation, sheared, track, path.score + gain, told))
    return accounts


def _free(band: Band, offsets: int, settings: AlignSettings, rate: float) -> Account:
    """A path of straight stretches with knots and jumps."""
    count = len(band.scores)
    steepest = round(settings.max_stretch * _BLOCK * PER_POSITION)
    furthest = round(settings.max_jump * rate) * PER_POSITION
    jump = _jump_costs(band.voice, _BLOCK, settings)
    costs = Costs(steepest, settings.knot_cost, jump, furthest, settings.gap_cost)
    path = warp(band.scores, _BLOCK, costs)
    told = settings.change_cost + np.log(offsets)
    if band.line.drift:
        told += settings.drift_cost + np.log(max(2.0, 2 * settings.max_drift * count))
    track, gain = refined(band, track_of(band, path, _BLOCK), shared_slope=False)
    return Account("free", band, track, path.score + gain, told)


def _drifts(band: Band, settings: AlignSettings) -> Doubles:
    """Rates whose ends differ by one position, as far as the band reaches; 0 is among them."""
    count = len(band.scores)
    steps = int(settings.max_drift * count)
    drifts = np.arange(-steps, steps + 1) / max(1, count)
    within = np.abs(drifts - band.line.drift) * count / 2 < band.width * 0.7
    return drifts[within | (drifts == 0)]


def _turned(sums: Floats, columns_per_block: float) -> Floats:
    """Shift each row so that a line of this slope through the middle becomes a column."""
    count, width = sums.shape
    shift = np.round((np.arange(count) - (count - 1) / 2) * columns_per_block).astype(int)
    index = np.arange(width)[None, :] + shift[:, None]
    inside = (index >= 0) & (index < width)
    turned = np.take_along_axis(sums, np.clip(index, 0, width - 1), axis=1)
    return np.where(inside, turned, np.float32(-1.0))


def _jump_costs(voice: Floats, block: int, settings: AlignSettings) -> Doubles:
    """What a cut costs at the start of each block: less where nobody sings nearby."""
    starts = np.arange(0, len(voice), block)
    quietest = np.array(
        [voice[max(0, s - block // 2) : s + block // 2 + 1].min() for s in starts], np.float64
    )
    costs: Doubles = settings.pause_jump_cost + quietest * (
        settings.jump_cost - settings.pause_jump_cost
    )
    return costs


def matched_rows(account: Account) -> npt.NDArray[np.bool_]:
    """(n,) rows of the account's band whose lips were believed."""
    return account.track.matched


def path_scores(account: Account) -> Doubles:
    """(n,) ratios along the account's path."""
    return along(account.band, account.track.path)
