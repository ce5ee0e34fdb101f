"""Puts the picture in time with the song: evidence in, time map out."""

from lipsyncer.align.alignment import align
from lipsyncer.align.confidence import REFUSAL_THRESHOLD, match_statistic, overall_confidence
from lipsyncer.align.evidence import Alignment, Evidence, Picture, Piece
from lipsyncer.align.settings import AlignSettings

__all__ = [
    "REFUSAL_THRESHOLD",
    "AlignSettings",
    "Alignment",
    "Evidence",
    "Picture",
    "Piece",
    "align",
    "match_statistic",
    "overall_confidence",
]
