"""A network that knows one's own face, voice and phone, from takes that are known to be in sync.

The shipped network goes on learning for a few minutes, from the takes and from everybody else, so
that it does not forget how others speak. What it gained is measured on pieces of the takes that it
did not learn from, and what it lost on people it never saw; a loss of more than a point is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lipsyncer.arrays import Float32s
from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.network.weights import Weights
from lipsyncer.training.calibrate import calibrate
from lipsyncer.training.clips import Clip
from lipsyncer.training.measures import offset_accuracy
from lipsyncer.training.offsets import clip_scores
from lipsyncer.training.recipe import TrainConfig
from lipsyncer.training.trainer import train

PERSONAL = TrainConfig(steps=200, learning_rate=2e-4, average=0.98, seed=6)
"""A short and gentle training; two and a half minutes on one core."""

MOST_LOSS = 0.01
"""How far the accuracy on other people may fall."""

LEAST = 400
"""Positions (16 s) of takes below which there is too little to learn from and to measure with."""

_PIECE = 100  # positions: 4 s, room for the long windows of a batch
_MEASURED = 4  # every fourth piece is kept for measuring
_WINDOW = 16  # positions of the windows whose offsets are looked for


@dataclass(frozen=True)
class Gain:
    """Share of 16-frame windows whose offset is found within a frame, before and after.

    Attributes
    ----------
    own
        On the pieces of the takes that were not learned from.
    others
        On people that the network never learned from.
    """

    own: tuple[float, float]
    others: tuple[float, float]


def tuned(
    weights: Weights,
    takes: Sequence[Clip],
    clips: Sequence[Clip],
    validation: Sequence[Clip],
    config: TrainConfig = PERSONAL,
    *,
    music: Float32s | None = None,
    report: Callable[[str], None] = print,
) -> tuple[Weights, Gain]:
    """Fit a network to the person in some takes.

    Parameters
    ----------
    weights
        The network to begin with.
    takes
        What the person filmed, in sync.
    clips
        Clips of other people to go on learning from.
    validation
        Clips of people that the network never learned from.
    music
        Mel powers (columns, 80) of music to lay beneath voices.
    report
        Called with a line now and then.

    Returns
    -------
    Weights
        The personal network, calibrated on the validation clips.
    Gain
        What changed.

    Raises
    ------
    LipsyncerError
        When there are fewer than 16 s of takes, or others lose more than a point.
    """
    cut = [piece for take in takes for piece in pieces(take)]
    if sum(map(len, cut)) < LEAST:
        raise LipsyncerError(
            "The takes hold less than 16 s in which a mouth is seen, which is too little to learn "
            "from; name longer ones or more of them."
        )
    measured = cut[_MEASURED - 1 :: _MEASURED]
    learned = [piece for k, piece in enumerate(cut) if k % _MEASURED != _MEASURED - 1]
    model = train(
        [*clips, *learned],
        [*validation],
        replace(config, model=weights.model.config),
        music=music,
        start=weights.model,
        report=report,
        every=config.steps + 1,
    )
    scores = [clip_scores(model, clip) for clip in validation]
    calibration = calibrate([embedded for embedded, _ in scores], [head for _, head in scores])
    recipe = {"personal": config.as_dict(), "pieces": len(learned), "from": weights.recipe}
    own = Weights(model, calibration, recipe)
    gain = Gain(
        (found(weights, measured), found(own, measured)),
        (found(weights, validation), found(own, validation)),
    )
    before, after = gain.others
    if after < before - MOST_LOSS:
        raise LipsyncerError(
            f"With these takes the network gets worse for other people ({100 * before:.1f} % to "
            f"{100 * after:.1f} %), so nothing was written; check that every take is in sync, or "
            "name more of them."
        )
    return own, gain


def pieces(take: Clip) -> list[Clip]:
    """Cut a take to pieces of 4 s, a rest of less than half of that left out."""
    n = len(take)
    starts = range(0, n - _PIECE // 2, _PIECE) if n > _PIECE else range(0, n, _PIECE)
    return [_piece(take, start, min(start + _PIECE, n)) for start in starts]


def _piece(take: Clip, start: int, stop: int) -> Clip:
    columns, samples = len(take.power) // len(take), len(take.sound) // len(take)
    return replace(
        take,
        # Batches are drawn by the root of a source's length: each piece being one gives the
        # person about a quarter of them, a few minutes of takes against an hour of others.
        source=f"{take.name} {start}",
        crops=take.crops[start:stop],
        shape=take.shape[start:stop],
        quality=take.quality[start:stop],
        power=take.power[columns * start : columns * stop],
        sound=take.sound[samples * start : samples * stop],
    )


def found(weights: Weights, clips: Sequence[Clip]) -> float:
    """S-Off@16 of pair head and embeddings together, as the program uses them."""
    c = weights.calibration
    scores = [
        c.together(head, embedded)
        for embedded, head in (clip_scores(weights.model, clip) for clip in clips)
    ]
    return offset_accuracy(scores, _WINDOW)[0]
