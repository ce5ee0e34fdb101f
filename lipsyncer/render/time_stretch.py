"""Sound made longer or shorter without changing its pitch.

WSOLA (Verhelst and Roelands, 1993): overlapping windows of the sound are laid down at the output's
pace, each moved by up to a few milliseconds to where it continues the one before it best. Nothing
is taken apart into frequencies, so voices and breaths keep their attack and nothing sounds phasey,
which is what matters at the few per cent by which takes are stretched. Written here because the
well-kept libraries need a program beside them (Rubber Band) or stretch by one ratio from a sound's
beginning, where a cut needs any piece of a take at any speed.
"""

from __future__ import annotations

import numpy as np

from lipsyncer.media.audio import Samples, mono_mix

_WINDOW = 0.040
"""Seconds: two periods of the lowest voice."""

_SEARCH = 0.010
"""Seconds a window may be moved to either side: one period of the lowest voice."""


def stretched(sound: Samples, first: float, speed: float, length: int, rate: int) -> Samples:
    """Take a piece of a sound at another speed.

    Parameters
    ----------
    sound
        (n, channels); silence lies before and after it.
    first
        Sample, with its part, that the piece begins with.
    speed
        Samples of the sound per sample of the result, above 0.
    length
        Samples wanted.
    rate
        Samples per second.

    Returns
    -------
    piece
        (length, channels).
    """
    hop = round(_WINDOW * rate / 2)
    reach = round(_SEARCH * rate)
    count = length // hop + 2
    window = np.hanning(2 * hop + 1)[:-1].astype(np.float32)[:, np.newaxis]
    middle = mono_mix(sound)
    piece = np.zeros(((count + 1) * hop, sound.shape[1]), dtype=np.float32)
    follows: int | None = None
    for number in range(count):
        # Window 0 is centred on the first sample, so that the first hop is already at full level.
        place = round(first + (number - 1) * hop * speed)
        if follows is not None:
            natural = _cut(middle, follows, 2 * hop)
            around = _cut(middle, place - reach, 2 * (hop + reach))
            place += _best(natural, around) - reach
        piece[number * hop : (number + 2) * hop] += window * _cut(sound, place, 2 * hop)
        follows = place + hop
    return piece[hop : hop + length]


def _cut(sound: Samples, first: int, length: int) -> Samples:
    """Samples from a place on, silence where there are none."""
    out = np.zeros((length, *sound.shape[1:]), dtype=np.float32)
    begin, end = max(0, first), min(len(sound), first + length)
    if end > begin:
        out[begin - first : end - first] = sound[begin:end]
    return out


def _best(wanted: Samples, around: Samples) -> int:
    """Place in ``around`` at which it is most like ``wanted``, by normalised correlation."""
    size = len(around)
    spectrum = np.fft.rfft(around, size) * np.conj(np.fft.rfft(wanted, size))
    places = size - len(wanted) + 1
    likeness = np.fft.irfft(spectrum, size)[:places]
    energy = np.cumsum(np.concatenate([[0.0], np.square(around, dtype=np.float64)]))
    power = energy[len(wanted) :] - energy[: -len(wanted)]
    return int(np.argmax(likeness / np.sqrt(power + 1e-6)))
