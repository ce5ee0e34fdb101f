"""Puts the picture in time with the song: evidence in, time map out.

``lines``      all straight lines through the matrix of all pairs; the best ones
``chance``     evidence held against what wrong pairs look like
``band``       sharper evidence around a line, to a quarter of a position
``posterior``  forward-backward over paths: how probable is an explanation, and where is its path
``explain``    unchanged, offset, drift, pieces or free: what the evidence pays for
``decode``     the few straight stretches with the least expected error, by ``dtw``
``fit``        their ends to a fraction of a position
``pieces``     cut, held and trimmed to what the take covers
``confidence`` how far to trust it
``span``       a part of the song solved anew through given moments, ``between`` two at a time:
               a ``stretch`` of it by one ``stretch_line`` or a ``stretch_path`` with cuts or bends
``attempts``   the attempts of one recording, of ``passages`` that follow the song, each along its
               ``attempt_path``; ``agreement`` tells where the lips are the song's
``other_speeds``  takes that were filmed to the song at another speed
``camera_sound``  the song in the take's own sound, by ``sound_search`` and ``sound_delays``
``guided``     what that is worth to the lips, or a map by it alone
``own_offset`` one number for a video's own lips and sound
"""

from lipsyncer.alignment.alignment import align
from lipsyncer.alignment.confidence import REFUSAL_THRESHOLD, match_statistic, overall_confidence
from lipsyncer.alignment.evidence import Alignment, Evidence, Piece, SearchedBand
from lipsyncer.alignment.priors import (
    TIGHTNESSES,
    AlignSettings,
    Tightness,
    stretched,
    tightened,
    tightness_of,
)

__all__ = [
    "REFUSAL_THRESHOLD",
    "TIGHTNESSES",
    "AlignSettings",
    "Alignment",
    "Evidence",
    "Piece",
    "SearchedBand",
    "Tightness",
    "align",
    "match_statistic",
    "overall_confidence",
    "stretched",
    "tightened",
    "tightness_of",
]
