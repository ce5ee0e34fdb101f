"""The path of one attempt through the evidence, and where the lips speak for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lipsyncer.alignment.agreement import probably_following
from lipsyncer.alignment.alignment import align
from lipsyncer.alignment.evidence import Alignment, Evidence
from lipsyncer.alignment.passages import Passage
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.arrays import Booleans, Float32s, Float64s, Integers

BLUR = 0.4
"""Seconds by which an attempt may begin earlier and end later than it seems at first."""
EVEN = 0.5
"""Share of what an attempt is worth per moment, at which other lips are as likely."""
JUMP, _JUMPED = 6.0, 2.0
"""Nats that a jump costs, as for a cut in a rest (``priors.py``), and positions that are one: a
path finds some lips that fit anywhere if it may jump to them for nothing."""

_DULL = 0.25
"""Share of what an attempt is worth per moment, below which at its ends it is another movement."""
_NOTHING, _LITTLE = 0.2, 3.0
"""Nats that say nothing, and that don't say enough for a pause of other movement."""

_SILENT = 0.05  # weight of a song position up to which it says nothing
_NOWHERE = -(10**6)  # a take position outside every take

Chain = tuple[Passage, ...]


@dataclass(frozen=True)
class AttemptPath:
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


def attempt_path(
    evidence: Evidence,
    chain: Chain,
    limits: tuple[int, int],
    settings: AlignSettings,
) -> AttemptPath:
    """Align an attempt, and follow its path as far as the limits in the recording let it."""
    rate, songs = evidence.rate, len(evidence.voice)
    blur = round(BLUR * rate)
    first = max(chain[0].take_start - blur, limits[0])
    last = min(chain[-1].take_end + blur, limits[1])
    lines = [replace(passage.line, offset=passage.line.offset - first) for passage in chain]
    heard = slice(max(chain[0].song_start - blur, 0), chain[-1].song_end + blur)
    found = later_by(align(part_of(evidence, heard, first, last), settings, lines), first / rate)
    source, nats = along(found, songs, rate)
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
    due = due_along(source, chain, evidence)
    covered = np.isfinite(source)
    following = probably_following(np.where(covered, nats - EVEN * due, 0.0), rate)
    return AttemptPath(found, source, np.where(covered, nats - _DULL * due, 0.0), following, limits)


def spans_of(paths: Sequence[AttemptPath], pause: int) -> list[tuple[int, int]]:
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


def _span(path: AttemptPath, pause: int) -> tuple[int, int]:
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


def along(found: Alignment, songs: int, rate: float) -> tuple[Float64s, Float64s]:
    """Take position (N,) and nats of the pair there, less the cost of jumps, along a path."""
    source, nats = np.full(songs, np.nan), np.zeros(songs)
    picture = found.picture
    if picture is not None:
        rows = round(picture.song_start * rate) + np.arange(len(picture.path))
        source[rows], nats[rows] = picture.path * rate, picture.along
        nats -= JUMP * jumps(source)
    return source, nats


def jumps(source: Float64s) -> Booleans:
    """Tell where a path (N,) jumps (N,)."""
    before = np.concatenate((source[:1] - 1, source[:-1]))
    jumped: Booleans = np.abs(source - before - 1) > _JUMPED
    return jumped


def due_along(source: Float64s, chain: Chain, evidence: Evidence) -> Float64s:
    """What the pairs along a path (N,) are worth where they are as good as the chain's, nats."""
    known = np.flatnonzero((source >= 0) & (source < len(evidence.face)))
    face = np.zeros(len(source))
    face[known] = np.nan_to_num(evidence.face)[source[known].astype(np.int64)]
    due: Float64s = max(passage.worth for passage in chain) * evidence.weight * face
    return due


def part_of(evidence: Evidence, heard: slice, first: int, last: int) -> Evidence:
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


def later_by(alignment: Alignment, seconds: float) -> Alignment:
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
