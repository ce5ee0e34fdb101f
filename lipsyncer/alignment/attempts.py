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
from scipy.special import expit, logit

from lipsyncer.alignment.agreement import probably_following
from lipsyncer.alignment.alignment import align
from lipsyncer.alignment.attempt_path import (
    BLUR,
    EVEN,
    JUMP,
    AttemptPath,
    Chain,
    along,
    attempt_path,
    due_along,
    later_by,
    part_of,
    spans_of,
)
from lipsyncer.alignment.evidence import Alignment, Evidence, Piece
from lipsyncer.alignment.passages import Passage, passages
from lipsyncer.alignment.pieces import without_short_runs
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.arrays import Booleans, Float64s

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
_PAUSE = 1.0
"""Seconds of other movement that are none: what a blink of the evidence lasts."""
_REACH = 10.0
"""Seconds of a recording to either side of where the song would begin and end, that may follow it
all the same: more than jumps and bends make up."""

_AGAINST = 7.0
"""Nats that speak against the lips at an end of a recording, from which on they are others."""
_SURE = 0.8
"""Probability from which on the lips surely are those of the song."""
_RATHER = 0.6
"""Log-odds by which a part of an attempt is more often right than its moments say of themselves:
they are judged as if any other lips were as likely. Fitted on recordings of validation speakers,
in speech and under music at 0 and -5 dB."""
_SHORTEST = 0.2
"""Seconds below which nothing is said about a part of its own."""


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
    if not chains:
        return (Attempt(0.0, takes / evidence.rate, align(evidence, settings)),)
    if len(chains) == 1:
        whole = _whole(evidence, chains[0], settings)
        spoken = _spoken(whole, chains[0], evidence)
        # It may follow the song all through unless the lips speak against it from one of its ends.
        if min(np.cumsum(spoken).min(), np.cumsum(spoken[::-1]).min()) > -_AGAINST:
            whole = _doubted(whole, chains[0], spoken, evidence)
            return (Attempt(0.0, takes / evidence.rate, whole),)
    blur = round(BLUR * evidence.rate)
    starts = [0, *(chain[-1].take_end - blur for chain in chains[:-1])]
    ends = [*(chain[0].take_start + blur for chain in chains[1:]), takes]
    paths = [
        attempt_path(evidence, chain, (max(start, 0), min(end, takes)), settings)
        for chain, start, end in zip(chains, starts, ends, strict=True)
    ]
    beliefs = [max(found[passage] for passage in chain) for chain in chains]
    best = max(range(len(paths)), key=lambda k: paths[k].alignment.statistic)
    sure = paths[best].alignment.confidence
    found_attempts = [
        _attempt(path, span, belief, sure, evidence.rate)
        for path, span, belief in zip(paths, spans_of(paths, pause), beliefs, strict=True)
        if span[1] > span[0]
    ]
    usual = max(passage.worth for passage in found)
    repeats = [
        _attempt(path, spans_of([path], pause)[0], belief, sure, evidence.rate)
        for path, belief in _repeats(evidence, found_attempts, usual, settings)
    ]
    return tuple(sorted([*found_attempts, *repeats], key=lambda attempt: attempt.take_start))


def _repeats(
    evidence: Evidence, attempts: Sequence[Attempt], usual: float, settings: AlignSettings
) -> Iterator[tuple[AttemptPath, float]]:
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
            part = part_of(evidence, hole, first, last)
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
                yield attempt_path(evidence, (there,), (first, last), settings), belief


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
    part = part_of(evidence, slice(0, songs), first, last)
    lines = [replace(one.line, offset=one.line.offset - first) for one in chain] if first else None
    return later_by(align(part, settings, lines), first / evidence.rate)


def _spoken(whole: Alignment, chain: Chain, evidence: Evidence) -> Float64s:
    """Nats by which the lips speak for the path of all of a recording, or against it (N,)."""
    source, nats = along(whole, len(evidence.voice), evidence.rate)
    counted = (source >= 0) & (source < len(evidence.face))
    for passage in chain:
        rows = slice(passage.song_start, passage.song_end)
        # Left in one piece, a take is off in places where it follows the song all the same.
        counted[rows] &= ~_away(source, passage, evidence.rate)[rows]
    spoken: Float64s = np.where(counted, nats - EVEN * due_along(source, chain, evidence), 0.0)
    return spoken


def _away(source: Float64s, passage: Passage, rate: float) -> Booleans:
    """Tell where a path (N,) leads somewhere else than a passage that just runs on (N,)."""
    rows = np.arange(len(source))
    away: Booleans = np.abs(source - rows - passage.line.shift(rows * 1.0)) > BLUR * rate
    return away


def _doubted(whole: Alignment, chain: Chain, spoken: Float64s, evidence: Evidence) -> Alignment:
    """Believe less of what lies outside all passages, where the lips are rather others."""
    rate, songs, takes = evidence.rate, len(spoken), len(evidence.face)
    source, _ = along(whole, songs, rate)
    spoken, blur = spoken.copy(), BLUR * rate
    follows = np.ones(songs, bool)
    for passage, rows, first, last in (
        (chain[0], slice(0, chain[0].song_start), 0, chain[0].take_start),
        (chain[-1], slice(chain[-1].song_end, songs), chain[-1].take_end, takes),
    ):
        # A path that is free to jump finds some lips that fit. Unless it pays for one more jump,
        # what counts is how well they fit where they surely do and the recording just runs on.
        straight = _straight_on(passage, chain, evidence)[rows]
        if spoken[rows].sum() - JUMP < max(straight.sum(), 0.0):
            spoken[rows] = straight
        # No moment of the recording performs two moments of the song.
        follows[rows] = ~((source[rows] < first - blur) | (source[rows] > last + blur))
    following = probably_following(spoken, rate)
    following = follows * np.where(following < 0.5, following, 1.0)
    # A path may change from one passage to the next before it ends.
    strays = np.all([_away(source, passage, rate) for passage in chain], axis=0)
    for passage in chain:
        rows = slice(passage.song_start, passage.song_end)
        following[rows] = ~strays[rows]
    return replace(whole, pieces=tuple(_rated(whole.pieces, following, rate)))


def _straight_on(passage: Passage, chain: Chain, evidence: Evidence) -> Float64s:
    """Nats by which the lips speak for a passage's line, or against it, at every moment (N,)."""
    rows = np.arange(len(evidence.voice))
    source = rows + passage.line.shift(rows.astype(np.float64))
    inside = (source >= 0) & (source < len(evidence.face))
    columns = np.where(inside, source, 0).astype(np.int64)
    worth = evidence.pairs[rows, columns] * evidence.weight * np.nan_to_num(evidence.face)[columns]
    due = due_along(np.where(inside, source, -1.0), chain, evidence)
    nats: Float64s = np.where(inside, np.nan_to_num(worth) - EVEN * due, 0.0)
    return nats


def _attempt(
    path: AttemptPath, span: tuple[int, int], belief: float, sure: float, rate: float
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
        if piece.kind != "matched":
            parts.append(piece)
            continue
        first, last = piece.song_start + _SHORTEST, piece.song_end - _SHORTEST
        inside = changes[(changes > first) & (changes < last)]
        for start, end in pairwise([piece.song_start, *inside.tolist(), piece.song_end]):
            rows = slice(int(start * rate), max(int(np.ceil(end * rate)), int(start * rate) + 1))
            share = float(expit(logit(following[rows].mean()) + _RATHER))
            parts.append(replace(piece.part(start, end), confidence=piece.confidence * share))
    return parts


def clipped(pieces: Sequence[Piece], song_start: float, song_end: float) -> tuple[Piece, ...]:
    """Give what lies between two song times (s)."""
    return tuple(
        piece.part(max(piece.song_start, song_start), min(piece.song_end, song_end))
        for piece in pieces
        if min(piece.song_end, song_end) - max(piece.song_start, song_start) > 1e-9
    )
