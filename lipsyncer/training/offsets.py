"""The network as a scorer of offsets: every clip's mouth against 31 shifts of its sound."""

from __future__ import annotations

import numpy as np

from lipsyncer.arrays import Float32s
from lipsyncer.features.log_mel import compress
from lipsyncer.network.model import Lipsync
from lipsyncer.network.scoring import PairScorer, all_similarities, encode_song, encode_take
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip
from lipsyncer.training.measures import MOST_OFFSET


def clip_scores(
    model: Lipsync, clip: Clip, power: Float32s | None = None
) -> tuple[Float32s, Float32s]:
    """Scores (n, 31) of a clip's mouth against its sound, by embeddings and by the pair head.

    Parameters
    ----------
    model
        The network.
    clip
        A clip in sync.
    power
        Mel powers in place of the clip's own, for a sound that was changed.
    """
    mel = compress(clip.power if power is None else power)
    visual = finish(encode_take(model, clip.crops, clip.shape))
    sound = finish(encode_song(model, mel))
    similarities = all_similarities(model, visual, sound)  # sound by visual
    scorer = PairScorer(model, visual, sound)
    n = len(clip)
    embedded = np.full((n, 2 * MOST_OFFSET + 1), np.nan, np.float32)
    paired = np.full_like(embedded, np.nan)
    for column, d in enumerate(range(-MOST_OFFSET, MOST_OFFSET + 1)):
        # Sound at t + d with the mouth at t: the diagonal on which the mouth lies -d on.
        t = np.arange(max(0, -d), min(n, n - d))
        embedded[t, column] = similarities[t + d, t]
        paired[t, column] = scorer.diagonal(-d, 0, n)[t + d]
    return embedded, paired
