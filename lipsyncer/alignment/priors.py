"""How freely the alignment may bend time; declared once, with defaults."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

Tightness = Literal["loose", "relaxed", "normal", "close", "tight"]
TIGHTNESSES: tuple[Tightness, ...] = get_args(Tightness)
"""From repairing offset and drift alone to following every syllable."""

_NEVER = 1e9

# What faults takes are expected to have. Rates are prior probabilities: the lower one is, the more
# evidence it takes to believe in such a fault. Costs are in nats, logarithms of prior odds.
SAME_START = 0.5
"""Probability that song and take start together, give or take; otherwise at any offset."""
SAME_START_REACH = 1.5
"""How far apart starts that go together are on average, seconds."""
SEARCH_REACH = 3.0
"""Half width of the band searched around the best straight line, seconds."""
DRIFT_COST = 2.0
"""That it also runs at another rate."""
SUNG_CUTS = 0.01
"""Cuts per second where somebody sings, in a take that was cut."""
PAUSE_CUTS = 0.3
"""Cuts per second where nobody sings, in a take that was cut."""
JUMP_REACH = 0.5
"""Jumps are this long on average, seconds."""
BENDS = 1.2
"""Changes of speed per second, in a take that is bent freely."""
BEND_REACH = 0.07
"""Changes of slope are this large on average."""
FALSE_LIPS = 0.025
"""Stretches per second where lips are not to be believed."""
FALSE_LIPS_LENGTH = 2.5
"""How long these last on average, seconds."""


@dataclass(frozen=True)
class AlignSettings:
    """How freely the take's time may be bent; costs are in nats, see above."""

    max_stretch: float = 0.25
    """Largest deviation of a free stretch's slope from 1."""
    max_drift: float = 0.03
    """Largest deviation from slope 1 of a whole take."""
    max_jump: float = 2.0
    """Largest change of offset at a cut, seconds."""
    change_cost: float = 2.0
    """That a take is out of sync at all."""
    cut_cost: float = 2.0
    """That it was cut."""
    bend_cost: float = 0.0
    """That its time is bent freely; the changes of speed themselves cost enough."""
    change_worth: float = 1.0
    """How much error a cut or a change of speed must take away, as a multiple of the usual."""
    max_cuts: int | None = None
    """Most cuts; None for as many as the evidence pays for."""
    trim: float = 2.0
    """Song time without footage at either end is left out when longer than this, else the nearest
    frame is held; seconds."""

    def __post_init__(self) -> None:
        if not 0 <= self.max_stretch <= 0.5:
            raise ValueError(f"speed may change by 0 to 0.5 of itself, not {self.max_stretch}")
        if self.max_cuts is not None and self.max_cuts < 0:
            raise ValueError(f"there can't be fewer than 0 cuts, as {self.max_cuts} are")


def tightened(settings: AlignSettings, tightness: Tightness) -> AlignSettings:
    """Follow the lips more or less closely.

    Parameters
    ----------
    settings
        What else was chosen.
    tightness
        ``loose`` repairs offset and drift and nothing else, ``relaxed`` needs more evidence for
        cuts and changes of speed and makes fewer, ``normal`` is as measured, ``close`` and
        ``tight`` follow smaller and smaller errors with more and more changes.
    """
    if tightness == "loose":
        return replace(settings, cut_cost=_NEVER, bend_cost=_NEVER)
    dearer, worth = {
        "relaxed": (4.0, 2.0),
        "normal": (0.0, 1.0),
        "close": (-1.0, 0.6),
        "tight": (-2.0, 0.35),
    }[tightness]
    return replace(
        settings,
        cut_cost=settings.cut_cost + dearer,
        bend_cost=settings.bend_cost + dearer,
        change_worth=settings.change_worth * worth,
    )


def tightness_of(settings: AlignSettings) -> Tightness:
    """Tell by which tightness settings were made; ``normal`` where it was none of them."""

    def bent(one: AlignSettings) -> tuple[float, ...]:
        return one.cut_cost, one.bend_cost, one.change_worth

    for tightness in TIGHTNESSES:
        if bent(settings) == bent(tightened(AlignSettings(), tightness)):
            return tightness
    return "normal"


def stretched(settings: AlignSettings, max_stretch: float) -> AlignSettings:
    """Let speed change by at most this share of itself, 0 to 0.5, drift included."""
    return replace(
        settings, max_stretch=max_stretch, max_drift=min(settings.max_drift, max_stretch)
    )
