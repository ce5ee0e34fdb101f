"""Multicam switching: which take is shown at which moment of the song.

Each take has its own map to the song already. What is left to choose is the take, and that by how
much well-fitting singing each one offers: a change of take has to win more of it than it costs, and
lies where nobody sings. It is the cutting rule of multi-camera editing (Arev et al., 2014: a graph
of moments times cameras, and the best way through it), with lips as what a shot is judged by.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.special import expit

from lipsyncer.alignment.confidence import REFUSAL_THRESHOLD
from lipsyncer.alignment.evidence import Alignment, Evidence, Piece
from lipsyncer.alignment.pieces import SLIVER
from lipsyncer.arrays import Booleans, Float64s, Integers

CHANGE = 1.0
"""Seconds of well-fitting singing that a change of take must win."""
IN_A_WORD = 1.0
"""Seconds that a frame is rather held than to change take while somebody sings, where footage
begins or ends there; nowhere else is a take changed inside a word."""
PREFERRED = 0.35
"""By how much worse the preferred take may fit and still be shown; 1 is all of it."""

# Below this much voice nobody sings for certain, between two words at least.
_PAUSE = 0.6
# A second tells whether lips fit; log-odds per nat of it.
_LISTENING, _TRUST = 1.0, 0.5
# A held frame against footage that runs on, per second, where somebody sings and in silence.
_HELD, _HELD_IN_SILENCE = -1.0, -0.3
# How much of a well-fitting mouth's worth hangs on how well it is seen.
_SEEN = 0.3
# Seconds of singing that a long silence is better to change in than a breath between two words.
_EDGE = 0.5
_JUMP = 0.02  # s
# Seconds of a syllable, and of singing that a change on a beat is worth. More than ``_EDGE`` can
# make of a rest, so that its beat wins over its middle.
_SYLLABLE, _OFF_BEAT = 0.2, 0.4


@dataclass(frozen=True)
class Choice:
    """A stretch of the song during which one take is shown, seconds."""

    take: int
    song_start: float
    song_end: float


def switch_takes(
    takes: Sequence[tuple[Evidence, Alignment]],
    *,
    prefer: Collection[int] = (),
    max_cuts: int | None = None,
    beats: Sequence[float] = (),
) -> tuple[Choice, ...]:
    """Choose the take for every stretch of the song.

    Parameters
    ----------
    takes
        Evidence of each take against the same song, and its map.
    prefer
        Takes that are shown wherever they fit nearly as well as the best.
    max_cuts
        Most cuts that a viewer may see: changes of take, and cuts inside a take's own map.
    beats
        Moments of the song (s), in order, on which a change of take is best, as editors cut to
        music; only those that lie in a rest count. Empty where the song has no clear beat.

    Returns
    -------
    Contiguous, from the first moment that a usable take covers to the last. A take that does not
    seem to belong to the song is used only where none does.

    Raises
    ------
    ValueError
        When there are no takes, or they are not about the same song.
    """
    if not takes:
        raise ValueError("switching needs at least one take")
    rate, songs = takes[0][0].rate, len(takes[0][0].voice)
    if any((evidence.rate, len(evidence.voice)) != (rate, songs) for evidence, _ in takes):
        raise ValueError("the takes must be about the same song")
    used = usable_takes([alignment for _, alignment in takes])
    voice = np.mean([np.nan_to_num(takes[k][0].voice) for k in used], axis=0)
    worth = np.stack([_worth(*takes[k], preferred=k in prefer) for k in used])
    covered = np.stack([_covered(takes[k][1], songs, rate) for k in used])
    spans = [takes[k][1].span for k in used]
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    first = int(np.ceil(start * rate - 1e-9))
    last = max(first + 1, min(songs, int(np.ceil(end * rate - 1e-9))))
    inside = slice(first, last)
    jumps = np.stack([_jumps(takes[k][1], songs, rate) for k in used])
    costs = _change_costs(voice, covered, rate)
    on_beat = _beats_in_rests(beats, voice, rate)
    costs = _dearer_off_beats(costs, voice, on_beat, rate)
    shown = _best(worth[:, inside], jumps[:, inside], costs[inside], max_cuts)
    edges = np.flatnonzero(np.diff(shown)) + 1
    times = [start, *(on_beat.get(first + edge, (first + edge) / rate) for edge in edges), end]
    rows = [0, *edges.tolist()]
    return tuple(
        Choice(used[int(shown[row])], begin, until)
        for row, (begin, until) in zip(rows, pairwise(times), strict=True)
    )


def usable_takes(alignments: Sequence[Alignment]) -> list[int]:
    """Indices of the takes that seem to belong to the song; of the likeliest where none does."""
    confidences = [alignment.confidence for alignment in alignments]
    best = int(np.argmax(confidences))
    return [
        k
        for k, confidence in enumerate(confidences)
        if k == best or (confidence >= REFUSAL_THRESHOLD and alignments[k].pieces)
    ]


def shown_pieces(pieces: Sequence[Piece], song_start: float, song_end: float) -> tuple[Piece, ...]:
    """Give a take's map for a stretch of the song; beyond its ends a frame is held.

    Parameters
    ----------
    pieces
        Contiguous, at least one.
    song_start, song_end
        Seconds of the song.
    """
    result = []
    first, last = pieces[0], pieces[-1]
    if song_start < first.song_start:
        until = min(first.song_start, song_end)
        result.append(_still(song_start, until, first.source_start))
    for piece in pieces:
        begin, until = max(piece.song_start, song_start), min(piece.song_end, song_end)
        if until - begin > 1e-9:
            result.append(piece.part(begin, until))
    if song_end > last.song_end:
        result.append(_still(max(last.song_end, song_start), song_end, last.source_end))
    # A frame held for less than a frame: the footage beside it may as well run on.
    if len(result) > 1 and _sliver(result[-1]):
        result[-2:] = [result[-2].part(result[-2].song_start, song_end)]
    if len(result) > 1 and _sliver(result[0]):
        result[:2] = [result[1].part(song_start, result[1].song_end)]
    return tuple(result)


def _sliver(piece: Piece) -> bool:
    return piece.slope == 0 and piece.song_end - piece.song_start < SLIVER


def _still(song_start: float, song_end: float, source: float) -> Piece:
    return Piece(song_start, song_end, source, source, "gap", 0.0)


def _worth(evidence: Evidence, alignment: Alignment, *, preferred: bool) -> Float64s:
    """How much well-fitting singing a take shows at each song position (N,): 0 to 1, or held."""
    songs, rate = len(evidence.voice), evidence.rate
    voice = np.nan_to_num(evidence.voice).astype(np.float64)
    fit = expit(_TRUST * _nats_nearby(alignment, songs, rate))
    worth = np.where(voice > _PAUSE, _HELD * voice, _HELD_IN_SILENCE)
    face = np.nan_to_num(evidence.face).astype(np.float64)
    for piece, rows in _rows_of(alignment, songs, rate):
        if piece.source_end == piece.source_start:
            continue
        source = piece.source_at(rows / rate)
        seen = face[np.clip(np.round(source * rate), 0, len(face) - 1).astype(np.int64)]
        believed = piece.confidence * fit[rows] * (1 - _SEEN + _SEEN * seen)
        worth[rows] = voice[rows] * (believed if piece.kind == "matched" else 0.0)
        worth[rows] += PREFERRED if preferred else 0.0
    return worth


def _nats_nearby(alignment: Alignment, songs: int, rate: float) -> Float64s:
    """Evidence for the map within half a second of each song position (N,), nats."""
    nats = np.zeros(songs)
    picture = alignment.picture
    if picture is None:
        return nats
    first, along = round(picture.song_start * rate), picture.along
    nats[first : first + len(along)] = along[: songs - first]
    width = round(_LISTENING * rate)
    return np.asarray(uniform_filter1d(nats, width, mode="constant") * width, np.float64)


def _rows_of(alignment: Alignment, songs: int, rate: float) -> list[tuple[Piece, Integers]]:
    """The song positions inside each piece."""
    bounds = [
        (
            max(0, int(np.ceil(piece.song_start * rate - 1e-9))),
            min(songs, int(np.ceil(piece.song_end * rate - 1e-9))),
        )
        for piece in alignment.pieces
    ]
    return [
        (piece, np.arange(first, max(first, last)))
        for piece, (first, last) in zip(alignment.pieces, bounds, strict=True)
    ]


def _covered(alignment: Alignment, songs: int, rate: float) -> Booleans:
    """Song positions (N,) that a take has footage for."""
    covered = np.zeros(songs, dtype=bool)
    for piece, rows in _rows_of(alignment, songs, rate):
        covered[rows] = piece.source_end > piece.source_start
    return covered


def _jumps(alignment: Alignment, songs: int, rate: float) -> Booleans:
    """Song positions (N,) at which the take's own map is cut."""
    jumps = np.zeros(songs, dtype=bool)
    for before, after in pairwise(alignment.pieces):
        row = int(np.ceil(after.song_start * rate - 1e-9))
        if abs(before.source_end - after.source_start) > _JUMP and row < songs:
            jumps[row] = True
    return jumps


def _change_costs(voice: Float64s, covered: Booleans, rate: float) -> Float64s:
    """What a change of take costs at each song position (N,); infinite inside a word."""
    around = uniform_filter1d(voice, 2 * round(0.2 * rate) + 1, mode="nearest")
    cost = CHANGE * rate + _EDGE * rate * around
    begins_or_ends = np.zeros(len(voice), dtype=bool)
    begins_or_ends[1:] = (covered[:, 1:] != covered[:, :-1]).any(axis=0)
    sung = np.where(begins_or_ends, (CHANGE + IN_A_WORD) * rate, np.inf)
    return np.where(voice < _PAUSE, cost, sung)


def _beats_in_rests(beats: Sequence[float], voice: Float64s, rate: float) -> dict[int, float]:
    """Beats (s) that lie in a rest of at least a syllable, by the song position next to them."""
    near = round(_SYLLABLE / 2 * rate)
    quiet = minimum_filter1d((voice < _PAUSE).astype(np.int8), 2 * near + 1, mode="nearest") > 0
    rows = {round(beat * rate): float(beat) for beat in beats}
    return {row: beat for row, beat in rows.items() if 0 < row < len(voice) and quiet[row]}


def _dearer_off_beats(
    costs: Float64s, voice: Float64s, on_beat: dict[int, float], rate: float
) -> Float64s:
    """Let a change beside a beat cost more (N,) in those rests that have a beat."""
    quiet = np.concatenate(([0], (voice < _PAUSE).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(quiet))
    dearer = costs.copy()
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        inside = [row for row in on_beat if low <= row < high]
        if inside:
            dearer[low:high] += _OFF_BEAT * rate
            dearer[inside] -= _OFF_BEAT * rate
    return dearer


def _best(worth: Float64s, jumps: Booleans, costs: Float64s, max_cuts: int | None) -> Integers:
    """Find the take of every position (n,) with the greatest worth, by dynamic programming.

    Parameters
    ----------
    worth, jumps
        (takes, n).
    costs
        (n,) of changing to another take just before a position.
    max_cuts
        Most jumps and changes together.
    """
    takes, count = worth.shape
    layers = 1 if max_cuts is None else max_cuts + 1
    step = 0 if max_cuts is None else 1
    value = np.full((layers, takes), -np.inf)
    value[0] = worth[:, 0]
    origin = np.zeros((count, layers, takes), np.int64)
    layer, take = np.indices((layers, takes))
    for i in range(1, count):
        # Staying; where the take's own map jumps, that is a cut as well.
        used = layer - step * jumps[None, :, i]
        stay = np.where(used >= 0, value[np.maximum(used, 0), take], -np.inf)
        origin[i] = np.maximum(used, 0) * takes + take
        if np.isfinite(costs[i]) and takes > 1:
            before = value if step == 0 else np.vstack([np.full((1, takes), -np.inf), value[:-1]])
            best = before.argmax(axis=1)
            change = before[np.arange(layers), best][:, None] - costs[i]
            changes = change > stay
            changed = (np.maximum(layer - step, 0)) * takes + best[:, None]
            origin[i] = np.where(changes, changed, origin[i])
            stay = np.where(changes, change, stay)
        value = stay + worth[:, i]
    if not np.isfinite(value).any():
        # Not even one take alone has so few cuts.
        return np.full(count, int(worth.sum(axis=1).argmax()))
    state = int(value.argmax())
    shown = np.empty(count, np.int64)
    for i in range(count - 1, -1, -1):
        shown[i] = state % takes
        state = int(origin[i].reshape(-1)[state])
    return shown
