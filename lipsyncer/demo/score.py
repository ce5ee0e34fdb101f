"""What the demo's singer sings: syllables on notes, in phrases with pauses between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

VOWELS = ("a", "e", "i", "o", "u")

CONSONANT_SECONDS = {
    "": 0.0,
    "p": 0.105,
    "b": 0.085,
    "m": 0.095,
    "n": 0.080,
    "t": 0.085,
    "d": 0.065,
    "f": 0.110,
    "v": 0.080,
    "s": 0.120,
    "sh": 0.120,
    "l": 0.075,
    "w": 0.080,
    "h": 0.075,
}
"""How long a consonant takes before its vowel, in seconds (in the range of Klatt 1976)."""

BILABIALS = ("p", "b", "m")

# Bilabials are drawn more often than others: they are what an eye, or a network, can tell best.
_CONSONANTS = ("p", "b", "m", "m", "b", "n", "t", "d", "f", "v", "s", "sh", "l", "l", "w", "h", "")
_BEATS_PER_BAR = 4
_BEATS_PER_PHRASE = 8
_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MIN_VOWEL = 0.09


@dataclass(frozen=True)
class Syllable:
    """One consonant (or none) and the vowel sung after it.

    Parameters
    ----------
    consonant, vowel
        A key of `CONSONANT_SECONDS` and one of `VOWELS`.
    pitch
        MIDI note number, 69 is 440 Hz.
    onset
        When the vowel starts to sound (s); the consonant lies before it.
    end
        When the vowel stops to sound (s).
    effort
        How strongly it is sung, about 0.7 to 1: both loudness and how wide the mouth opens.
    """

    consonant: str
    vowel: str
    pitch: float
    onset: float
    end: float
    effort: float

    @property
    def start(self) -> float:
        """When the consonant starts (s); the onset where there is none."""
        return self.onset - CONSONANT_SECONDS[self.consonant]

    @property
    def release(self) -> float:
        """When a bilabial's lips part (s): a p is followed by a puff of breath before its vowel."""
        return self.onset - (0.025 if self.consonant == "p" else 0.0)


@dataclass(frozen=True)
class Score:
    """A melody: syllables in time order that do not overlap.

    Parameters
    ----------
    syllables
        What is sung.
    duration
        Length of the song (s).
    beat
        Seconds per beat; four beats make a bar.
    key
        MIDI number of the key note, an octave where a bass plays.
    chords
        Scale degree (0 to 6) of the chord of each bar.
    """

    syllables: tuple[Syllable, ...]
    duration: float
    beat: float
    key: int
    chords: tuple[int, ...]

    def pauses(self, shortest: float = 0.3) -> list[tuple[float, float]]:
        """Stretches (start, end) in seconds without singing, at least `shortest` long."""
        edges = [0.0]
        for syllable in self.syllables:
            edges += [syllable.start, syllable.end]
        edges.append(self.duration)
        return [
            (start, end)
            for start, end in zip(edges[::2], edges[1::2], strict=True)
            if end - start >= shortest
        ]


def compose(seconds: float, *, seed: int = 0, intro_beats: int = 2) -> Score:
    """Write a melody of about two-bar phrases over four repeating chords.

    The tune and words come from a random walk over the major scale that lands on chord notes, so
    no two phrases are alike and a phrase can't be mistaken for another.

    Parameters
    ----------
    seconds
        Length of the song; the last phrase is cut short where it would not fit.
    seed
        The same seed gives the same score.
    intro_beats
        Beats without singing at the start.
    """
    rng = np.random.default_rng((seed, 1))
    beat = 60.0 / float(rng.uniform(96, 112))
    key = int(rng.integers(45, 50))
    bars = int(np.ceil(seconds / (beat * _BEATS_PER_BAR))) + 1
    chords = tuple((0, 4, 5, 3)[bar % 4] for bar in range(bars))

    notes: list[tuple[float, float, int]] = []  # start and end in beats, scale degree
    step = int(rng.integers(0, 4)) + 7
    first_beat = float(intro_beats)
    while first_beat * beat < seconds - 1.0:
        position = first_beat
        phrase_end = position + _BEATS_PER_PHRASE - float(rng.choice([1.0, 1.5, 2.0]))
        while position < phrase_end:
            length = float(rng.choice([0.5, 0.5, 0.5, 0.75, 1.0, 1.0, 1.5]))
            length = min(length, max(phrase_end - position, 0.5))
            step = int(np.clip(step + rng.choice([-2, -1, -1, 0, 1, 1, 2]), 4, 13))
            if position % 2 == 0:
                step = _nearest_chord_note(step, chords[int(position) // _BEATS_PER_BAR % bars])
            notes.append((position, position + length, step))
            position += length
        first_beat += _BEATS_PER_PHRASE
    return Score(_words(notes, rng, beat, key, seconds), seconds, beat, key, chords)


def _nearest_chord_note(step: int, chord: int) -> int:
    """Scale step nearest to `step` that belongs to the triad on the degree `chord`."""
    candidates = [s for s in range(4, 15) if (s - chord) % 7 in (0, 2, 4)]
    return min(candidates, key=lambda s: abs(s - step))


def scale_pitch(key: int, step: int) -> int:
    """MIDI number of a step of the major scale above the key note (step 7 is the octave)."""
    return key + 12 * (step // 7) + _MAJOR[step % 7]


def _words(
    notes: list[tuple[float, float, int]],
    rng: np.random.Generator,
    beat: float,
    key: int,
    seconds: float,
) -> tuple[Syllable, ...]:
    """Put a syllable on every note and end its vowel where the next consonant starts."""
    words = [
        (str(rng.choice(_CONSONANTS)), str(rng.choice(VOWELS)), float(rng.uniform(0.75, 1.0)))
        for _ in notes
    ]
    syllables = []
    for i, ((start, stop, step), (consonant, vowel, effort)) in enumerate(
        zip(notes, words, strict=True)
    ):
        onset, end = start * beat, stop * beat
        if i + 1 < len(notes) and notes[i + 1][0] == stop:
            end -= CONSONANT_SECONDS[words[i + 1][0]]
        else:
            end -= 0.08
        end = min(end, seconds - 0.5)
        if end - onset >= _MIN_VOWEL:
            pitch = float(scale_pitch(key, step))
            syllables.append(Syllable(consonant, vowel, pitch, onset, end, effort))
    return tuple(syllables)
