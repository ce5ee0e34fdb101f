"""How the take runs between two moments that are given: straight, cut or bent.

The same decision as for a whole take (``explain``), but the path has to begin and to end where it
is told. What is given costs nothing; what lies between has to be paid for by the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lipsyncer.align.band import PER_POSITION, Band
from lipsyncer.align.decode import Ends, decode
from lipsyncer.align.evidence import Doubles, Explanation, Floats
from lipsyncer.align.explain import Account, path_prior
from lipsyncer.align.lines import Line, search_lines
from lipsyncer.align.pieces import Straight, sources_of, straights_of
from lipsyncer.align.posterior import PathPrior, Posterior, block_ratios, posterior
from lipsyncer.align.ridge import Ridge
from lipsyncer.align.settings import AlignSettings

Booleans = npt.NDArray[np.bool_]

# Rows per block, as for whole takes; a bent path's are fitted to the length of the stretch.
_CUT_BLOCK = 5
_BEND_BLOCKS = range(16, 25)
_BEND_COLUMNS = 2
# Seconds on either side of a moment given by the user that no cut may come near; a cut right
# beside it would take back what was asked for.
_WHOLE = 1.0
_WHOLE_SHARE = 0.3
# Seconds of band beside the given moments.
_BESIDE = 1.5
# How exactly a person places a moment, positions.
_PLACING = 1.0
# Lines that a stretch without given moments is searched along.
_MOST_LINES = 4
_TOLERANCE = 1.0  # positions within which the path is right


@dataclass(frozen=True)
class Moment:
    """A moment of the song and the moment of the take that belongs to it, in positions.

    ``firm`` says that the user has set it, and that no cut may come near.
    """

    song: float
    source: float
    firm: bool = True


@dataclass(frozen=True)
class Stretch:
    """What is to be solved, in positions.

    Attributes
    ----------
    start, end
        Song positions.
    left, right
        The moments that it begins and ends with, or None where an end is free.
    speed
        Take positions per song position where nothing says otherwise.
    near
        Where a stretch with two free ends is expected, or None.
    """

    start: float
    end: float
    left: Moment | None
    right: Moment | None
    speed: float
    near: Moment | None = None

    @property
    def rows(self) -> tuple[int, int]:
        """The first song position inside, and the first one after it."""
        return int(np.ceil(self.start - 1e-9)), int(np.ceil(self.end - 1e-9))

    def line(self, moment: Moment) -> Line:
        """The line through a moment at the expected speed."""
        return Line(moment.source - self.speed * moment.song, self.speed - 1, 0.0)

    @property
    def rise(self) -> float:
        """How far the right moment lies from the line through the left one, positions."""
        if self.left is None or self.right is None:
            return 0.0
        return (
            self.right.source - self.left.source - self.speed * (self.right.song - self.left.song)
        )


@dataclass(frozen=True)
class Found:
    """The map of a stretch.

    Attributes
    ----------
    straights
        From ``start`` to ``end``, through the given moments exactly.
    believed
        (rows,) False where the lips are not those of the song.
    certain
        (rows,) probability that the map is within a position of the truth.
    log_odds
        Of the evidence under all explanations against no relation, nats.
    """

    straights: list[Straight]
    believed: Booleans
    certain: Doubles
    log_odds: float


@dataclass(frozen=True)
class _Way:
    """One explanation: where its columns lie in the take, how probable they are, and its path."""

    log_odds: float
    starts: npt.NDArray[np.int64]
    sources: Doubles
    posterior: Posterior
    straights: Callable[[], list[Straight]]


def solve_between(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> Found:
    """Find the map of a stretch: the simplest that the evidence pays for.

    Parameters
    ----------
    ridge
        The evidence.
    stretch
        What to solve.
    settings
        How freely time may be bent.
    rate
        Positions per second.
    """
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    if last - first < 2 * _CUT_BLOCK or not ridge.weighted[first:last].any():
        return _unsupported(stretch, max(0, last - first))
    if stretch.left is None and stretch.right is None:
        stretch = replace(stretch, near=_likely(ridge, stretch, settings, rate))
    ways = [way for way in _ways(ridge, stretch, settings, rate) if np.isfinite(way.log_odds)]
    if not ways:
        return _unsupported(stretch, last - first)
    best = max(ways, key=lambda way: way.log_odds)
    straights = best.straights()
    block = best.starts[1] - best.starts[0] if len(best.starts) > 1 else last - first
    believed = np.repeat(best.posterior.gaps < 0.5, block)[: last - first]
    source = sources_of(straights, first, last)
    return Found(
        straights,
        believed,
        _certain(ways, source, first),
        float(np.logaddexp.reduce([way.log_odds for way in ways])),
    )


def _ways(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> list[_Way]:
    """All explanations, simple ones first."""
    ways = []
    straight = _straight(ridge, stretch, settings, rate)
    if straight is not None:
        ways.append(straight)
    if abs(stretch.rise) > settings.max_jump * rate:
        ways.append(_switched(ridge, stretch, settings, rate))
        return ways
    cut = _through_band(ridge, stretch, settings, rate, "pieces")
    ways.append(cut)
    first, last = stretch.rows
    if last - first >= 2 * _BEND_BLOCKS[-1]:
        ways.append(_through_band(ridge, stretch, settings, rate, "free"))
    return ways


def _straight(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> _Way | None:
    """One line: between both moments, through one of them at any drift, or near the likely one."""
    lines, chances = _lines(stretch, settings, rate)
    if not lines:
        return None
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    starts = np.arange(0, last - first, _CUT_BLOCK)
    along = np.stack([ridge.along(first, last, line) for line in lines], axis=1)
    ratios = np.add.reduceat(along, starts, axis=0)[:, None, :]
    prior = _prior_of(settings, rate, np.exp(chances), len(starts))
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
            return [_laid(stretch, Line(float(offset), lines[best].drift, 0.0))]
        speed = stretch.speed
        # A level line that is probable enough is not made up from its neighbours.
        if lines[best].drift != speed - 1:
            drifts = [line.drift for line in lines[around]]
            speed = 1 + float(np.average(drifts, weights=shares[around]))
        return [_laid(stretch, replace(stretch, speed=speed).line(moment))]

    return _Way(result.log_evidence, starts, sources, result, straights)


def _lines(stretch: Stretch, settings: AlignSettings, rate: float) -> tuple[list[Line], Doubles]:
    """All lines that are possible, with the logarithms of their prior probabilities."""
    length = stretch.end - stretch.start
    if stretch.left is not None and stretch.right is not None:
        slope = (stretch.right.source - stretch.left.source) / length
        if abs(slope - 1) > settings.max_stretch + 1e-9:
            return [], np.zeros(0)
        line = Line(stretch.left.source - slope * stretch.start, slope - 1, 0.0)
        return [line], np.array([_chance_of_rise(stretch, settings)])
    moment = stretch.left or stretch.right
    if moment is None:
        assert stretch.near is not None
        level = stretch.line(stretch.near)
        reach = settings.same_start_reach * rate
        away = np.arange(-round(2 * reach), round(2 * reach) + 1 / PER_POSITION, 1 / PER_POSITION)
        lines = [replace(level, offset=level.offset + shift) for shift in away]
        return lines, -np.abs(away) / reach - np.log(2 * reach * PER_POSITION)
    steps = int(settings.max_drift * length)
    drifts = stretch.speed - 1 + np.arange(-steps, steps + 1) / length
    kept = np.abs(drifts) <= settings.max_stretch
    drifts = drifts[kept]
    level_one = np.arange(-steps, steps + 1)[kept] == 0
    chances = np.where(level_one, 0.0, -settings.drift_cost - np.log(max(1, len(drifts))))
    lines = [replace(stretch, speed=1 + float(drift)).line(moment) for drift in drifts]
    return lines, chances


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
    bent = density(rise, settings.bend_reach * length)
    other = np.exp(-settings.drift_cost) * (drifted + bent) / 2
    exact = 1.0 if rise < 0.5 / PER_POSITION else density(rise, _PLACING)
    return float(np.log(exact / 2 + other / 2))


def _through_band(
    ridge: Ridge,
    stretch: Stretch,
    settings: AlignSettings,
    rate: float,
    explanation: Explanation,
) -> _Way:
    """Level pieces with cuts between them, or a free path."""
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    moment = stretch.left or stretch.right or stretch.near
    assert moment is not None
    given = stretch.left is not None and stretch.right is not None
    beside = _BESIDE if given else settings.band
    half = int(np.ceil(abs(stretch.rise) + beside * rate))
    band = ridge.band(first, last, stretch.line(moment), half)
    whole = _whole_rows(stretch, first, last, rate)
    if explanation == "pieces":
        block, per_position, steepest = _CUT_BLOCK, PER_POSITION, 0
        cost = settings.cut_cost
    else:
        block = min(_BEND_BLOCKS, key=lambda size: (-(last - first) % size, abs(size - 20)))
        per_position = PER_POSITION // _BEND_COLUMNS
        steepest = round(settings.max_stretch * block * per_position)
        cost = settings.change_cost + settings.bend_cost
    starts = np.arange(0, last - first, block)
    prior = path_prior(band, 1, block, per_position, settings, rate, steepest=steepest)
    prior = replace(
        prior,
        start=_start(stretch, len(prior.start), per_position, settings, rate),
        jump=np.where(np.logical_or.reduceat(whole, starts), 0.0, prior.jump),
    )
    ratios = block_ratios(band.scores[:, :: PER_POSITION // per_position], block, steepest)
    ends = Ends(
        first=0.0 if stretch.left is not None else None,
        last=stretch.rise if stretch.right is not None else None,
        whole=whole,
    )
    if ends.last is not None:
        _let_end(ratios, round(ends.last * per_position), steepest)
    result = posterior(ratios, prior)
    rows = (first + starts).astype(np.float64)
    away = (np.arange(ratios.shape[2]) - (ratios.shape[2] - 1) / 2) / per_position
    log_odds = result.log_evidence - cost
    account = Account(explanation, band, block, steepest, per_position, result, log_odds)

    def straights() -> list[Straight]:
        track = decode(account, settings, rate, ends)
        return _tied(straights_of(band, track), stretch)

    sources = (rows + band.line.shift(rows))[:, None] + away[None, :]
    return _Way(log_odds, starts, sources, result, straights)


def _switched(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> _Way:
    """Two lines too far apart for a band, and one cut from the one to the other."""
    assert stretch.left is not None and stretch.right is not None
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    lines = [stretch.line(stretch.left), stretch.line(stretch.right)]
    along = np.stack([ridge.along(first, last, line) for line in lines], axis=1)
    starts = np.arange(0, last - first, _CUT_BLOCK)
    ratios = np.add.reduceat(along, starts, axis=0)[:, None, :]
    ratios[-1, 0, 0] = -np.inf
    band = Band(first, lines[0], along, ridge.voice[first:last])
    quiet = path_prior(
        replace(band, scores=np.zeros((last - first, 1), np.float32)),
        1,
        _CUT_BLOCK,
        PER_POSITION,
        settings,
        rate,
    ).jump
    whole = _whole_rows(stretch, first, last, rate)
    prior = _prior_of(settings, rate, np.array([1.0, 0.0]), len(starts))
    prior = replace(
        prior,
        jump=np.where(np.logical_or.reduceat(whole, starts), 0.0, quiet),
        jump_reach=1.0,
    )
    result = posterior(ratios, prior)
    rows = (first + starts).astype(np.float64)
    sources = np.stack([rows + line.shift(rows) for line in lines], axis=1)

    def straights() -> list[Straight]:
        gain = np.cumsum(along[:, 0] - along[:, 1])
        loudness = np.convolve(np.pad(band.voice, 5, mode="edge"), np.full(11, 1 / 11), "valid")
        # A cut in full voice is worth as much here as the programme makes of it.
        odds = np.log(settings.pause_cuts / settings.sung_cuts) + 6.0
        score = np.where(whole, -np.inf, gain - odds * loudness)
        at = float(first + 1 + int(score.argmax()))
        at = min(max(at, stretch.start + 0.5), stretch.end - 0.5)
        before, after = (_laid(stretch, line) for line in lines)
        return [before.part(stretch.start, at), after.part(at, stretch.end)]

    log_odds = result.log_evidence - settings.cut_cost
    return _Way(log_odds, starts, sources, result, lambda: _tied(straights(), stretch))


def _prior_of(settings: AlignSettings, rate: float, start: Doubles, blocks: int) -> PathPrior:
    """Lines that the path stays on, whose lips may be false now and then."""
    seconds = _CUT_BLOCK / rate
    return PathPrior(
        start=start,
        steepest=0,
        knot=0.0,
        knot_reach=0.0,
        jump=np.zeros(blocks),
        jump_reach=0.0,
        gap=float(1 - np.exp(-settings.false_lips * seconds)),
        gap_end=float(1 - np.exp(-seconds / settings.false_lips_length)),
    )


def _start(
    stretch: Stretch, width: int, per_position: int, settings: AlignSettings, rate: float
) -> Doubles:
    """Probability of starting in each column; a free start before a given end is a free end."""
    away = np.arange(width) - (width - 1) // 2
    if stretch.left is not None:
        here: Doubles = (away == 0).astype(np.float64)
        return here
    if stretch.right is not None:
        return np.ones(width)
    reach = settings.same_start_reach * rate * per_position
    chance: Doubles = np.exp(-np.abs(away) / reach) / (2 * reach)
    return chance


def _let_end(ratios: Floats, away: int, steepest: int) -> None:
    """Forbid all ways through the last block that do not arrive where they should."""
    width = ratios.shape[2]
    target = (width - 1) // 2 + away
    for slope in range(2 * steepest + 1):
        column = target - (slope - steepest)
        kept = ratios[-1, slope, column] if 0 <= column < width else -np.inf
        ratios[-1, slope] = -np.inf
        if 0 <= column < width:
            ratios[-1, slope, column] = kept


def _whole_rows(stretch: Stretch, first: int, last: int, rate: float) -> Booleans:
    """Rows that no cut may come near, for the user has set a moment there."""
    rows = np.arange(first, last)
    reach = min(_WHOLE * rate, _WHOLE_SHARE * (stretch.end - stretch.start))
    whole = np.zeros(last - first, dtype=bool)
    for moment in (stretch.left, stretch.right):
        if moment is not None and moment.firm:
            whole |= np.abs(rows - moment.song) < reach
    return whole


def _likely(ridge: Ridge, stretch: Stretch, settings: AlignSettings, rate: float) -> Moment:
    """Find where a stretch without given moments lies: where it was expected, or at a best line."""
    first, last = stretch.rows
    last = min(last, len(ridge.voice))
    middle = (stretch.start + stretch.end) / 2
    found = search_lines(ridge.weighted[first:last], settings, rate, _MOST_LINES)
    inside = middle - first
    moments = [Moment(middle, inside + float(line.shift(np.array(inside)))) for line in found]
    if stretch.near is not None:
        moments.insert(0, stretch.near)
    reach = settings.same_start_reach * rate
    takes = ridge.weighted.shape[1]

    def promise(moment: Moment) -> float:
        band = _through_band(ridge, replace(stretch, near=moment), settings, rate, "pieces")
        if stretch.near is None:
            return band.log_odds
        away = abs(moment.source - moment.song - stretch.near.source + stretch.near.song)
        near = settings.same_start * np.exp(-away / reach)
        return band.log_odds + float(np.log(near + (1 - settings.same_start) / takes))

    return max(moments, key=promise)


def _laid(stretch: Stretch, line: Line) -> Straight:
    """The part of a line that the stretch covers."""
    ends = np.array([stretch.start, stretch.end])
    source = ends + line.shift(ends)
    return Straight(stretch.start, stretch.end, float(source[0]), float(source[1]))


def _tied(straights: Sequence[Straight], stretch: Stretch) -> list[Straight]:
    """Let a path over whole rows begin and end with the stretch, exactly at what is given."""
    result = [s for s in straights if s.song_start < stretch.end and s.song_end > stretch.start]
    start, end = stretch.start, stretch.end
    result[0] = result[0].part(start, result[0].song_end)
    result[-1] = result[-1].part(result[-1].song_start, end)
    if stretch.left is not None:
        result[0] = replace(result[0], source_start=stretch.left.source)
    if stretch.right is not None:
        result[-1] = replace(result[-1], source_end=stretch.right.source)
    return result


def _certain(ways: Sequence[_Way], source: Doubles, first: int) -> Doubles:
    """Probability that a map is within a position of the truth, whichever explanation is right."""
    odds = np.array([way.log_odds for way in ways])
    shares = np.exp(odds - odds.max())
    shares /= shares.sum()
    total = np.zeros(len(source))
    rows = np.arange(len(source))
    for way, share in zip(ways, shares, strict=True):
        near = np.abs(way.sources - source[way.starts][:, None]) <= _TOLERANCE
        inside = (way.posterior.columns * near).sum(axis=1)
        total += share * np.interp(rows, way.starts, inside)
    return np.clip(total, 0.0, 1.0)


def _unsupported(stretch: Stretch, rows: int) -> Found:
    """Go straight where nothing is known, or cut in the middle where straight is too steep."""
    left, right = stretch.left, stretch.right
    nothing = np.zeros(rows)
    if left is not None and right is not None:
        middle = (stretch.start + stretch.end) / 2
        if abs(stretch.rise) > 0.25 * (stretch.end - stretch.start):
            before, after = (_laid(stretch, stretch.line(moment)) for moment in (left, right))
            halves = [before.part(stretch.start, middle), after.part(middle, stretch.end)]
            return Found(_tied(halves, stretch), nothing > 0, nothing, 0.0)
        straight = Straight(stretch.start, stretch.end, left.source, right.source)
    else:
        moment = left or right or stretch.near or Moment(0.0, 0.0)
        straight = _laid(stretch, stretch.line(moment))
    return Found(_tied([straight], stretch), nothing > 0, nothing, 0.0)
