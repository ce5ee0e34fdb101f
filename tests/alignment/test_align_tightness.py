"""How freely time may be bent, as a user chooses it."""

from itertools import pairwise

import numpy as np
import pytest
from simulated_evidence import Family, simulate, source_of

from lipsyncer.alignment import TIGHTNESSES, Alignment, AlignSettings, align, stretched, tightened


def _cuts(alignment: Alignment) -> int:
    return sum(abs(a.source_end - b.source_start) > 0.02 for a, b in pairwise(alignment.pieces))


def _changes(alignment: Alignment) -> int:
    """Cuts and changes of speed, without those where a frame is held."""
    moving = [piece for piece in alignment.pieces if piece.slope > 0]
    return sum(
        abs(a.source_end - b.source_start) > 0.02 or abs(a.slope - b.slope) > 1e-3
        for a, b in pairwise(moving)
    )


@pytest.mark.parametrize("family", ["pieces", "smooth", "drift"])
def test_loose_repairs_offset_and_drift_alone(family: Family) -> None:
    simulated = simulate(family, 3, seconds=40, strength=1.5)

    alignment = align(simulated.evidence, tightened(AlignSettings(), "loose"))

    assert alignment.explanation in ("unchanged", "offset", "drift")
    assert _changes(alignment) == 0
    assert _changes(align(simulated.evidence)) > 0 or family == "drift"


def test_the_tighter_the_more_changes_and_the_smaller_the_errors() -> None:
    takes = [simulate("smooth", seed, seconds=40, strength=1.5) for seed in range(4)]
    changes, errors = [], []
    for tightness in TIGHTNESSES:
        settings = tightened(AlignSettings(), tightness)
        found = [align(take.evidence, settings) for take in takes]
        changes.append(sum(map(_changes, found)))
        off = [
            np.abs(source_of(one, len(take.source)) - take.source)[take.voiced]
            for one, take in zip(found, takes, strict=True)
        ]
        errors.append(float(np.nanmean(np.concatenate(off))))

    assert changes == sorted(changes)
    assert changes[0] < changes[2] < changes[-1]
    assert errors[0] > errors[1] >= errors[2] - 0.05
    assert errors[-1] <= errors[2] + 0.05


def test_normal_is_how_everything_was_measured() -> None:
    assert tightened(AlignSettings(), "normal") == AlignSettings()


@pytest.mark.parametrize("most", [0, 1, 2])
@pytest.mark.parametrize("family", ["pieces", "smooth"])
def test_there_are_no_more_cuts_than_allowed(family: Family, most: int) -> None:
    for seed in range(3):
        simulated = simulate(family, seed, seconds=40, strength=1.5)

        assert _cuts(align(simulated.evidence, AlignSettings(max_cuts=most))) <= most


@pytest.mark.parametrize("most", [0.0, 0.02, 0.1])
def test_speed_changes_by_no_more_than_allowed(most: float) -> None:
    for family in ("drift", "smooth"):
        simulated = simulate(family, 1, seconds=40, strength=1.5)

        alignment = align(simulated.evidence, stretched(AlignSettings(), most))

        slopes = np.array([piece.slope for piece in alignment.pieces if piece.slope > 0])
        assert np.abs(slopes - 1).max() <= most + 0.02


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match=r"0 to 0\.5"):
        AlignSettings(max_stretch=0.7)
    with pytest.raises(ValueError, match="fewer than 0"):
        AlignSettings(max_cuts=-1)
