"""From evidence to an alignment: search, explain, cut into pieces, and say how sure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lipsyncer.alignment.band import PER_POSITION, Band
from lipsyncer.alignment.chance import Chance
from lipsyncer.alignment.confidence import (
    gathered_by_chance,
    match_statistic,
    overall_confidence,
    path_confidence,
    piece_confidence,
)
from lipsyncer.alignment.decode import decode
from lipsyncer.alignment.evidence import Alignment, Evidence, Explanation, Piece, SearchedBand
from lipsyncer.alignment.explain import Hypothesis, explain
from lipsyncer.alignment.fit import Track
from lipsyncer.alignment.lines import BLOCK, Line, chance_in, search_lines, weighted_pairs
from lipsyncer.alignment.pieces import (
    SLIVER,
    Straight,
    extended,
    held,
    split_by,
    straights_of,
    to_pieces,
    trimmed,
    usable_rows,
    without_slivers,
)
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.arrays import Float64s
from lipsyncer.findings import Finding, FindingKind

_UNSURE = 0.5
"""Confidence below which neither a piece nor a whole take is sure."""
_NEARLY_AS_PROBABLE = 5.0
"""Nats by which a drift may be less probable than none and still be undone.
None of 288 clips and 22 takes of validation speakers that are in sync has such a correction."""
_SEEN = 0.04
"""Seconds of a correction that are worth making it against the odds; one frame."""
_SMALL = 0.125
"""Seconds up to which a whole take is rather left as it is than moved by an unsure amount: sound
that much too late is not noticed (ITU-R BT.1359-1)."""


def align(
    evidence: Evidence,
    settings: AlignSettings | None = None,
    lines: Sequence[Line] | None = None,
) -> Alignment:
    """Find the time map from a song to a take.

    Parameters
    ----------
    evidence
        What the lips say about every pair of moments.
    settings
        How freely time may be bent.
    lines
        The take is known to keep near one of these; without them all lines are searched, and the
        take may be left unchanged.

    Returns
    -------
    The map as straight pieces with its confidence. Without any evidence it is the unchanged map
    over what song and take share, with confidence 0.
    """
    settings = settings or AlignSettings()
    weighted = weighted_pairs(evidence)
    if not weighted.any():
        return _without_evidence(evidence)
    chance = chance_in(weighted, evidence)
    candidates = lines or search_lines(weighted, settings, evidence.rate)
    accounts = explain(evidence, weighted, candidates, settings, in_sync=not lines)
    account = next(a for a in accounts if settings.max_cuts != 0 or a.explanation != "pieces")
    found = _shown(account, accounts, evidence, chance, settings)
    if not lines and _better_left(found):
        unchanged = next(a for a in accounts if a.explanation == "unchanged")
        found = _shown(unchanged, accounts, evidence, chance, settings)
    elif account.explanation == "unchanged":
        found = _corrected(found, accounts, evidence, chance, settings)
    return found


def _corrected(
    left: Alignment,
    accounts: Sequence[Hypothesis],
    evidence: Evidence,
    chance: Chance,
    settings: AlignSettings,
) -> Alignment:
    """Undo a drift that is nearly as probable as none, if that is sure and would be seen.

    To be in sync is a simple explanation, so it wins where the takes are near it in the mean and
    yet off at one end. The take is left as it is where nothing else is probable enough.
    """
    odds = {account.explanation: account.log_odds for account in accounts}
    for account in accounts:
        drifts = account.explanation == "drift"
        if not drifts or account.log_odds < odds["unchanged"] - _NEARLY_AS_PROBABLE:
            continue
        moved = _shown(account, accounts, evidence, chance, settings)
        surest = max((piece.confidence for piece in moved.pieces), default=0.0)
        if min(surest, moved.confidence) >= _UNSURE and _drifts_visibly(moved, evidence):
            return moved
    return left


def _drifts_visibly(found: Alignment, evidence: Evidence) -> bool:
    """Whether sung moments are moved by more than is seen, and by unlike amounts.

    What moves all of them alike is an offset, however it is explained: in a clip of two seconds
    any drift is one.
    """
    times = np.flatnonzero(np.nan_to_num(evidence.voice) > 0.5) / evidence.rate
    moved = [
        piece.source_start - piece.song_start + (piece.slope - 1) * (inside - piece.song_start)
        for piece in found.pieces
        if piece.kind == "matched"
        for inside in [times[(times >= piece.song_start) & (times < piece.song_end)]]
    ]
    shifts = np.concatenate(moved) if moved else np.zeros(0)
    if not len(shifts):
        return False
    return bool(np.abs(shifts).max() > _SEEN and np.ptp(shifts) > _SEEN)


def _shown(
    account: Hypothesis,
    accounts: Sequence[Hypothesis],
    evidence: Evidence,
    chance: Chance,
    settings: AlignSettings,
) -> Alignment:
    """What one explanation comes to, among all of them."""
    songs, takes = evidence.pairs.shape
    track = decode(account, settings, evidence.rate)
    band = account.band
    straights = extended(straights_of(band, track), songs)
    source = _sources(straights, songs)
    believed = np.ones(songs, dtype=bool)
    believed[band.first : band.first + len(band.scores)] = track.matched
    usable = usable_rows(evidence, source, believed)
    straights = trimmed(held(split_by(straights, usable), takes), settings.trim * evidence.rate)
    straights = without_slivers(straights, SLIVER * evidence.rate)
    certain = path_confidence(accounts, songs, source)
    confidences = [piece_confidence(straight, certain, evidence) for straight in straights]
    variance = _variance(evidence, source, chance)
    statistic = match_statistic(accounts) - gathered_by_chance(variance)
    voiced = (np.nan_to_num(evidence.voice) > 0.5) & (source >= 0) & (source < takes)
    sung = voiced if voiced.any() else np.ones(songs, dtype=bool)
    shift = (source - np.arange(songs))[sung]
    pieces = to_pieces(straights, confidences, evidence.rate)
    return Alignment(
        pieces=pieces,
        offset_ms=float(np.median(shift)) / evidence.rate * 1000,
        confidence=overall_confidence(statistic, float(certain[sung].mean())),
        statistic=statistic,
        variance=variance,
        explanation=_name(account, track),
        picture=_picture(account.band, track, evidence.rate),
    )


def _variance(evidence: Evidence, source: Float64s, chance: Chance) -> float:
    """Variance of the sum along a path (N,) if all of its pairs were wrong, nats squared."""
    rows = np.flatnonzero((source >= 0) & (source < len(evidence.face)))
    face = np.nan_to_num(evidence.face)[source[rows].astype(np.int64)]
    per_weight = (chance.spread**2 / chance.weight)[rows // BLOCK]
    return float((evidence.weight[rows] * face * per_weight).sum())


def _better_left(found: Alignment) -> bool:
    """Whether all that was found is that the whole take is off, and not surely enough to touch it.

    By much where no moment of it is believed at all, by little where none is sure, or where it is
    not even sure that the take belongs to the song.
    """
    if found.explanation != "offset":
        return False
    small = abs(found.offset_ms) <= 1000 * _SMALL
    surest = max((piece.confidence for piece in found.pieces), default=0.0)
    return min(surest, found.confidence) < _UNSURE if small else surest == 0


def _name(account: Hypothesis, track: Track) -> Explanation:
    """Name a path by what it came to: a cut that was not made is none."""
    if account.explanation in ("unchanged", "offset", "drift"):
        return account.explanation
    if any(len(chain.rows) > 2 for chain in track.chains):
        return "free"
    if len(track.chains) > 1:
        return "pieces"
    return "drift" if account.band.line.drift or np.ptp(track.chains[0].shifts) else "offset"


def _sources(straights: list[Straight], songs: int) -> Float64s:
    """Take position of every song position (N,)."""
    source = np.empty(songs)
    for straight in straights:
        rows = np.arange(int(np.ceil(straight.song_start)), int(np.ceil(straight.song_end)))
        source[rows] = [straight.source(row) for row in rows]
    return source


def _picture(band: Band, track: Track, rate: float) -> SearchedBand:
    """The band at one column per position."""
    rows = band.rows
    middle = rows + band.line.shift(rows)
    offset = band.middle % PER_POSITION
    return SearchedBand(
        song_start=band.first / rate,
        rate=rate,
        middle=middle / rate,
        scores=band.scores[:, offset::PER_POSITION],
        path=(middle + track.path) / rate,
    )


def _without_evidence(evidence: Evidence) -> Alignment:
    """The unchanged map, trusted not at all."""
    songs, takes = evidence.pairs.shape
    shared = float(min(songs, takes))
    pieces: tuple[Piece, ...] = ()
    if shared:
        pieces = to_pieces([Straight(0.0, shared, 0.0, shared, False)], [0.0], evidence.rate)
    nothing = Finding(FindingKind.NOTHING_TO_ALIGN)
    return Alignment(pieces, 0.0, 0.0, 0.0, "unchanged", (nothing,))
