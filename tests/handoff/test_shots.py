"""Any time map in whole frames, whatever the rates: never more than half a frame off."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.handoff.footage import Footage
from lipsyncer.handoff.shots import cut_of, without_standing

RATES = [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60), Fraction(240)]
SONG = 40.0


def random_cut(seed: int) -> tuple[Document, dict[int, Footage]]:
    random = np.random.default_rng(seed)
    footage = {
        index: Footage(
            path=Path(f"take{index}.mov"),
            rate=RATES[random.integers(len(RATES))],
            start=float(random.choice([0.0, 0.021])),
            frames=int(random.integers(100, 2000)),
            timecode=0,
            size=(64, 96),
            has_sound=False,
        )
        for index in range(2)
    }
    takes = tuple(
        Take(seen.path, float(seen.start + seen.frames / seen.rate)) for seen in footage.values()
    )
    borders = np.cumsum(random.uniform(0.03, 6.0, 9))
    borders = borders[borders < SONG]
    segments = []
    for start, end in pairwise(borders):
        take = int(random.integers(2))
        source = float(random.uniform(-2.0, takes[take].duration + 1.0))
        speed = float(random.choice([0.0, 1.0, 1.0, random.uniform(0.75, 1.25)]))
        ends = source + speed * float(end - start)
        segments.append(Segment(float(start), float(end), take, source, ends, "matched", 1.0))
    return Document(Path("song.wav"), SONG, takes, tuple(segments)), footage


@pytest.mark.parametrize("straight", [False, True])
def test_every_frame_of_any_cut_is_within_half_a_frame_of_the_time_map(straight: bool) -> None:
    for seed in range(60):
        document, footage = random_cut(seed)
        rate = RATES[seed % 4]
        cut = cut_of(document, footage, rate, straight=straight)
        if straight:
            cut = without_standing(cut)
        assert sum(shot.count for shot in cut.shots) == cut.count
        time_map = TimeMap(document)
        number = 0
        for shot in cut.shots:
            assert shot.first == number
            seen = footage[shot.take]
            for k in range(shot.count):
                middle = (cut.song_first + number + 0.5) / float(rate)
                take, source = time_map.source_at(middle)
                # A standing picture is on screen for all of its frame.
                into = 0.5 if shot.speed == 0 else (k + 0.5) * shot.speed * float(shot.rate / rate)
                wanted = max(0.0, (source - seen.start) * float(shot.rate))
                assert take == shot.take
                number += 1
                if not document.span[0] <= middle <= document.span[1]:
                    continue  # a part of a frame at either end
                # Where footage of a high rate runs out, a frame of the time line is the longer one.
                frame = max(1.0, 1.25 * shot.rate / rate)
                assert abs(shot.source + into - wanted) <= 0.5 * frame + 1e-6
