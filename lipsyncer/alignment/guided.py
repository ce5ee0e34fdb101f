"""What the camera's own sound is worth to the alignment.

Sound says when the phone heard the song, lips say when the mouth moved; a singer may well be late.
So the lips are trusted for the mouth, and the sound only says where to look: within half a second
of its map every sung moment counts for a little more. All of that together is worth a few nats, as
a prior is, which lips that say something else outweigh within seconds.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from lipsyncer.alignment.camera_sound import CameraSound, SoundPiece
from lipsyncer.alignment.evidence import Alignment, Evidence, Explanation, Piece
from lipsyncer.alignment.pieces import SLIVER, Straight, held, to_pieces, trimmed, without_slivers
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.arrays import Float32s, Float64s, Integers
from lipsyncer.findings import Finding, FindingKind
from lipsyncer.media.spilled import let_go, spilled

WORTH = 12.0
"""Nats that the whole map of the sound is worth, and what a second of it is worth at most."""
_WORTH_PER_SECOND = 1.0
_FULL, _NONE = 0.2, 0.5  # s from the map: up to here in full, from here on not at all
_IN_SYNC = 0.02  # s, which nobody sees


def guided(evidence: Evidence, sound: CameraSound) -> Evidence:
    """Let the sound narrow where the lips are looked for.

    Parameters
    ----------
    evidence
        What the lips say.
    sound
        What the take's own sound says; where it did not find the song the evidence stays as it is.
    """
    if not sound.found:
        return evidence
    songs, takes = evidence.pairs.shape
    expected = _expected(sound, songs, evidence.rate)
    worth = _worth(evidence, expected, sound.confidence)
    reach = round(_NONE * evidence.rate)
    near = np.arange(-reach, reach + 1)
    rows = np.flatnonzero(np.isfinite(expected))
    columns = np.round(expected[rows, None]).astype(np.int64) + near
    bonus = worth * _nearness((columns - expected[rows, None]) / evidence.rate)
    inside = (columns >= 0) & (columns < takes)
    pairs = evidence.pairs.copy()
    at = np.broadcast_to(rows[:, None], columns.shape)
    pairs[at[inside], columns[inside]] += bonus[inside].astype(np.float32)
    pairs = spilled(pairs)
    let_go(evidence.pairs)
    if evidence.refine is None:
        return replace(evidence, pairs=pairs)
    refine = evidence.refine

    def sharper(middle: Integers, half_width: int) -> Float32s:
        columns = middle[:, None] + np.arange(-half_width, half_width + 1)
        away = (columns - expected[: len(middle), None]) / evidence.rate
        more = np.nan_to_num(worth * _nearness(away))
        return np.asarray(refine(middle, half_width) + more, np.float32)

    return replace(evidence, pairs=pairs, refine=sharper)


def laid_by_sound(
    sound: CameraSound, songs: int, takes: int, rate: float, settings: AlignSettings | None = None
) -> Alignment:
    """Make the alignment that the sound alone asks for.

    Parameters
    ----------
    sound
        What the take's own sound says.
    songs, takes
        Positions of song and take.
    rate
        Positions per second.
    settings
        Only ``trim`` counts.

    Returns
    -------
    The unchanged map with the sound's low confidence where it did not find the song.
    """
    settings = settings or AlignSettings()
    if not sound.found:
        shared = float(min(songs, takes))
        pieces: tuple[Piece, ...] = ()
        if shared:
            pieces = to_pieces([Straight(0.0, shared, 0.0, shared, False)], [0.0], rate)
        missing = Finding(FindingKind.SONG_NOT_RECORDED)
        return Alignment(pieces, 0.0, sound.confidence, sound.statistic, "unchanged", (missing,))
    heard = _in_song_order(sound)
    length = songs / rate
    # What of the song lies between two pieces was not filmed; the cut lies in its middle.
    borders = [0.0]
    for before, after in pairwise(heard):
        joint = (before.song_time(before.take_end) + after.song_time(after.take_start)) / 2
        borders.append(min(max(joint, borders[-1]), length))
    borders.append(length)
    lines = [
        Straight(
            start * rate,
            end * rate,
            (piece.offset + (1 + piece.drift) * start) * rate,
            (piece.offset + (1 + piece.drift) * end) * rate,
        )
        for piece, (start, end) in zip(heard, pairwise(borders), strict=True)
        if end > start
    ]
    straights = without_slivers(trimmed(held(lines, takes), settings.trim * rate), SLIVER * rate)
    confidences = [sound.confidence if straight.matched else 0.0 for straight in straights]
    return Alignment(
        pieces=to_pieces(straights, confidences, rate),
        offset_ms=sound.offset_ms,
        confidence=sound.confidence,
        statistic=sound.statistic,
        explanation=_explanation(sound, len(lines), length),
    )


def _expected(sound: CameraSound, songs: int, rate: float) -> Float64s:
    """Take position at which the phone heard each song position (songs,); NaN where it did not."""
    expected = np.full(songs, np.nan)
    times = np.arange(songs) / rate
    # The longest piece is written last: a part of the song that was filmed twice has one place.
    for piece in sorted(sound.pieces, key=lambda piece: piece.take_end - piece.take_start):
        start, end = piece.song_time(piece.take_start), piece.song_time(piece.take_end)
        here = (times >= start) & (times <= end)
        expected[here] = (piece.offset + (1 + piece.drift) * times[here]) * rate
    return expected


def _worth(evidence: Evidence, expected: Float64s, confidence: float) -> float:
    """Nats for one pair of full weight on the sound's map."""
    heard = np.isfinite(expected)
    at = np.clip(np.round(expected[heard]), 0, len(evidence.face) - 1).astype(np.int64)
    counted = evidence.weight[heard] * np.nan_to_num(evidence.face)[at]
    total = min(WORTH, _WORTH_PER_SECOND * float(counted.sum()) / evidence.rate)
    return confidence * total / max(float(counted.sum()), 1.0)


def _nearness(seconds: Float64s) -> Float64s:
    """1 near the sound's map, falling to 0; NaN stays."""
    share: Float64s = np.clip((_NONE - np.abs(seconds)) / (_NONE - _FULL), 0.0, 1.0)
    return share


def _in_song_order(sound: CameraSound) -> list[SoundPiece]:
    """The pieces by song time, without those that lie within another, longer one."""

    def span(piece: SoundPiece) -> tuple[float, float]:
        return piece.song_time(piece.take_start), piece.song_time(piece.take_end)

    kept: list[SoundPiece] = []
    for piece in sorted(sound.pieces, key=lambda piece: piece.take_start - piece.take_end):
        start, end = span(piece)
        if not any(span(other)[0] <= start and end <= span(other)[1] for other in kept):
            kept.append(piece)
    return sorted(kept, key=lambda piece: span(piece)[0])


def _explanation(sound: CameraSound, pieces: int, length: float) -> Explanation:
    if pieces > 1:
        return "pieces"
    if abs(sound.longest.drift) * length > _IN_SYNC:
        return "drift"
    return "unchanged" if abs(sound.offset_ms) <= 1000 * _IN_SYNC else "offset"
