"""The mouth of a whole take: several stretches of it watched at the same time."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from lipsyncer.alongside import read_ahead
from lipsyncer.arrays import Indices, UInt8s
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.mouth import (
    SURVEY_FRAMES,
    Moment,
    Mouth,
    MouthTrack,
    Watch,
    count_faces,
    track_mouth,
    tracked,
)
from lipsyncer.media import FrameReader, Proxy, proxy_frames
from lipsyncer.progress import Stage

Frames = Generator[tuple[float, UInt8s], None, None]
"""Frames with the true stamps of the take."""

_STRETCH = 150
"""Frames that are watched by one finder: the same on every machine, so that all see the same."""
_BEFORE = 5
"""Frames by which a finder begins early: by then it sees a face where one that came from further
back would, to half a pixel."""
_MOST_AT_ONCE = 4
# A finder waits for threads of its own now and then: one more than there are cores.
_SPARE = 1
_PATIENCE = 0.05  # s between two looks at how far everybody is


def track_take(
    proxy: Proxy, *, finder: FaceFinder | None = None, watch: Watch | None = None
) -> Stage[MouthTrack]:
    """Follow the singer's mouth through a conformed take.

    Parameters
    ----------
    proxy
        The take.
    finder
        A finder of one face that watches all of it by itself, for many short clips; see
        ``track_mouth``. Without it, as many faces are looked for as there are.
    watch
        See ``track_mouth``; called from other threads.
    """
    once = np.flatnonzero(np.diff(proxy.times, prepend=-np.inf) > 0)
    if finder is not None:
        with closing(read_ahead(lambda: _shown_once(proxy, once))) as frames:
            return (
                yield from track_mouth(
                    frames, proxy.duration, expected=len(once), finder=finder, watch=watch
                )
            )
    with FrameReader(proxy.path) as reader:
        moments = (np.arange(SURVEY_FRAMES) + 0.5) / SURVEY_FRAMES * proxy.duration
        faces = count_faces(reader.frame_at(float(t)) for t in moments)
    seen = yield from _Watchers(proxy, once, max(faces, 1), watch).seen()
    return tracked(seen, faces, proxy.duration)


def _shown_once(proxy: Proxy, once: Indices, first: int = 0) -> Frames:
    """Give the proxy's frames ``once[first:]``, which show new source frames, with true stamps."""
    wanted = iter(once[first:])
    index = next(wanted, None)
    for number, rgb in proxy_frames(proxy, int(once[first])):
        if number == index:
            yield float(proxy.times[number]), rgb
            index = next(wanted, None)
            if index is None:
                return


@dataclass
class _Stretch:
    """Some frames one after the other, and how many of them were watched."""

    number: int
    frames: Frames
    spare: int
    count: int
    done: int = 0


class _Watchers:
    """Finders that each watch a stretch of a take at the same time as the others."""

    def __init__(self, proxy: Proxy, once: Indices, faces: int, watch: Watch | None) -> None:
        self._proxy, self._once, self._faces, self._watch = proxy, once, faces, watch
        self._starts = range(0, len(once), _STRETCH)
        self._closed = threading.Event()
        self._earliest = 0
        self._made: list[FaceFinder] = []
        self._idle: list[FaceFinder] = []

    def seen(self) -> Stage[list[Moment]]:
        """Watch everything; what was seen comes in the order of time."""
        cores = os.cpu_count() or 1
        workers = min(_MOST_AT_ONCE, len(self._starts), cores + _SPARE)
        tracked: dict[int, list[Moment]] = {}
        running: dict[Future[list[Moment]], tuple[_Stretch, FaceFinder]] = {}
        finished = 0
        begun = iter(range(len(self._starts)))
        pool = ThreadPoolExecutor(workers, "watching")
        try:
            while len(tracked) < len(self._starts):
                while len(running) < workers and (number := next(begun, None)) is not None:
                    stretch, finder = self._begin(number)
                    running[pool.submit(self._look, stretch, finder)] = stretch, finder
                for future in wait(running, _PATIENCE, FIRST_COMPLETED).done:
                    stretch, finder = running.pop(future)
                    self._idle.append(finder)
                    tracked[stretch.number] = future.result()
                    finished += stretch.count
                self._earliest = min((s.number for s, _ in running.values()), default=0)
                yield (finished + sum(s.done for s, _ in running.values())) / len(self._once)
        finally:
            self._closed.set()
            pool.shutdown(cancel_futures=True)
            for finder in self._made:
                finder.close()
        return [moment for number in sorted(tracked) for moment in tracked[number]]

    def _begin(self, number: int) -> tuple[_Stretch, FaceFinder]:
        """Begin a stretch in this thread: a finder that starts speaks over everybody's errors."""
        if not self._idle:
            self._made.append(FaceFinder(self._faces))
            self._idle.append(self._made[-1])
        finder = self._idle.pop()
        start = self._starts[number]
        first = max(start - _BEFORE, 0)
        frames = _shown_once(self._proxy, self._once, first)
        count = min(_STRETCH, len(self._once) - start)
        finder.reset()
        for _, rgb in frames:
            finder.find(rgb)
            break
        if first == start:  # nothing before it: the first frame itself is looked at twice
            frames = _shown_once(self._proxy, self._once, first)
        return _Stretch(number, frames, max(start - first - 1, 0), count), finder

    def _look(self, stretch: _Stretch, finder: FaceFinder) -> list[Moment]:
        moments: list[Moment] = []
        with closing(stretch.frames) as frames:
            for time, rgb in frames:
                faces = finder.find(rgb)
                if self._closed.is_set():
                    break
                if stretch.spare:
                    stretch.spare -= 1
                    continue
                mouths = [Mouth.of(face, rgb) for face in faces]
                moments.append((time, mouths))
                if mouths and self._watch is not None and stretch.number == self._earliest:
                    self._watch(mouths[0].patch)
                stretch.done += 1
                if stretch.done == stretch.count:
                    break
        return moments
