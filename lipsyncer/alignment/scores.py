"""From the network's scores to the evidence that the alignment weighs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import uniform_filter1d
from scipy.special import logsumexp

from lipsyncer.alignment.evidence import Evidence
from lipsyncer.arrays import Float32s, Float64s, Floats, Integers
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media.spilled import let_go
from lipsyncer.progress import Stage, finish

if TYPE_CHECKING:  # torch is loaded with the network and not with the window
    from torch import Tensor

    from lipsyncer.network.weights import Calibration, Weights

_NUMBERS = 2**20  # that are worked on at a time
_VOICE_SMOOTHING = 5  # positions: a plosive's closure is no pause


def pair_evidence(similarities: Float32s, calibration: Calibration) -> Float64s:
    """Turn embedding similarities (songs, takes) in place into log-likelihood ratios, in nats.

    A network trained to pick the right moment among others (InfoNCE) gives similarities that are
    log-likelihood ratios up to a constant for each row and each column. That constant is what
    the row or column holds on average, so it is taken off: a silent moment, alike to all,
    then says nothing. The scale comes first: unscaled, the mean of the exponentials would be
    that of the few highest, and most of the matrix would lie below nothing.

    Returns
    -------
    (takes,)
        What was taken off each column.
    """
    songs, takes = similarities.shape
    rows, columns = np.empty((songs, 1)), np.zeros(takes)
    # Some rows at a time: in double precision a long recording would take gigabytes.
    height = max(1, _NUMBERS // takes)
    blocks = [slice(first, first + height) for first in range(0, songs, height)]
    for block in blocks:
        # Scaled cosines are tens at most, so their exponentials need no care.
        ratios = np.exp(calibration.pair_scale * similarities[block].astype(np.float64))
        rows[block] = np.log(ratios.mean(axis=1, keepdims=True))
        columns += ratios.sum(axis=0)
        let_go(similarities)
    columns = np.log(columns / songs)
    for block in blocks:
        scaled = calibration.pair_scale * similarities[block].astype(np.float64)
        similarities[block] = scaled - (rows[block] + columns) / 2
        let_go(similarities)
    taken_off: Float64s = columns / 2
    return taken_off


def band_evidence(logits: Float32s, similarities: Floats, calibration: Calibration) -> Float32s:
    """Log-likelihood ratios in a band (songs, width), in nats.

    Pair-head logits and embedding similarities are heard together: their mistakes differ.

    Each song position asks which of its band's take positions is the right one, so what the
    logits hold on average there is taken off as for embeddings. A voice or a camera unlike those
    the network was trained on lowers all logits alike, and that must not look like a mismatch.
    """
    scaled = calibration.head_scale * logits.astype(np.float64)
    scaled += calibration.band_scale * similarities
    known = np.isfinite(scaled)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    total = logsumexp(np.where(known, scaled, -np.inf), axis=1, keepdims=True)
    return np.asarray(np.where(known, scaled - total + np.log(count), np.nan), np.float32)


def evidence_for(sound: Tensor, visual: Tensor, track: MouthTrack, weights: Weights) -> Evidence:
    """Give ``gather_evidence``'s result at once."""
    return finish(gather_evidence(sound, visual, track, weights))


def gather_evidence(
    sound: Tensor,
    visual: Tensor,
    track: MouthTrack,
    weights: Weights,
    watch: Callable[[Float32s], None] | None = None,
) -> Stage[Evidence]:
    """All that the network can say about a song and a take.

    Parameters
    ----------
    sound, visual
        Encoded streams (features, songs) and (features, takes).
    track
        The take's mouth, for how well it is seen.
    weights
        The network and its calibration.
    watch
        See ``compare_all``.
    """
    from lipsyncer.network.scoring import PairScorer, compare_all, voice_share

    scorer = PairScorer(weights.model, visual, sound)
    pairs = yield from compare_all(weights.model, visual, sound, watch)
    taken_off = pair_evidence(pairs, weights.calibration)
    let_go(pairs, reserve=True)

    def refine(middle: Integers, half_width: int) -> Float32s:
        columns = middle[:, None] + np.arange(-half_width, half_width + 1)
        inside = np.clip(columns, 0, pairs.shape[1] - 1)
        # What was taken off the rows makes no difference to a band.
        near = np.take_along_axis(pairs, inside, axis=1) + taken_off[inside]
        let_go(pairs)
        near /= weights.calibration.pair_scale
        return band_evidence(scorer.band(middle, half_width), near, weights.calibration)

    # A voice one time in four counts in full: singing is less sure to be told than the speech the
    # detector learned from, and a moment without a voice is alike to all and says little anyway.
    heard = np.minimum(4 * voice_share(weights.model, sound), 1.0)
    voice = uniform_filter1d(heard, _VOICE_SMOOTHING, mode="nearest")
    return Evidence(
        rate=GRID_RATE,
        pairs=pairs,
        voice=np.asarray(voice, np.float32),
        face=track.quality,
        refine=refine,
    )
