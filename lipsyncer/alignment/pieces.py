"""From a path through the band to the pieces of a time map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lipsyncer.alignment.band import Band
from lipsyncer.alignment.evidence import Evidence, Piece
from lipsyncer.alignment.fit import Track
from lipsyncer.arrays import Booleans, Float64s

SHORTEST_GAP = 2.0
"""Seconds without usable lips or voice that are worth a piece of their own."""
SLIVER = 0.04
"""Seconds below which a piece is none; one frame."""


@dataclass(frozen=True)
class Straight:
    """A straight stretch of the map in positions (fractional) of song and take."""

    song_start: float
    song_end: float
    source_start: float
    source_end: float
    matched: bool = True

    @property
    def held(self) -> bool:
        """Whether one frame is shown all along."""
        return self.source_end == self.source_start

    @property
    def slope(self) -> float:
        """Take positions per song position."""
        return (self.source_end - self.source_start) / (self.song_end - self.song_start)

    def source(self, song: float) -> float:
        """Take position at a song position."""
        share = (song - self.song_start) / (self.song_end - self.song_start)
        return self.source_start + share * (self.source_end - self.source_start)

    def part(self, start: float, end: float) -> Straight:
        """The same map between two song positions."""
        return replace(
            self,
            song_start=start,
            song_end=end,
            source_start=self.source(start),
            source_end=self.source(end),
        )


def straights_of(band: Band, track: Track) -> list[Straight]:
    """Straight stretches of a track in song and take positions."""
    straights = []
    for chain in track.chains:
        songs = band.first + chain.rows
        sources = songs + band.line.shift(songs) + chain.shifts
        for k in range(len(songs) - 1):
            straights.append(
                Straight(
                    float(songs[k]), float(songs[k + 1]), float(sources[k]), float(sources[k + 1])
                )
            )
    return straights


def sources_of(straights: Sequence[Straight], first: int, last: int) -> Float64s:
    """Take position of the song positions first..last-1."""
    rows = np.arange(first, last, dtype=np.float64)
    source = np.empty(last - first)
    for straight in straights:
        inside = rows >= straight.song_start
        source[inside] = (
            straight.source_start + (rows[inside] - straight.song_start) * straight.slope
        )
    return source


def joined(straights: Sequence[Straight]) -> list[Straight]:
    """Join neighbours that lie on one line."""
    result = [straights[0]]
    for straight in straights[1:]:
        before = result[-1]
        one = replace(before, song_end=straight.song_end, source_end=straight.source_end)
        off = abs(one.source(straight.song_start) - straight.source_start)
        meets = abs(before.source_end - straight.source_start) < 1e-9
        if meets and off < 1e-9 and before.matched == straight.matched:
            result[-1] = one
        else:
            result.append(straight)
    return result


def without_slivers(straights: Sequence[Straight], shortest: float) -> list[Straight]:
    """Leave no piece that is too short to be seen, without moving anything.

    A sliver on the line of a neighbour becomes a part of it. At either end of the song, where the
    sliver is a held frame, the neighbour is carried on beyond the take, whose outermost frame
    stands still there anyway.

    Parameters
    ----------
    shortest
        Positions.
    """
    result: list[Straight] = []
    rest = list(straights)
    while rest:
        straight = rest.pop(0)
        before, after = result[-1] if result else None, rest[0] if rest else None
        if straight.song_end - straight.song_start >= shortest:
            result.append(straight)
        elif before and (_one_line(before, straight) or _stands_beyond(straight, after, before)):
            result[-1] = before.part(before.song_start, straight.song_end)
        elif after and (_one_line(straight, after) or _stands_beyond(straight, before, after)):
            rest[0] = after.part(straight.song_start, after.song_end)
        else:
            result.append(straight)
    return result


def _stands_beyond(straight: Straight, outwards: Straight | None, inwards: Straight) -> bool:
    """Whether a frame is held at an end of the song, beside footage that moves."""
    return outwards is None and straight.held and not inwards.held


def _one_line(before: Straight, after: Straight) -> bool:
    meets = abs(before.source_end - after.source_start) < 1e-6
    return meets and abs(before.slope - after.slope) * (after.song_end - after.song_start) < 1e-6


def extended(straights: Sequence[Straight], song_length: int) -> list[Straight]:
    """Continue the first and the last stretch to the ends of the song."""
    result = list(straights)
    first = result[0]
    if first.song_start > 0:
        result[0] = first.part(0.0, first.song_end)
    last = result[-1]
    if last.song_end < song_length:
        result[-1] = last.part(last.song_start, float(song_length))
    return result


def split_by(straights: Sequence[Straight], matched: Booleans) -> list[Straight]:
    """Split where the rows (one per song position) change between matched and not."""
    changes = np.flatnonzero(np.diff(matched.astype(np.int8))) + 1
    result = []
    for straight in straights:
        inner = changes[(changes > straight.song_start) & (changes < straight.song_end)]
        bounds = [straight.song_start, *inner.astype(float), straight.song_end]
        for start, end in pairwise(bounds):
            row = min(int((start + end) / 2), len(matched) - 1)
            result.append(replace(straight.part(start, end), matched=bool(matched[row])))
    return result


def held(straights: Sequence[Straight], take_length: int) -> list[Straight]:
    """Hold the first or last frame where a stretch leaves the take; those parts are gaps."""
    result = []
    for straight in straights:
        span = straight.source_end - straight.source_start
        bounds = [straight.song_start]
        for edge in (0.0, float(take_length)):
            if straight.source_start < edge < straight.source_end:
                share = (edge - straight.source_start) / span
                bounds.append(
                    straight.song_start + share * (straight.song_end - straight.song_start)
                )
        bounds.append(straight.song_end)
        for start, end in pairwise(bounds):
            if end - start < 1e-6:
                continue
            part = straight.part(start, end)
            if part.source_end <= 1e-6 or part.source_start >= take_length - 1e-6:
                frame = float(np.clip(part.source_start, 0, take_length))
                part = replace(part, source_start=frame, source_end=frame, matched=False)
            result.append(part)
    return result


def trimmed(straights: Sequence[Straight], most: float) -> list[Straight]:
    """Leave out a lead or a tail of held frames that is longer than ``most`` positions."""
    shown = [k for k, straight in enumerate(straights) if not straight.held]
    if not shown:
        return list(straights)
    first, last = shown[0], shown[-1] + 1

    def kept(held_frames: Sequence[Straight]) -> list[Straight]:
        if not held_frames or held_frames[-1].song_end - held_frames[0].song_start > most:
            return []
        return [replace(held_frames[0], song_end=held_frames[-1].song_end)]

    return [*kept(straights[:first]), *straights[first:last], *kept(straights[last:])]


def usable_rows(evidence: Evidence, source: Float64s, believed: Booleans) -> Booleans:
    """Song positions (N,) whose lips say something, without the short interruptions.

    Parameters
    ----------
    source
        (N,) take position of every song position.
    believed
        (N,) False where the path crosses in its gap state.
    """
    takes = len(evidence.face)
    at = np.clip(np.round(np.nan_to_num(source)), 0, takes - 1).astype(np.int64)
    weight = np.nan_to_num(evidence.voice) * np.nan_to_num(evidence.face)[at]
    usable = believed & (weight > 0.1) & (source >= 0) & (source < takes)
    shortest = round(SHORTEST_GAP * evidence.rate)
    return without_short_runs(usable, shortest)


def without_short_runs(flags: Booleans, shortest: int) -> Booleans:
    """Fill runs of False, then drop runs of True, that are shorter than ``shortest``."""
    result = flags.copy()
    for value in (False, True):
        edges = np.flatnonzero(np.diff(result.astype(np.int8))) + 1
        bounds = [0, *edges.tolist(), len(result)]
        for start, end in pairwise(bounds):
            at_edge = start == 0 or end == len(result)
            if end > start and result[start] == value and end - start < shortest and not at_edge:
                result[start:end] = not value
    return result


def to_pieces(
    straights: Sequence[Straight], confidences: Sequence[float], rate: float
) -> tuple[Piece, ...]:
    """Pieces in seconds."""
    return tuple(
        Piece(
            s.song_start / rate,
            s.song_end / rate,
            s.source_start / rate,
            s.source_end / rate,
            "matched" if s.matched else "gap",
            confidence,
        )
        for s, confidence in zip(straights, confidences, strict=True)
    )
