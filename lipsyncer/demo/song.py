"""The demo's song: the sung score with chords, bass and drums under it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.signal import butter, fftconvolve, sosfilt

from lipsyncer.arrays import Booleans, Float32s, Float64s
from lipsyncer.demo.articulation import Articulation, articulate
from lipsyncer.demo.score import Score, compose, scale_pitch
from lipsyncer.demo.voice import CONTROL_RATE, RATE, sing, voicing

_VOICED_LEVEL = 0.08
_PEAK = 0.89


@dataclass(frozen=True, eq=False)
class Performance:
    """A sung score and everything that is true of it.

    Parameters
    ----------
    voice
        float32 (n,) at `RATE`: the dry voice.
    score
        What is sung and when.
    articulation
        How the lips move, on the same clock.
    voicing
        (m,) level of the vocal folds' sound, `CONTROL_RATE` times a second.
    """

    voice: Float32s
    score: Score
    articulation: Articulation
    voicing: Float64s

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.voice) / RATE

    def voiced_at(self, times: ArrayLike) -> Booleans:
        """Whether the vocal folds sound at the given times (s); False outside the song."""
        position = np.asarray(times, dtype=np.float64) * CONTROL_RATE
        steps = np.arange(len(self.voicing), dtype=np.float64)
        level = np.interp(position, steps, self.voicing, left=0.0, right=0.0)
        voiced: Booleans = level > _VOICED_LEVEL
        return voiced


@dataclass(frozen=True, eq=False)
class Song(Performance):
    """A performance with accompaniment; the voice is at its level in the mix.

    Parameters
    ----------
    samples
        float32 (n, 2) at `RATE`: the mix.
    """

    samples: Float32s


def perform(seconds: float, *, seed: int = 0) -> Performance:
    """Sing random syllables without accompaniment; the same seed gives the same samples."""
    score = compose(seconds, seed=seed)
    return Performance(sing(score, seed=seed), score, articulate(score), voicing(score))


def make_song(seconds: float = 25.0, *, seed: int = 0, voice_db: float = 2.0) -> Song:
    """Compose and perform a song.

    Parameters
    ----------
    seconds
        Its length.
    seed
        The same seed gives the same song, sample for sample.
    voice_db
        Level of the voice above the accompaniment (dB), root mean square over sung stretches.
    """
    sung = perform(seconds, seed=seed)
    voice = sung.voice.astype(np.float64)
    backing = _accompany(sung.score, len(voice), np.random.default_rng((seed, 3)))
    voiced = sung.voiced_at(np.arange(len(voice)) / RATE)
    if voiced.any():
        backing_level = _rms(backing[voiced].mean(axis=1))
        voice *= 10 ** (voice_db / 20) * backing_level / _rms(voice[voiced])
    mix = backing + voice[:, None] + _room(voice, np.random.default_rng((seed, 4)))
    gain = _PEAK / max(float(np.max(np.abs(mix))), 1e-9)
    return Song(
        voice=(gain * voice).astype(np.float32),
        score=sung.score,
        articulation=sung.articulation,
        voicing=sung.voicing,
        samples=(gain * mix).astype(np.float32),
    )


def _rms(signal: Float64s) -> float:
    return float(np.sqrt(np.mean(np.square(signal)))) + 1e-9


def _room(voice: Float64s, rng: np.random.Generator) -> Float64s:
    """Reverberation of the voice, (n, 2): noise that dies away in 0.9 s, different on each side."""
    tail = np.arange(int(0.9 * RATE)) / RATE
    response = rng.standard_normal((len(tail), 2)) * np.exp(-6.9 * tail / 0.9)[:, None]
    response[: int(0.012 * RATE)] = 0.0
    response *= 0.22 / np.sqrt(np.sum(response**2, axis=0))
    wet = fftconvolve(voice[:, None], response, axes=0)[: len(voice)]
    reverberation: Float64s = wet
    return reverberation


def _accompany(score: Score, samples: int, rng: np.random.Generator) -> Float64s:
    """Chords (wide), bass and kick (centre), snare and hats (near the sides), (n, 2)."""
    backing = np.zeros((samples, 2))
    bar = 4 * score.beat
    for index, degree in enumerate(score.chords):
        start = index * bar
        for voice_index, third in enumerate((0, 2, 4, 7)):
            pitch = scale_pitch(score.key + 12, degree + third)
            # Each chord note sits somewhere else between the loudspeakers.
            pan = (-0.9, 0.8, -0.5, 0.95)[voice_index]
            _add(backing, start, _pad(pitch, bar, rng), 0.05, pan)
        for eighth in range(8):
            pitch = scale_pitch(score.key - 12, degree + (0, 0, 4, 0, 0, 2, 4, 0)[eighth])
            _add(backing, start + eighth * score.beat / 2, _bass(pitch, score.beat / 2), 0.16, 0.0)
            strum = scale_pitch(score.key + 24, degree + (0, 4, 2, 4, 7, 4, 2, 4)[eighth])
            pan = 0.7 if eighth % 2 else -0.7
            _add(backing, start + eighth * score.beat / 2, _pluck(strum), 0.10, pan)
            _add(backing, start + eighth * score.beat / 2, _hiss(rng, 0.05, 7000.0), 0.05, 0.45)
        for beat in range(4):
            drum = _kick() if beat % 2 == 0 else _hiss(rng, 0.16, 1200.0)
            level = 0.40 if beat % 2 == 0 else 0.14
            _add(backing, start + beat * score.beat, drum, level, -0.15 * (beat % 2))
    return backing


def _add(mix: Float64s, start: float, sound: Float64s, level: float, pan: float) -> None:
    """Add a mono sound at a time (s), panned from -1 (left) to 1 (right) at equal power."""
    first = round(start * RATE)
    piece = sound[: max(len(mix) - first, 0)]
    angle = (pan + 1.0) * np.pi / 4
    mix[first : first + len(piece), 0] += level * np.cos(angle) * piece
    mix[first : first + len(piece), 1] += level * np.sin(angle) * piece


def _times(seconds: float) -> Float64s:
    return np.arange(round(seconds * RATE)) / RATE


def _hertz(pitch: float) -> float:
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def _pad(pitch: float, seconds: float, rng: np.random.Generator) -> Float64s:
    """A soft organ-like note: a few slightly detuned partials with slow edges."""
    t = _times(seconds)
    note = np.zeros_like(t)
    for partial in range(1, 7):
        hertz = _hertz(pitch) * partial * (1.0 + float(rng.uniform(-0.002, 0.002)))
        note += np.sin(2 * np.pi * (hertz * t + float(rng.uniform()))) / partial**1.3
    edge = np.minimum(t, seconds - t) / 0.08
    pad: Float64s = note * np.clip(edge, 0.0, 1.0)
    return pad


def _bass(pitch: float, seconds: float) -> Float64s:
    t = _times(seconds)
    cycle = 2 * np.pi * _hertz(pitch) * t
    tone = np.sin(cycle) + 0.5 * np.sin(2 * cycle) + 0.2 * np.sin(3 * cycle)
    bass: Float64s = tone * np.exp(-3.0 * t) * np.clip((seconds - t) / 0.01, 0.0, 1.0)
    return bass


def _pluck(pitch: float) -> Float64s:
    """A struck string: partials that die away the faster the higher they are."""
    t = _times(0.7)
    note = np.zeros_like(t)
    for partial in range(1, 9):
        cycle = 2 * np.pi * _hertz(pitch) * partial * t
        note += np.sin(cycle) * np.exp(-(3.0 + 2.5 * partial) * t) / partial
    return note


def _kick() -> Float64s:
    t = _times(0.25)
    # The pitch falls from 150 to 50 Hz while the drum dies away.
    cycle = 50.0 * t + (100.0 / 30.0) * (1.0 - np.exp(-30.0 * t))
    kick: Float64s = np.sin(2 * np.pi * cycle) * np.exp(-14.0 * t)
    return kick


def _hiss(rng: np.random.Generator, seconds: float, low: float) -> Float64s:
    """Snare or cymbal: noise above a frequency that dies away within `seconds`."""
    t = _times(seconds)
    noise = rng.standard_normal(len(t)) * np.exp(-5.0 * t / seconds)
    hiss: Float64s = sosfilt(butter(2, low, btype="highpass", fs=RATE, output="sos"), noise)
    return hiss
