"""Which moment of which take each output frame shows."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from lipsyncer.arrays import Float64s, Indices
from lipsyncer.edit.document import Document, HandFraming
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.render.transitions import PLAIN, UNTREATED, TransitionSettings, Treatment, treatment

LARGEST_DENOMINATOR = 1001
"""Of a frame rate: the NTSC rates are multiples of 1/1001."""

ROUNDING = 1e-3
"""Share of a frame by which a length in seconds may miss a whole number of frames."""


@dataclass(frozen=True, slots=True)
class FramePlan:
    """The picture, frame by frame.

    Parameters
    ----------
    rate
        Output frames per second.
    takes
        (n,) index of the take each output frame shows.
    sources
        (n,) moment of that take in seconds. Where a segment holds its footage still, as a gap
        may, neighbouring frames have the same moment and so show the same picture.
    treated
        What is done to hide transitions.
    framed
        How the user has framed frames, by their number.
    """

    rate: Fraction
    takes: Indices
    sources: Float64s
    treated: Treatment = UNTREATED
    framed: Mapping[int, HandFraming] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.sources)

    @property
    def duration(self) -> Fraction:
        """Seconds from the start of the first frame to the end of the last."""
        return len(self) / self.rate

    def runs(self) -> Iterator[tuple[int, range]]:
        """Split the output frames where the take changes: (take index, frame numbers)."""
        changes = np.flatnonzero(np.diff(self.takes)) + 1
        borders = [0, *changes.tolist(), len(self)]
        for start, stop in itertools.pairwise(borders):
            yield int(self.takes[start]), range(start, stop)


def output_rate(nominal: float, limit: float, least: float = 0.0) -> Fraction:
    """Turn a take's nominal rate into the exact rate of the output.

    A rate within the limits is kept; a higher one is brought down to the limit, and a lower one
    multiplied by a whole number, so that every frame is shown equally often.
    """
    times = max(1, math.ceil(least / nominal - ROUNDING)) if nominal > 0 else 1
    return Fraction(min(nominal * times, limit)).limit_denominator(LARGEST_DENOMINATOR)


def frame_count(document: Document, rate: Fraction) -> int:
    """Count the output frames that cover a document's span; a started one is shown whole."""
    start, end = document.span
    return max(1, math.ceil((end - start) * float(rate) - ROUNDING))


def frame_at(document: Document, rate: Fraction, song_time: float) -> int:
    """Give the number of the output frame that is on screen at a song time (s).

    Before the span it is the first, from its end on the last.
    """
    number = math.floor((song_time - document.span[0]) * float(rate) + ROUNDING)
    return min(max(number, 0), frame_count(document, rate) - 1)


def plan_frames(
    document: Document, rate: Fraction, transitions: TransitionSettings = PLAIN
) -> FramePlan:
    """Ask the time map for every output frame.

    Frame k is on screen from k/rate to (k+1)/rate and shows what the map gives for the middle,
    (k + 0.5)/rate: that keeps the error unbiased and an identity map exact. A started frame is
    shown whole, so the picture never ends before the sound.
    """
    time_map = TimeMap(document)
    middles = (np.arange(frame_count(document, rate)) + 0.5) / float(rate)
    songs = time_map.song_at_output(middles)
    takes, sources = time_map.sources_at(songs)
    treated = treatment(document, rate, len(sources), transitions)
    return FramePlan(rate, takes, sources, treated, _framed(document, time_map.indices_at(songs)))


def _framed(document: Document, shown: Indices) -> dict[int, HandFraming]:
    """Say which frames are framed by hand; ``shown`` are the indices of their segments."""
    if all(segment.framing is None for segment in document.segments):
        return {}
    framings = [document.segments[index].framing for index in shown]
    return {number: hand for number, hand in enumerate(framings) if hand is not None}
