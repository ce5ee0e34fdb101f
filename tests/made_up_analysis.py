"""An analysis of footage that nobody has watched, for what only shows it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lipsyncer.alignment import Alignment, Evidence
from lipsyncer.cut.analysis import AlignedTake, Analysis
from lipsyncer.edit.document import Document
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media import Proxy
from lipsyncer.media.peaks import peaks_of

RATE = 25.0
SOUND_RATE = 16_000


def made_up_analysis(document: Document, proxies: Sequence[Proxy]) -> Analysis:
    """Give a song of noise in which somebody sings every other five seconds.

    Parameters
    ----------
    document
        The cut.
    proxies
        One for each of its takes.
    """
    random = np.random.default_rng(0)
    seconds = document.song_duration
    samples = random.normal(0, 0.2, int(seconds * SOUND_RATE)).astype(np.float32)
    voice = (np.arange(int(seconds * RATE)) % (10 * RATE) < 5 * RATE).astype(np.float32)
    # Who shows it looks at the voice alone; a whole matrix would be for nothing.
    evidence = Evidence(RATE, np.zeros((len(voice), 1), np.float32), voice, np.ones(1, np.float32))
    track = MouthTrack(
        np.zeros((1, 64, 64), np.uint8),
        np.zeros((1, 56, 3), np.float32),
        np.ones(1, np.float32),
    )
    alignment = Alignment((), 0.0, 1.0, 0.0, "unchanged")
    takes = tuple(
        AlignedTake(take, proxy, track, evidence, alignment, ())
        for take, proxy in zip(document.takes, proxies, strict=True)
    )
    return Analysis(document, takes, peaks_of(samples, SOUND_RATE), {})
