"""How many faces a take shows."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import ExitStack

import numpy as np

from lipsyncer.arrays import UInt8s
from lipsyncer.features.landmarks import FaceFinder

MOST_FACES = 4
_FRAMES = 8


class FaceSurvey:
    """Counts the faces that at least two of a few frames from all over a take show.

    Parameters
    ----------
    start, end
        Seconds at which the take's picture begins and ends.
    """

    def __init__(self, start: float, end: float) -> None:
        shares = (np.arange(_FRAMES) + 0.5) / _FRAMES
        self._moments = start + shares * (end - start)
        self._counts: list[int] = []

    @property
    def faces(self) -> int:
        """How many faces there are, as far as the take was looked at."""
        # Ignore a face that is seen only once, such as a poster on the wall.
        return sorted(self._counts)[-2] if len(self._counts) > 1 else 1

    def up_to(
        self, faces: int, frames: Iterable[tuple[float, UInt8s]]
    ) -> Generator[tuple[float, UInt8s], None, None]:
        """Give frames on, from the first of the take, until there are found to be more faces."""
        with ExitStack() as stack:
            finder = None
            for time, rgb in frames:
                looked = len(self._counts)
                if looked < len(self._moments) and time >= self._moments[looked]:
                    if finder is None:
                        finder = stack.enter_context(FaceFinder(MOST_FACES, follow=False))
                    self._counts.append(len(finder.find(rgb)))
                    if self.faces > faces:
                        return
                yield time, rgb
