"""How freely the alignment may bend time; declared once, with defaults."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AlignSettings:
    """How freely the take's time may be bent, and what faults takes are expected to have.

    The rates are prior probabilities: the lower one is, the more evidence it takes to believe in
    such a fault. Costs are in nats, that is, logarithms of prior odds.
    """

    same_start: float = 0.5
    """Probability that song and take start together, give or take; otherwise at any offset."""
    same_start_reach: float = 1.5
    """How far apart starts that go together are on average, seconds."""
    max_stretch: float = 0.25
    """Largest deviation of a free stretch's slope from 1."""
    max_drift: float = 0.03
    """Largest deviation from slope 1 of a whole take."""
    max_jump: float = 2.0
    """Largest change of offset at a cut, seconds."""
    band: float = 3.0
    """Half width of the band searched around the best straight line, seconds."""
    change_cost: float = 2.0
    """That a take is out of sync at all."""
    drift_cost: float = 2.0
    """That it also runs at another rate."""
    cut_cost: float = 2.0
    """That it was cut."""
    bend_cost: float = 0.0
    """That its time is bent freely; the changes of speed themselves cost enough."""
    sung_cuts: float = 0.01
    """Cuts per second where somebody sings, in a take that was cut."""
    pause_cuts: float = 0.3
    """Cuts per second where nobody sings, in a take that was cut."""
    jump_reach: float = 0.5
    """Jumps are this long on average, seconds."""
    bends: float = 1.2
    """Changes of speed per second, in a take that is bent freely."""
    bend_reach: float = 0.07
    """Changes of slope are this large on average."""
    false_lips: float = 0.025
    """Stretches per second where lips are not to be believed."""
    false_lips_length: float = 2.5
    """How long these last on average, seconds."""
    trim: float = 2.0
    """Song time without footage at either end is left out when longer than this, else the nearest
    frame is held; seconds."""
