"""Where a recording might be in a song: harmony and attacks of seconds, laid over all of it.

What survives a loudspeaker, a room and a phone is which notes sound (chroma) and when something is
struck (onset strength, band by band). Windows of the recording are correlated with the whole song
in both, and one path through the offsets of all windows, which may drift a little and jump where
the recording was cut, gives the runs that are worth a closer look: dynamic time warping over
offsets. Nothing is decided here; any recording has a best path.
"""

from __future__ import annotations

from dataclasses import dataclass

import librosa
import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
from scipy.ndimage import uniform_filter1d

from lipsyncer.arrays import Float32s, Float64s, Integers
from lipsyncer.features.log_mel import SAMPLE_RATE, columns_of

HOP = 320
"""Samples between two columns of features: 20 ms."""
FEATURE_RATE = SAMPLE_RATE / HOP

_ONSET_BANDS = 20
_WINDOW, _STEP = 6.0, 1.0  # seconds of the recording that are looked for at once, and how often
_LOCAL = 1.0  # s; a feature stands out from this much of its surroundings
# Columns that an offset may move from one window to the next, and what a column or a jump costs;
# correlations count in their own standard deviations.
_REACH, _MOVE, _JUMP = 1, 0.3, 24.0
_FEWEST_TO_FIT = 5


@dataclass(frozen=True)
class Run:
    """A stretch of the recording that may follow one line: take = offset + (1 + drift) * song.

    Times are seconds; the offset is known to about a column of features, 20 ms.
    """

    take_start: float
    take_end: float
    offset: float
    drift: float


def sound_features(samples: Float32s) -> Float32s:
    """Chroma and onset strength, (n, 32), 50 columns a second; each kind has the same energy.

    Parameters
    ----------
    samples
        Mono sound at 16 kHz; column k is centred at k/50 s.
    """
    chroma = columns_of(librosa.feature.chroma_stft, samples, 2048, HOP, tuning=0.0, norm=2)
    power = columns_of(
        librosa.feature.melspectrogram,
        samples,
        1024,
        HOP,
        n_mels=_ONSET_BANDS,
        fmin=150.0,
        fmax=6000.0,
    )
    level = np.log(power + 1e-4 * max(float(power.mean()), 1e-12))
    rise = np.maximum(np.diff(level, axis=0, prepend=level[:1]), 0.0)
    local = round(_LOCAL * FEATURE_RATE)
    kinds = []
    for values in (chroma, rise):
        standing_out = values - uniform_filter1d(values, local, axis=0, mode="nearest")
        energy = float(np.sqrt(np.mean(np.sum(standing_out**2, axis=1))))
        kinds.append(standing_out / max(energy, 1e-9))
    return np.asarray(np.concatenate(kinds, axis=1), np.float32)


def find_runs(song: Float32s, take: Float32s) -> tuple[list[Run], list[Run]]:
    """Give the stretches of the recording on the best path, and the best straight lines.

    Parameters
    ----------
    song, take
        From ``sound_features``.

    Returns
    -------
    runs
        Stretches in the order of the take; neighbours overlap by what one window holds.
    lines
        Over the whole take, the best first: a path through much noise may jump about where one
        line would have held.
    """
    starts, scores = window_scores(song, take)
    path = _best_path(scores)
    window = min(round(_WINDOW * FEATURE_RATE), len(take))
    return _runs(starts, path, scores, len(take), window), _straight_lines(scores, len(take))


def window_scores(song: Float32s, take: Float32s) -> tuple[Integers, Float32s]:
    """How well each window of the take fits the song at each offset.

    Returns
    -------
    starts
        (w,) first columns of the windows in the take.
    scores
        (w, takes + songs) in standard deviations of that window's scores; entry k is the offset
        take - song = takes - k columns.
    """
    songs, takes = len(song), len(take)
    window = min(round(_WINDOW * FEATURE_RATE), takes)
    step = round(_STEP * FEATURE_RATE)
    starts = np.arange(0, takes - window + 1, step)
    size = next_fast_len(songs + window, real=True)
    spectrum = rfft(song, size, axis=0)
    loudness = np.concatenate(([0.0], np.cumsum(np.sum(song.astype(np.float64) ** 2, axis=1))))
    scores = np.zeros((len(starts), takes + songs), np.float32)
    for row, start in enumerate(starts):
        part = take[start : start + window]
        product = (spectrum * np.conj(rfft(part, size, axis=0))).sum(axis=1)
        found = irfft(product, size)
        # Entry j is the song column at which the window begins, from -(window - 1) on.
        begins = np.arange(-(window - 1), songs)
        first, last = np.clip(begins, 0, songs), np.clip(begins + window, 0, songs)
        energy = loudness[last] - loudness[first]
        # A window that only touches the song, or lies in silence, must not win by that.
        energy = np.maximum(energy, 0.5 * loudness[-1] * window / songs)
        fits = found[begins] / np.sqrt(energy)
        spread = 1.4826 * float(np.median(np.abs(fits - np.median(fits))))
        if spread > 1e-9:
            scores[row, takes - start + begins] = (fits - np.median(fits)) / spread
    return starts, scores


def _best_path(scores: Float32s) -> Integers:
    """Offset entry of each window on the path with the highest sum (Viterbi, 1967)."""
    count, width = scores.shape
    came_from = np.zeros((count, width), np.int64)
    total = scores[0].astype(np.float64)
    here = np.arange(width)
    for row in range(1, count):
        top = int(total.argmax())
        best, origin = np.full(width, total[top] - _JUMP), np.full(width, top)
        for move in range(-_REACH, _REACH + 1):
            moved = np.full(width, -np.inf)
            inside = slice(max(0, move), width + min(0, move))
            moved[inside] = total[max(0, -move) : width - max(0, move)] - _MOVE * abs(move)
            better = moved > best
            best[better], origin[better] = moved[better], (here - move)[better]
        came_from[row], total = origin, best + scores[row]
    path = np.empty(count, np.int64)
    path[-1] = int(total.argmax())
    for row in range(count - 1, 0, -1):
        path[row - 1] = came_from[row, path[row]]
    return path


def _runs(starts: Integers, path: Integers, scores: Float32s, takes: int, window: int) -> list[Run]:
    """Split the path where it jumps."""
    jumps = np.flatnonzero(np.abs(np.diff(path)) > _REACH) + 1
    exact = path + _summit(scores, path)
    runs = []
    for rows in np.split(np.arange(len(path)), jumps):
        first = 0 if rows[0] == 0 else int(starts[rows[0]])
        last = takes if rows[-1] == len(path) - 1 else int(starts[rows[-1]]) + window
        offsets = takes - exact[rows]
        song = starts[rows] + window / 2 - offsets
        drift, offset = 0.0, float(np.median(offsets))
        if len(rows) >= _FEWEST_TO_FIT:
            drift, offset = (float(value) for value in np.polyfit(song, offsets, 1))
        runs.append(Run(first / FEATURE_RATE, last / FEATURE_RATE, offset / FEATURE_RATE, drift))
    return runs


def _summit(scores: Float32s, path: Integers) -> Float64s:
    """Where between its neighbours each window's peak really lies, by a parabola (columns)."""
    rows = np.arange(len(path))
    inner = np.clip(path, 1, scores.shape[1] - 2)
    before, here, after = (scores[rows, inner + k].astype(np.float64) for k in (-1, 0, 1))
    bend = before - 2 * here + after
    away = 0.5 * (before - after) / np.where(bend < -1e-6, bend, -np.inf)
    summit: Float64s = np.clip(away, -0.5, 0.5)
    return summit


def _straight_lines(scores: Float32s, takes: int, most: int = 3) -> list[Run]:
    """Lines without drift through all windows, half a second apart."""
    total = scores.sum(axis=0)
    apart = round(FEATURE_RATE / 2)
    runs = []
    for _ in range(most):
        best = int(total.argmax())
        offset = (takes - best) / FEATURE_RATE
        runs.append(Run(0.0, takes / FEATURE_RATE, offset, 0.0))
        total[max(0, best - apart) : best + apart + 1] = -np.inf
    return runs
