"""Takes that were filmed to the song at another speed, from half of it to twice.

Creators sing to the song at double speed and play the picture back at half of it, or the other way
round. Lips at another speed look like nothing, so the footage is brought to the song's speed at a
few rates, and the rate at which a straight line carries most evidence is refined by its drift.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lipsyncer.alignment.attempts import Attempt, align_attempts, best_attempt
from lipsyncer.alignment.confidence import REFUSAL_THRESHOLD, overall_confidence
from lipsyncer.alignment.evidence import Alignment, Evidence, Retimed, SearchedBand
from lipsyncer.alignment.lines import search_lines, weighted_pairs
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.alignment.scores import gather_evidence
from lipsyncer.arrays import Float32s, Float64s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media.spilled import spilled
from lipsyncer.progress import Stage, each, part

if TYPE_CHECKING:  # as in scores.py
    from torch import Tensor

    from lipsyncer.network.weights import Weights

SLOPES = np.geomspace(0.5, 2.0, 13)
"""Seconds of the take per second of the song that are tried."""
COST = 12.0
"""Nats: so many rates tried, and that hardly any take is filmed at another one."""

_BETWEEN = 0.06  # drift that reaches from one of the rates to half way to the next
_UNSURE = 0.8  # confidence
_ENOUGH = 30.0  # s of the song's speed, from the middle of a take, that tell its rate
_OWN = 0.03  # mean change of speed up to which a take is aligned as it is


def fits_at_own_speed(found: Alignment) -> bool:
    """Whether a take is surely aligned, and not by following another speed with a bent path."""
    shown = [piece for piece in found.pieces if piece.kind == "matched"]
    song = np.array([piece.song_end - piece.song_start for piece in shown])
    source = np.array([piece.source_end - piece.source_start for piece in shown])
    bent = float(np.abs(source - song).sum())
    return found.confidence >= _UNSURE and bent <= _OWN * float(song.sum())


def at_another_speed(
    sound: Tensor, track: MouthTrack, weights: Weights, settings: AlignSettings, own: Alignment
) -> Stage[tuple[Evidence, tuple[Attempt, ...]] | None]:
    """Look for the speed at which a take was filmed that does not fit at its own.

    Parameters
    ----------
    sound
        Encoded song (features, songs).
    track
        The take's mouth.
    settings
        How freely time may be bent.
    own
        What was found at its own speed.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    The take's evidence with ``retimed`` set, and its attempts; None where no speed fits better.
    """
    from lipsyncer.network.scoring import encode_take

    tried = each(SLOPES.tolist(), lambda slope: _best_line(sound, track, weights, slope))
    lines = yield from part(tried, 0.0, 0.7)
    slope = max(lines)[1]
    if not SLOPES[0] / 1.03 <= slope <= SLOPES[-1] * 1.03 or abs(slope - 1) <= _OWN:
        return None
    retimed = at_song_speed(track, slope)
    visual = yield from part(encode_take(weights.model, retimed.crops, retimed.shape), 0.7, 0.8)
    gathered = yield from part(gather_evidence(sound, visual, retimed, weights), 0.8, 0.9)
    evidence = own_clock(gathered, track, slope)
    attempts = attempts_at(evidence, settings)
    found = best_attempt(attempts).alignment
    if found.confidence < REFUSAL_THRESHOLD or found.statistic < own.statistic:
        return None
    return evidence, attempts


def _best_line(
    sound: Tensor, track: MouthTrack, weights: Weights, slope: float
) -> Stage[tuple[float, float]]:
    """What the best line is worth at about this rate, and its slope."""
    from lipsyncer.network.scoring import encode_take

    most = round(_ENOUGH * GRID_RATE)
    seen = at_song_speed(track, slope)
    first = max(0, (len(seen) - most) // 2)
    middle = slice(first, first + most)
    seen = MouthTrack(seen.crops[middle], seen.shape[middle], seen.quality[middle])
    visual = yield from encode_take(weights.model, seen.crops, seen.shape)
    evidence = yield from gather_evidence(sound, visual, seen, weights)
    settings = AlignSettings(max_drift=_BETWEEN)
    (line,) = search_lines(weighted_pairs(evidence), settings, GRID_RATE, most=1)
    return line.score, slope * (1 + line.drift)


def at_song_speed(track: MouthTrack, slope: float) -> MouthTrack:
    """Show a mouth at the song's speed: position k is position ``slope * k`` of the take."""
    count = max(1, int(np.floor((len(track) - 1) / slope)) + 1)
    at = np.arange(count) * slope
    low = np.minimum(at.astype(np.int64), len(track) - 1)
    high = np.minimum(low + 1, len(track) - 1)
    share = (at - low).astype(np.float32)

    def between(values: Float32s) -> Float32s:
        weight = share.reshape(-1, *[1] * (values.ndim - 1))
        mixed: Float32s = (1 - weight) * values[low] + weight * values[high]
        return mixed

    return MouthTrack(
        np.round(between(track.crops.astype(np.float32))).astype(np.uint8),
        between(track.shape),
        between(track.quality),
    )


def own_clock(retimed: Evidence, track: MouthTrack, slope: float) -> Evidence:
    """Give evidence at the song's speed on the take's own clock."""
    takes = len(track)
    at = np.round(np.arange(takes) / slope).astype(np.int64)
    return Evidence(
        rate=retimed.rate,
        pairs=spilled(retimed.pairs[:, np.minimum(at, retimed.pairs.shape[1] - 1)]),
        voice=retimed.voice,
        face=track.quality,
        retimed=Retimed(slope, retimed),
    )


def attempts_at(evidence: Evidence, settings: AlignSettings) -> tuple[Attempt, ...]:
    """Find the attempts of a take, where need be at the speed that it was filmed at."""
    retimed = evidence.retimed
    if retimed is None:
        return align_attempts(evidence, settings)
    return tuple(
        Attempt(
            attempt.take_start * retimed.slope,
            attempt.take_end * retimed.slope,
            _own_clock(attempt.alignment, evidence, retimed.slope),
        )
        for attempt in align_attempts(retimed.evidence, settings)
    )


def _own_clock(found: Alignment, evidence: Evidence, slope: float) -> Alignment:
    """An alignment of the footage at the song's speed, on the take's own clock."""
    pieces = tuple(
        replace(piece, source_start=slope * piece.source_start, source_end=slope * piece.source_end)
        for piece in found.pieces
    )
    times = np.flatnonzero(np.nan_to_num(evidence.voice) > 0.5) / evidence.rate
    shifts = [
        piece.source_at(inside) - inside
        for piece in pieces
        for inside in [times[(times >= piece.song_start) & (times < piece.song_end)]]
    ]
    shift = np.concatenate(shifts) if shifts else np.zeros(0)
    dearer = overall_confidence(found.statistic - COST) / overall_confidence(found.statistic)
    return replace(
        found,
        pieces=pieces,
        offset_ms=1000 * float(np.median(shift)) if len(shift) else 0.0,
        confidence=found.confidence * dearer,
        statistic=found.statistic - COST,
        explanation="drift" if found.explanation in ("unchanged", "offset") else found.explanation,
        picture=found.picture and _band_on_own_clock(found.picture, slope),
    )


def _band_on_own_clock(band: SearchedBand, slope: float) -> SearchedBand:
    """Bring the columns of a band, which are ``slope`` of a position apart there, to whole ones."""
    width = band.scores.shape[1]
    middle = (width - 1) // 2
    half = max(1, int(middle * slope))
    at = np.clip(np.arange(-half, half + 1) / slope + middle, 0, width - 1)
    low = np.minimum(at.astype(np.int64), width - 2)
    share = (at - low).astype(np.float32)
    scores: Float32s = (1 - share) * band.scores[:, low] + share * band.scores[:, low + 1]
    centre: Float64s = slope * band.middle
    return replace(band, middle=centre, scores=scores, path=slope * band.path)
