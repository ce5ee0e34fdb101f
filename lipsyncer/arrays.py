"""What numpy arrays hold, as their types are written."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]
Integers = NDArray[np.int64]
Indices = NDArray[np.intp]
Booleans = NDArray[np.bool_]
UInt8s = NDArray[np.uint8]

Array = TypeVar("Array", bound=NDArray[Any])
Time = TypeVar("Time", float, Float64s)
"""One moment or many, seconds."""
