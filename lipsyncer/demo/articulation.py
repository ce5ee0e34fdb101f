"""How the lips move while a score is sung: the exactly known truth of the demo's picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lipsyncer.arrays import Float64s
from lipsyncer.demo.score import BILABIALS, Score, Syllable

RATE = 100.0
"""Samples per second of an articulation track."""

# Opening, spread, rounding of each vowel; in the order that lip photographs show (Fromkin 1964:
# openings fall from a over e and i to u, i is widest, o and u are narrowed), an open a is 1.
_VOWEL_LIPS = {
    "a": (1.00, 0.05, 0.00),
    "e": (0.62, 0.55, 0.00),
    "i": (0.36, 0.95, 0.00),
    "o": (0.66, -0.15, 0.65),
    "u": (0.26, -0.30, 1.00),
}
# Opening of the lips while a consonant sounds; h has no lip shape of its own.
_CONSONANT_OPENING = {
    "n": 0.22,
    "t": 0.18,
    "d": 0.20,
    "f": 0.05,
    "v": 0.06,
    "s": 0.14,
    "sh": 0.20,
    "l": 0.32,
    "w": 0.10,
}
_CONSONANT_ROUNDING = {"w": 0.95, "sh": 0.55}

_RISE = 0.11
"""Seconds from a bilabial's release to the vowel's full opening."""
_FALL = 0.09
"""Seconds from a vowel's opening to a closure."""
_LEAD = 0.04
"""Seconds by which an opening mouth is ahead of its vowel's sound."""
_BREATH = 0.13


@dataclass(frozen=True)
class MouthShape:
    """A shape of the mouth, or a track of shapes.

    Parameters
    ----------
    opening
        Gap between the inner lips, 0 (closed) to 1 (a wide open a).
    spread
        -1 (narrow) to 1 (a smile's width).
    rounding
        0 to 1 (protruded, as in u).
    jaw
        How far the lower jaw has dropped, 0 to 1.

    All are floats or arrays of one shape.
    """

    opening: Float64s
    spread: Float64s
    rounding: Float64s
    jaw: Float64s


@dataclass(frozen=True)
class Articulation:
    """Lip shapes over time: sample k is the shape at k / `RATE` seconds."""

    track: MouthShape

    def at(self, times: ArrayLike) -> MouthShape:
        """Shape at the given times (s), linear between samples; the ends are held outside."""
        position = np.asarray(times, dtype=np.float64) * RATE
        grid = np.arange(len(self.track.opening), dtype=np.float64)
        return MouthShape(
            np.interp(position, grid, self.track.opening),
            np.interp(position, grid, self.track.spread),
            np.interp(position, grid, self.track.rounding),
            np.interp(position, grid, self.track.jaw),
        )


def articulate(score: Score) -> Articulation:
    """Move the lips as a singer of this score would.

    Movements last 60 to 120 ms and run into each other (Löfqvist 1990): rounding anticipates its
    vowel, a short vowel does not reach its full opening, the jaw follows more slowly than the
    lips. The lips are fully closed from the start to the release of p, b and m, they are about
    40 ms ahead of a vowel that follows another consonant, and they rest closed in pauses except
    for a breath before a phrase.
    """
    opening: list[tuple[float, float]] = [(0.0, 0.0)]
    spread: list[tuple[float, float]] = [(0.0, 0.0)]
    rounding: list[tuple[float, float]] = [(0.0, 0.0)]
    syllables = score.syllables
    for i, syllable in enumerate(syllables):
        before = syllables[i - 1] if i else None
        after = syllables[i + 1] if i + 1 < len(syllables) else None
        if before is None or syllable.start - before.end > 0.3:
            opening += _breath(before.end if before else 0.0, syllable.start)
        opening += _consonant(syllable)
        opening += _vowel(syllable, after)
        if after is None or after.start - syllable.end > 0.3:
            opening.append((syllable.end + 0.14, 0.0))
        _, width, protrusion = _VOWEL_LIPS[syllable.vowel]
        if syllable.consonant in _CONSONANT_ROUNDING:
            middle = (syllable.start + syllable.onset) / 2
            rounding.append((middle, _CONSONANT_ROUNDING[syllable.consonant]))
        reached = syllable.onset + 0.01
        left = max(syllable.end - 0.09, reached + 0.01)
        spread += [(reached, width), (left, width)]
        rounding += [(reached, protrusion), (left, protrusion)]
        if after is None or after.start - syllable.end > 0.3:
            spread.append((syllable.end + 0.2, 0.0))
            rounding.append((syllable.end + 0.2, 0.0))

    times = np.arange(int(np.ceil(score.duration * RATE)) + 1) / RATE
    lips_opening = _glide(opening, times)
    # The jaw is heavier than the lips and keeps half open through a closure between vowels.
    kernel = np.hanning(int(0.2 * RATE) + 3)
    jaw = np.convolve(np.pad(lips_opening, len(kernel) // 2, mode="edge"), kernel, "valid")
    jaw /= kernel.sum()
    return Articulation(
        MouthShape(lips_opening, _glide(spread, times), _glide(rounding, times), jaw)
    )


def _breath(since: float, until: float) -> list[tuple[float, float]]:
    """Lips part a little to breathe in before a phrase, where the pause has room for it."""
    if until - since < 0.7:
        return []
    return [(until - 0.42, 0.0), (until - 0.22, _BREATH)]


def _consonant(syllable: Syllable) -> list[tuple[float, float]]:
    if syllable.consonant in BILABIALS:
        return [(syllable.start, 0.0), (syllable.release, 0.0)]
    if syllable.consonant in _CONSONANT_OPENING:
        value = _CONSONANT_OPENING[syllable.consonant]
        return [
            (syllable.start + 0.01, value),
            (max(syllable.onset - _LEAD - 0.04, syllable.start + 0.02), value),
        ]
    return []


def _vowel(syllable: Syllable, after: Syllable | None) -> list[tuple[float, float]]:
    """When the opening of the vowel is reached and left."""
    target = _VOWEL_LIPS[syllable.vowel][0] * (0.55 + 0.45 * syllable.effort)
    bilabial = syllable.consonant in BILABIALS
    reached = syllable.release + _RISE if bilabial else syllable.onset + _LEAD
    closes = after is not None and after.start - syllable.end <= 0.3
    left = syllable.end - _FALL if closes else syllable.end - 0.03
    if left > reached:
        return [(reached, target), (left, target)]
    # Too short to get there: the lips turn back on the way (undershoot).
    share = np.clip((syllable.end - syllable.release) / (_RISE + _FALL), 0.3, 1.0)
    return [((syllable.release + syllable.end) / 2, target * float(share))]


def _glide(points: list[tuple[float, float]], times: Float64s) -> Float64s:
    """Curve through (time, value) points that rests at each and accelerates smoothly between."""
    at = np.array([time for time, _ in points])
    value = np.array([value for _, value in points])
    order = np.argsort(at, kind="stable")
    at, value = at[order], value[order]
    after = np.clip(np.searchsorted(at, times, side="right"), 1, len(at) - 1)
    span = np.maximum(at[after] - at[after - 1], 1e-9)
    share = np.clip((times - at[after - 1]) / span, 0.0, 1.0)
    eased = share * share * (3.0 - 2.0 * share)
    glide: Float64s = value[after - 1] + (value[after] - value[after - 1]) * eased
    return glide
