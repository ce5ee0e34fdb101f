from __future__ import annotations

import numpy as np
import pytest

from lipsyncer.demo import Song, compose, make_song, perform
from lipsyncer.demo.score import BILABIALS
from lipsyncer.demo.voice import FORMANTS, RATE, sing


@pytest.fixture(scope="module")
def song() -> Song:
    return make_song(16.0, seed=3)


def level_at(voice: np.ndarray, time: float, reach: float = 0.02) -> float:
    piece = voice[round((time - reach) * RATE) : round((time + reach) * RATE)]
    return float(np.sqrt(np.mean(np.square(piece, dtype=np.float64))))


def periodicity_at(voice: np.ndarray, time: float) -> float:
    """Highest normalised autocorrelation at a lag of a singer's pitch, 100 to 600 Hz."""
    piece = voice[round((time - 0.02) * RATE) : round((time + 0.02) * RATE)].astype(np.float64)
    if np.std(piece) < 1e-6:
        return 0.0
    return max(
        float(np.corrcoef(piece[:-lag], piece[lag:])[0, 1])
        for lag in range(RATE // 600, RATE // 100)
    )


def test_a_seed_gives_the_same_song_and_another_seed_another() -> None:
    first, again, other = (make_song(4.0, seed=seed) for seed in (5, 5, 6))
    assert np.array_equal(first.samples, again.samples)
    assert np.array_equal(first.articulation.track.opening, again.articulation.track.opening)
    assert not np.array_equal(first.samples, other.samples)


def test_a_performance_is_the_song_without_accompaniment() -> None:
    alone, song = perform(4.0, seed=5), make_song(4.0, seed=5)
    assert alone.score == song.score
    assert alone.duration == song.duration == 4.0
    assert np.corrcoef(alone.voice, song.voice)[0, 1] == pytest.approx(1.0)


def test_the_song_is_stereo_of_the_asked_length_and_does_not_clip(song: Song) -> None:
    assert song.samples.shape == (16 * RATE, 2)
    assert song.voice.shape == (16 * RATE,)
    assert 0.5 < np.abs(song.samples).max() < 1.0


def test_the_voice_is_in_the_centre_and_the_accompaniment_is_wide(song: Song) -> None:
    side = song.samples[:, 0] - song.samples[:, 1]
    # Dry, the voice is the same on both sides, so it can't be found in their difference.
    assert abs(np.corrcoef(side, song.voice)[0, 1]) < 0.05
    silent = next(s for s in song.score.pauses() if s[0] == 0.0)
    intro = song.samples[: round(silent[1] * RATE)]
    assert np.std(intro[:, 0] - intro[:, 1]) > 0.3 * np.std(intro.mean(axis=1))


def test_the_voice_is_as_loud_against_the_accompaniment_as_asked() -> None:
    for voice_db in (-3.0, 2.0):
        song = make_song(8.0, seed=1, voice_db=voice_db)
        backing = song.samples.mean(axis=1) - song.voice
        sung = song.voiced_at(np.arange(len(song.voice)) / RATE)
        ratio = np.std(song.voice[sung]) / np.std(backing[sung])
        # The voice's own reverberation counts as backing here.
        assert 20 * np.log10(ratio) == pytest.approx(voice_db, abs=1.0)


def test_vowels_sound_and_pauses_are_silent_where_the_song_says_so(song: Song) -> None:
    loudest = np.abs(song.voice).max()
    for syllable in song.score.syllables:
        middle = (syllable.onset + syllable.end) / 2
        assert song.voiced_at(middle)
        assert periodicity_at(song.voice, middle) > 0.85, syllable
    for start, end in song.score.pauses():
        times = np.linspace(start + 0.03, end - 0.03, 9)
        assert not song.voiced_at(times).any()
        # Breathing in before a phrase is heard, but softly.
        assert level_at(song.voice, (start + end) / 2) < 0.02 * loudest


def test_hissed_consonants_are_unvoiced_and_hummed_ones_are_voiced(song: Song) -> None:
    seen = set()
    for syllable in song.score.syllables:
        middle = (syllable.start + syllable.onset) / 2
        if syllable.consonant in ("s", "sh", "f"):
            seen.add("hissed")
            assert not song.voiced_at(middle)
            assert periodicity_at(song.voice, middle) < 0.8
            assert level_at(song.voice, middle) > 0.0
        if syllable.consonant in ("m", "n", "l"):
            seen.add("hummed")
            assert song.voiced_at(middle)
    assert seen == {"hissed", "hummed"}


def regions(f1: float, f2: float, f3: float) -> dict[str, tuple[float, float]]:
    """Bands (Hz) about the first two formants and of the widest gap between formants."""
    valley = max(((f1, f2), (f2, f3)), key=lambda gap: gap[1] - gap[0])
    middle = sum(valley) / 2
    return {
        "F1": (f1 - 150, f1 + 150),
        "F2": (f2 - 150, f2 + 150),
        "valley": (middle - 250, middle + 250),
    }


def test_vowels_have_their_published_formants() -> None:
    score = compose(20.0, seed=2)
    voice = sing(score).astype(np.float64)
    checked = set()
    for syllable in score.syllables:
        if syllable.end - syllable.onset < 0.25:
            continue
        start = round((syllable.onset + 0.08) * RATE)
        piece = voice[start : round((syllable.end - 0.05) * RATE)]
        power = np.abs(np.fft.rfft(piece * np.hanning(len(piece)))) ** 2
        hertz = np.fft.rfftfreq(len(piece), 1 / RATE)
        density = {
            name: power[(hertz > low) & (hertz < high)].mean()
            for name, (low, high) in regions(*FORMANTS[syllable.vowel]).items()
        }
        checked.add(syllable.vowel)
        assert density["F1"] > 5 * density["valley"], syllable
        assert density["F2"] > 5 * density["valley"], syllable
    assert checked == set("aeiou")


def test_lips_are_closed_through_every_bilabial_and_open_in_every_vowel(song: Song) -> None:
    bilabials = [s for s in song.score.syllables if s.consonant in BILABIALS]
    assert len(bilabials) >= 3
    for syllable in bilabials:
        closed = song.articulation.at(np.linspace(syllable.start, syllable.release, 7))
        # The track has 100 samples a second: its corners are that coarse.
        assert closed.opening.max() < 0.05
        middle = (syllable.start + syllable.release) / 2
        assert song.articulation.at(middle).opening == 0.0
    for syllable in song.score.syllables:
        sung = song.articulation.at(np.linspace(syllable.onset, syllable.end, 30))
        assert sung.opening.max() > 0.08


def test_lips_move_smoothly(song: Song) -> None:
    track = song.articulation.track
    for values in (track.opening, track.spread, track.rounding, track.jaw):
        # From one end to the other takes 60 ms at the least.
        assert np.abs(np.diff(values)).max() < 0.3
    assert track.opening.min() >= 0.0
    assert track.opening.max() <= 1.0


def test_phrases_are_parted_by_pauses_and_syllables_do_not_overlap() -> None:
    for seed in range(20):
        score = compose(25.0, seed=seed)
        for before, after in zip(score.syllables, score.syllables[1:], strict=False):
            assert before.onset < before.end <= after.start + 1e-9
        assert score.syllables[-1].end < 25.0
        assert len(score.syllables) > 25
        assert len(score.pauses()) >= 5
