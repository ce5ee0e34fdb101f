"""Which stretches of a recording are attempts at the song, and the time map of each.

People sing the song three times in one recording, stop after a slip and begin again a verse
earlier, leave parts out, and talk in between. Passages of the recording that follow the song are
joined to attempts, and each is aligned as a take is, within its own stretch. Where it begins and
ends is where the lips along its own path stop to speak for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.special import expit

from lipsyncer.align.agreement import probably_following
from lipsyncer.align.alignment import align
from lipsyncer.align.evidence import Alignment, Evidence, Piece
from lipsyncer.align.passages import Passage, passages
from lipsyncer.align.pieces import without_short_runs
from lipsyncer.align.priors import AlignSettings
from lipsyncer.arrays import Float32s, Float64s, Integers

_CHANCE, _CHANCE_SECONDS = 14.0, 1.5
"""A passage is as likely chance as not where it is worth so many nats, and so many seconds of the
recording's best passage."""
_SLOPE = 0.4
"""Log-odds of being more than chance, per nat."""
_LEAST_SHARE = 0.4
"""Of what the best passage is worth per second, what another one is worth at least."""
_WORDS = 2.0
"""Seconds of singing without a performer, from which on the same words are looked for elsewhere."""
_REPEATED = 0.6
"""Of what the best one is worth per second, what the same words elsewhere are worth at least."""
_DULL = 0.25
"""Share of what an attempt is worth per moment, below which at its ends it is another movement."""
_FOLLOWS = 0.5
"""Share of what an attempt is worth per moment, from which on the rest of a take belongs to it."""
_BLUR = 0.4
"""Seconds by which an attempt may begin earlier and end later than it seems at first."""
_PAUSE = 1.0
"""Seconds of other movement that are none: what a blink of the evidence lasts."""
_REACH = 10.0
"""Seconds of a recording to either side of where the song would begin and end, that may follow it
all the same: more than jumps and bends make up."""
_NOTHING, _LITTLE = 0.2, 3.0
"""Nats that say nothing, and that don't say enough for a pause of other movement."""

_EVEN, _INDEPENDENT = 0.5, 0.7
"""Share of what an attempt is worth per moment, at which other lips are as likely; and how much of
a moment's evidence is its own, as neighbours share their mistakes."""
_SURE = 0.8
"""Probability from which on the lips surely are those of the song."""
_SHORTEST = 0.2
"""Seconds below which nothing is said about a part of its own."""

_SILENT = 0.05  # weight of a song position up to which it says nothing
_NOWHERE = -(10**6)  # a take position outside every take

Chain = tuple[Passage, ...]


@dataclass(frozen=True)
class Attempt:
    """A stretch of a recording that performs a part of the song.

    Attributes
    ----------
    take_start, take_end
        Where in the recording it lies, seconds.
    alignment
        Its time map, in seconds of the recording's clock, and how far to trust it.
    """

    take_start: float
    take_end: float
    alignment: Alignment


@dataclass(frozen=True)
class _Path:
    """An attempt that is aligned, by song position.

    Attributes
    ----------
    alignment
        In seconds of the recording's clock.
    source
        (N,) take position along the path, NaN where it leads outside its part of the recording.
    nats
        (N,) what the pair there is worth, less what it has to be; 0 where ``source`` is NaN.
    following
        (N,) probability that the lips there are those of the song.
    limits
        The take positions between which it may lie: the recording's ends, or other attempts.
    """

    alignment: Alignment
    source: Float64s
    nats: Float64s
    following: Float64s
    limits: tuple[int, int]


def align_attempts(
    evidence: Evidence, settings: AlignSettings | None = None
) -> tuple[Attempt, ...]:
    """Find every attempt of a recording, and its time map.

    Parameters
    ----------
    evidence
        What the lips say about every pair of moments.
    settings
        How freely time may be bent within an attempt.

    Returns
    -------
    In the recording's order. A recording that is one attempt all through is aligned as it is.
    """
    settings = settings or AlignSettings()
    takes = len(evidence.face)
    found = _believed(passages(evidence), evidence.rate)
    pause = round(_PAUSE * evidence.rate)
    chains = _chained(found, settings.max_jump * evidence.rate, pause)
    if len(chains) < 2:
        whole = _whole(evidence, chains[0], settings) if chains else align(evidence, settings)
        if not chains or _is_whole(whole, chains[0], evidence, settings):
            return (Attempt(0.0, takes / evidence.rate, whole),)
    blur = round(_BLUR * evidence.rate)
    starts = [0, *(chain[-1].take_end - blur for chain in chains[:-1])]
    ends = [*(chain[0].take_start + blur for chain in chains[1:]), takes]
    paths = [
        _path(evidence, chain, (max(start, 0), min(end, takes)), settings)
        for chain, start, end in zip(chains, starts, ends, strict=True)
    ]
    beliefs = [max(found[passage] for passage in chain) for chain in chains]
    best = max(range(len(paths)), key=lambda k: paths[k].alignment.statistic)
    sure = paths[best].alignment.confidence
    found_attempts = [
        _attempt(path, span, belief, sure, evidence.rate)
        for path, span, belief in zip(paths, _spans(paths, pause), beliefs, strict=True)
        if span[1] > span[0]
    ]
    usual = max(passage.worth for passage in found)
    repeats = [
        _attempt(path, _span(path, pause), belief, sure, evidence.rate)
        for path, belief in _repeats(evidence, found_attempts, usual, settings)
    ]
    return tuple(sorted([*found_attempts, *repeats], key=lambda attempt: attempt.take_start))


def _repeats(
    evidence: Evidence, attempts: Sequence[Attempt], usual: float, settings: AlignSettings
) -> Iterator[tuple[_Path, float]]:
    """Attempts whose words come once more where the song has words that nobody performs.

    Only between what is performed: where the true words are there, nothing else is looked for.

    Parameters
    ----------
    usual
        Nats per position that the recording's best passage is worth.
    """
    rate = evidence.rate
    spans = sorted(attempt.alignment.span for attempt in attempts)
    reached = spans[0][1] if spans else 0.0
    for start, end in spans[1:]:
        hole = slice(round(reached * rate), round(start * rate))
        reached = max(reached, end)
        if np.nan_to_num(evidence.voice[hole]).sum() < _WORDS * rate:
            continue
        for attempt in attempts:
            first, last = round(attempt.take_start * rate), round(attempt.take_end * rate)
            part = _part_of(evidence, hole, first, last)
            found = [
                passage
                for passage in passages(part, usual)
                if passage.worth >= _REPEATED * usual
                and hole.start <= passage.song_start < passage.song_end <= hole.stop
            ]
            for passage, belief in _believed(found, rate, usual).items():
                there = replace(
                    passage,
                    take_start=passage.take_start + first,
                    take_end=passage.take_end + first,
                )
                yield _path(evidence, (there,), (first, last), settings), belief


def best_attempt(attempts: Sequence[Attempt]) -> Attempt:
    """Give the attempt for which the evidence is strongest."""
    return max(attempts, key=lambda attempt: attempt.alignment.statistic)


def _believed(
    found: Sequence[Passage], rate: float, usual: float | None = None
) -> dict[Passage, float]:
    """Keep the passages that are more likely than not more than chance, with how likely.

    ``usual``: what the best passage is worth per position, where it is not among them.
    """
    if usual is None:
        usual = max(found, key=lambda passage: passage.score).worth if found else 0.0
    kept = {}
    for passage in found:
        chance = _CHANCE + _CHANCE_SECONDS * rate * usual
        belief = float(expit(_SLOPE * (passage.score - chance)))
        if belief > 0.5 and passage.worth > _LEAST_SHARE * usual:
            kept[passage] = belief
    return kept


def _chained(found: Iterable[Passage], reach: float, pause: float) -> list[Chain]:
    """Join neighbours near one line to attempts that were cut.

    Parameters
    ----------
    reach
        Positions that their lines are apart at most.
    pause
        Positions of other movement between them that are none.
    """
    chains: list[Chain] = []
    for passage in found:
        if chains and _goes_on(chains[-1], passage, reach, pause):
            chains[-1] = (*chains[-1], passage)
        else:
            chains.append((passage,))
    return chains


def _goes_on(chain: Chain, passage: Passage, reach: float, pause: float) -> bool:
    offsets = [
        offset
        for part in (*chain, passage)
        for offset in (part.take_start - part.song_start, part.take_end - part.song_end)
    ]
    jump = (passage.take_start - passage.song_start) - (chain[-1].take_end - chain[-1].song_end)
    # After other movement it goes on where it would be anyway, or it is another attempt.
    most = reach if passage.take_start - chain[-1].take_end <= pause else pause
    return abs(jump) <= most and max(offsets) - min(offsets) <= 2 * reach


def _whole(evidence: Evidence, chain: Chain, settings: AlignSettings) -> Alignment:
    """Align all of a recording that may follow the song, and no more of it than can."""
    songs, takes = evidence.pairs.shape
    reach = round(_REACH * evidence.rate)
    before, after = chain[0].song_start, songs - chain[-1].song_end
    first = max(chain[0].take_start - round(before * (1 + settings.max_drift)) - reach, 0)
    last = min(chain[-1].take_end + round(after * (1 + settings.max_drift)) + reach, takes)
    if last - first == takes:
        return align(evidence, settings)
    part = _part_of(evidence, slice(0, songs), first, last)
    lines = [replace(one.line, offset=one.line.offset - first) for one in chain] if first else None
    return _later(align(part, settings, lines), first / evidence.rate)


def _is_whole(whole: Alignment, chain: Chain, evidence: Evidence, settings: AlignSettings) -> bool:
    """Whether all of a recording may follow the song, along the path that was found for it."""
    songs = len(evidence.voice)
    source, nats = _along(whole, songs, evidence.rate)
    due = _due(source, chain, evidence)
    outside = (source < chain[0].take_start, source >= chain[-1].take_end)
    inside = (source >= 0) & (source < len(evidence.face))
    return all(
        (side & inside).sum() <= settings.trim * evidence.rate
        or nats[side & inside].sum() >= _FOLLOWS * due[side & inside].sum()
        for side in outside
    )


def _along(found: Alignment, songs: int, rate: float) -> tuple[Float64s, Float64s]:
    """Take position (N,) and what the pair there is worth, nats, along the path of an alignment."""
    source, nats = np.full(songs, np.nan), np.zeros(songs)
    picture = found.picture
    if picture is not None:
        rows = round(picture.song_start * rate) + np.arange(len(picture.path))
        source[rows], nats[rows] = picture.path * rate, picture.along
    return source, nats


def _due(source: Float64s, chain: Chain, evidence: Evidence) -> Float64s:
    """What the pairs along a path (N,) are worth where they are as good as the chain's, nats."""
    known = np.flatnonzero((source >= 0) & (source < len(evidence.face)))
    face = np.zeros(len(source))
    face[known] = np.nan_to_num(evidence.face)[source[known].astype(np.int64)]
    due: Float64s = max(passage.worth for passage in chain) * evidence.weight * face
    return due


def _path(
    evidence: Evidence,
    chain: Chain,
    limits: tuple[int, int],
    settings: AlignSettings,
) -> _Path:
    """Align an attempt, and follow its path as far as the limits in the recording let it."""
    rate, songs = evidence.rate, len(evidence.voice)
    blur = round(_BLUR * rate)
    first = max(chain[0].take_start - blur, limits[0])
    last = min(chain[-1].take_end + blur, limits[1])
    lines = [replace(passage.line, offset=passage.line.offset - first) for passage in chain]
    heard = slice(max(chain[0].song_start - blur, 0), chain[-1].song_end + blur)
    found = _later(align(_part_of(evidence, heard, first, last), settings, lines), first / rate)
    source, nats = _along(found, songs, rate)
    source[(source < first) | (source >= last)] = np.nan
    known = np.flatnonzero(np.isfinite(source))
    if len(known):
        # Where nobody sings it runs on as straight as it began and ended.
        for edge, step in ((known[0], -1), (known[-1], 1)):
            slope = found.pieces[0 if step < 0 else -1].slope or 1.0
            row = int(edge) + step
            while 0 <= row < songs and evidence.weight[row] < _SILENT:
                at = source[edge] + (row - edge) * slope
                if not limits[0] <= at < limits[1]:
                    break
                source[row] = at
                row += step
    due = _due(source, chain, evidence)
    covered = np.isfinite(source)
    ratios = np.where(covered, nats - _EVEN * due, 0.0) * _INDEPENDENT
    following = probably_following(ratios, rate)
    return _Path(found, source, np.where(covered, nats - _DULL * due, 0.0), following, limits)


def _part_of(evidence: Evidence, heard: slice, first: int, last: int) -> Evidence:
    """Cut the evidence of the take positions first..last-1 out, deaf to all else of the song."""
    refine = evidence.refine
    voice = np.zeros_like(evidence.voice)
    voice[heard] = evidence.voice[heard]

    def within(middle: Integers, half_width: int) -> Float32s:
        assert refine is not None
        columns = middle[:, None] + np.arange(-half_width, half_width + 1)
        inside = (columns >= 0) & (columns < last - first)
        # What lies outside is not asked for.
        asked = np.where(inside.any(axis=1), middle + first, _NOWHERE)
        return np.where(inside, refine(asked, half_width), np.float32(np.nan))

    return Evidence(
        rate=evidence.rate,
        pairs=evidence.pairs[:, first:last],
        voice=voice,
        face=evidence.face[first:last],
        refine=None if refine is None else within,
    )


def _spans(paths: Sequence[_Path], pause: int) -> list[tuple[int, int]]:
    """Song positions at which attempts begin and end; none shows what another one shows."""
    spans = [_span(path, pause) for path in paths]
    for k, (before, after) in enumerate(pairwise(paths)):
        (start, end), (begin, until) = spans[k], spans[k + 1]
        if end <= start or until <= begin:
            continue
        low, high = int(after.source[begin]), int(before.source[end - 1]) + 1
        if low >= high:
            continue
        # Both claim these moments of the recording: what one loses there the other wins.
        columns = np.arange(low, high + 1)
        ends = np.searchsorted(before.source[start:end], columns) + start
        begins = np.searchsorted(after.source[begin:until], columns) + begin
        total = np.concatenate(([0.0], np.cumsum(before.nats)))[ends]
        total -= np.concatenate(([0.0], np.cumsum(after.nats)))[begins]
        good = np.flatnonzero(total >= total.max() - _NOTHING)
        cut = good[len(good) // 2]
        spans[k], spans[k + 1] = (start, int(ends[cut])), (int(begins[cut]), until)
    return spans


def _span(path: _Path, pause: int) -> tuple[int, int]:
    """The song positions from and to which the lips speak for a path, or not against it."""
    known = np.flatnonzero(np.isfinite(path.source))
    if not len(known):
        return 0, 0
    low, high = int(known[0]), int(known[-1]) + 1
    total = np.concatenate(([0.0], np.cumsum(path.nats[low:high])))
    rise = total - np.minimum.accumulate(total)
    end = int(np.flatnonzero(rise >= rise.max() - _NOTHING)[-1])
    start = int(np.flatnonzero(total[: end + 1] <= total[: end + 1].min() + _NOTHING)[0])
    # Hardly anybody films less than a second of something else, and little says so here.
    at_start, at_end = (
        path.source[low] < path.limits[0] + 2,
        path.source[high - 1] > path.limits[1] - 3,
    )
    if at_end and len(total) - 1 - end <= pause and total[end] - total[-1] < _LITTLE:
        end = len(total) - 1
    if at_start and start <= pause and total[start] - total[0] > -_LITTLE:
        start = 0
    return low + start, low + end


def _attempt(
    path: _Path, span: tuple[int, int], belief: float, sure: float, rate: float
) -> Attempt:
    """Take what lies within a span of song positions of a path.

    Parameters
    ----------
    belief
        Probability that the attempt is more than chance.
    sure
        Confidence of the recording's best attempt.
    """
    start, end = span[0] / rate, span[1] / rate
    moving = [piece for piece in path.alignment.pieces if piece.source_end > piece.source_start]
    first, last = moving[0], moving[-1]
    moving[0] = first.part(min(start, first.song_start), first.song_end)
    moving[-1] = moving[-1].part(moving[-1].song_start, max(end, last.song_end))
    pieces = tuple(
        replace(piece, confidence=piece.confidence * belief)
        for piece in _rated(clipped(moving, start, end), path.following, rate)
    )
    return Attempt(
        pieces[0].source_start,
        pieces[-1].source_end,
        replace(path.alignment, pieces=pieces, confidence=belief * sure),
    )


def _rated(pieces: Sequence[Piece], following: Float64s, rate: float) -> list[Piece]:
    """Divide pieces where the lips begin or cease to be surely the song's, each rated alone."""
    sure = without_short_runs(following >= _SURE, round(_SHORTEST * rate))
    changes = (np.flatnonzero(np.diff(sure)) + 1) / rate
    parts = []
    for piece in pieces:
        inside = changes[(changes > piece.song_start + 1e-6) & (changes < piece.song_end - 1e-6)]
        for start, end in pairwise([piece.song_start, *inside.tolist(), piece.song_end]):
            rows = slice(int(start * rate), max(int(np.ceil(end * rate)), int(start * rate) + 1))
            share = float(following[rows].mean())
            parts.append(replace(piece.part(start, end), confidence=piece.confidence * share))
    return parts


def clipped(pieces: Sequence[Piece], song_start: float, song_end: float) -> tuple[Piece, ...]:
    """Give what lies between two song times (s)."""
    return tuple(
        piece.part(max(piece.song_start, song_start), min(piece.song_end, song_end))
        for piece in pieces
        if min(piece.song_end, song_end) - max(piece.song_start, song_start) > 1e-9
    )


def _later(alignment: Alignment, seconds: float) -> Alignment:
    """Move an alignment to later moments of the recording."""
    picture = alignment.picture
    return replace(
        alignment,
        pieces=tuple(
            replace(
                piece,
                source_start=piece.source_start + seconds,
                source_end=piece.source_end + seconds,
            )
            for piece in alignment.pieces
        ),
        offset_ms=alignment.offset_ms + 1000 * seconds,
        picture=picture
        and replace(picture, middle=picture.middle + seconds, path=picture.path + seconds),
    )
