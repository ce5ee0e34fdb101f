"""What the alignment is given and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from scipy.ndimage import maximum_filter1d

from lipsyncer.arrays import Float32s, Float64s, Integers, Time
from lipsyncer.findings import Finding

Kind = Literal["matched", "gap"]
Explanation = Literal["unchanged", "offset", "drift", "pieces", "free"]
Refine = Callable[[Integers, int], Float32s]

_PAIR_REACH = 0.32  # s; half of what one pair score looks at


@dataclass(frozen=True)
class Evidence:
    """How well every moment of a song fits every moment of a take.

    Attributes
    ----------
    rate
        Positions per second of both streams: position k is time k / rate.
    pairs
        (N, M) log-likelihood ratios in nats that song position i and take position j belong
        together. Sums over neighbouring positions are proper log-likelihood ratios. NaN: unknown.
    voice
        (N,) how much a voice sings at each song position, 0..1; see also ``weight``.
    face
        (M,) how well the mouth is seen at each take position, 0..1.
    refine
        Sharper ratios in a band, or None: called with the take position of the band's middle for
        each song position (N,) and a half width, it gives (N, 2 * half_width + 1); column k of
        row i is the pair (i, middle[i] + k - half_width), NaN outside the take.
    retimed
        Where the take was filmed to the song at another speed: the same at the song's speed, in
        which the take is aligned.
    """

    rate: float
    pairs: Float32s
    voice: Float32s
    face: Float32s
    refine: Refine | None = None
    retimed: Retimed | None = None

    def __post_init__(self) -> None:
        if self.pairs.ndim != 2 or self.pairs.shape != (len(self.voice), len(self.face)):
            raise ValueError(
                f"pairs {self.pairs.shape} must be (voice, face) = "
                f"({len(self.voice)}, {len(self.face)})"
            )
        if not self.rate > 0:
            raise ValueError("rate must be positive")

    @property
    def weight(self) -> Float32s:
        """(N,) how much a song position's evidence counts, 0..1: in full near a voice.

        A pair looks at 0.64 s, so a pause shorter than that is judged by the voice around it,
        and a mouth that closes in it is evidence. Long silence says nothing.
        """
        near = 2 * round(_PAIR_REACH * self.rate) + 1
        voice = np.nan_to_num(self.voice).astype(np.float32)
        return np.asarray(maximum_filter1d(voice, near, mode="nearest"), np.float32)


@dataclass(frozen=True)
class Retimed:
    """Evidence of a take whose footage is brought to the song's speed.

    Attributes
    ----------
    slope
        Seconds of the take per second of the song: 0.5 where it was filmed at twice the speed.
    evidence
        Position k of it is position ``slope * k`` of the take.
    """

    slope: float
    evidence: Evidence


@dataclass(frozen=True)
class Piece:
    """A straight stretch of the time map, seconds of each file's own clock.

    A gap is a stretch that the lips say nothing about; its ``source_end`` may equal its
    ``source_start`` where the take has no footage and a frame is held.
    """

    song_start: float
    song_end: float
    source_start: float
    source_end: float
    kind: Kind
    confidence: float

    @property
    def slope(self) -> float:
        """Source seconds per song second."""
        return (self.source_end - self.source_start) / (self.song_end - self.song_start)

    def source_at(self, song_time: Time) -> Time:
        """Take time (s) at a song time (s), on the piece's line also beyond its ends."""
        return self.source_start + (song_time - self.song_start) * self.slope

    def part(self, song_start: float, song_end: float) -> Piece:
        """The same map between two song times (s)."""
        at_end = song_end == self.song_end
        return replace(
            self,
            song_start=song_start,
            song_end=song_end,
            source_start=self.source_at(song_start),
            source_end=self.source_end if at_end else self.source_at(song_end),
        )


@dataclass(frozen=True)
class SearchedBand:
    """The band of evidence that was searched and the path through it, to be drawn.

    Attributes
    ----------
    song_start
        Song time of the first row, seconds; rows are 1 / rate apart.
    rate
        Rows and columns per second.
    middle
        (n,) source time of the middle column of each row, seconds; columns are 1 / rate apart.
    scores
        (n, K) weighted log-likelihood ratios in nats.
    path
        (n,) source time of the chosen map at each row, seconds.
    """

    song_start: float
    rate: float
    middle: Float64s
    scores: Float32s
    path: Float64s

    @property
    def along(self) -> Float64s:
        """(n,) ratios along the path, nats."""
        middle = (self.scores.shape[1] - 1) // 2
        at = np.clip((self.path - self.middle) * self.rate + middle, 0, 2 * middle - 1e-3)
        low = at.astype(np.int64)
        row = np.arange(len(at))
        share = at - low
        values: Float64s = (1 - share) * self.scores[row, low] + share * self.scores[row, low + 1]
        return values


@dataclass(frozen=True)
class Alignment:
    """The time map from song to take, and how far to trust it.

    Attributes
    ----------
    pieces
        Contiguous in song time, linear inside; together they cover ``span``.
    offset_ms
        Median over voiced positions of source time minus song time, milliseconds: positive where
        the picture has to be taken from later in the take.
    confidence
        0..1, that the take belongs to the song and the map is right.
    statistic
        What the confidence was computed from: ``match_statistic`` less ``gathered_by_chance``.
    explanation
        The simplest account of the take's timing that the evidence supports.
    findings
        What to look at in the whole take, without its index.
    picture
        What a window draws; None where there was nothing to search.
    variance
        Of the sum of the evidence along the path if all of its pairs were wrong, nats squared.
    """

    pieces: tuple[Piece, ...]
    offset_ms: float
    confidence: float
    statistic: float
    explanation: Explanation
    findings: tuple[Finding, ...] = ()
    picture: SearchedBand | None = field(default=None, repr=False)
    variance: float = 0.0

    @property
    def span(self) -> tuple[float, float]:
        """Song seconds that the pieces cover."""
        if not self.pieces:
            return (0.0, 0.0)
        return (self.pieces[0].song_start, self.pieces[-1].song_end)
