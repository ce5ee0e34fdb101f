"""From evidence to an alignment: search, explain, cut into pieces, and say how sure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lipsyncer.align.band import PER_POSITION
from lipsyncer.align.confidence import match_statistic, overall_confidence, piece_confidence
from lipsyncer.align.evidence import Alignment, AlignSettings, Evidence, Picture, Piece
from lipsyncer.align.explain import Account, explain
from lipsyncer.align.lines import search_lines, weighted_pairs
from lipsyncer.align.pieces import (
    Straight,
    extended,
    held,
    split_by,
    straights_of,
    to_pieces,
    trimmed,
    usable_rows,
)

_WORTH_A_WARNING = 3.0
"""Seconds of song without usable lips."""


def align(evidence: Evidence, settings: AlignSettings | None = None) -> Alignment:
    """Find the time map from a song to a take.

    Parameters
    ----------
    evidence
        What the lips say about every pair of moments.
    settings
        How freely time may be bent.

    Returns
    -------
    The map as straight pieces with its confidence. Without any evidence it is the unchanged map
    over what song and take share, with confidence 0.
    """
    settings = settings or AlignSettings()
    songs, takes = evidence.pairs.shape
    weighted = weighted_pairs(evidence)
    if not weighted.any():
        return _without_evidence(evidence)
    search = search_lines(weighted, settings, evidence.rate)
    account = explain(evidence, weighted, search, settings)
    band = account.band
    straights = extended(straights_of(band, account.track), songs)
    source = _sources(straights, songs)
    believed = np.ones(songs, dtype=bool)
    believed[band.first : band.first + len(band.scores)] = account.track.matched
    usable = usable_rows(evidence, source, believed)
    straights = trimmed(held(split_by(straights, usable), takes), settings.trim * evidence.rate)
    confidences = [_confidence(account, straight, evidence.rate) for straight in straights]
    statistic = match_statistic(search, account.score)
    voiced = (np.nan_to_num(evidence.voice) > 0.5) & (source >= 0) & (source < takes)
    shift = (source - np.arange(songs))[voiced if voiced.any() else slice(None)]
    return Alignment(
        pieces=to_pieces(straights, confidences, evidence.rate),
        offset_ms=float(np.median(shift)) / evidence.rate * 1000,
        confidence=overall_confidence(statistic),
        statistic=statistic,
        explanation=account.explanation,
        warnings=_warnings(straights, evidence),
        picture=_picture(account, evidence.rate),
    )


def _sources(straights: list[Straight], songs: int) -> npt.NDArray[np.float64]:
    """Take position of every song position (N,)."""
    source = np.empty(songs)
    for straight in straights:
        rows = np.arange(int(np.ceil(straight.song_start)), int(np.ceil(straight.song_end)))
        source[rows] = [straight.source(row) for row in rows]
    return source


def _confidence(account: Account, straight: Straight, rate: float) -> float:
    """Confidence of one piece; a gap has none of its own."""
    if not straight.matched:
        return 0.0
    band = account.band
    first = max(0, int(np.ceil(straight.song_start)) - band.first)
    last = min(len(band.scores), int(np.ceil(straight.song_end)) - band.first)
    return piece_confidence(band, account.track, np.arange(first, max(first, last)), rate)


def _warnings(straights: list[Straight], evidence: Evidence) -> tuple[str, ...]:
    """Sentences about stretches that were sung but could not be matched."""
    warnings = []
    for straight in straights:
        length = (straight.song_end - straight.song_start) / evidence.rate
        rows = slice(int(straight.song_start), int(straight.song_end) + 1)
        sung = float(np.nan_to_num(evidence.voice[rows]).sum()) / evidence.rate
        if straight.matched or sung < min(_WORTH_A_WARNING, 0.5 * length):
            continue
        start, end = straight.song_start / evidence.rate, straight.song_end / evidence.rate
        where = f"{start:.1f} s to {end:.1f} s"
        if straight.source_end == straight.source_start:
            warnings.append(f"The take has no footage for the song from {where}; a frame is held.")
        elif length >= _WORTH_A_WARNING:
            warnings.append(f"No usable lips for the song from {where}; the picture runs on.")
    return tuple(warnings)


def _picture(account: Account, rate: float) -> Picture:
    """The band at one column per position."""
    band = account.band
    rows = band.rows
    middle = rows + band.line.shift(rows)
    offset = band.middle % PER_POSITION
    return Picture(
        song_start=band.first / rate,
        rate=rate,
        middle=middle / rate,
        scores=band.scores[:, offset::PER_POSITION],
        path=(middle + account.track.path) / rate,
    )


def _without_evidence(evidence: Evidence) -> Alignment:
    """The unchanged map, trusted not at all."""
    songs, takes = evidence.pairs.shape
    shared = float(min(songs, takes))
    pieces: tuple[Piece, ...] = ()
    if shared:
        pieces = to_pieces([Straight(0.0, shared, 0.0, shared, False)], [0.0], evidence.rate)
    return Alignment(pieces, 0.0, 0.0, 0.0, "unchanged", ("There are no usable lips or no voice.",))
