"""Singing made from speech, in sound and in time: vowels held and moved onto notes.

The voice is taken apart and put together by WORLD (Morise et al., 2016, "WORLD: a vocoder-based
high-quality speech synthesis system for real-time applications"). Vowels are held one to four times
as long; everything else keeps its length, as in singing, where a note's length is its vowel's.
What is sung says for each of its moments which moment of the speech it came from, so that the
picture can follow.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from types import ModuleType

import numpy as np
from scipy.ndimage import binary_erosion, maximum_filter1d

from lipsyncer.arrays import Booleans, Float32s, Float64s
from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import SAMPLE_RATE

FRAME = 0.005
"""Seconds between two frames of the voice's analysis, and of :class:`Sung`."""

POSITION = round(SAMPLE_RATE / GRID_RATE)
"""Samples of a position of the grid."""

LONGEST_HOLD = 4.0
"""Times a vowel's own length."""

_SHORTEST = 0.2  # seconds of speech below which there is nothing to sing
_SONORITY_BAND = (400.0, 4000.0)  # Hz: nasals and voiced stops are weak there, vowels are not
_NEAR_PEAK = 9.0  # dB below the loudest moment nearby, in that band
_NEARBY = 0.12  # seconds to each side
_LOUD = 25.0  # dB below the loudest moments of all
_EDGE = 0.01  # seconds at each end of a vowel that move with its consonants
_SHORTEST_VOWEL = 0.02  # seconds, its edges taken off

_SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9))
_RANGE = (40, 76)  # MIDI notes: from a bass's low E to a soprano's E
_LIFT = (1.0, 8.0)  # semitones by which people sing higher than they speak
_MELISMA = 0.7  # seconds: a longer vowel may move on to another note
_GLIDE = 0.08  # seconds from note to note


@dataclass(frozen=True)
class Sung:
    """Speech turned into singing.

    Attributes
    ----------
    samples
        At 16 kHz, float32 (640 n,).
    source
        The moment of the speech that each frame came from, s, (200 frames a second); it rises.
    notes
        The note of each frame as a MIDI number, without glides and vibrato; NaN where no voice
        sounds.
    """

    samples: Float32s
    source: Float64s
    notes: Float64s

    @property
    def positions(self) -> Float64s:
        """Picture position of the speech that belongs to each of the n sung positions, (n,)."""
        count = len(self.samples) // POSITION
        return self.source_at(np.arange(count) / GRID_RATE) * GRID_RATE

    def source_at(self, times: Float64s) -> Float64s:
        """Moments of the speech, s, that belong to these sung ones."""
        return np.asarray(np.interp(times, np.arange(len(self.source)) * FRAME, self.source))


def sing(samples: Float32s, rng: np.random.Generator) -> Sung:
    """Turn speech into singing.

    Parameters
    ----------
    samples
        Speech at 16 kHz, float32 (k,), without music.
    rng
        Chooses the key, the notes and how long each vowel is held.

    Returns
    -------
    Sung
        At least as long as the speech. Where there is no voice it is the speech itself.

    Raises
    ------
    LipsyncerError
        When pyworld is not installed.
    """
    world = _world()
    speech = np.ascontiguousarray(samples, np.float64)
    if len(speech) < _SHORTEST * SAMPLE_RATE:
        return _unsung(samples)
    pitch, times = world.dio(speech, SAMPLE_RATE, frame_period=1000 * FRAME)
    pitch = world.stonemask(speech, pitch, times, SAMPLE_RATE)
    envelope = world.cheaptrick(speech, pitch, times, SAMPLE_RATE)
    vowels = _vowels(pitch > 0, _sonority(envelope))
    if not vowels:
        return _unsung(samples)
    breath = world.d4c(speech, pitch, times, SAMPLE_RATE)
    frame, spans = _held(vowels, len(pitch), rng)
    voiced = pitch[np.rint(frame).astype(int)] > 0
    spoken = float(np.median(_midi(pitch[pitch > 0])))
    notes = _notes(spans, len(frame), spoken, rng)
    sung_pitch = 440.0 * 2.0 ** ((_intoned(notes, rng) - 69.0) / 12.0)
    sung = world.synthesize(
        np.where(voiced, sung_pitch, 0.0),
        np.exp(_between(np.log(envelope), frame)),
        np.clip(_between(breath, frame), 0.0, 1.0),
        SAMPLE_RATE,
        1000 * FRAME,
    )
    return Sung(_whole_positions(sung), np.asarray(frame * FRAME), np.where(voiced, notes, np.nan))


def _world() -> ModuleType:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks its version up in an outdated way
            import pyworld
    except ImportError as error:
        raise LipsyncerError(
            "Singing is made from speech with pyworld; install it with “pip install "
            "lipsyncer[train]”, or leave singing out."
        ) from error
    module: ModuleType = pyworld
    return module


def _unsung(samples: Float32s) -> Sung:
    samples = _whole_positions(samples)
    frames = round(len(samples) / SAMPLE_RATE / FRAME) + 1
    return Sung(samples, np.arange(frames) * FRAME, np.full(frames, np.nan))


def _whole_positions(samples: Float64s | Float32s) -> Float32s:
    """Cut to whole positions of the grid, and soften what would clip."""
    samples = samples[: len(samples) // POSITION * POSITION]
    loudest = float(np.abs(samples).max(initial=0.0))
    return np.asarray(samples / max(loudest, 1.0), np.float32)


def _midi(hertz: Float64s) -> Float64s:
    return np.asarray(69.0 + 12.0 * np.log2(hertz / 440.0))


def _sonority(envelope: Float64s) -> Float64s:
    """Level of each frame's spectral envelope (frames, bins) where vowels are strong, dB."""
    hertz = np.linspace(0, SAMPLE_RATE / 2, envelope.shape[1])
    inside = (hertz >= _SONORITY_BAND[0]) & (hertz <= _SONORITY_BAND[1])
    return np.asarray(10 * np.log10(envelope[:, inside].sum(axis=1) + 1e-12))


def _vowels(voiced: Booleans, sonority: Float64s) -> list[tuple[int, int]]:
    """Frames (first, last + 1) of what can be held: the middles of vowels."""
    peak = maximum_filter1d(sonority, 2 * round(_NEARBY / FRAME) + 1)
    loud = np.percentile(sonority, 95) - _LOUD
    open_voice = voiced & (sonority > peak - _NEAR_PEAK) & (sonority > loud)
    middle = binary_erosion(open_voice, np.ones(2 * round(_EDGE / FRAME) + 1))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], middle, [False])).astype(int)))
    spans = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(a, b) for a, b in spans if (b - a) * FRAME >= _SHORTEST_VOWEL]


def _held(
    vowels: list[tuple[int, int]], frames: int, rng: np.random.Generator
) -> tuple[Float64s, list[tuple[int, int]]]:
    """Hold each vowel: the speech's frame (fractional) of each sung frame, and the sung vowels."""
    knots, sung = [0.0], [0.0]
    spans = []
    for first, stop in vowels:
        hold = float(rng.uniform(1.0, LONGEST_HOLD))
        start = sung[-1] + first - knots[-1]
        end = start + (stop - first) * hold
        knots += [first, stop]
        sung += [start, end]
        spans.append((round(start), round(end)))
    sung.append(sung[-1] + frames - 1 - knots[-1])
    knots.append(frames - 1.0)
    count = int(sung[-1]) + 1
    return np.asarray(np.interp(np.arange(count), sung, knots)), spans


def _between(rows: Float64s, frame: Float64s) -> Float64s:
    """Rows (frames, bins) at fractional frames."""
    left = np.floor(frame).astype(int)
    right = np.minimum(left + 1, len(rows) - 1)
    share = (frame - left)[:, None]
    return np.ascontiguousarray(rows[left] * (1 - share) + rows[right] * share)


def _notes(
    vowels: list[tuple[int, int]], frames: int, spoken: float, rng: np.random.Generator
) -> Float64s:
    """Give each sung vowel a note, and a long one sometimes two: a walk on a random scale."""
    key = int(rng.integers(12))
    scale = _SCALES[int(rng.integers(len(_SCALES)))]
    ladder = [note for note in range(*_RANGE) if (note - key) % 12 in scale]
    middle = spoken + rng.uniform(*_LIFT)
    home = int(np.argmin(np.abs(np.array(ladder) - middle)))
    step = home
    notes = np.empty(frames)
    begin = 0
    for index, (first, stop) in enumerate(vowels):
        # A singer is on the way to the next note while the consonant lasts.
        begin = 0 if index == 0 else (vowels[index - 1][1] + first) // 2
        # Drawn towards home, so that a tune stays in its singer's range.
        step += int(rng.integers(-3, 4)) + int(np.sign(home - step))
        step = int(np.clip(step, 0, len(ladder) - 1))
        notes[begin:] = ladder[step]
        if (stop - first) * FRAME > _MELISMA and rng.random() < 0.4:
            step = int(np.clip(step + rng.choice((-2, -1, 1, 2)), 0, len(ladder) - 1))
            notes[(first + stop) // 2 :] = ladder[step]
    return notes


def _intoned(notes: Float64s, rng: np.random.Generator) -> Float64s:
    """Join notes by glides, let vibrato grow on held ones, and never be quite exact."""
    frames = np.arange(len(notes))
    changes = np.concatenate(([0], np.flatnonzero(np.diff(notes)) + 1))
    since = (frames - changes[np.searchsorted(changes, frames, side="right") - 1]) * FRAME
    rate, depth = rng.uniform(4.8, 6.5), rng.uniform(0.15, 0.6)
    phase = 2 * np.pi * (rate * frames * FRAME + rng.random())
    vibrato = depth * np.sin(phase) * np.clip((since - 0.2) / 0.3, 0.0, 1.0)
    unrest = _smooth(rng.standard_normal(len(notes)), 0.3)
    return np.asarray(_smooth(notes, _GLIDE) + vibrato + 0.3 * unrest)


def _smooth(track: Float64s, seconds: float) -> Float64s:
    half = round(seconds / 2 / FRAME)
    kernel = np.hanning(2 * half + 3)[1:-1]
    padded = np.pad(track, half, mode="edge")
    return np.asarray(np.convolve(padded, kernel / kernel.sum(), mode="valid"))
