"""A perceptual colour map: equal steps of value look like equal steps of brightness."""

from __future__ import annotations

from functools import cache

import numpy as np
from pyqtgraph import colormap

from lipsyncer.arrays import UInt8s

_NAME = "CET-L8"
"""Linear in lightness, dark blue over red to yellow (Kovesi, 2015)."""


@cache
def lookup_table() -> UInt8s:
    """Give the map as uint8 (256, 3), red green blue, from improbable to probable."""
    table: UInt8s = colormap.get(_NAME).getLookupTable(0.0, 1.0, 256, alpha=False)
    return table.astype(np.uint8)


def colour_table() -> list[int]:
    """Give the map for an indexed QImage; 0, the unknown, is nearly black."""
    table = lookup_table().astype(np.uint32)
    colours = 0xFF000000 | table[:, 0] << 16 | table[:, 1] << 8 | table[:, 2]
    return [0xFF0E0E12, *(int(colour) for colour in colours[1:])]
