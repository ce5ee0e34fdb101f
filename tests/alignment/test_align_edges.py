"""Evidence that is empty, broken or says nothing."""

import numpy as np
import pytest

from lipsyncer.alignment import Evidence, align
from lipsyncer.findings import Finding, FindingKind


def _evidence(songs: int, takes: int, value: float = 0.0) -> Evidence:
    return Evidence(
        25.0,
        np.full((songs, takes), value, np.float32),
        np.ones(songs, np.float32),
        np.ones(takes, np.float32),
    )


@pytest.mark.parametrize(("songs", "takes"), [(0, 0), (0, 50), (50, 0)])
def test_an_empty_song_or_take_gives_no_pieces(songs: int, takes: int) -> None:
    alignment = align(_evidence(songs, takes))

    assert alignment.pieces == ()
    assert alignment.confidence == 0


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
def test_evidence_that_says_nothing_changes_nothing_and_is_not_trusted(value: float) -> None:
    alignment = align(_evidence(200, 150, value))

    assert alignment.explanation == "unchanged"
    assert alignment.span == (0.0, 6.0)
    assert alignment.confidence == 0
    assert alignment.findings == (Finding(FindingKind.NOTHING_TO_ALIGN),)


def test_a_song_without_a_voice_is_not_trusted() -> None:
    rng = np.random.default_rng(0)
    pairs = rng.normal(0, 1, (300, 300)).astype(np.float32)
    silent = Evidence(25.0, pairs, np.zeros(300, np.float32), np.ones(300, np.float32))

    assert align(silent).confidence == 0


def test_unknown_ratios_are_passed_over() -> None:
    lag = np.arange(400)[None, :] - np.arange(400)[:, None] - 10
    pairs = (1.3 * np.exp(-0.5 * (lag / 1.2) ** 2) - 0.3).astype(np.float32)
    pairs[100:140] = np.nan
    pairs[:, 300:310] = np.nan
    voice = np.ones(400, np.float32)
    voice[50] = np.nan
    face = np.ones(400, np.float32)
    face[60] = np.nan

    alignment = align(Evidence(25.0, pairs, voice, face))

    assert alignment.offset_ms == pytest.approx(400, abs=4)


@pytest.mark.parametrize(("songs", "takes"), [(1, 1), (3, 40), (40, 3), (24, 24)])
def test_streams_shorter_than_a_second_do_not_break_it(songs: int, takes: int) -> None:
    alignment = align(_evidence(songs, takes, 0.3))

    assert alignment.span[0] >= 0
    assert alignment.span[1] <= songs / 25 + 1e-9
    assert 0 <= alignment.confidence <= 1


def test_shapes_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="must be"):
        Evidence(25.0, np.zeros((3, 4), np.float32), np.ones(4, np.float32), np.ones(4, np.float32))
