"""What the viewer shows for a while in place of the cut."""

from __future__ import annotations

from dataclasses import dataclass

from lipsyncer.edit.document import Document


@dataclass(frozen=True)
class Look:
    """A cut that the viewer shows for a while.

    Attributes
    ----------
    document
        What the cut would be.
    span
        Song times (s) that are played again and again meanwhile.
    """

    document: Document
    span: tuple[float, float]


@dataclass(frozen=True)
class Pair:
    """Two frames that the viewer shows beside each other.

    Attributes
    ----------
    left, right
        Index of a take, and seconds of it.
    labels
        What is written on either.
    """

    left: tuple[int, float]
    right: tuple[int, float]
    labels: tuple[str, str]
