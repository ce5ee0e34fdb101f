"""A formant synthesiser that sings a score: glottal pulses and noise through moving resonances.

The build is that of Klatt (1980, "Software for a cascade/parallel formant synthesizer"), reduced
to what sung syllables need: a voiced source and breath through a cascade of formants, and
consonant noise beside it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from lipsyncer.arrays import Float32s, Float64s
from lipsyncer.demo.score import BILABIALS, Score, Syllable

RATE = 44100
"""Samples per second of every sound the demo makes."""

CONTROL_RATE = 200
"""Steps per second of the synthesiser's controls."""

Signal = NDArray[np.float64]

# F1 to F3 of women's vowels (Hz): Peterson and Barney 1952, "Control methods used in a study of
# the vowels", table II, for the vowels of bother, bet, beet, bought and boot.
FORMANTS = {
    "a": (850.0, 1220.0, 2810.0),
    "e": (610.0, 2330.0, 2990.0),
    "i": (310.0, 2790.0, 3310.0),
    "o": (590.0, 920.0, 2710.0),
    "u": (370.0, 950.0, 2670.0),
}
_HIGH_FORMANTS = (4200.0, 5200.0)
_BANDWIDTHS = (110.0, 120.0, 170.0, 250.0, 350.0)

# Where a voiced or noisy consonant puts F1 to F3: labial, dental, liquid, nasal colours.
_CONSONANT_FORMANTS = {
    "p": (300.0, 900.0, 2500.0),
    "b": (250.0, 900.0, 2500.0),
    "m": (270.0, 1100.0, 2300.0),
    "n": (270.0, 1600.0, 2700.0),
    "t": (350.0, 1900.0, 2900.0),
    "d": (280.0, 1900.0, 2900.0),
    "f": (340.0, 1100.0, 2400.0),
    "v": (300.0, 1100.0, 2400.0),
    "s": (340.0, 1700.0, 2800.0),
    "sh": (330.0, 2000.0, 2800.0),
    "l": (380.0, 1250.0, 3000.0),
    "w": (320.0, 700.0, 2500.0),
}
# Level of the voice while the consonant lasts (a vowel is 1); those not named are unvoiced.
_CONSONANT_VOICING = {"b": 0.10, "d": 0.12, "m": 0.45, "n": 0.45, "v": 0.35, "l": 0.60, "w": 0.60}
# Noise of the consonant: band (Hz) and level.
_NOISE = {
    "f": (1400.0, 9000.0, 0.05),
    "v": (1400.0, 9000.0, 0.02),
    "s": (5000.0, 11000.0, 0.16),
    "sh": (2200.0, 6500.0, 0.15),
}
# Burst when a stop opens: band (Hz) and level.
_BURSTS = {
    "p": (300.0, 3500.0, 0.22),
    "b": (200.0, 2500.0, 0.12),
    "t": (3000.0, 9000.0, 0.25),
    "d": (2500.0, 7000.0, 0.15),
}
_VIBRATO_HZ = 5.6
_VIBRATO_SEMITONES = 0.3


def voicing(score: Score) -> Signal:
    """Level of the vocal folds' sound, 0 to about 1, `CONTROL_RATE` times a second.

    This is the truth about where the song is voiced: pauses and unvoiced consonants are 0.
    """
    level = np.zeros(_steps(score))
    for syllable in score.syllables:
        level[_span(syllable.onset, syllable.end, level)] = syllable.effort
        hum = _CONSONANT_VOICING.get(syllable.consonant, 0.0)
        level[_span(syllable.start, syllable.onset, level)] = hum * syllable.effort
    return _smooth(level, 0.02)


def sing(score: Score, *, seed: int = 0) -> Float32s:
    """Sing the score.

    Parameters
    ----------
    score
        What to sing.
    seed
        Of the breath noise and the voice's small irregularities.

    Returns
    -------
    float32 (n,)
        Dry voice at `RATE`, 1 at the loudest sample; n is the score's duration times `RATE`.
    """
    rng = np.random.default_rng((seed, 2))
    samples = round(score.duration * RATE)
    level = _to_samples(voicing(score), samples)
    pitch = _to_samples(_pitch(score, rng), samples)
    breath = rng.standard_normal(samples)

    phase = np.cumsum(440.0 * 2.0 ** ((pitch - 69.0) / 12.0) / RATE)
    pulses = _glottal_flow_derivative(phase)
    # Breath passes while the folds are apart, so its noise comes in puffs at the pitch.
    puffs = breath * (0.25 + 0.75 * (phase % 1.0 < 0.5))
    aspiration = _to_samples(_aspiration(score), samples)
    source = level * (pulses + 0.02 * puffs) + 0.1 * aspiration * breath

    voice = _resonate(_brighten(source), _formant_track(score))
    voice *= _to_samples(_even_gain(score, voice), samples)
    voice /= max(float(np.max(np.abs(voice))), 1e-9)
    voice += _consonant_noise(score, breath)
    voice /= max(float(np.max(np.abs(voice))), 1e-9)
    dry: Float32s = voice.astype(np.float32)
    return dry


def _steps(score: Score) -> int:
    return int(np.ceil(score.duration * CONTROL_RATE)) + 1


def _span(start: float, end: float, track: Signal) -> slice:
    """Control steps from start to end (s)."""
    first, last = round(start * CONTROL_RATE), round(end * CONTROL_RATE)
    return slice(max(first, 0), min(last, len(track)))


def _smooth(track: Signal, seconds: float) -> Signal:
    kernel = np.hanning(int(seconds * CONTROL_RATE) + 3)[1:-1]
    if len(kernel) % 2 == 0:
        kernel = np.hanning(len(kernel) + 3)[1:-1]
    padded = np.pad(track, len(kernel) // 2, mode="edge")
    smooth: Signal = np.convolve(padded, kernel / kernel.sum(), mode="valid")
    return smooth


def _to_samples(track: Signal, samples: int) -> Signal:
    times = np.arange(samples) * (CONTROL_RATE / RATE)
    return np.interp(times, np.arange(len(track)), track)


def _pitch(score: Score, rng: np.random.Generator) -> Signal:
    """MIDI pitch per control step: notes joined by short glides, vibrato on held ones."""
    steps = _steps(score)
    pitch = np.full(steps, 60.0)
    vibrato = np.zeros(steps)
    held = 0
    for syllable in score.syllables:
        pitch[max(held, 0) :] = syllable.pitch
        held = round(syllable.end * CONTROL_RATE)
        # Singers let vibrato grow after the first third of a second or so of a note.
        since = np.arange(steps) / CONTROL_RATE - syllable.onset
        on_note = (since >= 0) & (since <= syllable.end - syllable.onset)
        vibrato[on_note] = np.clip((since[on_note] - 0.2) / 0.3, 0.0, 1.0)
    times = np.arange(steps) / CONTROL_RATE
    wobble = np.sin(2 * np.pi * _VIBRATO_HZ * times + float(rng.uniform(0, 2 * np.pi)))
    drift = _smooth(rng.standard_normal(steps), 0.3) * 0.35
    sung: Signal = _smooth(pitch, 0.07) + _VIBRATO_SEMITONES * vibrato * wobble + drift
    return sung


def _glottal_flow_derivative(phase: Signal) -> Signal:
    """Derivative of Rosenberg's (1971) trigonometric glottal pulse at a running phase in cycles.

    The derivative stands for the lips' radiation; it is taken by phase, so that its level does
    not depend on the pitch: about 0.3. Opening takes 40 % of the cycle, closing 16 %.
    """
    opening, closing = 0.40, 0.16
    cycle = phase % 1.0
    rising = 0.5 * (1.0 - np.cos(np.pi * cycle / opening))
    falling = np.cos(0.5 * np.pi * (cycle - opening) / closing)
    flow = np.where(cycle < opening, rising, np.where(cycle < opening + closing, falling, 0.0))
    step = np.diff(phase, prepend=0.0)
    derivative: Signal = 0.1 * np.diff(flow, prepend=flow[0]) / np.maximum(step, 1e-6)
    return derivative


def _brighten(source: Signal) -> Signal:
    """Lift what lies above about 1 kHz by up to 9 dB: folds pressed in singing close abruptly."""
    treble: Signal = sosfilt(butter(1, 1200.0, btype="highpass", fs=RATE, output="sos"), source)
    return source + 1.8 * treble


def _even_gain(score: Score, voice: Signal) -> Signal:
    """Gain per control step that brings vowels nearer to one loudness, as singers learn to."""
    gain = np.ones(_steps(score))
    for syllable in score.syllables:
        vowel = voice[round(syllable.onset * RATE) : round(syllable.end * RATE)]
        level = float(np.sqrt(np.mean(np.square(vowel)))) / syllable.effort
        gain[_span(syllable.start, score.duration + 1, gain)] = max(level, 1e-9) ** -0.6
    return _smooth(gain, 0.06)


def _aspiration(score: Score) -> Signal:
    """Breath through the vocal tract: h, the puff after p and t, breathing in before a phrase."""
    level = np.zeros(_steps(score))
    for syllable in score.syllables:
        if syllable.consonant == "h":
            level[_span(syllable.start, syllable.onset, level)] = 1.0
        elif syllable.consonant in ("p", "t"):
            level[_span(syllable.onset - 0.025, syllable.onset + 0.01, level)] = 0.8
    for start, end in score.pauses(shortest=0.7):
        if start > 0 and end < score.duration:
            level[_span(end - 0.38, end - 0.12, level)] = 0.06
    return _smooth(level, 0.03)


def _formant_track(score: Score) -> Float64s:
    """F1 to F3 per control step, (steps, 3): held in vowels, gliding 40 ms about consonants."""
    track = np.empty((_steps(score), 3))
    track[:] = FORMANTS["a"]
    previous_end = 0.0
    for syllable in score.syllables:
        vowel = FORMANTS[syllable.vowel]
        consonant = _CONSONANT_FORMANTS.get(syllable.consonant, vowel)
        middle = (previous_end + syllable.start) / 2
        track[_span(middle, syllable.start, track), :] = consonant
        track[_span(syllable.start, syllable.onset, track), :] = consonant
        track[_span(syllable.onset, score.duration + 1, track), :] = vowel
        previous_end = syllable.end
    return np.stack([_smooth(track[:, i], 0.05) for i in range(3)], axis=1)


def _resonate(source: Signal, formants: Float64s) -> Signal:
    """Pass the source through a cascade of two-pole resonators that follow the formants."""
    high = np.tile(_HIGH_FORMANTS, (len(formants), 1))
    frequencies = np.concatenate([formants, high], axis=1)
    radius = np.exp(-np.pi * np.array(_BANDWIDTHS) / RATE)
    a1 = -2.0 * radius * np.cos(2.0 * np.pi * frequencies / RATE)
    a2 = np.broadcast_to(radius**2, a1.shape)
    sections = np.zeros((*a1.shape, 6))
    sections[..., 0] = 1.0 + a1 + a2  # gain 1 at 0 Hz, as Klatt's resonators have
    sections[..., 3] = 1.0
    sections[..., 4] = a1
    sections[..., 5] = a2

    result = np.empty_like(source)
    state = np.zeros((len(_BANDWIDTHS), 2))
    edges = np.round(np.arange(len(formants) + 1) * (RATE / CONTROL_RATE)).astype(int)
    for step, (start, end) in enumerate(pairwise(edges)):
        if start >= len(source):
            break
        result[start:end], state = sosfilt(sections[step], source[start:end], zi=state)
    return result


def _consonant_noise(score: Score, noise: Signal) -> Signal:
    """Hiss of the fricatives and bursts of the stops."""
    result = np.zeros_like(noise)
    for syllable in score.syllables:
        if syllable.consonant in _NOISE:
            low, high, level = _NOISE[syllable.consonant]
            # The hiss reaches a little into the vowel, as the tongue needs time to leave.
            _add_noise(result, noise, syllable, (low, high), level, syllable.start, 0.012)
        if syllable.consonant in _BURSTS:
            low, high, level = _BURSTS[syllable.consonant]
            start = syllable.release if syllable.consonant in BILABIALS else syllable.onset - 0.02
            _add_noise(result, noise, syllable, (low, high), level, start, start - syllable.onset)
    return result


def _add_noise(
    result: Signal,
    noise: Signal,
    syllable: Syllable,
    band: tuple[float, float],
    level: float,
    start: float,
    overlap: float,
) -> None:
    """Add a shaped stretch of noise from `start` to `overlap` seconds after the vowel's onset."""
    length = max(syllable.onset + overlap - start, 0.012)
    first = round(start * RATE)
    piece = noise[first : first + round(length * RATE)]
    if len(piece) == 0:
        return
    filtered = sosfilt(butter(2, band, btype="bandpass", fs=RATE, output="sos"), piece)
    filtered /= max(float(np.std(filtered)), 1e-9)
    ramp = np.minimum(np.linspace(0.0, 6.0, len(piece)), np.linspace(4.0, 0.0, len(piece)))
    envelope = np.clip(ramp, 0.0, 1.0) * level * syllable.effort
    result[first : first + len(piece)] += filtered * envelope
