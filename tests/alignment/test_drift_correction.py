"""A drift is undone against the odds only where it is one, and where it is seen."""

import numpy as np
import pytest

from lipsyncer.alignment import Alignment, Evidence, Piece
from lipsyncer.alignment.alignment import _drifts_visibly


@pytest.mark.parametrize(
    ("seconds", "late", "slope", "visible"),
    [
        (12.0, -0.06, 1.01, True),  # 60 ms off at one end, 60 ms at the other
        (2.0, 0.06, 0.99, False),  # all of it 40 to 60 ms off: an offset
        (12.0, -0.01, 1.002, False),  # 15 ms off: not seen
    ],
)
def test_what_moves_every_moment_alike_is_no_drift(
    seconds: float, late: float, slope: float, visible: bool
) -> None:
    count = round(25 * seconds)
    voice = np.ones(count, np.float32)
    evidence = Evidence(25.0, np.zeros((count, count), np.float32), voice, voice)
    piece = Piece(0.0, seconds, late, late + seconds * slope, "matched", 0.9)
    assert _drifts_visibly(Alignment((piece,), 0.0, 0.9, 5.0, "drift"), evidence) is visible
