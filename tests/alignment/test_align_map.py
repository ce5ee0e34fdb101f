"""What the alignment makes of evidence whose truth is known."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from simulated_evidence import RATE, Simulated, simulate, source_of

from lipsyncer.alignment import (
    REFUSAL_THRESHOLD,
    Alignment,
    AlignSettings,
    Evidence,
    align,
    alignment,
)


def _clean(source: np.ndarray, takes: int, *, height: float = 1.0) -> Evidence:
    """Evidence without noise: a smooth ridge along a map (song positions,)."""
    lag = np.arange(takes)[None, :] - source[:, None]
    pairs = height * (1.3 * np.exp(-0.5 * (lag / 1.2) ** 2) - 0.3)
    return Evidence(
        RATE,
        pairs.astype(np.float32),
        np.ones(len(source), np.float32),
        np.ones(takes, np.float32),
    )


def _errors(simulated: Simulated, alignment: Alignment) -> np.ndarray:
    """Positions off the truth where somebody sings."""
    found = source_of(alignment, len(simulated.source))
    return np.asarray((found - simulated.source)[simulated.voiced])


def test_a_clean_ridge_is_followed_exactly() -> None:
    source = np.arange(500) * 1.01 + 20.0

    alignment = align(_clean(source, 600))

    found = source_of(alignment, 500)
    assert alignment.explanation == "drift"
    assert np.abs(found - source).max() < 0.1
    assert alignment.confidence > 0.99


@pytest.mark.parametrize("offset", [0.8, 7.4, -31.6])
def test_an_offset_is_found_to_a_fraction_of_a_frame(offset: float) -> None:
    source = np.arange(600) + offset

    alignment = align(_clean(source, 600))

    assert alignment.explanation == "offset"
    assert alignment.offset_ms == pytest.approx(offset * 40, abs=0.15 * 40)


def test_an_offset_too_small_to_matter_is_left_alone() -> None:
    alignment = align(_clean(np.arange(600) + 0.4, 600, height=0.3))

    assert alignment.explanation == "unchanged"
    assert alignment.offset_ms == 0


@pytest.mark.parametrize(("count", "height"), [(125, 0.25), (200, 0.17)])
def test_a_drift_that_is_small_at_one_end_is_corrected(count: int, height: float) -> None:
    source = np.arange(count) * (1 + 3 / count) - 2.4

    alignment = align(_clean(source, count, height=height))

    assert alignment.explanation == "drift"
    filmed = (source >= 0) & (source < count - 1)
    assert np.abs(source_of(alignment, count) - source)[filmed].max() < 1.0


@pytest.mark.parametrize(("offset", "left"), [(2.0, True), (9.0, False)])
def test_a_take_that_hardly_belongs_is_not_nudged(
    offset: float, left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = _clean(np.arange(600) + offset, 600)
    assert align(evidence).explanation == "offset"

    monkeypatch.setattr(alignment, "overall_confidence", lambda *_: 0.4)

    assert align(evidence).explanation == ("unchanged" if left else "offset")


def test_takes_in_sync_stay_unchanged() -> None:
    for seed in range(20):
        simulated = simulate("in sync", seed, seconds=14)
        alignment = align(simulated.evidence)

        assert alignment.explanation == "unchanged", seed
        found = source_of(alignment, len(simulated.source))
        assert found == pytest.approx(np.arange(len(found)), abs=1e-6), seed


@pytest.mark.parametrize("seed", range(5))
def test_takes_in_sync_stay_unchanged_when_the_evidence_claims_too_much(seed: int) -> None:
    simulated = simulate("in sync", seed, seconds=20, scale=2.5)

    assert align(simulated.evidence).explanation == "unchanged"


@pytest.mark.parametrize(
    ("seed", "seconds", "strength", "scale"),
    [(75, 1.6, 0.6, 1.0), (126, 2.4, 0.6, 1.0), (128, 4.0, 0.4, 1.5)],
)
def test_a_take_is_not_moved_as_a_whole_by_what_is_not_believed(
    seed: int, seconds: float, strength: float, scale: float
) -> None:
    simulated = simulate(
        "in sync",
        seed,
        seconds=seconds,
        strength=strength,
        scale=scale,
        false_lips=0.0,
        chorus=False,
    )
    alignment = align(simulated.evidence)
    assert alignment.explanation == "unchanged"
    assert all(piece.source_start == piece.song_start for piece in alignment.pieces)


@pytest.mark.parametrize("seed", range(4))
def test_drift_is_found(seed: int) -> None:
    simulated = simulate("drift", seed, seconds=40)

    errors = _errors(simulated, align(simulated.evidence))

    assert np.abs(errors).max() < 1.0


def test_strong_evidence_of_drift_is_not_taken_for_small_cuts() -> None:
    simulated = simulate("drift", 0, seconds=120, sharper=1.6)

    assert align(simulated.evidence).explanation == "drift"


def test_cuts_are_found_and_lie_where_nobody_sings() -> None:
    cuts = 0
    for seed in range(6):
        simulated = simulate("pieces", seed, seconds=40, strength=1.5)
        alignment = align(simulated.evidence)
        errors = _errors(simulated, alignment)
        assert np.abs(errors).mean() < 2.5
        for before, after in pairwise(alignment.pieces):
            held = before.slope == 0 or after.slope == 0
            if abs(before.source_end - after.source_start) > 0.02 and not held:
                cuts += 1
                moment = round(before.song_end * RATE)
                assert simulated.evidence.voice[moment - 3 : moment + 4].min() < 0.5, seed
    assert cuts >= 6


def test_a_cut_in_lips_that_say_nothing_waits_for_the_next_pause() -> None:
    # False lips follow the pause that was cut in, so that the old line is kept far into singing.
    evidence = simulate("pieces", 7, false_lips=0.1).evidence
    jumps = [
        round(after.song_start * RATE)
        for before, after in pairwise(align(evidence).pieces)
        if abs(after.source_start - before.source_end) > 0.3
    ]
    assert jumps
    assert all(evidence.voice[jump] < 0.3 for jump in jumps)


def test_a_freely_bent_take_is_straightened() -> None:
    left, before = [], []
    for seed in range(5):
        simulated = simulate("smooth", seed, seconds=40, strength=1.5)
        left.append(np.abs(_errors(simulated, align(simulated.evidence))).mean())
        shift = simulated.source - np.arange(len(simulated.source))
        before.append(np.abs(shift[simulated.voiced]).mean())

    assert np.mean(left) < np.mean(before) / 5


def test_false_lips_do_not_drag_the_path() -> None:
    source = np.arange(750) + 12.0
    evidence = _clean(source, 780)
    pairs = evidence.pairs.copy()
    # For two seconds the mouth fits another moment of the song, and that very well.
    wrong = np.arange(780)[None, :] - (np.arange(350, 400) + 30.0)[:, None]
    pairs[350:400] = 2.6 * np.exp(-0.5 * (wrong / 1.2) ** 2) - 1.2
    rng = np.random.default_rng(0)
    pairs += rng.normal(0, 0.3, pairs.shape).astype(np.float32)

    alignment = align(Evidence(RATE, pairs, evidence.voice, evidence.face))

    found = source_of(alignment, 750)
    sung = np.r_[0:345, 405:750]
    assert np.abs(found - source)[sung].max() < 0.3


def test_stretches_without_lips_are_crossed_straight() -> None:
    source = np.arange(750) + 12.0
    evidence = _clean(source, 780)
    face = evidence.face.copy()
    face[312:412] = 0

    alignment = align(Evidence(RATE, evidence.pairs, evidence.voice, face))

    gaps = [piece for piece in alignment.pieces if piece.kind == "gap"]
    assert [(round(p.song_start), round(p.song_end)) for p in gaps] == [(12, 16)]
    assert np.abs(source_of(alignment, 750) - source).max() < 0.1


def test_a_take_of_part_of_the_song_covers_that_part() -> None:
    source = np.arange(1500) - 500.0

    alignment = align(_clean(source, 500))

    assert alignment.span == pytest.approx((20.0, 40.0), abs=0.05)
    assert alignment.pieces[0].source_start == pytest.approx(0, abs=0.05)


def test_a_take_longer_than_the_song_covers_all_of_it() -> None:
    source = np.arange(400) + 700.0

    alignment = align(_clean(source, 1500))

    assert alignment.span == (0.0, 16.0)
    assert alignment.offset_ms == pytest.approx(28000, abs=5)


def test_a_short_lead_without_footage_holds_the_first_frame() -> None:
    alignment = align(_clean(np.arange(500) - 30.0, 470))

    lead = alignment.pieces[0]
    assert lead.kind == "gap"
    assert lead.song_start == 0
    assert lead.song_end == pytest.approx(1.2, abs=0.02)
    assert lead.source_start == lead.source_end == 0


def test_three_positions_without_footage_hold_the_first_frame() -> None:
    alignment = align(_clean(np.arange(500) - 3.0, 497))

    lead = alignment.pieces[0]
    assert lead.source_start == lead.source_end == 0
    assert lead.song_end == pytest.approx(0.12, abs=0.02)


@pytest.mark.parametrize("family", ["in sync", "offset", "drift", "pieces", "smooth"])
def test_pieces_are_contiguous_and_within_the_limits(family: str) -> None:
    settings = AlignSettings()
    for seed in range(3):
        simulated = simulate(family, seed, seconds=25, song_extra=10)  # type: ignore[arg-type]
        pieces = align(simulated.evidence, settings).pieces

        for before, after in pairwise(pieces):
            assert before.song_end == pytest.approx(after.song_start, abs=1e-9)
        for piece in pieces:
            assert piece.song_end > piece.song_start
            assert 0 <= piece.confidence <= 1
            assert piece.slope == 0 or abs(piece.slope - 1) <= settings.max_stretch + 0.05


def test_other_songs_are_told_from_the_right_one() -> None:
    right = [simulate("in sync", seed, seconds=15) for seed in range(6)]
    right += [simulate("drift", seed, seconds=25) for seed in range(6)]
    wrong = [simulate("unrelated", seed, seconds=15) for seed in range(6)]
    wrong += [simulate("unrelated", seed, seconds=25) for seed in range(20, 26)]

    sure = [align(simulated.evidence).confidence for simulated in right]
    unsure = [align(simulated.evidence).confidence for simulated in wrong]

    assert min(sure) > max(unsure)
    assert np.median(sure) > 0.95
    assert max(unsure) < REFUSAL_THRESHOLD


def test_confidence_of_pieces_rises_with_their_share_of_right_moments() -> None:
    claimed, true = [], []
    for seed in range(8):
        for family in ("pieces", "smooth"):
            simulated = simulate(family, seed, seconds=25)
            alignment = align(simulated.evidence)
            off = np.abs(source_of(alignment, len(simulated.source)) - simulated.source)
            for piece in alignment.pieces:
                rows = slice(round(piece.song_start * RATE), round(piece.song_end * RATE))
                voiced = simulated.voiced[rows]
                if piece.kind == "matched" and voiced.any():
                    claimed.append(piece.confidence)
                    true.append(float((off[rows][voiced] <= 1).mean()))

    # The constants are those of real lips, whose neighbouring moments err together; of moments
    # that err independently, as here, pieces claim less than is true.
    assert np.mean(claimed) <= np.mean(true) + 0.05
    assert np.corrcoef(claimed, true)[0, 1] > 0.4


def test_the_picture_shows_the_path_in_its_band() -> None:
    simulated = simulate("offset", 3, seconds=20)
    alignment = align(simulated.evidence)
    picture = alignment.picture

    assert picture is not None
    assert picture.scores.shape[0] == len(picture.middle) == len(picture.path)
    reach = (picture.scores.shape[1] - 1) / 2 / picture.rate
    assert (np.abs(picture.path - picture.middle) <= reach).all()


def test_sharper_ratios_are_asked_for_around_the_path_and_help() -> None:
    weak: list[float] = []
    both: list[float] = []
    for seed in range(4):
        for refined, errors in ((None, weak), (1.6, both)):
            simulated = simulate("pieces", seed, seconds=25, strength=0.8, sharper=refined)
            errors.append(float(np.abs(_errors(simulated, align(simulated.evidence))).mean()))

    assert np.mean(both) < np.mean(weak)


def _asking(evidence: Evidence, asked: list[float]) -> Evidence:
    """The same evidence, noting the offset from song to take at which a sharper look is asked."""

    def refine(middle: np.ndarray, half_width: int) -> np.ndarray:
        asked.append(float(np.median(middle - np.arange(len(middle)))))
        columns = middle[:, None] + np.arange(-half_width, half_width + 1)
        inside = (columns >= 0) & (columns < len(evidence.face))
        near = np.clip(columns, 0, len(evidence.face) - 1)
        return np.where(inside, np.take_along_axis(evidence.pairs, near, axis=1), np.nan)

    return replace(evidence, refine=refine)


def test_nobody_looks_sharply_where_the_take_cannot_be() -> None:
    asked: list[float] = []

    alignment = align(_asking(_clean(np.arange(900) - 300.0, 500), asked))

    assert alignment.offset_ms == pytest.approx(-12_000, abs=10)
    assert asked == [pytest.approx(-300, abs=1)]


def test_a_take_that_fits_nearly_as_well_where_it_is_gets_a_sharp_look_there_too() -> None:
    asked: list[float] = []
    evidence = _clean(np.arange(900) - 300.0, 500)
    as_it_is = _clean(np.arange(900.0), 500, height=0.93)
    evidence = replace(evidence, pairs=np.maximum(evidence.pairs, as_it_is.pairs))

    align(_asking(evidence, asked))

    assert asked == [pytest.approx(-300, abs=1), pytest.approx(0, abs=1)]
