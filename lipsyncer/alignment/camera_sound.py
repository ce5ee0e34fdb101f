"""The camera's own sound as a guide: does it hold the song, and which moment of it when?

Most selfies are filmed while the song plays from a loudspeaker. Harmony and attacks say roughly
where in the song the recording may be (``sound_search``), the phases of all frequencies say it to
a fraction of a millisecond, and whether it is the same recording of the song at all
(``sound_delays``): somebody else's rendering of it, or the singer's own voice, has the same notes
and other phases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.special import expit

from lipsyncer.alignment.sound_delays import SoundLine, heard_on_line, refine_line
from lipsyncer.alignment.sound_search import Run, find_runs, sound_features
from lipsyncer.arrays import Float32s, Float64s
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.progress import Stage, finish

STATISTIC_MIDDLE = 15.0
"""Statistic of a line at which related and unrelated sound are equally likely; docs/camera-sound.md
has how far apart they lie."""
STATISTIC_SLOPE = 0.8
"""Log-odds per unit of the statistic."""
# The same of how many windows agree; and fewer windows than this, or this share, can by chance.
_AGREEMENT_MIDDLE, _AGREEMENT_SLOPE = 0.55, 20.0
_FEWEST, _LEAST_SHARE = 3, 0.15

_SHORTEST = 1.0  # s of sound that can be compared
_SILENCE = 5e-4
# A drift that no two clocks have: the song was played, or filmed, at another speed.
_OTHER_SPEED, _SPEEDS = 0.002, (0.0, -0.001, 0.001)
_LONG_ENOUGH_FOR_SPEED = 10.0  # s
_SAME_LINE = 0.03  # s; no cut is smaller
_CUT_WINDOW, _CUT_STEP = 0.5, 0.1  # s


@dataclass(frozen=True)
class SoundPiece:
    """A stretch of the take during which it hears the song run on, seconds of each file's clock.

    What the song holds at s is heard at ``offset + (1 + drift) * s`` in the take.
    """

    take_start: float
    take_end: float
    offset: float
    drift: float

    def song_time(self, take_time: float) -> float:
        """Moment of the song that is heard at a moment of the take."""
        return (take_time - self.offset) / (1 + self.drift)


@dataclass(frozen=True)
class CameraSound:
    """What the take's own sound says.

    Attributes
    ----------
    confidence
        Probability that it holds the song and the map is right, 0 to 1.
    statistic
        What that was computed from: standard deviations above any line through unrelated sound.
    pieces
        In the order of the take; none where the song was not found.
    track
        Which of the take's sound tracks was listened to, from 1; None where there is only one.
    """

    confidence: float
    statistic: float
    pieces: tuple[SoundPiece, ...] = ()
    track: int | None = None

    @property
    def found(self) -> bool:
        """Whether the take's sound holds the song."""
        return bool(self.pieces)

    @property
    def longest(self) -> SoundPiece:
        """The piece that lasts longest."""
        return max(self.pieces, key=lambda piece: piece.take_end - piece.take_start)

    @property
    def offset_ms(self) -> float:
        """Median of take time minus song time over what was heard, milliseconds."""
        times = np.concatenate([_moments(piece) for piece in self.pieces])
        return float(np.median(times)) * 1000

    @property
    def drift_ppm(self) -> float:
        """By how much the take's clock runs fast against the song, in the longest piece."""
        return self.longest.drift * 1e6


def _moments(piece: SoundPiece) -> Float64s:
    take = np.arange(piece.take_start, piece.take_end, 0.04)
    return take - (take - piece.offset) / (1 + piece.drift)


def listen(song: Float32s, take: Float32s) -> CameraSound:
    """Give ``listening``'s result at once."""
    return finish(listening(song, take))


def listening(song: Float32s, take: Float32s) -> Stage[CameraSound]:
    """Find the song in a take's own sound.

    Parameters
    ----------
    song, take
        Mono sound at 16 kHz (``features.sound.SAMPLE_RATE``), each on its file's own clock.

    Returns
    -------
    Not found where either is silent or shorter than a second.
    """
    shorter = min(len(song), len(take))
    if shorter < _SHORTEST * SAMPLE_RATE or _is_silent(song) or _is_silent(take):
        return CameraSound(0.0, 0.0)
    played = sound_features(song)
    yield 0.1
    recorded = sound_features(take)
    yield 0.2
    runs, straight = find_runs(played, recorded)
    yield 0.3
    lines: list[SoundLine] = []
    best = CameraSound(0.0, 0.0)
    runs.sort(key=lambda run: run.take_start - run.take_end)
    # Straight lines are for where the path has lost its way.
    candidates = (*runs, *straight)
    for index, run in enumerate(candidates):
        yield 0.3 + 0.7 * index / len(candidates)
        if lines and run in straight:
            break
        # One camera and one loudspeaker keep to one speed over all cuts.
        known = [line.drift for line in lines if abs(line.drift) > _OTHER_SPEED]
        line = _closest(song, take, run, known[:1])
        if line is None:
            continue
        believed = _confidence(line)
        if believed > best.confidence:
            best = CameraSound(believed, line.statistic)
        if believed >= 0.5:
            lines.append(line)
    if not lines:
        return best
    return replace(best, pieces=tuple(_pieces(song, take, lines)))


def _confidence(line: SoundLine) -> float:
    """Probability that a line is the song's."""
    if line.kept.sum() < _FEWEST or line.kept.mean() < _LEAST_SHARE:
        return 0.0
    same = expit(STATISTIC_SLOPE * (line.statistic - STATISTIC_MIDDLE))
    return float(same * expit(_AGREEMENT_SLOPE * (line.agreement - _AGREEMENT_MIDDLE)))


def _is_silent(samples: Float32s) -> bool:
    return float(np.abs(samples).max()) < _SILENCE


def _closest(song: Float32s, take: Float32s, run: Run, known: Sequence[float]) -> SoundLine | None:
    """The line near a run: at a known speed, at the song's own, or at what the run suggests."""
    end = min(run.take_end, len(take) / SAMPLE_RATE)
    middle = (run.take_start + end) / 2
    played = (middle - run.offset) / (1 + run.drift)
    best: tuple[float, float] = (-1.0, 0.0)
    closest = None
    for drift in (*known, *_speeds(run)):
        offset = middle - (1 + drift) * played
        line = refine_line(song, take, run.take_start, end, offset, drift)
        if line and (_confidence(line), line.statistic) > best:
            best, closest = (_confidence(line), line.statistic), line
        if best[0] > 0.9:
            break
    return closest


def _speeds(run: Run) -> Iterator[float]:
    yield 0.0
    long = run.take_end - run.take_start >= _LONG_ENOUGH_FOR_SPEED
    if long and abs(run.drift) > _OTHER_SPEED:
        for more in _SPEEDS:
            yield run.drift + more


def _pieces(song: Float32s, take: Float32s, lines: Sequence[SoundLine]) -> Iterator[SoundPiece]:
    """Stretches of the take from the lines that were found, cut where one turns into the next."""
    end = len(take) / SAMPLE_RATE
    kept: list[SoundLine] = []
    for line in sorted(lines, key=lambda line: float(line.times[line.kept].mean())):
        if kept and _is_one(kept[-1], line):
            kept[-1] = _joined(kept[-1], line)
        else:
            kept.append(line)
    borders = [0.0]
    for before, after in pairwise(kept):
        borders.append(max(borders[-1], _cut(song, take, before, after)))
    borders.append(end)
    for line, (start, stop) in zip(kept, pairwise(borders), strict=True):
        # The song plays in the take from its first sample to its last at most.
        first = max(start, line.offset)
        last = min(stop, line.offset + (1 + line.drift) * len(song) / SAMPLE_RATE)
        if last > first:
            yield SoundPiece(first, last, line.offset, line.drift)


def _is_one(before: SoundLine, after: SoundLine) -> bool:
    """Whether two lines agree where one ends and the other begins."""
    joint = float(after.times[after.kept][0])
    return abs(_song_time(after, joint) - _song_time(before, joint)) < _SAME_LINE


def _joined(before: SoundLine, after: SoundLine) -> SoundLine:
    """Both as one, as the one says it which more windows speak for."""
    surer = max(before, after, key=lambda line: int(line.kept.sum()))
    return replace(
        surer,
        times=np.concatenate((before.times, after.times)),
        heard=np.concatenate((before.heard, after.heard)),
        kept=np.concatenate((before.kept, after.kept)),
    )


def _song_time(line: SoundLine, take_time: float) -> float:
    return (take_time - line.offset) / (1 + line.drift)


def _cut(song: Float32s, take: Float32s, before: SoundLine, after: SoundLine) -> float:
    """Moment of the take at which one line is given up for the next."""
    last, first = float(before.times[before.kept][-1]), float(after.times[after.kept][0])
    start, end = min(last, first) - 1.0, max(last, first) + 1.0
    times = np.arange(max(start, _CUT_WINDOW), end, _CUT_STEP)
    if len(times) == 0:
        return (last + first) / 2
    one, other = (
        heard_on_line(song, take, times, line.offset, line.drift, _CUT_WINDOW)
        for line in (before, after)
    )
    # What is won by giving up the first line at each of the moments.
    gained = np.concatenate(([0.0], np.cumsum(one - other)))
    best = np.flatnonzero(gained >= gained.max() - 1e-9)
    return float(times[0] + (best.mean() - 0.5) * _CUT_STEP)
