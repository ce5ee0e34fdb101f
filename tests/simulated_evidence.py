"""Evidence as a trained network would give it, made from a known time map.

The ridge along the true map has the height, width and noise that make the offset accuracy of
windows (share of windows whose best of 31 offsets is within one frame) come out as the published
networks have it, and its height wanders: some sung syllables tell much, others nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from lipsyncer.alignment import Alignment, Evidence

RATE = 25.0
Family = Literal["in sync", "offset", "drift", "pieces", "smooth", "unrelated"]
FAMILIES: tuple[Family, ...] = ("in sync", "offset", "drift", "pieces", "smooth")


@dataclass(frozen=True)
class Simulated:
    """Evidence with the truth behind it.

    ``source`` is the take position (25 per second, fractional) that belongs to every song
    position, NaN where the take has no footage; ``voiced`` marks where the truth is measured.
    """

    evidence: Evidence
    source: np.ndarray
    voiced: np.ndarray
    family: Family


def simulate(
    family: Family,
    seed: int,
    *,
    seconds: float | None = None,
    song_extra: float = 0.0,
    strength: float = 1.0,
    scale: float = 1.0,
    false_lips: float = 0.1,
    chorus: bool = True,
    sharper: float | None = None,
) -> Simulated:
    """Make a song and a take of one of the families of distortion.

    Parameters
    ----------
    family
        How the take's time was distorted.
    seed
        Everything random follows from it.
    seconds
        Length of the take; None draws 12 to 60.
    song_extra
        Seconds of song around the part that the take holds, shared at random before and after.
    strength
        Height of the ridge; 1 is a good network, 0.5 a weak one.
    scale
        Factor on all ratios: above 1 the evidence claims more than it knows.
    false_lips
        Share of the take whose mouth is a still or somebody else's.
    chorus
        Whether parts of the song come twice and leave a weaker ridge of their own.
    sharper
        Strength of the band given by ``refine``; None for no refine.
    """
    rng = np.random.default_rng(seed)
    span = float(seconds if seconds is not None else rng.uniform(12, 60))
    count = round(span * RATE)
    lead = round(rng.uniform(0, 1) * song_extra * RATE)
    songs = count + round(song_extra * RATE)
    voice = _voice(songs, rng)
    inner = _distortion(family, count, voice[lead : lead + count], rng)
    source = np.full(songs, np.nan)
    source[lead : lead + count] = inner
    takes = count
    source[(source < 0) | (source > takes - 1)] = np.nan
    face = _face(takes, rng)
    false = _runs(takes, false_lips, rng)
    truth = np.full(songs, np.nan) if family == "unrelated" else source

    def ratios(height: float, noise_seed: int) -> np.ndarray:
        noise = np.random.default_rng([seed, noise_seed])
        return _field(truth, false, songs, takes, chorus, height, noise) * np.float32(scale)

    pairs = ratios(strength, 1)
    refine = None
    if sharper is not None:
        sharp = ratios(sharper, 2)

        def refine(offsets: np.ndarray, half_width: int) -> np.ndarray:
            columns = offsets[:, None] + np.arange(-half_width, half_width + 1)
            rows = np.arange(songs)[:, None]
            inside = (columns >= 0) & (columns < takes)
            return np.where(inside, sharp[rows, np.clip(columns, 0, takes - 1)], np.nan).astype(
                np.float32
            )

    evidence = Evidence(rate=RATE, pairs=pairs, refine=refine, voice=voice, face=face)
    voiced = (voice > 0.5) & ~np.isnan(source)
    return Simulated(evidence=evidence, source=source, voiced=voiced, family=family)


def _voice(count: int, rng: np.random.Generator) -> np.ndarray:
    """Phrases of 2 to 7 s and pauses of 0.4 to 2.5 s, 0..1."""
    voice = np.zeros(count)
    position = round(rng.uniform(0, 1.5) * RATE)
    while position < count:
        phrase = round(rng.uniform(2, 7) * RATE)
        voice[position : position + phrase] = 1
        position += phrase + round(rng.uniform(0.4, 2.5) * RATE)
    return np.clip(gaussian_filter1d(voice, 1.5), 0, 1).astype(np.float32)


def _face(count: int, rng: np.random.Generator) -> np.ndarray:
    """Quality of the mouth: mostly good, now and then turned away."""
    face = np.clip(0.95 + gaussian_filter1d(rng.normal(0, 0.5, count), 10), 0.3, 1)
    face[_runs(count, 0.02, rng)] = 0
    return face.astype(np.float32)


def _runs(count: int, share: float, rng: np.random.Generator) -> np.ndarray:
    """Mark about ``share`` of the positions in runs of 0.4 to 2 s."""
    marked = np.zeros(count, dtype=bool)
    while share > 0 and marked.mean() < share:
        length = round(rng.uniform(0.4, 2.0) * RATE)
        start = rng.integers(0, max(1, count - length))
        marked[start : start + length] = True
    return marked


def _distortion(
    family: Family, count: int, voice: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Give the take position for each song position of the shared part."""
    position = np.arange(count, dtype=float)
    if family in ("in sync", "unrelated"):
        return position
    if family == "offset":
        return position + rng.uniform(-2, 2) * RATE
    if family == "drift":
        return position * (1 + rng.uniform(-0.02, 0.02)) + rng.uniform(-2, 2) * RATE
    if family == "pieces":
        shift = np.full(count, rng.uniform(-0.6, 0.6) * RATE)
        pauses = _pauses(voice)
        jumps = min(int(rng.integers(1, 6)), len(pauses))
        for pause in sorted(rng.choice(pauses, size=jumps, replace=False)) if jumps else ():
            shift[pause:] = rng.uniform(-0.6, 0.6) * RATE
        return position + shift
    return position + _smooth_shift(count, rng)


def _pauses(voice: np.ndarray) -> list[int]:
    """Middles of the stretches where nobody sings, away from the ends."""
    quiet = np.concatenate(([0], (voice < 0.3).astype(int), [0]))
    starts, ends = np.flatnonzero(np.diff(quiet) == 1), np.flatnonzero(np.diff(quiet) == -1)
    middles = [(a + b) // 2 for a, b in zip(starts, ends, strict=True) if b - a >= 5]
    return [m for m in middles if 2 * RATE < m < len(voice) - 2 * RATE]


def _smooth_shift(count: int, rng: np.random.Generator) -> np.ndarray:
    """Give a shift that wanders smoothly by up to 1 s, at most a fifth faster or slower."""
    seconds = np.arange(count) / RATE
    shift = np.zeros(count)
    for period in (25.0, 12.0, 7.0):
        shift += period * rng.normal() * np.sin(2 * np.pi * (seconds / period + rng.uniform()))
    shift *= rng.uniform(0.3, 1.0) / np.abs(shift).max()
    steepest = np.abs(np.diff(shift)).max() * RATE
    return shift * min(1.0, 0.2 / steepest) * RATE


# A ridge of this height over noise of this size gives, over voiced windows of 5 / 11 / 15 / 25 /
# 50 positions, about the offset accuracies that a good network reaches on unseen singers.
_HEIGHT, _NOISE, _FAR, _WIDTH = 0.82, 1.0, 0.58, 1.0
_INFORMATION_SPREAD = 1.0
_CALIBRATION = 0.085


def _field(
    truth: np.ndarray,
    false: np.ndarray,
    songs: int,
    takes: int,
    chorus: bool,
    height: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Sum ridge, chorus ridges and noise, in calibrated log-likelihood ratios (N, M)."""
    field = rng.standard_normal((songs, takes), dtype=np.float32)
    field = _along_diagonals(field)
    field = gaussian_filter1d(field, 0.8, axis=1)
    field *= _NOISE / field.std()
    information = np.exp(
        _INFORMATION_SPREAD * _standard(gaussian_filter1d(rng.normal(size=songs), 12))
    ).clip(0.05, 3)
    lag = np.arange(takes)[None, :] - truth[:, None]
    ridge = np.exp(-0.5 * (np.nan_to_num(lag, nan=1e6) / _WIDTH) ** 2)
    ridge[:, false] = 0
    field += height * _HEIGHT * 1.9 * ridge.astype(np.float32)
    if chorus:
        for _ in range(2):
            shift = rng.uniform(4, 30) * RATE * rng.choice([-1, 1])
            start = rng.integers(0, songs)
            rows = slice(start, start + round(rng.uniform(4, 12) * RATE))
            echo = np.exp(-0.5 * ((np.nan_to_num(lag[rows], nan=1e6) - shift) / 1.3) ** 2)
            field[rows] += (height * _HEIGHT * 1.0 * echo).astype(np.float32)
    field -= np.float32(_FAR)
    return (_CALIBRATION * information[:, None] * field).astype(np.float32)


def _along_diagonals(noise: np.ndarray) -> np.ndarray:
    """Average each diagonal over 8 neighbours, as windows of a network share their frames."""
    rows, columns = noise.shape
    skewed = np.zeros((rows, rows + columns - 1), dtype=np.float32)
    index = np.arange(columns)[None, :] + (rows - 1 - np.arange(rows))[:, None]
    np.put_along_axis(skewed, index, noise, axis=1)
    smooth = uniform_filter1d(skewed, 8, axis=0, mode="nearest")
    return np.take_along_axis(smooth, index, axis=1)


def _standard(series: np.ndarray) -> np.ndarray:
    return series / series.std()


def source_of(alignment: Alignment, songs: int) -> np.ndarray:
    """Take position that an alignment shows at each song position, NaN outside its span."""
    times = np.arange(songs) / RATE
    source = np.full(songs, np.nan)
    for piece in alignment.pieces:
        inside = (times >= piece.song_start - 1e-9) & (times < piece.song_end - 1e-9)
        source[inside] = piece.source_start + (times[inside] - piece.song_start) * piece.slope
    return source * RATE
